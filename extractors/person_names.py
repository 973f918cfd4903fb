"""The name by which a person is known in all calls: ``Jeff R. Moss`` and ``Jeffrey Moss`` are one.

What it gives depends on the printed name alone, so that a person has one identifier whatever other
calls there are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.names import clean_name, first_name_forms, fold
from extractors.speech import load_rows

_INITIAL = re.compile(r"[^\W\d_]\.?")
_VOWELS = re.compile(r"[aeiouy]+")
_QUOTED = re.compile(r"\s*(?:\([^()]*\)|[\"“][^\"“”]*[\"”])(?=\s)")
"""A nickname between the first and the last name."""


@lru_cache(maxsize=4096)
def known_name(name: str, *, of_issuer: bool = False) -> tuple[str, str]:
    """Return the name by which all calls know a person, and why it is not the printed one.

    Args:
        name: as printed.
        of_issuer: whether the person is one of the company whose call it is. There short forms of
            several names are read too, since few people of one company share a last name.

    >>> known_name("Jeff R. Moss")
    ('Jeffrey Moss', 'Jeff is short for Jeffrey; R. is left out')
    >>> known_name("Alex Moss"), known_name("Alex Moss", of_issuer=True)[0]
    (('Alex Moss', ''), 'Alexander Moss')
    >>> known_name("Ida van Dorn Jr."), known_name("Sung Min Park")
    (('Ida van Dorn', 'Jr. is left out'), ('Sung Min Park', ''))
    """
    whole = clean_name(name).split()
    words = _QUOTED.sub("", " ".join(whole)).split()
    if len(words) > 2 and fold(words[-1]) in _parts("suffix"):
        words.pop()
    if len(words) > 2 and _INITIAL.fullmatch(words[0]) and not _INITIAL.fullmatch(words[1]):
        words.pop(0)
    if len(words) < 2:
        return name, ""
    words = _without_middle(words)
    gone = " ".join(word.rstrip(",") for word in whole if word not in words)
    full, why = _given_name(words[0], of_issuer)
    reasons = [why] if why else []
    if gone:
        reasons.append(f"{gone} is left out")
    return (" ".join((full, *words[1:])), "; ".join(reasons)) if reasons else (name, "")


def _without_middle(words: list[str]) -> list[str]:
    """Leave middle initials out, and middle names where the first name stands by itself."""
    last = len(words) - 1
    while last > 1 and fold(words[last - 1]) in _parts("particle"):
        last -= 1
    first, middle = words[0], words[1:last]
    if _INITIAL.fullmatch(first):
        return words
    given, surname = fold(first), fold(words[-1])
    paired = given in _parts("pair") or (surname in _parts("surname") and _is_syllable(given))
    kept = [word for word in middle if paired and not _INITIAL.fullmatch(word)]
    return [first, *kept, *words[last:]]


def _is_syllable(given: str) -> bool:
    """Tell whether a first name may be half of one of East Asia, such as Sung of Sung Min."""
    return len(_VOWELS.findall(given)) <= 1 and first_name_forms(given) == {given}


def _given_name(word: str, of_issuer: bool) -> tuple[str, str]:
    """Return the name that a first name is a form of, and why; the word itself where none is."""
    folded, reasons = fold(word), []
    full = word
    tables = ("", "issuer") if of_issuer else ("",)
    for among in tables:
        found = _forms(among).get(folded)
        if found is not None:
            name = found[0].capitalize()
            how = "short for" if found[1] == "short" else "a spelling of"
            reasons.append(f"{full} is {how} {name}")
            folded, full = found[0], name
    return full, "; ".join(reasons)


@cache
def _forms(among: str) -> dict[str, tuple[str, str]]:
    """Return the name of each form, and of what kind the form is, among anybody or one's own."""
    rows = (row for row in load_rows("given_names.tsv") if row["among"] == among)
    return {row["form"]: (row["name"], row["kind"]) for row in rows}


@cache
def _parts(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_rows("name_parts.tsv") if row["part"] == kind)
