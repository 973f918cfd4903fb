"""Find what disagrees inside one call: deal totals, titles, firms and reported figures.

Both values are kept with their evidence; a conflict only says that they cannot both be so.
Different measures, periods, scopes or tranches are none, and a looser figure ("over $700 million")
agrees with every larger one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from extractors.model import (
    Affiliation,
    Attributed,
    Conflict,
    EntityId,
    Evidence,
    Extraction,
    Fact,
    FactKind,
    Participant,
    ParticipantKind,
    Reference,
)
from extractors.money import find_amounts
from extractors.tables import load_table

_TOTALS = {"milestone": ("upTo",), "upfront": ("exactly",), "equity": ("exactly",)}
"""For which terms two values with which bounds must be the same value."""
_ROUNDING = Decimal("0.03")
"""Relative difference below which two figures are one, rounded differently."""
_ALIKE = 0.6
"""Similarity from which on two firm names are taken for spellings of one."""


_SENTENCE = re.compile(r"\b(?:he|she|we|will|followed|by)\b", re.IGNORECASE)
"""Words of a sentence, not of a title."""
_RELATIVE = re.compile(r"\b(?:last|this|prior|previous|next)\b", re.IGNORECASE)


def find_conflicts(extraction: Extraction) -> tuple[Conflict, ...]:
    """Return the disagreements of one call, in the order of their first evidence."""
    found = [
        *_deal_conflicts(extraction.facts),
        *_figure_conflicts(extraction.facts),
        *_participant_conflicts(extraction.transcript.participants),
    ]
    return tuple(sorted(found, key=lambda c: (c.evidence[0].start, c.about, c.property)))


def _deal_conflicts(facts: Iterable[Fact]) -> Iterator[Conflict]:
    groups: dict[tuple[EntityId, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        other, kind, currency = (fact.get(n) for n in ("counterparty", "termKind", "currency"))
        if fact.kind is not FactKind.DEAL_TERM or not isinstance(other, Reference):
            continue
        if str(fact.get("bound")) in _TOTALS.get(str(kind), ()):
            groups[other.id, str(kind), str(currency)].append(fact)
    for (about, kind, _), members in groups.items():
        yield from _differing(about, kind, members, "amount")


def _figure_conflicts(facts: Iterable[Fact]) -> Iterator[Conflict]:
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind is not FactKind.FINANCIAL_FACT or fact.confidence < 0.9:
            continue
        if fact.get("change") or fact.get("bound") or fact.get("notAfter") is None:
            continue
        if _RELATIVE.search(str(fact.get("period"))) or " " not in str(fact.get("metric")):
            continue
        names = ("notBefore", "notAfter", "currency", "unit", "perShare")
        scopes = tuple(sorted(str(v).casefold() for n, v in fact.properties if n == "scope"))
        metric = str(fact.get("metric")).casefold()
        key = (fact.subject, metric, scopes, *(str(fact.get(n)) for n in names))
        groups[key].append(fact)
    for (about, name, *_), members in groups.items():
        if isinstance(about, str):
            yield from _differing(about, str(name), members, "value")


def _differing(about: EntityId, name: str, facts: Sequence[Fact], value: str) -> Iterator[Conflict]:
    """Yield one conflict if facts that are said apart give different values."""
    values: dict[Decimal, Fact] = {}
    for fact in facts:
        number = fact.get(value)
        if not isinstance(number, Decimal) or any(_close(number, known) for known in values):
            continue
        if any(_together(fact, other) for other in values.values()):
            continue
        values[number] = fact
    if len(values) > 1:
        yield Conflict(
            about,
            name,
            tuple(_as_said(number, fact) for number, fact in values.items()),
            tuple(fact.evidence[0] for fact in values.values()),
        )


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _ROUNDING * max(abs(one), abs(other))


def _together(one: Fact, other: Fact) -> bool:
    """Tell whether two facts are told in the same breath, as parts of one thing."""
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _as_said(number: Decimal, fact: Fact) -> str:
    for evidence in fact.evidence:
        for amount in find_amounts(evidence.quote):
            if amount.value == number:
                return evidence.quote[amount.core : amount.end]
    return str(number)


def _participant_conflicts(participants: Iterable[Participant]) -> Iterator[Conflict]:
    for person in participants:
        if person.kind is ParticipantKind.EXECUTIVE:
            yield from _disagreeing(person.id, "title", person.titles, _other_function)
        elif person.kind is ParticipantKind.ANALYST:
            firms = [Attributed(a.name, a.evidence) for a in _distinct(person.affiliations)]
            yield from _disagreeing(person.id, "affiliation", firms, _other_firm)


def _distinct(affiliations: Iterable[Affiliation]) -> list[Affiliation]:
    return list({a.organization: a for a in reversed(tuple(affiliations))}.values())[::-1]


def _disagreeing(
    about: EntityId,
    name: str,
    said: Sequence[Attributed],
    differ: Callable[[str, str], bool],
) -> Iterator[Conflict]:
    for one, other in combinations(said, 2):
        if one.evidence and other.evidence and differ(one.value, other.value):
            evidence: tuple[Evidence, ...] = (one.evidence[0], other.evidence[0])
            yield Conflict(about, name, (one.value, other.value), evidence)
            return


@cache
def _functions() -> dict[str, str]:
    return {row["word"]: row["function"] for row in load_table("title_functions")}


def _function_of(title: str) -> frozenset[str]:
    words = re.findall(r"[a-z&]+", title.casefold())
    plain = " ".join(words).replace("executive vice", "vice").replace("executive director", "")
    return frozenset(_functions()[w] for w in plain.split() if w in _functions())


def _other_function(one: str, other: str) -> bool:
    """Tell whether two titles name functions that have nothing in common.

    >>> _other_function("Chief Investment Officer", "SVP, Corporate Strategy and Finance")
    True
    >>> _other_function("CEO & Director", "Chief Executive Officer")
    False
    """
    if any(_SENTENCE.search(title) for title in (one, other)):
        return False
    functions = _function_of(one), _function_of(other)
    return all(functions) and functions[0].isdisjoint(functions[1])


def _other_firm(one: str, other: str) -> bool:
    """Tell whether two firm names are not spellings, parts or initials of one.

    >>> _other_firm("Harrow Pine", "Blackmere Securities")
    True
    >>> _other_firm("Harrow Pine Securities LLC", "HPS")
    False
    """
    first, second = (re.findall(r"[a-z]+", name.casefold()) for name in (one, other))
    if not first or not second or set(first) & set(second):
        return False
    initials = {"".join(word[0] for word in words) for words in (first, second)}
    joined = "".join(first), "".join(second)
    if any(a.startswith(b[:3]) or b.startswith(a[:2]) for a in initials for b in joined):
        return False
    return SequenceMatcher(None, *joined).ratio() < _ALIKE
