"""Who is called to the microphone: names and firms in the words of an operator or moderator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.drafts import Span
from extractors.lines import NAME
from extractors.speech import alternation, load_cues

_PIECE = r"(?:(?:[A-Z]\.){1,4}|[A-Z][\w&'’-]*(?:\.\w+)*)"
_FIRM = rf"{_PIECE}(?:,?\s+(?:(?:&|and|of|de)\s+)?{_PIECE})*"
_UNHEARD = r"\[(?:indiscernible|inaudible|ph)\]"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody called to ask; spans of the text. ``name`` is None where it was not understood."""

    start: int
    end: int
    name: Span | None
    firm: Span | None


@cache
def _pattern() -> re.Pattern[str]:
    cues = alternation(load_cues("announce"))
    return re.compile(
        rf"\b(?i:{cues})\s+(?:the\s+line\s+of\s+)?(?:(?P<name>{NAME})(?:\s*{_UNHEARD})?|{_UNHEARD})"
        rf"(?:\s*,?\s+(?i:with|from|at|of|representing)\s+(?P<firm>{_FIRM})|,\s+(?P<firm2>{_FIRM}))?"
    )


def find_introductions(text: str, start: int, end: int) -> tuple[Introduction, ...]:
    """Find who is called to ask in the half-open span of code points.

    >>> said = "Our next question is from Joon Castellan with Northgate. Please go ahead."
    >>> (found,) = find_introductions(said, 0, len(said))
    >>> said[slice(*found.name)], said[slice(*found.firm)]
    ('Joon Castellan', 'Northgate')
    >>> find_introductions("We have no more questions.", 0, 26)
    ()
    """
    found = []
    for match in _pattern().finditer(text, start, end):
        firm = "firm" if match["firm"] else "firm2" if match["firm2"] else None
        name: Span | None = match.span("name") if match["name"] else None
        if name and text[name[1] - 1] == ".":
            name = (name[0], name[1] - 1)
            firm = None
        found.append(
            Introduction(match.start(), match.end(), name, match.span(firm) if firm else None)
        )
    return tuple(found)
