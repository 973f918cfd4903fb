"""Medicines by the stem of their international non-proprietary name (``-mab``, ``-siran``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.lexicon import Lexicon, Stem
from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.DRUG,)

_WORD = re.compile(r"(?<![\w-])[A-Za-z]{6,30}(?:-[a-z]{3,6})?(?!\w)")
_SUFFIX = re.compile(r"-[a-z]{4}")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield words with a stem of a medicine; a biologic's four-letter suffix belongs to its name."""
    lexicon = vocabulary.lexicon
    for match in _WORD.finditer(words.text):
        word = match.group()
        stem = _stem_of(vocabulary, word)
        end = match.end()
        if stem is None and "-" in word:
            word = word.partition("-")[0]
            end = match.start() + len(word)
            stem = _stem_of(vocabulary, word)
        if stem is None or lexicon.is_ignored(word) or lexicon.is_ignored(word.lower()):
            continue
        why = f"{word!r} ends in -{stem.stem}, the stem of {stem.kind or 'a medicine'}"
        name = word.lower() if word[1:].islower() else word
        yield Candidate(
            match.start(), end, EntityType.DRUG, name, "stem", confidence=0.9, rationale=why
        )


@lru_cache(maxsize=1 << 16)
def _stem_of(vocabulary: Vocabulary, word: str) -> Stem | None:
    lexicon: Lexicon = vocabulary.lexicon
    return lexicon.stem_of(word)
