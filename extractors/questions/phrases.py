"""Cue phrases as data: a small pattern language over words, matched in linear time.

A pattern is words with blanks between: ``could|can you ~2 talk|speak about``. ``a|b`` is either
word, ``@name`` any word of a set in ``words.tsv``, ``disclos*`` any word that begins so, ``just?``
an optional element, ``~2`` a gap of up to two words and ``!if|that`` a word that must not follow.
The first element is a word or a set. Patterns never reach over the end of a sentence. Case and the
form of the apostrophe do not matter.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extractors.errors import LexiconError
from extractors.questions.tokens import Tokens

_MAXIMUM_GAP = 8


class Hit(NamedTuple):
    """A cue that was found: its category, its pattern and its words, ``at`` to before ``until``.

    Its code points, half-open, are worked out when asked for: most cues need only be there.
    """

    category: str
    pattern: str
    tokens: Tokens
    at: int
    until: int

    @property
    def start(self) -> int:
        """Return the code point at which its first word begins."""
        return self.tokens.span(self.at, self.at)[0]

    @property
    def end(self) -> int:
        """Return the code point after its last word."""
        return self.tokens.span(self.at, self.until - 1)[1]


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


def _is_needed(element: Element) -> bool:
    """Return whether a step takes exactly one word of its own set."""
    return bool(element.words) and not (element.prefixes or element.optional or element.barred)


def _commonness(words: frozenset[str]) -> float:
    """Return about in how many of ten sentences one of some words is said."""
    commonest, stop = load_words("commonest"), load_words("stop")
    return sum(
        2.5 if word in commonest else 0.3 if word in stop else 0.02 for word in sorted(words)
    )


class _Known:
    """A phrase of a book: the rarest words that it needs, and those of its other such steps."""

    __slots__ = ("first", "needs", "phrase", "rarest", "rest")

    def __init__(self, phrase: Phrase) -> None:
        needed = [element.words for element in phrase.elements if _is_needed(element)]
        self.phrase = phrase
        self.first = phrase.elements[0].words
        self.rest = phrase.elements[1:]
        self.rarest, *self.needs = sorted(needed, key=_commonness)

    def is_possible(self, said: AbstractSet[str]) -> bool:
        """Return whether there is a word for each other step that needs one."""
        for words in self.needs:  # noqa: SIM110 - twice as fast as all(), run for every sentence
            if words.isdisjoint(said):
                return False
        return True


class PhraseBook:
    """Many compiled patterns, each looked up by the rarest word that it needs."""

    __slots__ = ("_known", "_ranks")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._known = [_Known(phrase) for phrase in phrases]
        self._ranks: dict[str, list[int]] = {}
        for rank, known in enumerate(self._known):
            for word in sorted(known.rarest):
                self._ranks.setdefault(word, []).append(rank)

    def find(self, tokens: Tokens, first: int | None = None) -> tuple[Hit, ...]:
        """Return every cue in the words of one sentence, or in its ``first`` ones, in text order.

        >>> from extractors.questions.tokens import tokenize
        >>> book = PhraseBook([compile_phrase("could|can you ~2 talk", "ask")])
        >>> [(hit.start, hit.end) for hit in book.find(tokenize("So could you maybe talk"))]
        [(3, 23)]
        >>> book.find(tokenize("We talk about it."))
        ()
        """
        words = tokens.texts[:first]
        said = frozenset(words)
        found: list[tuple[int, int, int]] = []
        likely = map(self._ranks.__getitem__, said & self._ranks.keys())
        for rank in frozenset[int]().union(*likely):
            known = self._known[rank]
            if not known.is_possible(said):
                continue
            for at, word in enumerate(words):
                if word in known.first:
                    end = _match(known.rest, words, at + 1)
                    if end > 0:
                        found.append((at, rank, end))
        hits = []
        for at, rank, end in sorted(found):
            phrase = self._known[rank].phrase
            hits.append(Hit(phrase.category, phrase.pattern, tokens, at, end))
        return tuple(hits)


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
