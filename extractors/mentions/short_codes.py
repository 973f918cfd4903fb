"""Short or ambiguous codes by what is done with them: ``dosed with RX-7``, ``RMB-7 is our``.

One digit after a few capitals is too little to make a code by itself, and letters that are a
currency make an amount; the words beside them decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM,)

_CODE = re.compile(
    r"(?P<code>(?P<prefix>[A-Z](?<![\w$€£.-].)[A-Z]{1,4})[-‑](?P<number>\d{1,4}[A-Z]?))"
    r"(?![\w%/-]|[.,]\d| (?:thousand|million|billion|trillion)\b)"
)
_NEAR = 60
_CURRENCY = "currency"


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("code_signs")
    before, after = (
        "|".join(sorted((w for w, s in words.items() if s == side), key=len, reverse=True))
        for side in ("before", "after")
    )
    return (
        re.compile(rf"\b(?:{before}) (?:(?:the|our|an?) )?$", re.IGNORECASE),
        re.compile(rf"(?:['’]s)?,? (?:{after})\b"),
    )


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield codes of one digit, or with a currency's letters, that are used like a medicine."""
    text = words.text
    for match in _CODE.finditer(text):
        if not _is_open(match, vocabulary):
            continue
        left = max(0, match.start() - _NEAR)
        before, after = _signs()
        if before.search(text[left : match.start()]) or after.match(text, match.end()):
            shown = " ".join(text[left : match.end() + _NEAR].split())
            why = f"a short code, used like a medicine in {shown!r}"
            yield Candidate(
                *match.span(), EntityType.PROGRAM, match["code"], "product-words", "", 0.8, why
            )


def _is_open(match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Return whether a code is neither long enough to stand by itself nor known otherwise."""
    prefix, code = match["prefix"], match["code"]
    meaning = load_words("code_prefixes").get(prefix)
    digits = sum(char.isdigit() for char in match["number"])
    if meaning != _CURRENCY and (meaning is not None or digits > 1):
        return False
    if prefix in load_words("gene_families"):
        return False
    lexicon = vocabulary.lexicon
    known = lexicon.find(prefix, EntityType.TARGET, EntityType.INDICATION)
    return not known and not lexicon.find(code) and not lexicon.is_ignored(code)
