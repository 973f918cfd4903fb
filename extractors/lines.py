"""Lines of a text with their place in it, and lines that look like a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

PARTICLE = r"(?:de|del|della|der|den|di|du|da|dos|van|von|la|le|el|al|bin|ter|ten|zu|y)"
_WORD = r"[^\W\d_][\w'’]*(?:[‑.-][^\W_][\w'’]*)*\.?"
NAME = (
    rf"(?=[A-ZÀ-ÞĀ-Ž])(?!The\b|Our\b){_WORD}(?:\s+(?:{PARTICLE}\s+)*(?=[A-ZÀ-ÞĀ-Ž]){_WORD}){{0,4}}"
)
_NAME_LINE = re.compile(rf"{NAME}(?:,?\s+(?:M\.?D\.?|Ph\.?D\.?|CFA|MBA|Jr\.?|Sr\.?|III?))*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; code points of the whole text, half-open."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4)
def split_lines(text: str) -> tuple[Line, ...]:
    r"""Return the lines of a text, blank ones as well.

    >>> [(line.start, line.text) for line in split_lines(" Ida Brandt\r\n\nGood day.")]
    [(1, 'Ida Brandt'), (13, ''), (14, 'Good day.')]
    """
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for raw in text.split("\n"):
        bare = raw.strip()
        first = start + len(raw) - len(raw.lstrip()) if bare and len(bare) < len(raw) else start
        yield Line(first, first + len(bare), bare)
        start += len(raw) + 1


@lru_cache(maxsize=4)
def worded_lines(text: str) -> tuple[Line, ...]:
    r"""Return the lines of a text that are not blank.

    >>> [line.text for line in worded_lines("Ida Brandt\n \nGood day.")]
    ['Ida Brandt', 'Good day.']
    """
    return tuple(line for line in split_lines(text) if line.text)


_SHORT = 40
_FIRST = 1500


@lru_cache(maxsize=4)
def short_lines(text: str) -> frozenset[str]:
    r"""Return the short lines among the first of a text in lower case: what headings are among.

    >>> sorted(short_lines("Executives\nGood day."))
    ['executives', 'good day.']
    """
    return frozenset(
        line.text.lower() for line in split_lines(text)[:_FIRST] if len(line.text) < _SHORT
    )


def is_name_line(text: str) -> bool:
    """Tell whether a line could be a speaker's name and nothing else.

    >>> is_name_line("Joon P. Castellan"), is_name_line("Thank you, Ida."), is_name_line("Sure.")
    (True, False, False)
    """
    words = len(text.split())
    return (
        2 <= words <= 6
        and len(text) <= 60
        and bool(_NAME_LINE.match(text))
        and (not text.endswith(".") or text.endswith(("Jr.", "Sr.", "M.D.", "Ph.D.")))
    )
