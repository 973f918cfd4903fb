"""Facilities: a place and what is built there (``our Raleigh facility``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.FACILITY,)


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(load_words("facility_words"), key=len, reverse=True))
    return re.compile(
        r"\b(?:[Oo]ur|[Tt]he|[Tt]heir|in|new)\s+(?P<name>(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
        rf"(?:,? (?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?),?)?(?: [a-z-]+){{0,2}}? (?P<noun>{nouns}))\b"
    )


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield facilities named by their place; their name is the place and the kind of building."""
    for match in _pattern().finditer(words.text):
        place = match["place"]
        if place.split()[0] in load_words("not_names") or vocabulary.lexicon.find(
            place, EntityType.COMPANY, EntityType.FIRM, EntityType.TECHNOLOGY
        ):
            continue
        noun = load_words("facility_words")[match["noun"]]
        why = f"a place and the kind of building in {match.group()!r}"
        yield Candidate(
            *match.span("name"), EntityType.FACILITY, f"{place} {noun}", "facility-words",
            confidence=0.9, rationale=why,
        )
