"""Regular expressions that are tried only on a text that holds the words they need."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from extractors.folding import fold
from extractors.required_words import required_words
from extractors.tables import words_of

Value = TypeVar("Value")
Need = tuple[frozenset[str], tuple[str, ...]]
"""Words and parts of words of which a text must hold one."""


class CuePattern:
    r"""A pattern, without regard to case, with the words that stand wherever it matches.

    Most sentences hold none, which a look at their words tells much sooner than the pattern would.

    >>> raised = CuePattern(r"\braised (?:our )?guidance\b")
    >>> bool(raised.search("We raised our guidance")), bool(raised.search("Guidance rose"))
    (True, False)
    >>> raised.fits("We raised it"), CuePattern(r"\blaunch\w*").fits("It is launching")
    (False, True)
    """

    __slots__ = ("_ways", "cues", "pattern")

    def __init__(self, pattern: str) -> None:
        """Compile a pattern; ``cues`` are words of which one stands in all that it matches.

        They are None where no words can be told that are whole.
        """
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self._ways = _joined([_rarest_first(map(_need, way)) for way in required_words(pattern)])
        whole = all(way and not way[0][1] for way in self._ways)
        self.cues = frozenset().union(*(way[0][0] for way in self._ways)) if whole else None

    def fits(self, text: str) -> bool:
        """Tell whether the words stand in a text without which the pattern cannot match."""
        words = words_of(text)
        if self.cues is not None and self.cues.isdisjoint(words):
            return False
        for way in self._ways:
            for known, parts in way:
                if known.isdisjoint(words) and not _holds_part(text, parts):
                    break
            else:
                return True
        return False

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between two positions."""
        return self.pattern.search(text, start, end) if self.fits(text) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at a position."""
        return self.pattern.match(text, start, end) if self.fits(text) else None

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterable[re.Match[str]]:
        """Return the matches between two positions that do not overlap, in text order."""
        return self.pattern.finditer(text, start, end) if self.fits(text) else ()


class CueTable(Generic[Value]):
    r"""Cue patterns with what each of them tells; a text's words choose the few to try.

    >>> table = CueTable([(CuePattern(r"\brose\b"), "up"), (CuePattern(r"\bfell\b"), "down")])
    >>> [told for _, told in table.fitting("Sales rose")], list(table.fitting("It held"))
    (['up'], [])
    """

    def __init__(self, rows: Iterable[tuple[CuePattern, Value]]) -> None:
        """Take the patterns, in the order in which they are tried."""
        self._rows = tuple(rows)
        self._always = [n for n, (pattern, _) in enumerate(self._rows) if pattern.cues is None]
        self._numbers: dict[str, list[int]] = {}
        for number, (pattern, _) in enumerate(self._rows):
            for word in pattern.cues or ():
                self._numbers.setdefault(word, []).append(number)
        self.cues = frozenset(self._numbers)
        """Words of which one stands wherever a pattern matches that needs any."""

    def fitting(self, text: str) -> Iterator[tuple[CuePattern, Value]]:
        """Yield the patterns that may match a text, in order."""
        found = self.cues & words_of(text)
        if found or self._always:
            numbers = {number for word in found for number in self._numbers[word]}
            for number in sorted(numbers.union(self._always)):
                if self._rows[number][0].fits(text):
                    yield self._rows[number]


def _need(required: frozenset[str]) -> Need:
    parts = sorted(word.removesuffix("*") for word in required if word.endswith("*"))
    return frozenset(word for word in required if not word.endswith("*")), tuple(parts)


def _rarest_first(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Order needs by what a text seldom holds: whole words, and long ones, rather than short."""

    def commonness(need: Need) -> tuple[bool, float]:
        words, parts = need
        return bool(parts), -sum(map(len, words)) / max(len(words), 1)

    return tuple(sorted(needs, key=commonness))


def _joined(ways: list[tuple[Need, ...]]) -> tuple[tuple[Need, ...], ...]:
    """Make one way of those that need no more than one of some words."""
    single = [way[0] for way in ways if len(way) == 1]
    if not single:
        return tuple(ways)
    words = frozenset().union(*(known for known, _ in single))
    parts = tuple(dict.fromkeys(part for _, said in single for part in said))
    return ((words, parts),), *(way for way in ways if len(way) != 1)


def _holds_part(text: str, parts: tuple[str, ...]) -> bool:
    return bool(parts) and any(map(fold(text).__contains__, parts))
