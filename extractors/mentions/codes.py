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
    r"(?<![\w$€£#.,/-])(?P<prefix>(?=[A-Za-z]*[A-Z])[A-Za-z]{1,8})(?P<joint>[-‑–]?)"
    r"(?P<number>\d{2,8})(?P<suffix>[A-Za-z]{0,2})(?![\w%]|[-.,]\d)"
)
_TRIAL_NUMBER = re.compile(r"0\d")
_SHORT_RUN = re.compile(r"[-‑–/]\d")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield codes that look like a program's, and the genes and trials written like one."""
    lexicon = vocabulary.lexicon
    never = load_words("code_prefixes")
    families = load_words("gene_families")
    for match in _CODE.finditer(words.text):
        prefix, joint, number = match["prefix"], match["joint"], match["number"]
        code = match.group()
        if prefix in never or lexicon.is_ignored(code) or not _is_code(match):
            continue
        start, end = match.span()
        if prefix in families and len(number) < 4:
            why = f"{code!r} is written like a gene of the family {prefix}"
            yield Candidate(
                start, end, EntityType.TARGET, code, "gene-family", confidence=0.8, rationale=why
            )
        elif joint and len(prefix) >= 4 and _TRIAL_NUMBER.fullmatch(number):
            why = f"{code!r} is written like the name of a trial: a word and a two-digit number"
            yield Candidate(
                start, end, EntityType.TRIAL, code, "trial-code", confidence=0.8, rationale=why
            )
        else:
            why = f"{code!r} is written like the code of a program"
            yield Candidate(
                start, end, EntityType.PROGRAM, code, "program-code", confidence=0.9, rationale=why
            )


def _is_code(match: re.Match[str]) -> bool:
    """Return whether a match has the shape of a code and not of a quantity or a variant.

    Two capitals, or a hyphen and three digits, are needed; ``R408W`` has one letter and no hyphen.
    """
    prefix, number = match["prefix"], match["number"]
    capitals = sum(char.isupper() for char in prefix)
    if len(match["suffix"]) == 2 and match["suffix"] != match["suffix"].upper():
        return False
    if len(prefix) == 1:
        return bool(match["joint"]) and len(number) >= 3
    if capitals < 2 and not (prefix.istitle() and match["joint"] and len(number) >= 3):
        return False
    return not (capitals < len(prefix) - 1 and not match["joint"])
