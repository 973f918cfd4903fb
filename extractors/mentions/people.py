"""People who are named with a title or a role (``Dr. Ida Lindqvist``, ``Jo Maar, our CEO``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.PERSON,)

# The run of a name is taken whole: given back letter by letter, a long word would cost its square.
_REST = r"(?=[\w'’-]*[a-zß-ÿ])[\w'’-]++"
_SURNAME = rf"[A-ZÀ-Þ]{_REST}"
_TITLE = "Dr|Mr|Ms|Mrs|Prof|Professor|Commissioner|Secretary|Senator"
_TITLED = re.compile(
    rf"(?<!\w)(?:{_TITLE})\.?\s"
    rf"(?P<name>{_SURNAME}(?: (?:[A-Z]\. |(?:de|van|von|der|den|la|le|di|da) )*{_SURNAME}){{0,2}})"
    r"(?!\w)"
)
_ROLE = "Chief|CEO|CFO|CMO|CSO|COO|President|Chairman|Chairwoman|Chair|Founder|Professor"
_BESIDE = re.compile(
    rf"(?P<name>[A-ZÀ-Þ](?<![\w-].){_REST} (?:[A-Z]\. )?{_SURNAME}), "
    rf"(?:(?:our|the|its|their|a|an)\s)?(?:[a-z-]+\s){{0,3}}?(?:{_ROLE})\b"
)
_APPOINTED = re.compile(
    rf"\b(?:appointed|appointment of|welcom\w+|promoted|hired|named)\s"
    rf"(?P<name>{_SURNAME} (?:[A-Z]\. )?{_SURNAME})(?= (?:as|to) )"
)
_APPOINTING = ("appointed", "appointment", "promoted", "hired", "named")


@cache
def _keys(alternatives: str) -> frozenset[str]:
    return first_keys(alternatives.split("|"))


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names after a title and full names beside a role; the span is the name alone."""
    for match in words.matches(_TITLED, _keys(_TITLE)):
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
    for match in _in_roles(words):
        name = match["name"]
        known = vocabulary.lexicon.find(name) or vocabulary.lexicon.is_ignored(name)
        if known or any(word in load_words("not_names") for word in name.split()):
            continue
        why = f"a role stands beside the name in {' '.join(match.group().split())!r}"
        yield Candidate(*match.span("name"), EntityType.PERSON, name, "person-role", "", 0.8, why)


def _in_roles(words: Words) -> Iterator[re.Match[str]]:
    if not _keys(_ROLE).isdisjoint(words.places):
        yield from _BESIDE.finditer(words.text)
    welcomed = "welcom" in words.text
    welcoming = [key for key in words.places if key.startswith("welcom")] if welcomed else []
    yield from words.matches(_APPOINTED, {*_APPOINTING, *welcoming})
