"""Names of people: what two printed forms must share to be one person."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache

from extractors.speech import load_rows

_TITLES = re.compile(r"^(?:(?:dr|mr|mrs|ms|prof|professor|sir|madam)\.?\s+)+", re.IGNORECASE)
_DEGREES = re.compile(
    r"(?:,\s*|\s+)(?:M\.?D|Ph\.?D|CFA|MBA|M\.?Sc|Pharm\.?D|J\.?D|CPA|M\.?P\.?H)\.?(?=,|\s|\Z)"
)
_PLAIN = re.compile(r"(?!(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Madam) )[A-Z][a-z]+(?: [A-Z][a-z]+)+")
"""Names that hold nothing to take off, as nearly all are printed."""
_MARKS = re.compile(r"\s*[\[(]\s*(?:ph|indiscernible|inaudible|sp)\s*[\])]", re.IGNORECASE)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=4096)
def clean_name(name: str) -> str:
    """Take titles, degrees and marks of doubt off a name.

    >>> clean_name("Dr. Ida Brandt, M.D., Ph.D."), clean_name("Kai Mercer [ph]")
    ('Ida Brandt', 'Kai Mercer')
    >>> clean_name("DANA McWHITLOCK"), clean_name("Joon Castellan")
    ('Dana Mcwhitlock', 'Joon Castellan')
    """
    if _PLAIN.fullmatch(name):
        return name
    bare = _TITLES.sub("", _MARKS.sub("", name).strip(" []"))
    bare = _DEGREES.sub("", bare)
    bare = re.sub(r"\s+", " ", bare).strip(" ,;:*")
    if (len(bare) > 4 and bare.upper() == bare) or re.fullmatch(
        r"[A-Z]{3,}[A-Za-z'’ .-]*[A-Z]{3,}", bare
    ):
        bare = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), bare)
    return bare


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Reduce a name to lower-case ASCII words.

    >>> fold("André O’Neil-Lønborg")
    'andre o neil lonborg'
    """
    plain = name.casefold()
    if plain.isascii():
        if plain.replace(" ", "").isalnum():
            return " ".join(plain.split())
    else:
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        for mark in filter(unicodedata.combining, set(plain)):
            plain = plain.replace(mark, "")
    return " ".join(_FOLDED.findall(plain))


_FOLDED = re.compile(r"\w+")


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Return the other forms of each first name: its short forms, or what it shortens."""
    found: dict[str, set[str]] = {}
    for row in load_rows("nicknames.tsv"):
        full, short = row["name"], row["short"].split(";")
        found.setdefault(full, {full}).update(short)
        for form in short:
            found.setdefault(form, {form}).add(full)
    return {name: frozenset(forms) for name, forms in found.items()}


@lru_cache(maxsize=4096)
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
    return len(low) >= 4 and is_similar(one, other, 0.8)


def is_similar(one: str, other: str, least: float) -> bool:
    """Tell whether two texts share enough, in order; most are told apart by their letters alone.

    Args:
        one: a text.
        other: another.
        least: share of the letters of both, from 0 to 1.

    >>> is_similar("castellan", "castelan", 0.8), is_similar("brandt", "tran", 0.8)
    (True, False)
    """
    if one == other:
        return True
    shared = least * (len(one) + len(other)) / 2 - 0.01
    if min(len(one), len(other)) < shared:
        return False
    if min(len(one) - len(set(one) - set(other)), len(other) - len(set(other) - set(one))) < shared:
        return False
    if sum(min(one.count(c), other.count(c)) for c in set(one)) < shared:
        return False
    return SequenceMatcher(None, one, other).ratio() >= least


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(clean_name(name)).split())


@lru_cache(maxsize=4096)
def same_person(one: str, other: str) -> bool:
    """Tell whether two names of one call mean one person.

    >>> same_person("Raj Oduya", "Raju Oduya"), same_person("Ida Brandt", "Ida Maria Brandt")
    (True, True)
    >>> same_person("Raj Oduya", "Ida Brandt"), same_person("Ida", "Ida Brandt")
    (False, False)
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a == b or (a[0][0] == b[0][0] and "".join(a) == "".join(b)):
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    if not set(a).isdisjoint(b):
        low, high = sorted((set(a), set(b)), key=len)
        if len(low) >= 2 and low < high and (a[-1] == b[-1] or a[0] == b[0] or len(low) > 2):
            return True
    if a[-1] == b[-1]:
        firsts = a[0], b[0]
        if same_first(*firsts):
            return True
        return any(len(x) > 2 and same_first(x, y) for x in a[:-1] for y in b[:-1])
    if (a[-1][0] != b[-1][0] and len(a[-1]) < 6) or not is_similar(a[-1], b[-1], 0.8):
        return False
    return a[0] == b[0] or (same_first(a[0], b[0]) and len(a[0]) > 1 and len(b[0]) > 1)


def shares_name(one: str, other: str) -> bool:
    """Tell whether two names share a first or last name, as a name that was changed does.

    >>> shares_name("Brian Castellan", "Joon Hae Castellan"), shares_name("Ida Brandt", "Lee Tran")
    (True, False)
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if len(a[-1]) > 1 and is_similar(a[-1], b[-1], 0.8):
        return True
    return any(len(x) > 2 and x in b for x in a)


def first_name_forms(folded: str) -> frozenset[str]:
    """Return a folded first name with its short forms and the names it shortens.

    >>> sorted(first_name_forms("dave"))
    ['dave', 'david']
    """
    return _short_forms().get(folded) or frozenset((folded,))
