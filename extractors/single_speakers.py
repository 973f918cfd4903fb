"""Speaker labels that stand only once in a text: what the words around them say of them."""

from __future__ import annotations

import re

from extractors.introductions import find_introductions, is_presented
from extractors.lines import is_name_line
from extractors.names import clean_name
from extractors.roles import is_title
from extractors.stand_ins import find_own_name, find_stand_in, is_called

_BEFORE = 350
_AFTER = 2500
_THANKS = (
    r"(?:thanks?(?: you)?(?: so much| very much)?|yes|yeah|sure|hi|hey|hello|okay|no|well"
    r"|great question|good question|morning|afternoon)"
)
_THANKED = re.compile(rf"(?:\n|:\s)[^\n]{{0,120}}?\b(?i:{_THANKS}),?\s+\Z")
_LONGEST_THANKS = 160
MOST = 400
"""So many names that stand only once no call has; then none of them is looked at."""


def is_single_speaker(text: str, name: str, start: int, end: int) -> bool:
    r"""Tell whether a label that stands nowhere else is a speaker's.

    They are presented or given the floor before, name themselves in their first words, speak where
    somebody has just been called, or are thanked by name.

    Args:
        text: the whole text.
        name: the name as printed.
        start: where the label begins.
        end: where the words behind it begin.

    >>> said = "A question from Mona Aldous of Harrow.\nLee Tran: When do you report?\nIda: Soon."
    >>> is_single_speaker(said, "Lee Tran", 39, 48)
    True
    >>> is_single_speaker("Sales grew.\nNet Income: It was flat.", "Net Income", 12, 23)
    False
    """
    bare = clean_name(name)
    if not is_name_line(bare) or len(bare.split()) > 5 or is_title(bare):
        return False
    return (
        is_presented(text, name, start)
        or _names_self(text, bare, end)
        or _is_called(text, start)
        or _is_thanked(text, bare, end)
    )


def _names_self(text: str, name: str, end: int) -> bool:
    stop = min(len(text), end + 400)
    found = find_stand_in(text, end, stop)
    own = found.who if found and found.who else find_own_name(text, end, stop)
    return own is not None and is_called(text[slice(*own)], name)


def _is_called(text: str, start: int) -> bool:
    """Tell whether the last paragraph before a label calls somebody to ask."""
    before = text[max(0, start - _BEFORE) : start].rstrip()
    first = max(0, start - _BEFORE) + before.rfind("\n") + 1
    return bool(find_introductions(text, first, first + len(before) - before.rfind("\n") - 1))


def _is_thanked(text: str, name: str, end: int) -> bool:
    first = name.split()[0]
    place = text.find(first, end, end + _AFTER)
    while place >= 0:
        stop = place + len(first)
        whole = not (text[stop : stop + 1].isalnum() or text[stop : stop + 1] == "_")
        if whole and _THANKED.search(text, max(end, place - _LONGEST_THANKS), place):
            return True
        place = text.find(first, stop, end + _AFTER)
    return False
