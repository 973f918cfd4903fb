"""People who are named with a title or a role (``Dr. Ida Lindqvist``, ``Jo Maar, our CEO``)."""

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
    rf"(?P<name>{_SURNAME}(?: (?:[A-Z]\. |(?:de|van|von|der|den|la|le|di|da) )*{_SURNAME}){{0,2}})"
    r"(?!\w)"
)


_ROLE = (
    r"(?:(?:our|the|its|their|a|an)\s)?(?:[a-z-]+\s){0,3}?"
    r"(?:Chief|CEO|CFO|CMO|CSO|COO|President|Chairman|Chairwoman|Chair|Founder|Professor)\b"
)
_FULL = rf"{_SURNAME} (?:[A-Z]\. )?{_SURNAME}"
_BESIDE = re.compile(rf"(?<![\w-])(?P<name>{_FULL}), {_ROLE}")
_APPOINTED = re.compile(
    rf"\b(?:appointed|appointment of|welcom\w+|promoted|hired|named)\s"
    rf"(?P<name>{_FULL})(?= (?:as|to) )"
)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names after a title and full names beside a role; the span is the name alone."""
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
    for pattern in (_BESIDE, _APPOINTED):
        for match in pattern.finditer(words.text):
            name = match["name"]
            known = vocabulary.lexicon.find(name) or vocabulary.lexicon.is_ignored(name)
            if known or any(word in load_words("not_names") for word in name.split()):
                continue
            why = f"a role stands beside the name in {' '.join(match.group().split())!r}"
            yield Candidate(
                *match.span("name"), EntityType.PERSON, name, "person-role", "", 0.8, why
            )
