"""Which sentences of a call each rule has to be tried on: a cheap look before patterns run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.model import EntityId
from extractors.relations._masking import (
    LinkedSentence,
    MaskedSentence,
    characters,
    mask,
    signature,
)
from extractors.relations._rules import FIRST_PERSON, Rule, Side, load_all_rules

SentenceIndex = Mapping[str, tuple[MaskedSentence, ...]]
"""The sentences, in text order, that may hold what a rule looks for, by the rule's identifier."""

_Needs = frozenset[str]
_NOBODY: frozenset[str] = frozenset()


class _Group(NamedTuple):
    """The rules of the same ends: by the words they need, their identifiers.

    ``slots`` is the pattern of the signatures that name something for each end, in the order in
    which the rules want them; ``us`` holds the names of the words for "we" that may stand for one
    of the ends.
    """

    slots: re.Pattern[str]
    us: frozenset[str]
    literal: bool
    rules: Mapping[_Needs, list[str]]


def index_sentences(
    sentences: Iterable[LinkedSentence], us: tuple[EntityId | None, ...]
) -> SentenceIndex:
    """Find for each rule the sentences that hold what both its sides need and one of its words.

    Args:
        sentences: the sentences of a call with what they name, in text order.
        us: the organization that "we" means, for each turn.
    """
    found: dict[str, list[MaskedSentence]] = {}
    for linked in sentences:
        we = us[linked.sentence.turn]
        named = {slot.entity for slot in linked.slots}
        spoken = _NOBODY if we is None else _first_person(linked.words)
        parts, tried = _rules_for(signature(linked.slots), spoken, len(named) > 1, we not in named)
        if tried:
            masked = mask(linked)
            present = [part for part in parts if part in masked.text]
            for needs, rules in tried:
                if not needs or not needs.isdisjoint(present):
                    for rule in rules:
                        found.setdefault(rule, []).append(masked)
    return {rule: tuple(tried_on) for rule, tried_on in found.items()}


def _first_person(words: str) -> frozenset[str]:
    """Return the names of all that speakers say for their company in words in lower case."""
    return frozenset([name for name, pattern in _first_persons() if pattern.search(words)])


@cache
def _first_persons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in FIRST_PERSON.items())


@lru_cache(maxsize=8192)
def _rules_for(
    slots: str, spoken: frozenset[str], several: bool, apart: bool
) -> tuple[frozenset[str], tuple[tuple[_Needs, list[str]], ...]]:
    """Return the rules that a sentence can match at all, by the words of which they need one.

    With them comes all that any of them needs.

    Args:
        slots: the signature of the sentence.
        spoken: the names of what is said in it for "we"; none where nobody knows who that is.
        several: whether it names more than one thing.
        apart: whether "we" is none of them.
    """
    found: dict[_Needs, list[str]] = {}
    for group in _groups(spoken):
        if group.slots.search(slots) and (several or group.literal or (apart and group.us)):
            for needs, rules in group.rules.items():
                found.setdefault(needs, []).extend(rules)
    return frozenset().union(*found), tuple(found.items())


@cache
def _groups(spoken: frozenset[str]) -> tuple[_Group, ...]:
    """Return the rules that can match where this is said for "we", the same ends together."""
    groups: dict[tuple[str, frozenset[str], bool], dict[_Needs, list[str]]] = {}
    for rule in load_all_rules():
        slots = _slots(rule, spoken)
        if slots is not None:
            us = spoken & {rule.subject.us, rule.object.us}
            rules = groups.setdefault((slots, us, rule.literal), {})
            rules.setdefault(rule.needs, []).append(rule.id)
    return tuple(
        _Group(re.compile(slots), us, literal, rules)
        for (slots, us, literal), rules in groups.items()
    )


def _slots(rule: Rule, spoken: frozenset[str]) -> str | None:
    """Return what a signature must hold for a rule; None where no signature will do."""
    sides = [rule.subject] if rule.literal else [rule.subject, rule.object]
    # A side that is said as "we" may stand anywhere.
    named = [side for side in sides if side.us not in spoken]
    if not all(side.types for side in named):
        return None
    return ".*".join(map(_range, named if rule.subject_first else reversed(named)))


def _range(side: Side) -> str:
    kinds = sorted(characters(kind, implicit=side.topic) for kind in side.types)
    return f"[{''.join(kinds)}]"
