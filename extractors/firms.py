"""Names of firms and companies: legal forms taken off, one node for one firm."""

from __future__ import annotations

import csv
import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from extractors.model import EntityId, EntityType, entity_id
from extractors.names import fold, is_similar
from extractors.speech import load_rows


@cache
def _suffixes() -> re.Pattern[str]:
    forms = sorted((row["suffix"] for row in load_rows("legal_forms.tsv")), key=len, reverse=True)
    return re.compile(
        rf"(?:,?\s+|,\s*)(?:{'|'.join(map(re.escape, forms))})\.?\s*\Z", re.IGNORECASE
    )


@lru_cache(maxsize=4096)
def short_name(name: str) -> str:
    """Take legal forms and divisions off the end of a name.

    >>> short_name("Northgate Securities, LLC, Research Division"), short_name("Lumora S.A.")
    ('Northgate Securities', 'Lumora')
    """
    name = re.sub(r"\s+", " ", name).strip(" ,;*()")
    pattern = _suffixes()
    while (shorter := pattern.sub("", name).rstrip(" ,")) and shorter != name:
        name = shorter
    return name


@lru_cache(maxsize=4096)
def firm_words(name: str) -> tuple[str, ...]:
    """Return the folded words that tell a firm from others.

    >>> firm_words("The Northgate Securities, LLC"), firm_words("P.D. Marlow & Company")
    (('northgate', 'securities'), ('pd', 'marlow'))
    """
    plain = re.sub(r"\b((?:[A-Z]\.?\s?){2,})(?=\s|\Z|,)", _join, short_name(name))
    words = fold(plain.replace("&", " ")).split()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _join(found: re.Match[str]) -> str:
    return re.sub(r"[.\s]", "", found[1]) if "." in found[1] else found[1]


@lru_cache(maxsize=4096)
def same_firm(one: str, other: str) -> bool:
    """Tell whether two printed names may be one firm: one begins or shortens the other.

    >>> same_firm("Northgate", "Northgate Securities, LLC"), same_firm("HP", "Harrow Pine")
    (True, True)
    >>> same_firm("Pine", "Harrow Pine Securities"), same_firm("Northgate", "Harrow Pine")
    (True, False)
    """
    if one == other:
        return bool(firm_words(one))
    a, b = firm_words(one), firm_words(other)
    if not a or not b:
        return False
    known = firm_term(one)
    if known and known == firm_term(other):
        return True
    low, high = sorted((a, b), key=len)
    if high[: len(low)] == low or (len(low) < len(high) and set(low) <= set(high)):
        return True
    joined = "".join(low), "".join(high)
    if joined[0] == joined[1] or (
        len(low) == 1 and joined[1].startswith(joined[0]) and len(joined[0]) > 3
    ):
        return True
    if (
        len(low) == 1
        and len(high) > 1
        and low[0] == "".join(word[0] for word in high)[: len(low[0])]
    ):
        return len(low[0]) > 1
    return min(map(len, joined)) > 4 and is_similar(*joined, least=0.84)


_AND_COMPANY = re.compile(r" and (?:Co\.?|Company)\Z")
_TABLES = ("firms.tsv", "institutions.tsv", "companies.tsv")


KnownTerm = tuple[EntityId, str, EntityType]
"""Identifier, label and type of an organization of the vocabulary."""


@cache
def _known_rows() -> tuple[tuple[KnownTerm, dict[str, str]], ...]:
    """Read the vocabulary's organizations; the rest of the vocabulary is not needed here."""
    found = []
    folder = files("extractors").joinpath("resources", "lexicon")
    for table in _TABLES:
        file = folder.joinpath(table)
        if not file.is_file():
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            kind = EntityType(row["type"])
            found.append(((entity_id(kind, row["label"]), row["label"], kind), row))
    return tuple(found)


@cache
def _known_names() -> dict[str, KnownTerm]:
    found: dict[str, KnownTerm] = {}
    for term, row in _known_rows():
        for name in (row["label"], *(row["aliases"] or "").split(";")):
            if name.strip():
                found.setdefault(_key(name), term)
    return found


@cache
def _known_tickers() -> dict[str, KnownTerm]:
    return {row["ticker"]: term for term, row in _known_rows() if row.get("ticker")}


def _key(name: str) -> str:
    return re.sub(r"[\s.,&-]+", "", name.replace(" and ", "").casefold())


@lru_cache(maxsize=4096)
def firm_term(name: str) -> KnownTerm | None:
    """Look a printed name up in the vocabulary: identifier, label and type, or None.

    >>> firm_term("Citigroup Inc., Research Division")[1], firm_term("Northgate Securities")
    ('Citi', None)
    """
    known = _known_names()
    squashed = re.sub(r"\s+", " ", name).strip()
    short = short_name(squashed)
    for text in (
        squashed,
        re.sub(r",?\s*Research Division\Z", "", squashed),
        short,
        _AND_COMPANY.sub("", short),
    ):
        if term := known.get(_key(text)):
            return term
    return None


def issuer_id(name: str, ticker: str | None = None) -> EntityId:
    """Name the company that holds a call: as the vocabulary does, else by its short name.

    A company that the vocabulary has under the ticker is meant by any name that begins as its own.

    >>> issuer_id("Lumora, Inc."), issuer_id("Eli Lilly and Company Limited", "LLY")
    ('org/lumora', 'org/eli-lilly')
    """
    known = firm_term(name)
    if known is None and ticker:
        listed = _known_tickers().get(ticker)
        if (
            listed
            and firm_words(listed[1])[:1] == firm_words(name)[:1]
            and same_firm(listed[1], name)
        ):
            known = listed
    return known[0] if known else entity_id(EntityType.COMPANY, short_name(name))


def firm_id(name: str) -> EntityId:
    """Name a firm: as the vocabulary does, else by its short name.

    >>> firm_id("Citigroup Inc., Research Division"), firm_id("Northgate Securities, LLC")
    ('org/citi', 'org/northgate-securities')
    """
    known = firm_term(name)
    return known[0] if known else entity_id(EntityType.FIRM, short_name(name))


def firm_label(names: list[str]) -> str:
    """Choose the label of a firm from all its printed names, the most formal first.

    The vocabulary's label is taken where the call itself uses a form of it, so that a firm is shown
    as the call calls it.

    >>> firm_label(["Northgate Securities, LLC", "Northgate"])
    'Northgate Securities'
    """
    known = next((term for name in names if (term := firm_term(name))), None)
    if known and any(_reads_alike(known[1], name) for name in names):
        return known[1]
    return short_name(names[0])


def _reads_alike(one: str, other: str) -> bool:
    a, b = " ".join(firm_words(one)), " ".join(firm_words(other))
    return a.startswith(b) or b.startswith(a) or SequenceMatcher(None, a, b).ratio() > 0.85
