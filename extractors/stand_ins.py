"""Analysts who ask in place of another, in their own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.drafts import Span
from extractors.introductions import NAME_WORDS
from extractors.names import clean_name, fold, same_first
from extractors.openings import lower_case
from extractors.speech import alternation, load_rows

_REACH = 400
_NO_NAME = (
    r"(?!(?:This|That|It|It['’]s|Hi|Hey|Hello|I|I['’]m|Yes|Yeah|Great|Good|So|Thanks|Morning)\b)"
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who says to ask for whom; spans of the text. ``who`` is None where the name was lost."""

    start: int
    end: int
    who: Span | None
    absent: Span | None


@cache
def _pattern() -> re.Pattern[str]:
    cues = alternation(row["cue"] for row in load_rows("stand_ins.tsv"))
    mark = r"\[\s*(?:indiscernible|inaudible|ph)\s*\]"
    filler = r"(?:(?i:actually|also|is|again|here|speaking|calling|just)\s+)?"
    at = r"(?:(?i:from|at|with)\s+[A-Z]\w+\s+)?"
    return re.compile(
        rf"(?:(?P<who>{_NO_NAME}{NAME_WORDS})(?:\s*{mark})?|{mark})?,?\s*{filler}{at}"
        rf"(?P<cue>(?i:\b{cues}))\s+(?P<absent>{NAME_WORDS}|{mark})"
    )


@cache
def _cues() -> re.Pattern[str]:
    """Match what any stand-in must say, in lower case; most turns end here."""
    words = alternation(row["cue"] for row in load_rows("stand_ins.tsv"))
    return re.compile(rf"\b{words}\b|(?:this is|it['’]s|my name is|i['’]m)\s[^.?!]{{2,60}}?\sfor\s")


@cache
def _plain() -> re.Pattern[str]:
    mark = r"\[\s*(?:indiscernible|inaudible|ph)\s*\]"
    return re.compile(
        rf"(?i:this is|it['’]s|my name is|i['’]m)\s+(?:(?P<who>{_NO_NAME}{NAME_WORDS})|{mark}),?\s+"
        rf"(?:\w+\s+)?for\s+(?P<absent>{NAME_WORDS})"
    )


_OWN_WORDS = ("this is", "it's", "it’s", "it is", "name is", "here")
"""Who names themself says one of these."""


@cache
def _self() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?i:this is|it['’]s|it is|my name is)\s+(?P<after>{NAME_WORDS})"
        rf"|(?:^|[.!?,]\s+|\b[Hh]i,?\s+|\b[Hh]ello,?\s+|\b[Hh]ey,?\s+)(?P<before>{NAME_WORDS}),?\s+here\b)"
    )


@lru_cache(maxsize=2048)
def find_stand_in(text: str, start: int, end: int) -> StandIn | None:
    """Find in the first words of a turn that the speaker asks for another.

    >>> said = "Hi. This is Lee Tran on for Mona. Congrats on the quarter."
    >>> found = find_stand_in(said, 0, len(said))
    >>> said[slice(*found.who)], said[slice(*found.absent)]
    ('Lee Tran', 'Mona')
    >>> find_stand_in("What is next for Veltora?", 0, 25) is None
    True
    """
    reach = min(end, start + _REACH)
    if not _cues().search(lower_case(text), start, reach):
        return None
    match = _pattern().search(text, start, reach) or _plain().search(text, start, reach)
    if not match:
        return None
    absent = match["absent"]
    name = None if absent.startswith("[") else match.span("absent")
    if match.re is _pattern() and name is None and not match["who"]:
        return None
    who = match.span("who") if match["who"] else None
    first = match.start("who") if who else match.start()
    while text[first : first + 1].isspace() or text[first : first + 1] == ",":
        first += 1
    return StandIn(first, match.end(), who, name)


def find_own_name(text: str, start: int, end: int) -> Span | None:
    """Find the name by which a speaker names themself in the first words of a turn.

    >>> said = "Thanks, Joon. This is Dana. We are on track."
    >>> said[slice(*find_own_name(said, 0, len(said)))]
    'Dana'
    >>> find_own_name("Thanks, Joon.", 0, 13) is None
    True
    """
    end = min(end, start + 160)
    lowered = lower_case(text)[start:end]
    if not any(word in lowered for word in _OWN_WORDS):
        return None
    match = _self().search(text, start, end)
    if not match:
        return None
    return match.span("after") if match["after"] else match.span("before")


def is_called(said: str, name: str) -> bool:
    """Tell whether a short form may mean somebody: first or last name, or a form of it.

    >>> is_called("Maury", "Maurice Castellan"), is_called("Mona", "Lee Tran")
    (True, False)
    """
    words = fold(clean_name(said)).split()
    full = fold(clean_name(name)).split()
    if not words or not full:
        return False
    if words == full:
        return True
    if len(words) > 1 and words[-1] != full[-1]:
        return False
    return any(same_first(words[0], word) for word in full if len(word) > 1)
