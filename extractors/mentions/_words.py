"""Text as runs of letters and of digits, so that ``CD19``, ``CD-19`` and ``CD 19`` are one key."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

_RUN = re.compile(r"[^\W\d_]+|\d+")
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ε": "epsilon"}
_JOINER = frozenset({"", "-", " "})
_SAME_GAP = {"’": "'", "‘": "'", "‑": "-", "–": "-", "‐": "-", "−": "-", "\xa0": " "}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its runs: ``starts[i]:ends[i]`` are code points, ``keys[i]`` is lower case."""

    text: str
    starts: list[int] = field(init=False, repr=False, compare=False)
    ends: list[int] = field(init=False, repr=False, compare=False)
    keys: list[str] = field(init=False, repr=False, compare=False)
    _places: dict[str, list[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = self.text
        spans = [match.span() for match in _RUN.finditer(text)]
        lowered = text.lower()
        # Lower-casing changes the length of a few letters; then each run is lowered by itself.
        if len(lowered) == len(text):
            keys = [lowered[start:end] for start, end in spans]
        else:
            keys = [text[start:end].lower() for start, end in spans]
        if not text.isascii():
            keys = [_GREEK.get(key, key) for key in keys]
        object.__setattr__(self, "starts", [start for start, _ in spans])
        object.__setattr__(self, "ends", [end for _, end in spans])
        object.__setattr__(self, "keys", keys)

    @property
    def places(self) -> dict[str, list[int]]:
        """The indices of the runs by key, made when first asked for.

        >>> Words("the trial of the year").places["the"]
        [0, 3]
        """
        try:
            return self._places
        except AttributeError:
            places: dict[str, list[int]] = {}
            for i, key in enumerate(self.keys):
                if key in places:
                    places[key].append(i)
                else:
                    places[key] = [i]
            object.__setattr__(self, "_places", places)
            return places

    def indices(self, keys: Collection[str]) -> list[int]:
        """Return the indices of the runs with one of some keys, in text order.

        >>> Words("a trial, two trials").indices({"trial", "trials"})
        [1, 3]
        >>> Words("a trial").indices({"phase"})
        []
        """
        places = self.places
        return sorted([i for key in places.keys() & keys for i in places[key]])

    def matches(self, pattern: re.Pattern[str], keys: Collection[str]) -> Iterator[re.Match[str]]:
        r"""Yield the matches of a pattern that begins with a run of one of some keys.

        The same matches as by ``finditer``, without trying the pattern at every other place.

        >>> trial = re.compile(r"\btrials?\b")
        >>> [m.span() for m in Words("a trial, not trial2").matches(trial, {"trial", "trials"})]
        [(2, 7)]
        """
        end = 0
        for i in self.indices(keys):
            start = self.starts[i]
            if start >= end and (match := pattern.match(self.text, start)) is not None:
                end = match.end()
                yield match


def first_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of the runs that some names begin with.

    >>> sorted(first_keys(["Medical Center", "Clinic", "Children's Hospital"]))
    ['children', 'clinic', 'medical']
    """
    return frozenset(keys[0] for name in names if (keys := Words(name).keys))


def any_of(names: Iterable[str]) -> str:
    r"""Return a pattern for any of some names, the first that fits, at the beginning of a word.

    What stands before a name is tested after its first letter: a pattern that begins with letters
    is tried only where one of them stands, any other one everywhere.

    >>> any_of(["CD22", "CS1"])
    'C(?<![\\w-].)D22|C(?<![\\w-].)S1'
    >>> re.findall(any_of(["CD22", "CS1"]), "CS1, anti-CD22 and CD22")
    ['CS1', 'CD22']
    """
    return "|".join(rf"{re.escape(name[0])}(?<![\w-].){re.escape(name[1:])}" for name in names)


@lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """Return the words of a text; the turns of a call are split once for all who ask."""
    return Words(text)


def _gap(text: str) -> str:
    """Reduce what stands between two runs to what matters when names are compared.

    >>> _gap("-"), _gap(" "), _gap("’"), _gap(", ")
    ('', '', "'", ',')
    """
    if text in _JOINER:
        return ""
    plain = "".join(_SAME_GAP.get(char, char) for char in text)
    return "" if plain in _JOINER else plain.strip()


@dataclass(frozen=True, slots=True)
class Term(Generic[T]):
    """A name to look for: its runs after the first, the gaps between, and what it stands for."""

    name: str
    rest: list[str]
    gaps: tuple[str, ...]
    exact_case: bool
    value: T


@dataclass(frozen=True, slots=True)
class _Head(Generic[T]):
    """The names that begin with one run: by their second run, and those of this run alone.

    ``written`` holds how the run of the latter may be written, "" for in any case: common words
    that are a name only in capitals stay cheap.
    """

    longer: dict[str, list[Term[T]]] = field(default_factory=dict)
    single: list[Term[T]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    @staticmethod
    def of(entries: Iterable[tuple[str, bool, T]]) -> _Head[T]:
        """Prepare the names that begin with one run."""
        head: _Head[T] = _Head()
        for name, exact_case, value in entries:
            words = Words(name)
            pairs = zip(words.ends, words.starts[1:], strict=False)
            gaps = tuple(_gap(name[end:start]) for end, start in pairs)
            term = Term(name, words.keys[1:], gaps, exact_case, value)
            if term.rest:
                head.longer.setdefault(term.rest[0], []).append(term)
            else:
                head.single.append(term)
                head.written.add(name[words.starts[0] : words.ends[0]] if exact_case else "")
        for listed in (*head.longer.values(), head.single):
            listed.sort(key=lambda term: (-len(term.rest), term.name))
        return head


class TermIndex(Generic[T]):
    """Finds many names at once; a look-up per run, whatever the number of names.

    >>> index = TermIndex([("CD19", True, "b"), ("multiple myeloma", False, "mm")])
    >>> text = "anti-CD-19 in Multiple Myeloma, not CD190"
    >>> [(text[s:e], value) for s, e, value in index.search(Words(text))]
    [('CD-19', 'b'), ('Multiple Myeloma', 'mm')]
    >>> list(index.search(Words("cd19")))
    []
    """

    def __init__(self, terms: Iterable[tuple[str, bool, T]]) -> None:
        # Only the first run of a name is needed to know whether a text can hold it: the rest is
        # prepared when a text does, for the few names of one call.
        self._names: dict[str, list[tuple[str, bool, T]]] = {}
        for entry in terms:
            first = _RUN.search(entry[0])
            if first is not None:
                key = first.group().lower()
                self._names.setdefault(_GREEK.get(key, key), []).append(entry)
        self._heads: dict[str, _Head[T]] = {}

    def _head(self, key: str) -> _Head[T]:
        head = self._heads.get(key)
        if head is None:
            head = self._heads[key] = _Head.of(self._names[key])
        return head

    def search(self, words: Words) -> Iterator[tuple[int, int, T]]:
        """Yield start, end (code points, half-open) and value of every name found.

        Names may overlap; all names of the same longest extent at a place are given.
        """
        keys, starts, ends, text = words.keys, words.starts, words.ends, words.text
        last = len(keys) - 1
        for i in words.indices(self._names.keys()):
            head = self._head(keys[i])
            terms = head.longer.get(keys[i + 1], []) if i < last else []
            if "" in head.written or text[starts[i] : ends[i]] in head.written:
                terms = terms + head.single
            if not terms:
                continue
            start = starts[i]
            if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
                continue
            yield from _matching(words, i, terms)


def _matching(words: Words, first: int, terms: list[Term[T]]) -> Iterator[tuple[int, int, T]]:
    """Yield the longest of the terms that stand at a run; the terms come longest first."""
    text, keys, ends = words.text, words.keys, words.ends
    start = words.starts[first]
    longest = -1
    for term in terms:
        size = len(term.rest)
        if size < longest:
            return
        if size and keys[first + 1 : first + 1 + size] != term.rest:
            continue
        end = ends[first + size]
        if end < len(text) and (text[end].isalnum() or text[end] == "_"):
            continue
        if term.exact_case and not _same_letters(text[start:end], term.name):
            continue
        if size and not _same_gaps(words, first, term.gaps):
            continue
        longest = size
        if term.name[-1] == ")" and text[end : end + 1] == ")":
            end += 1
        yield start, end, term.value


def _same_letters(found: str, name: str) -> bool:
    if found == name:
        return True
    return [c for c in found if c.isalnum()] == [c for c in name if c.isalnum()]


def _same_gaps(words: Words, first: int, gaps: tuple[str, ...]) -> bool:
    return all(
        _gap(words.text[words.ends[first + k] : words.starts[first + k + 1]]) == gap
        for k, gap in enumerate(gaps)
    )
