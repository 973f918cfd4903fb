"""What words and things a stretch of a call speaks of, weighted by how rare they are in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.questions.phrases import Token, load_words

if TYPE_CHECKING:
    from extractors.context import CallContext

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


def content_words(tokens: Iterable[Token]) -> list[str]:
    """Return the stems of the words that carry meaning, in order.

    >>> from extractors.questions.phrases import tokenize
    >>> content_words(tokenize("And what about the dosing in Q3?"))
    ['dos', 'q3']
    """
    return stems_of(token.text for token in tokens)


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the stems of those words, in lower case, that carry meaning."""
    return [found for word in words if (found := _meaning(word))]


@lru_cache(maxsize=32768)
def _meaning(word: str) -> str:
    """Return the stem of a word that carries meaning, else nothing."""
    return "" if len(word) < 2 or word in load_words("stop") else stem(word)


class Rarity:
    """How much a term tells: rare terms of the call weigh more, unknown ones most."""

    __slots__ = ("_unknown", "_weights")

    def __init__(self, bags: Sequence[Iterable[str]]) -> None:
        total = max(len(bags), 1)
        counts = Counter(term for bag in bags for term in set(bag))
        self._unknown = math.log(1 + total)
        self._weights = {
            term: math.log((1 + total) / (1 + count)) * _factor(term)
            for term, count in counts.items()
        }

    def of(self, terms: Iterable[str]) -> float:
        """Return the summed weight of some terms; the order does not matter."""
        known, unknown = self._weights, self._unknown
        return math.fsum(
            known[term] if term in known else unknown * _factor(term) for term in terms
        )


def _factor(term: str) -> float:
    return _ENTITY_WEIGHT if "/" in term else 1.0


def overlap(terms: Iterable[str], other: AbstractSet[str], rarity: Rarity) -> float:
    """Return the summed rarity of the terms that both share.

    >>> rarity = Rarity([["dose"], ["cash"], ["cash"]])
    >>> overlap(["cash", "dose"], {"dose"}, rarity) > overlap(["cash"], {"cash"}, rarity) > 0
    True
    """
    return rarity.of(other & frozenset(terms))


def echo(asked: AbstractSet[str], said: AbstractSet[str], rarity: Rarity) -> float:
    """Return how much of the terms asked comes back in what is said (0-1), by rarity."""
    total = rarity.of(asked)
    return overlap(asked, said, rarity) / total if total > 0 else 0.0


def entity_terms(context: CallContext, start: int, end: int) -> list[str]:
    """Return the identifiers of the entities mentioned in a span of code points."""
    return [mention.entity for mention in context.mentions_between(start, end)]
