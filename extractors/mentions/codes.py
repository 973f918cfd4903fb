"""Programs by code: letters, perhaps a hyphen, and digits (``UCART22``, ``ALLO-501A``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM, EntityType.TRIAL, EntityType.TARGET)

_CODE = re.compile(
    r"(?<![\w$€£#.,/–-])(?<!\[ )(?<!\[)(?P<prefix>[A-Za-z]{1,9})(?P<joint>[-‑– ]?)"
    r"(?P<number>\d{2,8})(?P<suffix>[A-Za-z]{0,2})(?![\w%]|[.,]\d|[-‑–]\d)"
)

_LETTERED = re.compile(
    r"(?P<prefix>[A-Z](?<![\w-].)[A-Z]{1,3})-[A-Z]{1,6}\d{1,4}[A-Z]{0,2}(?![\w-]|[.,]\d)"
)
_JOINTS = ("", "-", "‑", "–", " ")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"[ -]([A-Za-z]+)")
_MEANT = (EntityType.DRUG, EntityType.INDICATION)
"""A brand or a disease before a number makes no code."""


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield codes that look like a program's, and the genes and trials written like one."""
    text = words.text
    yield from _lettered(text, vocabulary)
    numbers = [key for key in filter(str.isdecimal, words.places) if len(key) > 1]
    for i in words.indices(numbers):
        if i and words.keys[i][0] in "0123456789" and words.keys[i - 1][0].isalpha():
            gap = text[words.ends[i - 1] : words.starts[i]]
            if gap not in _JOINTS:
                continue
            match = _CODE.match(text, words.starts[i - 1])
            if match is None or (gap == " " and not _is_spaced(match, vocabulary)):
                continue
            if _is_code(match):
                candidate = _classified(match, vocabulary)
                if candidate is not None:
                    yield candidate


def _lettered(text: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield codes with letters on both sides of the hyphen (``ARO-APOC3``, ``RP-L201``)."""
    lexicon = vocabulary.lexicon
    for match in _LETTERED.finditer(text):
        code, prefix = match.group(), match["prefix"]
        known = lexicon.find(prefix, *_MEANT, EntityType.TARGET)
        if known or prefix in load_words("code_prefixes") or prefix in load_words("gene_families"):
            continue
        if lexicon.find(code) or lexicon.is_ignored(code):
            continue
        if len(prefix) > 3 and prefix.lower() in load_words("plain_words"):
            # A word of the language before letters (STOP-HS1) is left to the finder of trials.
            continue
        why = f"{code!r} is written like the code of a program"
        yield Candidate(
            *match.span(), EntityType.PROGRAM, code, "program-code", "", 0.8, why, weight=2
        )


def _classified(match: re.Match[str], vocabulary: Vocabulary) -> Candidate | None:
    prefix, joint, number, code = match["prefix"], match["joint"], match["number"], match.group()
    if prefix in load_words("code_prefixes") or vocabulary.lexicon.is_ignored(code):
        return None
    if prefix in load_words("gene_families") and len(number) < 4:
        kind, rule, confidence = EntityType.TARGET, "gene-family", 0.8
        why = f"{code!r} is written like a gene of the family {prefix}"
    elif len(prefix) > 4 and any(t.type in _MEANT for t in vocabulary.lexicon.find(prefix)):
        return None
    elif joint and (_is_trial(prefix, number) or _is_short_trial(prefix, number, vocabulary)):
        kind, rule, confidence = EntityType.TRIAL, "trial-code", 0.8
        why = f"{code!r} is written like a trial: a word and a short number"
    else:
        kind, rule, confidence = EntityType.PROGRAM, "program-code", 0.9
        why = f"{code!r} is written like the code of a program"
    return Candidate(*match.span(), kind, code, rule, confidence=confidence, rationale=why)


def _is_code(match: re.Match[str]) -> bool:
    """Return whether a match has the shape of a code and not of a quantity or a variant.

    Two capitals, or a name with a hyphen and three digits, are needed; ``R408W`` has one letter.
    """
    prefix, number, joint = match["prefix"], match["number"], match["joint"]
    suffix = match["suffix"]
    capitals = sum(char.isupper() for char in prefix)
    if not capitals or (len(suffix) == 2 and not suffix.isupper()):
        return False
    if len(prefix) == 1:
        return bool(joint) and len(number) >= 3
    if capitals < 2:
        return prefix.istitle() and bool(joint) and len(number) >= 3 and len(prefix) <= 6
    return bool(joint) or capitals >= len(prefix) - 1


def _is_trial(prefix: str, number: str) -> bool:
    """Return whether a word and a number are put together as in ``ASCENT-04``, ``KEYNOTE-189``."""
    if number[0] == "0":
        return len(prefix) >= (4 if len(number) == 2 else 5)
    return len(prefix) >= 6 and len(number) <= 3


def _is_short_trial(prefix: str, number: str, vocabulary: Vocabulary) -> bool:
    """Return whether a short plain word that trials are called by stands before a number.

    A company's name before a number makes a code of its own.
    """
    if len(number) > 3 or number[0] == "0" or prefix not in load_words("trial_names"):
        return False
    spelled = (prefix, prefix.capitalize())
    return not any(vocabulary.lexicon.find(name, EntityType.COMPANY) for name in spelled)


def _is_spaced(match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Return whether letters, a space and digits are a code (``AMG 133``) and no amount or year."""
    prefix, number = match["prefix"], match["number"]
    if not (prefix.isupper() and 2 <= len(prefix) <= 5 and len(number) >= 3):
        return False
    if _YEAR.fullmatch(number) or vocabulary.lexicon.is_ignored(prefix):
        return False
    known = vocabulary.lexicon.find(prefix)
    if any(term.type not in (EntityType.COMPANY, EntityType.MODALITY) for term in known):
        return False
    unit = _UNIT.match(match.string, match.end())
    return unit is None or unit[1].lower() not in load_words("units")
