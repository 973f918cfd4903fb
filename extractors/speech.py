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
    'announce'
    """
    path = files("extractors").joinpath("resources", "speech", name)
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_cues(category: str) -> tuple[str, ...]:
    """Return the cues of a category, the longest first.

    >>> "on for" in load_cues("stand in"), load_cues("no such category")
    (True, ())
    """
    cues = [row["cue"] for row in load_rows("cues.tsv") if row["category"] == category]
    return tuple(sorted(cues, key=lambda cue: (-len(cue), cue)))


def alternation(words: Iterable[str]) -> str:
    """Join words to one pattern: blanks stretch, and both forms of the apostrophe fit.

    >>> alternation(["you're welcome"])
    "(?:you['’]re\\\\s+welcome)"
    """
    parts = [re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in words]
    return f"(?:{'|'.join(parts)})"


@cache
def cue_pattern(category: str) -> re.Pattern[str]:
    """Compile the cues of a category to one pattern of whole words.

    >>> bool(cue_pattern("courtesy").search("You’re welcome, Ida."))
    True
    >>> cue_pattern("courtesy").search("Thankful we are") is None
    True
    """
    return re.compile(rf"\b{alternation(load_cues(category))}\b", re.IGNORECASE)
