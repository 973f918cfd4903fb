"""Whole numbers in words or digits: "seven", "22", "seventeen thousand six hundred and four"."""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import alternation, has_digit, load_table, words_of


@cache
def _values() -> dict[str, int]:
    return {row["word"]: int(row["number"]) for row in load_table("number_words")}


def has_count(text: str) -> bool:
    """Tell whether a whole number stands in a text.

    >>> has_count("of the forty-two patients"), has_count("of the patients")
    (True, False)
    """
    return has_digit(text) or not words_of(text).isdisjoint(_values())


@cache
def count_pattern() -> str:
    """Return a pattern (without groups) for a whole number in words or digits.

    >>> bool(re.fullmatch(count_pattern(), "forty-two")), bool(re.fullmatch(count_pattern(), "few"))
    (True, False)
    """
    word = rf"(?:{alternation(_values())})"
    return rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{word}(?:(?:[-\s]+|\s+and\s+){word})*)"


def read_count(text: str) -> int:
    """Return the number that a match of `count_pattern` says.

    Raises:
        ValueError: the words are no number.

    >>> read_count("Seventeen thousand six hundred and four"), read_count("1,204")
    (17604, 1204)
    >>> read_count("some")
    Traceback (most recent call last):
        ...
    ValueError: 'some' is no number
    """
    plain = text.replace(",", "").strip()
    if plain.isdigit():
        return int(plain)
    total = current = 0
    for word in re.split(r"[-‐‑–\s]+", plain.lower()):
        if word == "and":
            continue
        if word not in _values():
            raise ValueError(f"{text!r} is no number")
        value = _values()[word]
        if value == 1000:
            total, current = total + (current or 1) * 1000, 0
        elif value == 100:
            current = (current or 1) * 100
        else:
            current += value
    return total + current
