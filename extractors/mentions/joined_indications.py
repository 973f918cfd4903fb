"""Diseases of a list that share a word: ``ovarian, endometrial and lung cancers``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.INDICATION,)
_NOUNS = frozenset({"cancer", "cancers", "carcinoma", "carcinomas", "tumor", "tumors", "tumours"})
_TYPES_OF = re.compile(
    r"\b(?P<first>[Tt]ype (?P<one>[12]|I{1,2}))(?:,? (?:and|or|and/or) |/)"
    r"(?P<second>(?P<two>[12]|I{1,2}) diabet\w+|[Tt]ype (?:[12]|I{1,2}) diabet\w+)"
)
_LETTERS = re.compile(r"[Hh]a?emophilia (?P<one>A|B)(?: (?:and|or) |/)(?P<two>A|B)\b")
_BLEEDING = frozenset({"hemophilia", "haemophilia"})


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield each part of such a list that is a known disease with the word at its end."""
    if not _NOUNS.isdisjoint(words.places):
        for match in words.matches(_sites_pattern(), _site_keys()):
            for site in _site_pattern().finditer(words.text, *match.span("sites")):
                yield from _known(site.span(), f"{site.group()} cancer", match, vocabulary)
    if "diabetes" in words.places:
        for match in _TYPES_OF.finditer(words.text):
            yield from _known(match.span("first"), f"{match['first']} diabetes", match, vocabulary)
            if match["two"]:
                name = f"type {match['two']} diabetes"
                yield from _known(match.span("second"), name, match, vocabulary)
    for match in words.matches(_LETTERS, _BLEEDING):
        yield from _known(match.span("two"), f"hemophilia {match['two']}", match, vocabulary)


def _known(
    span: tuple[int, int], name: str, match: re.Match[str], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    for term in vocabulary.lexicon.find(name, EntityType.INDICATION)[:1]:
        why = f"{' '.join(match.group().split())!r} shares a word of {term.label!r}"
        yield Candidate(
            *span, EntityType.INDICATION, term.label, "joined-indication", term.id, 0.9, why
        )


@cache
def _site_keys() -> frozenset[str]:
    return first_keys(load_words("disease_sites"))


@cache
def _site_pattern() -> re.Pattern[str]:
    sites = sorted(load_words("disease_sites"), key=lambda site: (-len(site), site))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sites))})(?![\w-])", re.IGNORECASE)


@cache
def _sites_pattern() -> re.Pattern[str]:
    site = _site_pattern().pattern
    return re.compile(
        rf"(?P<sites>{site}(?:, (?:and |or )?| and | or |/| as well as ){site}"
        rf"(?:(?:, (?:and |or )?| and | or |/| as well as ){site}){{0,8}})"
        r" (?:cancer|carcinoma|tumou?r)s?\b",
        re.IGNORECASE,
    )
