"""The words of a call's moderation, read from ``resources/speech``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from extractors.openings import lower_case


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


@cache
def _needed(category: str) -> tuple[str, ...]:
    """Return a few words, as long as may be, of which each cue of a category holds one."""
    left = list(load_cues(category))
    words = sorted({word for cue in left for word in re.findall(r"\w+", cue)})
    chosen: list[str] = []
    while left:
        held = {word: sum(word in cue for cue in left) for word in words}
        best = max((word for word in words if held[word]), key=lambda w: (min(len(w), 4), held[w]))
        chosen.append(best)
        left = [cue for cue in left if best not in cue]
    return tuple(chosen)


def has_cue(category: str, lowered: str) -> bool:
    """Tell whether a text in lower case holds a cue of the category.

    >>> has_cue("courtesy", "thank you, ida"), has_cue("courtesy", "sales grew")
    (True, False)
    """
    for word in _needed(category):
        if word in lowered:
            return lower_pattern(category).search(lowered) is not None
    return False


def without_cues(category: str, lowered: str) -> str:
    """Put a blank in place of each cue of a category in a text in lower case.

    >>> without_cues("courtesy", "thank you, ida"), without_cues("courtesy", "sales grew")
    (' , ida', 'sales grew')
    """
    for word in _needed(category):
        if word in lowered:
            return lower_pattern(category).sub(" ", lowered)
    return lowered


def find_cue(category: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the first cue of a category stands between two code points, in any case.

    >>> find_cue("courtesy", "Yes. Thank you, Ida.", 5, 20), find_cue("courtesy", "Ida", 0, 3)
    ((5, 14), None)
    """
    lowered = lower_case(text)
    for word in _needed(category):
        if lowered.find(word, start, end) >= 0:
            found = lower_pattern(category).search(lowered, start, end)
            return found.span() if found else None
    return None
