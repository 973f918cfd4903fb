"""When a name in a gold file and a name in a graph mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_SUFFIX = re.compile(
    r"\b(inc|llc|ltd|plc|s a|sa|nv|ag|corp|corporation|co|company|securities|research division"
    r"|holdings|lp|group)\b"
)
_ADDRESS = re.compile(r"^(dr|mr|ms|mrs|prof) ")


def normalise(name: str) -> str:
    """Fold case, accents, punctuation and corporate suffixes.

    >>> normalise("Oppenheimer & Company, Inc."), normalise("CD19+")
    ('oppenheimer', 'cd19 plus')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"[^a-z0-9]+", " ", plain.replace("+", " plus ")).strip()
    return re.sub(r" +", " ", _SUFFIX.sub(" ", plain)).strip()


def same_person(one: str, other: str) -> bool:
    """Return whether two names are one person's: equal but for a title or a slip of spelling.

    >>> same_person("Dr. André Roux", "Andre Roux"), same_person("Ida Brandt", "Ida Roux")
    (True, False)
    """
    a, b = (_ADDRESS.sub("", normalise(name)) for name in (one, other))
    return bool(a) and (a == b or SequenceMatcher(None, a, b).ratio() > 0.9)


def same_firm(one: str, other: str) -> bool:
    """Return whether two names are one firm's: one begins the other, or they differ by a slip.

    >>> same_firm("Citigroup Inc., Research Division", "Citigroup"), same_firm("UBS", "SEB")
    (True, False)
    """
    a, b = normalise(one), normalise(other)
    if not a or not b:
        return a == b
    return a.startswith(b) or b.startswith(a) or SequenceMatcher(None, a, b).ratio() > 0.85


def any_person(names: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether some name of one is a name of the other.

    >>> any_person(["Sami", "Samantha Corwin"], ["Samantha Corwin"]), any_person([], ["Ida"])
    (True, False)
    """
    known = tuple(others)
    return any(same_person(a, b) for a in names for b in known)


def squash(text: str) -> str:
    r"""Collapse white space.

    >>> squash(" two\n lines ")
    'two lines'
    """
    return re.sub(r"\s+", " ", text).strip()


def overlaps(one: str, other: str) -> bool:
    """Return whether two quotes share most of the shorter one.

    >>> overlaps("up to $716 million of milestones", "for up to $716 million of")
    True
    >>> overlaps("in the second half", "a royalty on net sales")
    False
    """
    a, b = squash(one), squash(other)
    if a in b or b in a:
        return True
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size >= 0.6 * min(len(a), len(b))
