"""Whose medicine it is: the issuer's own are programs, others that are only named are drugs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.lexicon import fold
from extractors.mentions import Candidate, Vocabulary
from extractors.model import EntityId, EntityType, Transcript

_BEFORE = 60
_OURS = re.compile(
    r"\b(?:our|ours|we(?:'re| are)? (?:developing|studying|advancing|launched|evaluating))\s+"
    r"(?:[\w/-]+,?\s+){0,3}$",
    re.IGNORECASE,
)
_OURS_AFTER = re.compile(r",? (?:is |which is )?our\b")
_THEIRS = re.compile(
    r"\b(?:in|with|plus|versus|from|by|to|and|than|against|their|for|of|on|after|before)\s", re.I
)


def find_own_medicines(
    transcript: Transcript, candidates: Iterable[Candidate], vocabulary: Vocabulary
) -> frozenset[EntityId]:
    """Return the medicines that the call speaks of as the issuer's.

    A medicine is the issuer's when its code is one, when the vocabulary names the issuer as its
    maker or as that of a brand of it, or when it is called "our X" or "X, our ...".
    """
    issuer = next((e for e in transcript.entities if e.id == transcript.call.issuer), None)
    names = {fold(name) for name in (issuer.label, *issuer.alt_labels)} if issuer else set()
    own: set[EntityId] = set()
    for candidate in candidates:
        if candidate.type not in (EntityType.PROGRAM, EntityType.DRUG) or candidate.id in own:
            continue
        term = vocabulary.lexicon.by_id(candidate.id)
        made = term is not None and bool(term.maker) and _is_issuer(term.maker, names)
        if candidate.type is EntityType.PROGRAM or made or _ours(transcript.text, candidate):
            own.add(candidate.id)
            if made and term is not None and term.substance:
                found = vocabulary.lexicon.find(term.substance, EntityType.DRUG)
                own |= {other.id for other in found if other.label == term.substance}
    return frozenset(own)


def _is_issuer(makers: str, names: set[str]) -> bool:
    return any(
        maker == name or (len(maker) > 3 and name.startswith(maker))
        for maker in map(fold, makers.split(";"))
        for name in names
    )


def _ours(text: str, candidate: Candidate) -> bool:
    before = text[max(0, candidate.start - _BEFORE) : candidate.start]
    match = _OURS.search(before)
    if match is not None and not _THEIRS.search(match.group()):
        return True
    return _OURS_AFTER.match(text, candidate.end) is not None
