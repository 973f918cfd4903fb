"""The words of a stretch of speech, in lower case; their places are worked out when asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, overload

_WORD = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*")


class Token(NamedTuple):
    """A word in lower case with its code points in the text, half-open."""

    text: str
    start: int
    end: int


class Tokens(Sequence[Token]):
    """The words of a stretch of text, as `tokenize` gives them.

    ``texts`` are the words alone: most sentences are looked through and put away, and only a cue
    in them needs a place.
    """

    __slots__ = ("_base", "_low", "_starts", "_stretch", "texts")

    def __init__(self, low: str, start: int, end: int, base: int = 0) -> None:
        """Read the words between two places of a text in lower case; see `lower_case`."""
        self.texts: tuple[str, ...] = tuple(_WORD.findall(low, start, end))
        self._low = low
        self._stretch = (start, end)
        self._base = base
        self._starts: list[int] = []

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points from one word to another, both included."""
        starts, texts = self._starts, self.texts
        at = starts[-1] + len(texts[len(starts) - 1]) if starts else self._stretch[0]
        for text in texts[len(starts) : last + 1]:
            # Between two words stands nothing that a word could begin with.
            at = self._low.find(text, at)
            starts.append(at)
            at += len(text)
        return self._base + starts[first], self._base + starts[last] + len(texts[last])

    def first(self, number: int) -> Tokens:
        """Return the first words alone."""
        if len(self) <= number:
            return self
        end = self.span(0, number - 1)[1] - self._base
        return Tokens(self._low, self._stretch[0], end, self._base)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, at: int | slice) -> Token | tuple[Token, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        at = range(len(self))[at]
        return Token(self.texts[at], *self.span(at, at))

    def __len__(self) -> int:
        return len(self.texts)


def tokenize(text: str, base: int = 0) -> Tokens:
    """Split a text into words in lower case.

    Args:
        text: any text.
        base: what to add to the offsets, e.g. the start of the text in its transcript.

    >>> tokens = tokenize("We can’t say -- not in Q3.")
    >>> tokens.texts
    ('we', "can't", 'say', 'not', 'in', 'q3')
    >>> tokens[1], tokenize("--").texts
    (Token(text="can't", start=3, end=8), ())
    """
    return Tokens(lower_case(text), 0, len(text), base)


def lower_case(text: str) -> str:
    """Return a text of the same length in lower case, with plain apostrophes.

    >>> lower_case("We CAN’T"), len(lower_case("\u0130"))
    ("we can't", 1)
    """
    plain = text.replace("’", "'")
    low = plain.lower()
    if len(low) == len(text):
        return low
    # a few capitals have a longer lower case
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)
