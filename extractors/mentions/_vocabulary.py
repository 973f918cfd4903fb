"""The vocabulary prepared for searching: the terms indexed once, and the finders' word lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from extractors.collector import paused_collector
from extractors.errors import LexiconError
from extractors.lexicon import Lexicon, Term, fold, load_lexicon
from extractors.mentions._words import TermIndex
from extractors.model import EntityType


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A `Lexicon` and the index over all surfaces of its terms.

    ``ignored`` holds the phrases that are never an entity, nor is any part of them
    ("United States"); ``known`` the folded names of all that is no trial, whatever their case.
    """

    lexicon: Lexicon
    index: TermIndex[tuple[Term, str]]
    ignored: TermIndex[frozenset[str]]
    known: frozenset[str]

    @staticmethod
    def from_lexicon(lexicon: Lexicon) -> Vocabulary:
        """Index the surfaces of all terms, with the plurals of plain words."""
        longer = [(text, True, kinds) for text, kinds in lexicon.ignored.items() if " " in text]
        known = frozenset(
            fold(surface.text)
            for term in lexicon.terms
            if term.type is not EntityType.TRIAL
            for surface in lexicon.surfaces_of(term)
        )
        return Vocabulary(lexicon, TermIndex(_surfaces(lexicon)), TermIndex(longer), known)


def _surfaces(lexicon: Lexicon) -> list[tuple[str, bool, tuple[Term, str]]]:
    entries: dict[tuple[str, bool, str], tuple[Term, str]] = {}
    for term in lexicon.terms:
        for text, exact in lexicon.surfaces_of(term):
            entries.setdefault((text, exact, term.id), (term, text))
            if exact and term.type is EntityType.DRUG and len(text) > 4:
                entries.setdefault((text.upper(), exact, term.id), (term, text))
            plural = plural_of(text)
            if plural:
                entries.setdefault((plural, exact, term.id), (term, text))
    return [(text, exact, value) for (text, exact, _), value in entries.items()]


def plural_of(name: str) -> str:
    """Return the plural of a name that ends in a plain word or an acronym, or an empty text.

    >>> plural_of("solid tumor"), plural_of("urea cycle disorder"), plural_of("GLP-1")
    ('solid tumors', 'urea cycle disorders', 'GLP-1s')
    >>> plural_of("diabetes"), plural_of("leukodystrophy")
    ('', 'leukodystrophies')
    """
    if len(name) < 3 or name[-1] in "sSx+)." or not name.isascii():
        return ""
    if len(name) < 5 and name.islower():
        return ""
    if name.endswith("y") and len(name) > 3 and name[-2] not in "aeiou":
        return name[:-1] + "ies"
    return name + "s"


folded = lru_cache(maxsize=1 << 14)(fold)
"""`fold`, remembered: the same names are compared again and again."""


@cache
def load_vocabulary(*extra: Path) -> Vocabulary:
    """Load and index the packaged vocabulary and the user's directories.

    Raises:
        LexiconError: a file is missing or breaks the format.
    """
    with paused_collector():
        return Vocabulary.from_lexicon(load_lexicon(*extra))


@cache
def load_words(name: str) -> dict[str, str]:
    """Return the rows of ``resources/mentions/<name>.tsv``: the word and its second cell.

    Raises:
        LexiconError: a row has not two cells.

    >>> load_words("gene_families")["CDK"]
    'Target'
    """
    resource = files("extractors") / "resources" / "mentions" / f"{name}.tsv"
    rows: dict[str, str] = {}
    for number, line in enumerate(resource.read_text(encoding="utf-8").splitlines()[1:], start=2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 2:
            raise LexiconError(f"{name}.tsv:{number}: {len(cells)} cells where 2 are needed")
        rows[cells[0]] = cells[1]
    return rows
