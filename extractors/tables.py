"""Read the word tables of ``resources/facts`` and turn their cues into regular expressions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from extractors.errors import LexiconError
from extractors.folding import fold


@cache
def load_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of ``resources/facts/<name>.tsv``, each keyed by the column names.

    Raises:
        LexiconError: a row has not as many cells as the header.

    >>> load_table("scales")[1]["factor"]
    '1000000'
    """
    resource = files("extractors").joinpath("resources", "facts", f"{name}.tsv")
    lines = resource.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise LexiconError(
                f"{name}.tsv:{number}: {len(cells)} cells where the header has {len(columns)}"
            )
        rows.append(dict(zip(columns, cells, strict=True)))
    return tuple(rows)


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    A space matches any white space, a hyphen also a space or another dash.

    >>> re.findall(alternation(["up", "up to", "mid-teens"]), "up  to the mid teens, up")
    ['up  to', 'mid teens', 'up']
    """
    escaped = []
    for word in sorted(set(words), key=lambda item: (-len(item), item)):
        parts = [r"[-‐‑–\s]".join(map(re.escape, part.split("-"))) for part in word.split()]
        escaped.append(r"\s+".join(parts))
    return "|".join(escaped)


@lru_cache(maxsize=8192)
def normalize(text: str) -> str:
    """Casefold, join white space and make every dash a space, to look a cue up.

    >>> normalize("Mid–Teens  %")
    'mid teens %'
    """
    return re.sub(r"[-‐‑–—\s]+", " ", text).strip().casefold()


@cache
def lookup(table: str, column: str) -> dict[str, str]:
    """Return a table as a map from its normalized word to one of its columns.

    >>> lookup("months", "number")["november"]
    '11'
    """
    return {normalize(row["word"]): row[column] for row in load_table(table)}


@cache
def word_set(table: str) -> frozenset[str]:
    """Return the words of a table.

    >>> "patients" in word_set("people_words"), "mice" in word_set("people_words")
    (True, False)
    """
    return frozenset(row["word"] for row in load_table(table))


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, to tell cheaply what it cannot hold.

    >>> sorted(words_of("We're up 4%"))
    ['4', 're', 'up', 'we']
    """
    return frozenset(chain.from_iterable(map(_words_within, fold(text).split())))


@lru_cache(maxsize=32768)
def _words_within(chunk: str) -> tuple[str, ...]:
    """Return the words of what stands between two spaces, the same few thousand in most calls."""
    return tuple(_WORD.findall(chunk))


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=8192)
def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit, as most amounts and times do.

    >>> has_digit("up 4%"), has_digit("up")
    (True, False)
    """
    return _DIGIT.search(text) is not None


def _places(text: str, words: Iterable[str]) -> list[tuple[int, str]]:
    """Return where in a text these words begin, in order."""
    folded, places = fold(text), []
    for word in words:
        length = len(word)
        at = folded.find(word)
        while at >= 0:
            after = at + length
            whole = not folded[after : after + 1].isalnum()
            if whole and (at == 0 or not folded[at - 1].isalnum()):
                places.append((at, word))
            at = folded.find(word, after)
    return sorted(places)


class Phrases:
    """Many phrases searched at once, without regard to case; the longest wins.

    It matches as one regular expression would, but tries it only where a first word stands.

    >>> cues = Phrases(["up to", "up"])
    >>> [match[0] for match in cues.finditer("Up to 4, and up")]
    ['Up to', 'up']
    >>> cues.search("down") is None
    True
    """

    def __init__(self, phrases: Iterable[str], *, inside: str = r"\w") -> None:
        """Compile the phrases; ``inside`` is the class of characters that may not adjoin them."""
        groups: dict[str, list[str]] = {}
        for phrase in phrases:
            begins = _WORD.search(phrase)
            if begins:
                groups.setdefault(begins[0].lower(), []).append(phrase)
        self._patterns = {
            first: re.compile(
                rf"(?<![{inside}])(?:{alternation(members)})(?![{inside}])", re.IGNORECASE
            )
            for first, members in groups.items()
        }
        self._needs: dict[str, list[tuple[frozenset[str], str]]] = {}
        common = Counter(
            word for members in groups.values() for p in members for word in words_of(p)
        )
        for first, members in groups.items():
            for words in map(words_of, members):
                rarest = min(words, key=lambda word: (common[word], -len(word), word))
                self._needs.setdefault(rarest, []).append((words, first))
        self.cues = frozenset(self._needs)
        """Words of which one stands wherever a phrase does."""

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield the matches between two positions that do not overlap, in text order."""
        words = words_of(text)
        cues = self.cues & words
        if not cues:
            return
        firsts = {first for cue in cues for need, first in self._needs[cue] if need <= words}
        limit = len(text) if end is None else end
        done = start
        for position, word in _places(text, firsts) if firsts else ():
            if position >= limit:
                return
            if position < done:
                continue
            match = self._patterns[word].match(text, position, limit)
            if match:
                yield match
                done = match.end()

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match between two positions."""
        return next(self.finditer(text, start, end), None)


@cache
def load_phrases(table: str) -> Phrases:
    """Return the words of a table, to search for all at once.

    >>> load_phrases("milestone_words").search("The trial began")[0]
    'trial'
    >>> load_phrases("milestone_words").search("The rain began") is None
    True
    """
    return Phrases(row["word"] for row in load_table(table))
