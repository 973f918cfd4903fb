"""The words of a stretch of speech, in lower case; their places are worked out when asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*")


class Tokens:
    """The words of a stretch of text, as `tokenize` gives them.

    ``texts`` are the words alone: most sentences are looked through and put away, and only a cue
    in them needs a place.
    """

    __slots__ = ("_base", "_low", "_start", "_starts", "texts")

    def __init__(self, low: str, start: int, end: int, base: int = 0) -> None:
        """Read the words between two places of a text in lower case; see `lower_case`."""
        self.texts = tuple(chain.from_iterable(map(words_between_blanks, low[start:end].split())))
        self._low = low
        self._start = start
        self._base = base
        self._starts: list[int] = []

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points from one word to another, both included."""
        starts, texts = self._starts, self.texts
        at = starts[-1] + len(texts[len(starts) - 1]) if starts else self._start
        for text in texts[len(starts) : last + 1]:
            # Between two words stands nothing that a word could begin with.
            at = self._low.find(text, at)
            starts.append(at)
            at += len(text)
        return self._base + starts[first], self._base + starts[last] + len(texts[last])

    def gap(self, after: int) -> str:
        """Return what stands between a word and the next one.

        >>> tokenize("Well -- yes.").gap(0)
        ' -- '
        """
        start, end = self.span(after, after)[1], self.span(after + 1, after + 1)[0]
        return self._low[start - self._base : end - self._base]

    def __len__(self) -> int:
        return len(self.texts)


@lru_cache(maxsize=32768)
def words_between_blanks(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case without blanks: mostly one, and punctuation.

    >>> words_between_blanks("(phase-2/3);"), words_between_blanks("--")
    (('phase-2', '3'), ())
    """
    return tuple(_WORD.findall(text))


def tokenize(text: str, base: int = 0) -> Tokens:
    """Split a text into words in lower case.

    Args:
        text: any text.
        base: what to add to the offsets, e.g. the start of the text in its transcript.

    >>> tokens = tokenize("We can’t say -- not in Q3.")
    >>> tokens.texts
    ('we', "can't", 'say', 'not', 'in', 'q3')
    >>> tokens.span(1, 2), tokenize("--").texts
    ((3, 12), ())
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
