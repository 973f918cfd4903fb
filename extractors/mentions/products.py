"""Products by apposition: ``our lead candidate, X``, ``X, our antibody``, ``RX-7, an antibody``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM,)

_NAME = r"(?:[A-Z][a-z]{4,}|[a-z]{7,}|[A-Z]{5,})(?:-[a-zA-Z]{1,3})?"
_SHORT_CODE = r"[A-Z]{2,5}-\d{1,4}[A-Z]?"
_BEFORE = 40
_OWNERS = frozenset({"our", "its", "their"})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted(load_words("product_nouns"), key=len, reverse=True))
    lead = re.compile(
        rf"\b(?:[Oo]ur|its|their) (?:[\w-]+ ){{0,3}}?(?:{nouns}), (?P<name>{_NAME})"
        r"(?=[,.;]| is | has | in )"
    )
    noun = re.compile(
        r",(?= (?:which is )?(?P<whose>our|its|their|an?|the)"
        rf"(?P<product> (?:[\w-]+,? ){{0,6}}?(?:{nouns}))\b"
        r"(?! (?:[\w-]+ )?(?:trial|stud|data|readout)))"
    )
    name = re.compile(rf"(?<![\w-])(?P<name>{_NAME}|{_SHORT_CODE})$")
    return lead, noun, name


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names set beside a word for a product by a comma and a possessive."""
    lead, noun, name = _patterns()
    text = words.text
    for match in words.matches(lead, _OWNERS):
        if is_coined(match["name"], text, vocabulary):
            yield _product(*match.span("name"), match["name"], match.group())
    for match in noun.finditer(text):
        left = max(0, match.start() - _BEFORE)
        before = name.search(text[left : match.start()])
        # A code needs no "our": no other word has its form.
        ours = match["whose"] in ("our", "its", "their") or text.startswith(
            " we ", match.end("product")
        )
        if before is None or not (ours or _is_written_apart(before["name"], match["product"])):
            continue
        if is_coined(before["name"], text, vocabulary):
            start = left + before.start("name")
            shown = text[start : match.end("product")]
            # A word before a number may be a trial's: that it is a product weighs more.
            weight = 2 if before["name"][-1].isdigit() else 1
            yield _product(start, match.start(), before["name"], shown, weight)


def _is_written_apart(name: str, product: str) -> bool:
    """Return whether a name needs no "our": a code, or capitals before what a medicine does."""
    acts = name.isupper() and product.split()[-1] in load_words("action_nouns")
    return acts or name[-1].isdigit()


def is_coined(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word looks like a coined name: unknown, and no common or proper word.

    >>> from extractors.mentions import load_vocabulary
    >>> [is_coined(name, "", load_vocabulary()) for name in ("Verranix", "Therefore", "Japan")]
    [True, False, False]
    """
    lexicon = vocabulary.lexicon
    if lexicon.find(name) or lexicon.is_ignored(name) or name in load_words("not_names"):
        return False
    if name[-1].isdigit() and name.split("-")[0] in load_words("code_prefixes"):
        return False
    low = name.lower()
    if low in load_words("plain_words") or low.endswith(tuple(load_words("plain_endings"))):
        return False
    return name.islower() or re.search(rf"\b{re.escape(low)}\b", text) is None


def _product(start: int, end: int, name: str, shown: str, weight: int = 1) -> Candidate:
    why = f"set beside a word for a product in {' '.join(shown.split())!r}"
    return Candidate(start, end, EntityType.PROGRAM, name, "apposition", "", 0.7, why, weight)
