"""Facilities: a place and what stands there (``our Raleigh facility``, ``plant in Lyon``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.FACILITY,)

_PLACE = r"[A-Z][a-z]+(?: [A-Z][a-z]+)?"
_BEFORE = 50
_LENT = re.compile(r"\b(?:credit|loan|debt|financing|revolving|lending|borrowing) $")
"""Before *facility* these make it money."""
_NO_PLACE = (EntityType.COMPANY, EntityType.FIRM, EntityType.TECHNOLOGY, EntityType.REGULATOR)


@cache
def _nouns() -> tuple[re.Pattern[str], frozenset[str]]:
    nouns = sorted(load_words("facility_words"), key=len, reverse=True)
    return re.compile(rf"\b(?P<noun>{'|'.join(nouns)})\b"), first_keys(nouns)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    before = re.compile(rf"(?<![\w-])(?P<place>{_PLACE})(?:, {_PLACE},?)?(?: [a-z-]+){{0,2}}? $")
    first = re.compile(rf"(?: [a-z-]+){{0,3}}? in (?P<place>{_PLACE})(?:, {_PLACE})?")
    further = re.compile(rf",? and (?:in )?(?P<place>{_PLACE})(?:, {_PLACE})?")
    return before, first, further


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield facilities by their place; the name is the place and the kind of building."""
    before, first, further = _patterns()
    text = words.text
    for match in words.matches(*_nouns()):
        left = max(0, match.start() - _BEFORE)
        placed = before.search(text[left : match.start()])
        if _LENT.search(text[left : match.start()]):
            continue
        if placed is not None and _is_place(placed["place"], vocabulary):
            yield _facility(text, left + placed.start("place"), match.end(), placed["place"], match)
            continue
        after = first.match(text, match.end())
        while after is not None and _is_place(after["place"], vocabulary):
            yield _facility(text, *after.span("place"), after["place"], match)
            after = further.match(text, after.end())


def _is_place(name: str, vocabulary: Vocabulary) -> bool:
    lexicon, common = vocabulary.lexicon, load_words("not_names")
    return not any(word in common for word in name.split()) and not lexicon.find(name, *_NO_PLACE)


def _facility(text: str, start: int, end: int, place: str, noun: re.Match[str]) -> Candidate:
    name = f"{place} {load_words('facility_words')[noun['noun']]}"
    why = f"{noun['noun']!r} stands with the place {place}"
    bare = end - start == len(place)
    return Candidate(
        start,
        end,
        EntityType.FACILITY,
        name,
        "facility-place" if bare else "facility-words",
        confidence=0.9,
        rationale=why,
        weight=3,
    )
