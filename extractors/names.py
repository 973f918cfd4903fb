"""Names of people: what two printed forms must share to be one person."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

from extractors.speech import load_rows

_TITLES = re.compile(r"^(?:(?:dr|mr|mrs|ms|prof|professor|sir|madam)\.?\s+)+", re.IGNORECASE)
_DEGREES = re.compile(
    r"(?:,\s*|\s+)(?:M\.?D|Ph\.?D|CFA|MBA|M\.?Sc|Pharm\.?D|J\.?D|CPA|M\.?P\.?H)\.?(?=,|\s|\Z)"
)
_MARKS = re.compile(r"\s*[\[(]\s*(?:ph|indiscernible|inaudible|sp)\s*[\])]", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def clean_name(name: str) -> str:
    """Take titles, degrees and marks of doubt off a name.

    >>> clean_name("Dr. Ida Brandt, M.D., Ph.D."), clean_name("Kai Mercer [ph]")
    ('Ida Brandt', 'Kai Mercer')
    >>> clean_name("DANA McWHITLOCK"), clean_name("Joon Castellan")
    ('Dana Mcwhitlock', 'Joon Castellan')
    """
    bare = _TITLES.sub("", _MARKS.sub("", name).strip(" []"))
    bare = _DEGREES.sub("", bare)
    bare = re.sub(r"\s+", " ", bare).strip(" ,;:*")
    if (len(bare) > 4 and bare.upper() == bare) or re.fullmatch(
        r"[A-Z]{3,}[A-Za-z'’ .-]*[A-Z]{3,}", bare
    ):
        bare = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), bare)
    return bare


@cache
def fold(name: str) -> str:
    """Reduce a name to lower-case ASCII words.

    >>> fold("André O’Neil-Lønborg")
    'andre o neil lonborg'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    return {
        row["name"]: frozenset((row["name"], *row["short"].split(";")))
        for row in load_rows("nicknames.tsv")
    }


@cache
def same_first(one: str, other: str) -> bool:
    """Tell whether two folded first names may be one: equal, short form, initial or misspelt.

    >>> same_first("maurice", "maury"), same_first("j", "joon"), same_first("ida", "dana")
    (True, True, False)
    """
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    low, high = sorted((one, other), key=len)
    if len(low) >= 3 and high.startswith(low):
        return True
    if first_name_forms(one) & first_name_forms(other):
        return True
    return len(low) >= 4 and SequenceMatcher(None, one, other).ratio() >= 0.8


def _similar(one: str, other: str, least: float = 0.8) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= least


@cache
def same_person(one: str, other: str) -> bool:
    """Tell whether two names of one call mean one person.

    >>> same_person("Raj Oduya", "Raju Oduya"), same_person("Ida Brandt", "Ida Maria Brandt")
    (True, True)
    >>> same_person("Raj Oduya", "Ida Brandt"), same_person("Ida", "Ida Brandt")
    (False, False)
    """
    a, b = fold(clean_name(one)).split(), fold(clean_name(other)).split()
    if not a or not b:
        return False
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    low, high = sorted((set(a), set(b)), key=len)
    if len(low) >= 2 and low < high and (a[-1] == b[-1] or a[0] == b[0] or len(low) > 2):
        return True
    if a[-1] == b[-1]:
        firsts = a[0], b[0]
        if same_first(*firsts):
            return True
        return any(len(x) > 2 and same_first(x, y) for x in a[:-1] for y in b[:-1])
    if not _similar(a[-1], b[-1]) or (a[-1][0] != b[-1][0] and len(a[-1]) < 6):
        return False
    return a[0] == b[0] or (same_first(a[0], b[0]) and len(a[0]) > 1 and len(b[0]) > 1)


def shares_name(one: str, other: str) -> bool:
    """Tell whether two names share a first or last name, as a name that was changed does.

    >>> shares_name("Brian Castellan", "Joon Hae Castellan"), shares_name("Ida Brandt", "Lee Tran")
    (True, False)
    """
    a, b = fold(clean_name(one)).split(), fold(clean_name(other)).split()
    if not a or not b:
        return False
    if _similar(a[-1], b[-1]) and len(a[-1]) > 1:
        return True
    return any(len(x) > 2 and x in b for x in a)


def first_name(name: str) -> str:
    """Return the first name as printed, past an initial.

    >>> first_name("L. Erika Sandoval"), first_name("Dr. Ida Brandt")
    ('Erika', 'Ida')
    """
    words = clean_name(name).split()
    if not words:
        return ""
    if len(words) > 2 and len(words[0].strip(".")) == 1:
        return words[1]
    return words[0]


@cache
def first_name_forms(folded: str) -> frozenset[str]:
    """Return a folded first name with its short forms and the names it shortens.

    >>> sorted(first_name_forms("dave"))
    ['dave', 'david']
    """
    found = {folded}
    for full, group in _short_forms().items():
        if folded == full:
            found |= group
        elif folded in group:
            found.add(full)
    return frozenset(found)
