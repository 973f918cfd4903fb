"""Names of people: what two printed forms must share to be one person."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_TITLES = re.compile(r"^(?:dr|mr|mrs|ms|prof|professor|sir)\.?\s+", re.IGNORECASE)
_DEGREES = re.compile(r"(?:,\s*|\s+)(?:M\.?D|Ph\.?D|CFA|MBA|M\.?Sc|Pharm\.?D|J\.?D)\.?(?=,|\s|\Z)")
_MARKS = re.compile(r"\s*[\[(](?:ph|indiscernible|inaudible|sp)[\])]", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Take titles, degrees and marks of doubt off a name.

    >>> clean_name("Dr. Ida Brandt, M.D., Ph.D."), clean_name("Kai Mercer [ph]")
    ('Ida Brandt', 'Kai Mercer')
    """
    bare = _DEGREES.sub("", _TITLES.sub("", _MARKS.sub("", name).strip()))
    return re.sub(r"\s+", " ", bare).strip(" ,;:")


@cache
def fold(name: str) -> str:
    """Reduce a name to lower-case ASCII words.

    >>> fold("André O’Neil-Choulika")
    'andre o neil choulika'
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain))


def same_person(one: str, other: str) -> bool:
    """Tell whether two full names of one call mean one person.

    >>> same_person("Raj Oduya", "Raju Oduya"), same_person("Raj Oduya", "Ida Brandt")
    (True, False)
    """
    a, b = fold(clean_name(one)).split(), fold(clean_name(other)).split()
    if not a or not b:
        return False
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1 or a[-1] != b[-1]:
        return False
    return a[0].startswith(b[0]) or b[0].startswith(a[0])
