"""People who are named with a title (``Dr. Ida Lindqvist``, ``Professor Moreau``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.PERSON,)

_SURNAME = r"[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*"
_TITLED = re.compile(
    rf"(?<!\w)(?:Dr|Mr|Ms|Mrs|Prof|Professor|Commissioner|Secretary|Senator)\.?\s"
    rf"(?P<name>{_SURNAME}(?: (?:[A-Z]\. |(?:de|van|von|der|den|la|le|di|da) )*{_SURNAME})?)(?!\w)"
)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names after a title. The span is the name without its title."""
    for match in _TITLED.finditer(words.text):
        name = match["name"]
        if any(word in load_words("not_names") for word in name.split()):
            continue
        start, end = match.span("name")
        if end < len(words.text) and words.text[end - 2 : end] in ("'s", "’s"):
            end -= 2
            name = name[:-2]
        yield Candidate(
            start,
            end,
            EntityType.PERSON,
            name,
            "person-title",
            confidence=0.8,
            rationale=f"named with a title in {match.group()!r}",
        )
