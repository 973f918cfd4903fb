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
    chosen: list[Candidate] = []
    rivals: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates, key=_start):
        if candidate.start >= end and rivals:
            chosen += _best(rivals)
            rivals = []
        rivals.append(candidate)
        end = max(end, candidate.end)
    return (*chosen, *_best(rivals))


def _start(candidate: Candidate) -> int:
    return candidate.start


def _best(rivals: list[Candidate]) -> list[Candidate]:
    """Choose among candidates that hang together; most stand alone and need no ranking."""
    if len(rivals) < 2:
        return rivals
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(rivals, key=_rank):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(candidate)
    return sorted(chosen, key=_start)


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
