"""Cue phrases as data: a small pattern language over words, matched in linear time.

A pattern is words with blanks between: ``could|can you ~2 talk|speak about``. ``a|b`` is either
word, ``@name`` any word of a set in ``words.tsv``, ``disclos*`` any word that begins so, ``just?``
an optional element, ``~2`` a gap of up to two words and ``!if|that`` a word that must not follow.
The first element is a word or a set. Patterns never reach over the end of a sentence. Case and the
form of the apostrophe do not matter.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

from extractors.errors import LexiconError

_WORD = re.compile(r"[^\W_]+(?:['’.\-](?=[^\W_])[^\W_]+)*")
_MAXIMUM_GAP = 8


class Token(NamedTuple):
    """A word in lower case with its code points in the text, half-open."""

    text: str
    start: int
    end: int


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


_new = tuple.__new__


def tokenize(text: str, base: int = 0) -> tuple[Token, ...]:
    """Split a text into words in lower case.

    Args:
        text: any text.
        base: what to add to the offsets, e.g. the start of the text in its transcript.

    >>> [token.text for token in tokenize("We can’t say -- not in Q3.")]
    ['we', "can't", 'say', 'not', 'in', 'q3']
    """
    found = _find_words(text)
    return tuple([_new(Token, (word, base + start, base + end)) for word, start, end in found])


@lru_cache(maxsize=128)
def _find_words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return words with their places; a question is read several times in a row."""
    low = text.replace("’", "'").lower()
    if len(low) != len(text):  # a few capitals have a longer lower case
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return tuple([(word.group(), *word.span()) for word in _WORD.finditer(low)])


def words_of(text: str) -> list[str]:
    """Return the words of a text as `tokenize` gives them, without their places.

    >>> words_of("We can’t say.")
    ['we', "can't", 'say']
    """
    return _WORD.findall(text.replace("’", "'").lower())


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


def _match(elements: Sequence[Element], tokens: Sequence[Token], at: int) -> int:
    """Return the index after the shortest match that begins at a token, or -1.

    Keeps the set of all states, so the work is bounded by elements x words and never explodes.
    """
    states = {at}
    for element in elements:
        following: set[int] = set()
        for state in states:
            if element.gap:
                following.update(range(state, min(state + element.gap, len(tokens)) + 1))
                continue
            fits = state < len(tokens) and element.fits(tokens[state].text)
            if element.optional or (element.barred and not fits):
                following.add(state)
            if fits and not element.barred:
                following.add(state + 1)
        if not following:
            return -1
        states = following
    return min(states)


def _is_needed(element: Element) -> bool:
    """Return whether a step takes exactly one word of its own set."""
    return bool(element.words) and not (element.prefixes or element.optional or element.barred)


def _possible(needs: tuple[frozenset[str], ...], said: set[str]) -> bool:
    """Return whether a sentence holds a word for each step that needs one."""
    for words in needs:  # noqa: SIM110 - twice as fast as all() here, and run for every sentence
        if said.isdisjoint(words):
            return False
    return True


_RANK = itemgetter(0)


class PhraseBook:
    """Many compiled patterns, indexed by their first word."""

    __slots__ = ("_apart", "_beside")

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._apart: dict[str, list[tuple[int, Phrase, tuple[frozenset[str], ...]]]] = {}
        self._beside: dict[tuple[str, str], list[tuple[int, Phrase]]] = {}
        for rank, phrase in enumerate(phrases):
            rest = phrase.elements[1:]
            needs = tuple(element.words for element in rest if _is_needed(element))
            for word in sorted(phrase.elements[0].words):
                if rest and _is_needed(rest[0]):
                    for following in sorted(rest[0].words):
                        self._beside.setdefault((word, following), []).append((rank, phrase))
                else:
                    self._apart.setdefault(word, []).append((rank, phrase, needs))

    def find(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """Return every cue in the words of one sentence, in text order.

        >>> book = PhraseBook([compile_phrase("could|can you ~2 talk", "ask")])
        >>> [(hit.start, hit.end) for hit in book.find(tokenize("So could you maybe talk"))]
        [(3, 23)]
        >>> book.find(tokenize("We talk about it."))
        ()
        """
        words = [token.text for token in tokens]
        said = set(words)
        live = {}
        for word in said & self._apart.keys():
            possible = [
                (rank, phrase)
                for rank, phrase, needs in self._apart[word]
                if _possible(needs, said)
            ]
            if possible:
                live[word] = possible
        beside = self._beside
        hits = []
        for i, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            likely = beside.get((word, following), [])
            if word in live:
                likely = sorted([*likely, *live[word]], key=_RANK)
            for _, phrase in likely:
                end = _match(phrase.elements[1:], tokens, i + 1)
                if end > 0:
                    span = (tokens[i].start, tokens[end - 1].end)
                    hits.append(Hit(phrase.category, phrase.pattern, *span))
        return tuple(hits)


@cache
def load_phrases(*names: str) -> PhraseBook:
    """Load the cue patterns of tables in ``resources/questions`` as one book.

    >>> "ask" in {h.category for h in load_phrases("asking.tsv").find(tokenize("curious if it"))}
    True
    """
    return PhraseBook(
        compile_phrase(row["pattern"], row["category"])
        for name in names
        for row in read_table(name)
    )
