"""The work of the finders grows with the text, also where the text is made to be slow."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from extractors.mentions import find_candidates, load_vocabulary

_UNITS = ("ABCDE ", "ABCDE-1 ", "ABCDE trial ", "the ABCDE, ", "Abcdefg sales ", "R408W ", "x-1 ")


def calls_for(text: str) -> int:
    """Return how many functions are called to search a text."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        find_candidates(text, load_vocabulary())
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", _UNITS)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    find_candidates(unit * 2, load_vocabulary())
    once, twice = calls_for(unit * 500), calls_for(unit * 1000)
    assert twice < 2.2 * once
    assert once < 150 * 500
