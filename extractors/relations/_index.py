"""Which sentences of a call each rule has to be tried on: a cheap look before patterns run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.model import EntityId, EntityType
from extractors.relations._masking import MaskedSentence
from extractors.relations._rules import Rule, Side, load_all_rules

SentenceIndex = Mapping[str, tuple[MaskedSentence, ...]]
"""The sentences, in text order, that may hold what a rule looks for, by the rule's identifier."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """All that decides which rules a sentence can match at all; few sentences differ in it.

    ``named`` counts what it names, as far as two; ``us`` tells that "we" is known, ``apart`` that
    it is none of what is named.
    """

    types: frozenset[EntityType]
    implicit: frozenset[EntityType]
    named: int
    us: bool
    apart: bool


def index_sentences(
    sentences: Iterable[MaskedSentence], us: tuple[EntityId | None, ...]
) -> SentenceIndex:
    """Find for each rule the sentences that hold what both its sides need and one of its words.

    Args:
        sentences: the masked sentences of a call, in text order.
        us: the organization that "we" means, for each turn.
    """
    found: dict[str, list[MaskedSentence]] = {}
    for sentence in sentences:
        we = us[sentence.sentence.turn]
        present: frozenset[str] | None = None
        for rule in _rules_for(
            _Shape(
                sentence.types,
                sentence.implicit,
                min(len(sentence.entities), 2),
                we is not None,
                we is not None and we not in sentence.entities,
            )
        ):
            if rule.needs:
                if present is None:
                    present = frozenset([p for p in _parts() if p in sentence.folded])
                if rule.needs.isdisjoint(present):
                    continue
            found.setdefault(rule.id, []).append(sentence)
    return {rule: tuple(tried) for rule, tried in found.items()}


@cache
def _parts() -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for rule in load_all_rules() for part in sorted(rule.needs)))


@lru_cache(maxsize=4096)
def _rules_for(shape: _Shape) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_all_rules() if _is_possible(shape, rule))


def _is_possible(shape: _Shape, rule: Rule) -> bool:
    if rule.literal:
        return _holds(shape, rule.subject)
    speaks = bool(rule.subject.us or rule.object.us) and shape.apart
    if shape.named + speaks < 2:
        return False
    return _holds(shape, rule.subject) and _holds(shape, rule.object)


def _holds(shape: _Shape, side: Side) -> bool:
    if side.topic:
        return not shape.implicit.isdisjoint(side.types)
    return not shape.types.isdisjoint(side.types) or (side.us != "" and shape.us)
