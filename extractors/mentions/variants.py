"""Changes in genes by their short names (``R408W``), where the words beside them say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.VARIANT,)

_ACID = "[ACDEFGHIKLMNPQRSTVWY]"
_NAME = re.compile(
    rf"(?:p\.)?(?P<name>(?P<from>{_ACID})(?<![\w-].)\d{{2,4}}(?P<to>{_ACID}|X|del|fs))(?![\w-])"
)
_BEFORE, _AFTER = 48, 40
_GENE = re.compile(r"(?P<name>[A-Z][A-Za-z0-9-]{1,9}) $")
_SENTENCE = re.compile(r"[.?!;]\s|\n")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(load_words('variant_words')))})\b", re.IGNORECASE)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield changes of one amino acid beside *mutation* and the like, or right after a gene."""
    text = words.text
    for match in _NAME.finditer(text):
        name = match["name"]
        if match["from"] == match["to"] or vocabulary.lexicon.find(name):
            continue
        before = _SENTENCE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        after = _SENTENCE.split(text[match.end() : match.end() + _AFTER])[0]
        gene = _GENE.search(before)
        named = gene is not None and vocabulary.lexicon.find(gene["name"], EntityType.TARGET)
        if named or _signs().search(before) or _signs().search(after):
            shown = " ".join(f"{before}{match.group()}{after}".split())
            why = f"written like a change of one amino acid, and called one in {shown!r}"
            yield Candidate(
                *match.span("name"), EntityType.VARIANT, name, "variant-words", "", 0.9, why
            )
