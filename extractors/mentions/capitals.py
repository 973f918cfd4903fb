"""Coined names in capitals: trials by what is done in them, products by what is sold of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.mentions.trials import is_trial_name
from extractors.model import EntityType

TYPES = (EntityType.TRIAL, EntityType.PROGRAM)

_NAME = re.compile(
    r"[A-Z](?<![\w-].)(?:[A-Z]{4,}(?:-(?:\d{1,2}|[A-Z]{1,2}\d{1,3}))?|-[A-Z]{3,}\d{0,2})(?![\w-])"
)
_NEAR = 48
_MARK = re.compile(r"[®™]")


@cache
def _signs(side: str) -> re.Pattern[str]:
    words = [sign for sign, where in load_words("capital_signs").items() if where == side]
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if side.endswith("before"):
        return re.compile(rf"\b(?:{joined})(?: the| our)? $", re.IGNORECASE)
    return re.compile(rf"(?:['’]s)? (?:{joined})\b", re.IGNORECASE)


@cache
def _last_words(side: str) -> frozenset[str]:
    """Return the words that the signs before a name end with."""
    signs = load_words("capital_signs")
    return frozenset(sign.split()[-1].lower() for sign, where in signs.items() if where == side)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield unknown names in capitals that the words beside them show to be trial or product."""
    text = words.text
    for match in _NAME.finditer(text):
        name = match.group()
        if not is_trial_name(name, vocabulary) or not re.search(r"[AEIOUY]", name):
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()]
        end = match.end()
        if _is_sold(before, text, end):
            kind, rule = EntityType.PROGRAM, "product-words"
        elif _ends_with_sign("trial-before", before) or _signs("trial-after").match(text, end):
            kind, rule = EntityType.TRIAL, "trial-words"
        else:
            continue
        shown = " ".join(f"{before}{text[match.start() : end + _NEAR]}".split())
        why = f"a coined name in capitals, used like a {kind.value.lower()} in {shown!r}"
        yield Candidate(match.start(), end, kind, name, rule, confidence=0.7, rationale=why)


def _is_sold(before: str, text: str, end: int) -> bool:
    after = _MARK.match(text, end) or _signs("product-after").match(text, end)
    return after is not None or _ends_with_sign("product-before", before)


def _ends_with_sign(side: str, before: str) -> bool:
    """Return whether a sign stands right before a name; most last words end none, so none is tried.

    >>> _ends_with_sign("product-before", "We saw strong sales of our ")
    True
    >>> _ends_with_sign("product-before", "We saw strong growth in ")
    False
    """
    last = before.lower().split()[-2:]
    if last and last[-1] not in ("the", "our"):
        last = last[-1:]
    return not _last_words(side).isdisjoint(last) and _signs(side).search(before) is not None
