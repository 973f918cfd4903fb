"""Brands by what is sold of them: ``Verranix sales fell``, ``the erosion of Verranix``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.mentions.products import is_coined
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM,)

_NAME = r"(?P<name>[A-Z][a-z]{5,})"
_INSIDE = r"(?<![\w-])(?<=[a-z,] )"
"""A name stands inside a sentence, after a plain word: there a capital makes a name."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("brand_signs")
    sides = {
        side: "|".join(sorted((w for w, s in words.items() if s == side), key=len, reverse=True))
        for side in ("before", "after")
    }
    after = re.compile(rf"(?:['’]s)? (?:{sides['after']})\b")
    before = re.compile(rf"\b(?:{sides['before']}) {_NAME}(?= [a-z]|[,.;]|['’]s)(?! [A-Z])")
    return before, after


@cache
def _sold() -> re.Pattern[str]:
    return re.compile(rf"{_INSIDE}{_NAME}(?=(?:['’]s)? [a-z])")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield coined names inside a sentence, of which something is sold or prescribed."""
    text = words.text
    before, after = _patterns()
    for match in before.finditer(text):
        yield from _brand(match, text, vocabulary)
    for match in _sold().finditer(text):
        if after.match(text, match.end("name")):
            yield from _brand(match, text, vocabulary)


def _brand(match: re.Match[str], text: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    name = match["name"]
    start, end = match.span("name")
    if is_coined(name, text, vocabulary):
        shown = " ".join(text[max(0, start - 30) : end + 30].split())
        why = f"a coined name of which something is sold in {shown!r}"
        yield Candidate(start, end, EntityType.PROGRAM, name, "brand-words", "", 0.7, why)
