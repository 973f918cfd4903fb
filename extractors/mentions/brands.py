"""Brands by what is sold of them: ``Verranix sales fell``, ``the erosion of Verranix``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.mentions.products import is_coined
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM,)

_NAME = r"(?P<name>[A-Z][a-z]{5,})"
_INSIDE = r"(?P<name>[A-Z](?<=[a-z,] .)[a-z]{5,})"
"""A name stands inside a sentence, after a plain word: there a capital makes a name.

What stands before is tested after the first letter, so that only capitals are tried.
"""
_APPROVED = re.compile(
    r"(?P<name>[A-Z](?<![\w-].)[a-z]{5,}), (?:which|our)(?: [a-z]+){0,3} (?:approved|launched)\b"
)
_SOLD = re.compile(rf"{_INSIDE}(?=(?:['’]s)? [a-z])")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = load_words("brand_signs")
    sides = {
        side: "|".join(sorted((w for w, s in words.items() if s == side), key=len, reverse=True))
        for side in ("before", "after")
    }
    after = re.compile(rf"(?:['’]s)? (?:{sides['after']})\b")
    before = re.compile(rf"\b(?:{sides['before']}) {_NAME}(?= [a-z]|[,.;]|['’]s)(?! [A-Z])")
    return before, after, first_keys(sides["before"].split("|"))


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield coined names inside a sentence, of which something is sold or prescribed."""
    text = words.text
    before, after, keys = _patterns()
    for match in words.matches(before, keys):
        yield from _brand(match, text, vocabulary)
    for match in _APPROVED.finditer(text):
        yield from _brand(match, text, vocabulary)
    for match in _SOLD.finditer(text):
        if after.match(text, match.end("name")):
            yield from _brand(match, text, vocabulary)


def _brand(match: re.Match[str], text: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    name = match["name"]
    start, end = match.span("name")
    if is_coined(name, text, vocabulary):
        shown = " ".join(text[max(0, start - 30) : end + 30].split())
        why = f"a coined name of which something is sold in {shown!r}"
        yield Candidate(start, end, EntityType.PROGRAM, name, "brand-words", "", 0.7, why)
