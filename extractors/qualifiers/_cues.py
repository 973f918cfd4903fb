"""Cues of negation, hedging, condition, plan and attribution: loading and finding them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from extractors.errors import LexiconError
from extractors.folding import fold

CLAUSE = -1
"""The scope of a cue that reaches to the end of its clause, however long."""

_TABLE = "resources/cues/qualifiers.tsv"
_NOT_PLAIN = re.compile(r"\(\?<?[=!]|(?<!\\)[A-Z]")


class Category(StrEnum):
    """What a cue does to the words in its scope."""

    NEGATION = "negation"
    EXCLUSION = "exclusion"
    ENDED = "ended"
    CONDITION = "condition"
    PLAN = "plan"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    PSEUDO = "pseudo"
    TERMINATOR = "terminator"


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table: a pattern of words and how far it reaches.

    ``max_scope`` counts words; `CLAUSE` stands for the rest of the clause.
    """

    pattern: str
    category: Category
    forward: bool
    max_scope: int


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue found in a text; code points into that text, half-open."""

    start: int
    end: int
    cue: Cue


@cache
def load_cues() -> tuple[Cue, ...]:
    """Read the table of cues.

    Raises:
        LexiconError: a row has an unknown category, direction or scope, or a broken pattern.

    >>> any(cue.pattern == "unless" for cue in load_cues())
    True
    """
    text = files("extractors").joinpath(_TABLE).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_read_cue(row, number) for number, row in enumerate(rows, start=2))


def _read_cue(row: dict[str, str], line: int) -> Cue:
    try:
        re.compile(row["cue"])
        if _NOT_PLAIN.search(row["cue"]):
            raise ValueError("a cue is words in lower case, without a look around it")
        scope = CLAUSE if row["max_scope"] == "clause" else int(row["max_scope"])
        forward = {"forward": True, "backward": False}[row["direction"]]
        return Cue(row["cue"], Category(row["category"]), forward, scope)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise LexiconError(f"{_TABLE}:{line}: {error} in a cue row") from error


@cache
def _ordered() -> tuple[Cue, ...]:
    """Return the cues, the longest first, so that "not only" is no "not"."""
    return tuple(sorted(load_cues(), key=lambda cue: -len(cue.pattern)))


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation of all cues, for texts in lower case.

    Without groups and with regard to case: only so does the engine pass over the words that begin
    with another letter at a glance.
    """
    cues = [cue.pattern for cue in _ordered()]
    words = "|".join(cue for cue in cues if cue[0] not in "[ ")
    marks = "|".join(cue for cue in cues if cue[0] in "[ ")
    return re.compile(rf"\b(?:{words})\b|{marks}")


@lru_cache(maxsize=512)
def find_cues(text: str) -> tuple[CueMatch, ...]:
    """Return all cues of a sentence, in order, without overlap.

    >>> [(text[m.start:m.end], m.cue.category.value)
    ...  for text in ["We will not only test it."] for m in find_cues(text)]
    [('will', 'plan'), ('not only', 'pseudo')]
    >>> find_cues("It works.")
    ()
    """
    return tuple(
        CueMatch(match.start(), match.end(), _cue_of(match[0]))
        for match in _pattern().finditer(fold(text))
    )


@lru_cache(maxsize=1024)
def _cue_of(words: str) -> Cue:
    return next(cue for cue in _ordered() if re.fullmatch(cue.pattern, words))
