"""People named in the text who are already known: ``Rob Michael`` for the listed Robert Michael."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractors.mentions import Candidate
from extractors.mentions._vocabulary import load_words
from extractors.model import EntityType, Transcript

_ROLES = frozenset({"person-title", "person-role"})
_NOBODY = ("person/operator-", "person/unidentified-")


def relink_people(transcript: Transcript, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Link a person named with title or role to the one participant with the same surname.

    A bare surname that no participant bears is linked to the one full name in the call that has it.
    """
    candidates = list(candidates)
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entity in transcript.entities:
        if entity.type is EntityType.PERSON and not entity.id.startswith(_NOBODY):
            known[_surname(entity.label)].add((entity.id, entity.label))
    full: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.rule in _ROLES and " " in candidate.name:
            full[_surname(candidate.name)].add(candidate.name)
    return [
        _relinked(candidate, known.get(_surname(candidate.name), set()), full)
        if candidate.rule in _ROLES
        else candidate
        for candidate in candidates
    ]


def _surname(name: str) -> str:
    return name.split()[-1].casefold()


def _may_be(name: str, label: str) -> bool:
    """Return whether two names with one surname can be the same person's.

    >>> [_may_be(name, "Robert Maar") for name in ("Bob Maar", "Jo Maar", "Maar")]
    [True, False, True]
    """
    if " " not in name:
        return True
    given, other = name.split()[0].casefold(), label.split()[0].casefold()
    return given[0] == other[0] or load_words("nicknames").get(given) == other


def _relinked(
    candidate: Candidate, owners: set[tuple[str, str]], full: dict[str, set[str]]
) -> Candidate:
    near = [owner for owner in sorted(owners) if _may_be(candidate.name, owner[1])]
    if len(owners) == 1 and near:
        identifier, label = near[0]
        why = f"{candidate.rationale}; {label} is the only participant with this surname"
        return candidate._replace(
            name=label,
            entity=identifier,
            rule="participant-surname",
            confidence=0.8,
            rationale=why,
        )
    names = full.get(_surname(candidate.name), set())
    if not owners and " " not in candidate.name and len(names) == 1:
        return candidate._replace(name=next(iter(names)))
    return candidate
