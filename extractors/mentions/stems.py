"""Medicines by the stem of their international non-proprietary name (``-mab``, ``-siran``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.DRUG,)

_SHORTEST = 6
_CELLS = "cel"


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield words with a stem of a medicine; a biologic's suffix of four letters belongs to it."""
    text, keys, starts, ends = words.text, words.keys, words.starts, words.ends
    tails = _tails(vocabulary)
    last = len(keys) - 1
    for i in words.indices([key for key in words.places if key[-3:] in tails]):
        key = keys[i]
        start, end = starts[i], ends[i]
        if key == _CELLS and i and text[ends[i - 1] : start] == "-" and keys[i - 1] not in ("car",):
            yield from _medicine(text, starts[i - 1], end, "cel", "a cell therapy")
            continue
        if len(key) < _SHORTEST or (start and text[start - 1] in "-_"):
            continue
        stem = _stem_of(vocabulary, key)
        if stem is None or _ignored(vocabulary, text[start:end]):
            continue
        if i < last and text[end : starts[i + 1]] == "-" and ends[i + 1] - starts[i + 1] == 4:
            suffix = text[starts[i + 1] : ends[i + 1]]
            if suffix.islower() and suffix not in ("like", "type", "free", "base"):
                end = ends[i + 1]
        yield from _medicine(text, start, end, *stem)


def _medicine(text: str, start: int, end: int, stem: str, kind: str) -> Iterator[Candidate]:
    word = text[start:end]
    if end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return
    why = f"{word!r} ends in -{stem}, the stem of {kind}"
    name = word.lower() if word[1:].islower() or not word[1:].isalpha() else word
    yield Candidate(start, end, EntityType.DRUG, name, "stem", confidence=0.9, rationale=why)


@lru_cache(maxsize=8)
def _tails(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset({stem.stem[-3:] for stem in vocabulary.lexicon.stems} | {_CELLS})


@lru_cache(maxsize=1 << 14)
def _stem_of(vocabulary: Vocabulary, word: str) -> tuple[str, str] | None:
    stem = vocabulary.lexicon.stem_of(word)
    return (stem.stem, stem.kind or "a medicine") if stem else None


def _ignored(vocabulary: Vocabulary, word: str) -> bool:
    return any(vocabulary.lexicon.is_ignored(form) for form in (word, word.lower()))
