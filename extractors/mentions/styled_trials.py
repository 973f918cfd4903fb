"""Trials by how their names are written (``frontMIND``), or by "which is in ASTERION"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.mentions.trials import is_trial_name
from extractors.model import EntityType

TYPES = (EntityType.TRIAL,)
_AROUND = 150
_HUMP = re.compile(r"[A-Z](?<=[a-z]{4}.)[A-Z]")
_STYLED = re.compile(
    r"(?<![\w-])[a-z]{4,10}[A-Z]{2,}[a-z]{0,6}"
    r"(?:-[A-Z\d][A-Za-z\d]*| \d(?![\d,.%]))?(?![\w-])"
)
_LONGEST = 10
_CODED = re.compile(r"[A-Z](?<![\w-].)[A-Z]{3,}-[A-Z][a-z]{3,}\d{1,2}(?![\w-])")
_NO_NAME = re.compile(r"(?:anti|post|multi|semi|inter|micro|nano|macro|mono|auto)[A-Z]|\w*[RD]NA")
_CLINICAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|[Pp]hase|readouts?|results?|data|patients|enroll?\w*|top-?line)\b"
)
_CAPITALS = r"[A-Z](?<![\w-].)[A-Z]{4,}\d{0,3}(?:-(?:[A-Z][A-Za-z]*\d{0,3}|\d{1,3}))?"
_IS_IN = re.compile(
    r"(?:(?:which|that|it|they)(?:[’']s| is| are|[’']re| was| were)|(?<=\d )is)"
    r"(?: now| also| currently)? in "
    rf"(?P<names>{_CAPITALS}(?:(?:,|,? and) {_CAPITALS})*)(?=[,.;]| and\b| which\b| that\b)"
)
_IS_IN_KEYS = frozenset({"which", "that", "it", "they", "is"})
_ALONE = re.compile(rf"{_CAPITALS}(?![\w-])")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names of small letters with capitals after them, and capitals that something is in."""
    text = words.text
    for match in _styled(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if _NO_NAME.match(match.group()) is None and _CLINICAL.search(around):
            yield from _named(match.span(), match.group(), vocabulary)
    for match in _CODED.finditer(text):
        yield from _named(match.span(), match.group(), vocabulary)
    for match in words.matches(_IS_IN, _IS_IN_KEYS):
        for name in _ALONE.finditer(text, *match.span("names")):
            yield from _named(name.span(), name.group(), vocabulary)


def _styled(text: str) -> Iterator[re.Match[str]]:
    """Yield the names with capitals within; they are sought from those capitals, which are rare."""
    for hump in _HUMP.finditer(text):
        before = text[max(0, hump.start() - _LONGEST) : hump.start()]
        small = len(before) - len(before.rstrip(ascii_lowercase))
        if (match := _STYLED.match(text, hump.start() - small)) is not None:
            yield match


def _named(span: tuple[int, int], name: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    if is_trial_name(name, vocabulary) and name not in load_words("not_trials"):
        why = f"{name!r} is written, or stands, as the names of trials do"
        yield Candidate(*span, EntityType.TRIAL, name, "trial-style", "", 0.8, why)
