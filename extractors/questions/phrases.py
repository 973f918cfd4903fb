"""Cue phrases as data: a small pattern language over words, matched in linear time.

A pattern is words with blanks between: ``could|can you ~2 talk|speak about``. ``a|b`` is either
word, ``@name`` any word of a set in ``words.tsv``, ``disclos*`` any word that begins so, ``just?``
an optional element, ``~2`` a gap of up to two words and ``!if|that`` a word that must not follow.
The first element is a word or a set. Patterns never reach over the end of a sentence. Case and the
form of the apostrophe do not matter.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise, product
from typing import NamedTuple

from extractors.errors import LexiconError
from extractors.questions.tokens import Tokens

_MAXIMUM_GAP = 8
_BESIDE = 200.0
"""How seldom two words of a sentence stand side by side in this order."""


class Hit(NamedTuple):
    """A cue that was found: its category, its pattern and its code points, half-open."""

    category: str
    pattern: str
    start: int
    end: int


class Element(NamedTuple):
    """One step of a pattern: whole words, beginnings of words, or a gap of up to ``gap`` words."""

    words: frozenset[str]
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    barred: bool = False

    def fits(self, word: str) -> bool:
        """Return whether a word in lower case fits this step."""
        return word in self.words or (bool(self.prefixes) and word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled pattern and what a hit of it means."""

    category: str
    pattern: str
    elements: tuple[Element, ...]


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read one table of ``resources/questions``.

    >>> "pattern" in read_table("asking.tsv")[0]
    True
    """
    path = files("extractors").joinpath("resources", "questions", name)
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_words(name: str) -> frozenset[str]:
    """Return a set of words of ``words.tsv``.

    >>> "how" in load_words("wh"), load_words("no such set")
    (True, frozenset())
    """
    rows = (row for row in read_table("words.tsv") if row["name"] == name)
    return frozenset(word for row in rows for word in row["words"].split())


def compile_phrase(pattern: str, category: str) -> Phrase:
    """Compile a pattern.

    Raises:
        LexiconError: the pattern breaks the language.

    >>> compile_phrase("curious if|whether", "ask").elements[1].fits("whether")
    True
    >>> compile_phrase("~3 guidance", "ask")
    Traceback (most recent call last):
        ...
    extractors.errors.LexiconError: cue pattern '~3 guidance' must begin with a word or a set
    """
    elements = tuple(_compile_element(part, pattern) for part in pattern.split())
    first = elements[0] if elements else Element(frozenset())
    if not first.words or first.optional or first.prefixes or first.barred:
        raise LexiconError(f"cue pattern {pattern!r} must begin with a word or a set")
    return Phrase(category, pattern, elements)


def _compile_element(part: str, pattern: str) -> Element:
    if part.startswith("~"):
        if not part[1:].isdecimal() or not 0 < int(part[1:]) <= _MAXIMUM_GAP:
            raise LexiconError(f"cue pattern {pattern!r}: {part!r} is no gap of 1-{_MAXIMUM_GAP}")
        return Element(frozenset(), gap=int(part[1:]))
    words: set[str] = set()
    prefixes: list[str] = []
    for word in part.removeprefix("!").removesuffix("?").split("|"):
        if word.startswith("@"):
            members = load_words(word[1:])
            if not members:
                raise LexiconError(f"cue pattern {pattern!r}: unknown set {word!r}")
            words |= members
        elif word.endswith("*"):
            prefixes.append(word[:-1])
        else:
            words.add(word)
    return Element(
        frozenset(words), tuple(prefixes), part.endswith("?"), barred=part.startswith("!")
    )


def _match(elements: Iterable[Element], words: Sequence[str], at: int) -> int:
    """Return the index after the shortest match that begins at a word, or -1.

    Keeps all states, in order and each once, so the work is bounded by elements x words and never
    explodes.
    """
    states = [at]
    total = len(words)
    for step, prefixes, optional, gap, barred in elements:
        following: list[int] = []
        for state in states:
            if gap:
                first = max(state, following[-1] + 1) if following else state
                following.extend(range(first, min(state + gap, total) + 1))
                continue
            word = words[state] if state < total else ""
            fits = word in step or (prefixes and word.startswith(prefixes))
            if (optional or (barred and not fits)) and state not in following[-1:]:
                following.append(state)
            if fits and not barred:
                following.append(state + 1)
        if not following:
            return -1
        states = following
    return states[0]


class _Known(NamedTuple):
    """A phrase of a book: its place there, and the words of each step that takes exactly one."""

    rank: int
    phrase: Phrase
    needs: tuple[frozenset[str], ...]


def _is_needed(element: Element) -> bool:
    """Return whether a step takes exactly one word of its own set."""
    return bool(element.words) and not (element.prefixes or element.optional or element.barred)


def _commonness(words: frozenset[str]) -> float:
    """Return about in how many of ten sentences one of some words is said."""
    commonest, stop = load_words("commonest"), load_words("stop")
    return sum(
        2.5 if word in commonest else 0.3 if word in stop else 0.02 for word in sorted(words)
    )


class PhraseBook:
    """Many compiled patterns.

    Each is looked up by the rarest word that it needs, or by two that it needs side by side where
    these are rarer together; so a sentence is hardly ever tried against a pattern in vain.
    """

    __slots__ = ("_pairs", "_words")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._words: dict[str, list[_Known]] = {}
        self._pairs: dict[tuple[str, str], list[_Known]] = {}
        for rank, phrase in enumerate(phrases):
            needed = [element for element in phrase.elements if _is_needed(element)]
            known = _Known(rank, phrase, tuple(element.words for element in needed))
            rarest = min(known.needs, key=_commonness)
            pair = _rarest_pair(phrase.elements)
            if pair is not None and _together(pair) < _commonness(rarest):
                for both in sorted(product(*pair)):
                    self._pairs.setdefault(both, []).append(known)
            else:
                for word in sorted(rarest):
                    self._words.setdefault(word, []).append(known)

    def find(self, tokens: Tokens) -> tuple[Hit, ...]:
        """Return every cue in the words of one sentence, in text order.

        >>> from extractors.questions.tokens import tokenize
        >>> book = PhraseBook([compile_phrase("could|can you ~2 talk", "ask")])
        >>> [(hit.start, hit.end) for hit in book.find(tokenize("So could you maybe talk"))]
        [(3, 23)]
        >>> book.find(tokenize("We talk about it."))
        ()
        """
        words = tokens.texts
        said = frozenset(words)
        likely: list[_Known] = []
        for word in said & self._words.keys():
            likely += self._words[word]
        if self._pairs:
            for pair in self._pairs.keys() & pairwise(words):
                likely += self._pairs[pair]
        found = {
            (at, known.rank): (end, known.phrase)
            for known in likely
            if _is_possible(known.needs, said)
            for at, end in _places(known.phrase, words)
        }
        hits = []
        for place in sorted(found):
            end, phrase = found[place]
            hits.append(Hit(phrase.category, phrase.pattern, *tokens.span(place[0], end - 1)))
        return tuple(hits)


def _is_possible(needs: tuple[frozenset[str], ...], said: frozenset[str]) -> bool:
    """Return whether a sentence holds a word for each step that needs one."""
    for words in needs:  # noqa: SIM110 - twice as fast as all() here, and run for every sentence
        if said.isdisjoint(words):
            return False
    return True


def _places(phrase: Phrase, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first word of each match of a phrase and the word after it."""
    first, *rest = phrase.elements
    for at in [i for i, word in enumerate(words) if word in first.words]:
        end = _match(rest, words, at + 1)
        if end > 0:
            yield at, end


def _rarest_pair(elements: Sequence[Element]) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the two neighbouring steps of a pattern that are the rarest together."""
    pairs = [(a.words, b.words) for a, b in pairwise(elements) if _is_needed(a) and _is_needed(b)]
    return min(pairs, key=_together) if pairs else None


def _together(pair: tuple[frozenset[str], frozenset[str]]) -> float:
    return _commonness(pair[0]) * _commonness(pair[1]) / _BESIDE


@cache
def load_phrases(*names: str) -> PhraseBook:
    """Load the cue patterns of tables in ``resources/questions`` as one book.

    >>> from extractors.questions.tokens import tokenize
    >>> "ask" in {h.category for h in load_phrases("asking.tsv").find(tokenize("curious if it"))}
    True
    """
    return PhraseBook(
        compile_phrase(row["pattern"], row["category"])
        for name in names
        for row in read_table(name)
    )
