"""Technologies by a coined name before *platform* or *technology*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.TECHNOLOGY,)

_COINED = r"(?:[A-Z]{4,}|[A-Z][a-z]+[A-Z]\w+|[a-z]{1,3}[A-Z]\w{3,}|[A-Z]{2,}[a-z]+\w*)"
_WINDOW = 40


@cache
def _nouns() -> tuple[re.Pattern[str], frozenset[str]]:
    nouns = sorted(load_words("technology_nouns"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(nouns)})\b"), first_keys(nouns)


@cache
def _before() -> re.Pattern[str]:
    owner = r"\b(?:[Oo]ur|[Tt]he|[Ii]ts|[Tt]heir|with)(?: proprietary)?"
    return re.compile(rf"{owner} (?P<name>{_COINED})(?:-like)? $")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield coined names that a word for technologies follows and that nothing else claims."""
    before, text = _before(), words.text
    for match in words.matches(*_nouns()):
        left = max(0, match.start() - _WINDOW)
        named = before.search(text[left : match.start()])
        if named is None:
            continue
        name = named["name"]
        if vocabulary.lexicon.find(name) or vocabulary.lexicon.is_ignored(name):
            continue
        start = left + named.start("name")
        why = f"a coined name before {match.group()!r}"
        yield Candidate(
            start,
            start + len(name),
            EntityType.TECHNOLOGY,
            name,
            "technology-words",
            confidence=0.8,
            rationale=why,
        )
