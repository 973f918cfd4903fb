"""What words and things a stretch of a call speaks of, weighted by how rare they are in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain

from extractors.questions.phrases import load_words
from extractors.questions.tokens import Tokens, words_between_blanks

_ENTITY_WEIGHT = 1.5
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s")


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Cut the commonest English endings; enough to compare a question with its answer.

    >>> stem("targets"), stem("dosing"), stem("doses"), stem("us")
    ('target', 'dos', 'dos', 'us')
    """
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word.removesuffix("e") if len(word) > 3 else word


def content_words(tokens: Tokens) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order.

    >>> from extractors.questions.tokens import tokenize
    >>> content_words(tokenize("And what about the dosing in Q3?"))
    ('dos', 'q3')
    """
    return tuple(filter(None, map(_meaning, tokens.texts)))


@lru_cache(maxsize=32768)
def stems_between_blanks(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning in a text without blanks.

    >>> stems_between_blanks("(dosing),"), stems_between_blanks("which?")
    (('dos',), ())
    """
    return tuple(filter(None, map(_meaning, words_between_blanks(text))))


@lru_cache(maxsize=32768)
def _meaning(word: str) -> str:
    """Return the stem of a word that carries meaning, else nothing."""
    return "" if len(word) < 2 or word in load_words("stop") else stem(word)


def has_content(tokens: Tokens) -> bool:
    """Return whether one of the words carries meaning.

    >>> from extractors.questions.tokens import tokenize
    >>> has_content(tokenize("It is the dose.")), has_content(tokenize("It is."))
    (True, False)
    """
    return any(map(_meaning, tokens.texts))


class Rarity(dict[str, float]):
    """How much a term tells: rare terms of the call weigh more, unknown ones most."""

    __slots__ = ("_unknown",)

    def __init__(self, bags: Sequence[Iterable[str]]) -> None:
        total = max(len(bags), 1)
        counts = Counter(chain.from_iterable(map(frozenset, bags)))
        self._unknown = math.log(1 + total)
        super().__init__(
            (term, math.log((1 + total) / (1 + count)) * _factor(term))
            for term, count in counts.items()
        )

    def __missing__(self, term: str) -> float:
        return self._unknown * _factor(term)

    def of(self, terms: Iterable[str]) -> float:
        """Return the summed weight of some terms; the order does not matter."""
        return math.fsum(map(self.__getitem__, terms))


def _factor(term: str) -> float:
    return _ENTITY_WEIGHT if "/" in term else 1.0


def overlap(terms: AbstractSet[str], other: AbstractSet[str], rarity: Rarity) -> float:
    """Return the summed rarity of the terms that both share.

    >>> rarity = Rarity([["dose"], ["cash"], ["cash"]])
    >>> overlap({"cash", "dose"}, {"dose"}, rarity) > overlap({"cash"}, {"cash"}, rarity) > 0
    True
    """
    shared = terms & other
    return rarity.of(shared) if shared else 0.0


def echo(asked: AbstractSet[str], said: AbstractSet[str], rarity: Rarity) -> float:
    """Return how much of the terms asked comes back in what is said (0-1), by rarity."""
    total = rarity.of(asked)
    return overlap(asked, said, rarity) / total if total > 0 else 0.0
