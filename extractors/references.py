"""A program named by what it aims at: ``the CS1 program`` beside ``UCARTCS1``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.mentions import Candidate
from extractors.mentions._vocabulary import folded, load_words
from extractors.model import EntityType

_MEDICINES = (EntityType.PROGRAM, EntityType.DRUG)
_NEAR = 150
_DIRECTED = re.compile(
    r",? ?(?:which is |is )?(?:our|an?|the|its|their)\s+(?:[\w-]+\s+){0,4}?(?:anti-)?$"
)


def find_references(text: str, chosen: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield a target with *program* after it, where one program of the call has this target.

    A program has a target when its name ends in it or when it is said beside it: "X, our
    CD22-directed ...". The span holds target and noun.

    Args:
        text: the whole transcript.
        chosen: candidates without overlaps, in text order; code points of ``text``.
    """
    chosen = tuple(chosen)
    owners = _owners(text, chosen)
    beside = _beside(chosen)
    nouns = "|".join(sorted(load_words("reference_nouns"), key=len, reverse=True))
    noun = re.compile(rf"[ -](?:{nouns})(?!\w)")
    for candidate in chosen:
        rivals = owners.get(candidate.id, {})
        follows = noun.match(text, candidate.end) if candidate.type is EntityType.TARGET else None
        if follows is None or len(rivals) != 1:
            continue
        (owner,) = rivals.values()
        by_name = folded(owner.name).endswith(folded(candidate.name))
        if not by_name and beside[candidate.id] - {owner.id}:
            continue
        span = text[candidate.start : follows.end()]
        why = f"{span!r}: only {owner.name} is said to aim at {candidate.name} in this call"
        yield Candidate(
            candidate.start,
            follows.end(),
            owner.type,
            owner.name,
            "reference",
            owner.id,
            0.8,
            why,
            weight=3,
        )


def _owners(text: str, chosen: tuple[Candidate, ...]) -> dict[str, dict[str, Candidate]]:
    """Return, by target, the programs of the call that aim at it."""
    programs = {c.id: c for c in chosen if c.type in _MEDICINES}
    owners: dict[str, dict[str, Candidate]] = defaultdict(dict)
    previous: Candidate | None = None
    for candidate in chosen:
        if candidate.type is EntityType.TARGET:
            for program in programs.values():
                if folded(program.name).endswith(folded(candidate.name)):
                    owners[candidate.id][program.id] = program
            if previous is not None and _DIRECTED.fullmatch(text, previous.end, candidate.start):
                owners[candidate.id][previous.id] = previous
        elif candidate.type in _MEDICINES:
            previous = candidate
    return owners


def _beside(chosen: tuple[Candidate, ...]) -> dict[str, set[str]]:
    """Return, by target, the programs named near it: any of them may aim at it."""
    beside: dict[str, set[str]] = defaultdict(set)
    programs = [c for c in chosen if c.type in _MEDICINES]
    for candidate in chosen:
        if candidate.type is EntityType.TARGET:
            beside[candidate.id] |= {
                p.id for p in programs if abs(p.start - candidate.start) < _NEAR
            }
    return beside
