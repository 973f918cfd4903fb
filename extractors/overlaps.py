"""Choose among candidates that overlap: the longest, then the heavier, then the more specific."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.mentions import Candidate
from extractors.model import EntityType

_ORDER = (
    EntityType.PROGRAM,
    EntityType.DRUG,
    EntityType.TRIAL,
    EntityType.TARGET,
    EntityType.INDICATION,
    EntityType.PERSON,
    EntityType.FIRM,
    EntityType.COMPANY,
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


def choose(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates that do not overlap, in text order.

    >>> short = Candidate(0, 4, EntityType.COMPANY, "ALLO", "example")
    >>> long = Candidate(0, 8, EntityType.PROGRAM, "ALLO-501", "example")
    >>> [c.name for c in choose([short, long])]
    ['ALLO-501']
    """
    ranked = sorted(candidates, key=_rank)
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in ranked:
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(candidate)
    return tuple(sorted(chosen, key=lambda c: c.start))


def _rank(candidate: Candidate) -> tuple[int, int, float, int, int, str, str, str]:
    return (
        -(candidate.end - candidate.start),
        -candidate.weight,
        -candidate.confidence,
        _RANK.get(candidate.type, len(_RANK)),
        candidate.start,
        candidate.entity,
        candidate.name,
        candidate.rule,
    )
