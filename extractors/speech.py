"""The words of a call's moderation, read from ``resources/speech``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """Read one table of ``resources/speech``.

    >>> load_rows("cues.tsv")[0]["category"]
    'hand over'
    """
    path = files("extractors").joinpath("resources", "speech", name)
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_cues(category: str) -> tuple[str, ...]:
    """Return the cues of a category, the longest first.

    >>> "take that" in load_cues("hand over"), load_cues("no such category")
    (True, ())
    """
    cues = [row["cue"] for row in load_rows("cues.tsv") if row["category"] == category]
    return tuple(sorted(cues, key=lambda cue: (-len(cue), cue)))


def alternation(words: Iterable[str]) -> str:
    r"""Join words to one pattern: blanks stretch, and both forms of the apostrophe fit.

    Words are grouped by their first letter, so that most places of a text fail at once.

    >>> alternation(["you're welcome", "yes"])
    "(?:y(?:ou['’]re\\s+welcome|es))"
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda item: (-len(item), item)):
        groups.setdefault(word[0], []).append(word[1:])
    parts = [
        f"{re.escape(first)}(?:{'|'.join(map(_escape, rest))})" for first, rest in groups.items()
    ]
    return f"(?:{'|'.join(parts)})"


def _escape(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]")


@cache
def cue_pattern(category: str) -> re.Pattern[str]:
    """Compile the cues of a category to one pattern of whole words, in any case.

    >>> bool(cue_pattern("courtesy").search("You’re welcome, Ida."))
    True
    >>> cue_pattern("courtesy").search("Thankful we are") is None
    True
    """
    return re.compile(_whole_words(category), re.IGNORECASE)


def _whole_words(category: str) -> str:
    return rf"\b{alternation(load_cues(category))}(?!\w)"


@cache
def lower_pattern(category: str) -> re.Pattern[str]:
    """Compile the cues of a category for text in lower case, which is far faster.

    >>> bool(lower_pattern("courtesy").search("you’re welcome, ida."))
    True
    """
    return re.compile(_whole_words(category))


def has_cue(category: str, lowered: str) -> bool:
    """Tell whether a text in lower case holds a cue of the category.

    >>> has_cue("courtesy", "thank you, ida"), has_cue("courtesy", "sales grew")
    (True, False)
    """
    return lower_pattern(category).search(lowered) is not None
