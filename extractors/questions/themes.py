"""The themes of a question: a small taxonomy in ``resources/themes.tsv`` that users can edit."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from extractors.errors import LexiconError
from extractors.questions.phrases import PhraseBook, compile_phrase
from extractors.questions.tokens import Tokens, tokenize

COLUMNS = ("id", "label", "alt_labels", "broader", "cues")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: a SKOS concept with the cue phrases that speak of it."""

    id: str
    label: str
    alt_labels: tuple[str, ...] = ()
    broader: str = ""
    cues: tuple[str, ...] = ()


def parse_themes(lines: Iterable[str], name: str = "themes.tsv") -> tuple[Theme, ...]:
    r"""Read themes from tab-separated lines with a header; ``;`` parts labels and cues.

    Raises:
        LexiconError: a column is missing, an id comes twice or a broader theme is unknown.

    >>> header = "\t".join(COLUMNS)
    >>> parse_themes([header, "cash\tCash\tmoney\t\trunway"])
    (Theme(id='cash', label='Cash', alt_labels=('money',), broader='', cues=('runway',)),)
    >>> parse_themes(["id\tlabel"])
    Traceback (most recent call last):
        ...
    extractors.errors.LexiconError: themes.tsv: columns must be id, label, alt_labels, broader, cues
    """
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise LexiconError(f"{name}: columns must be {', '.join(COLUMNS)}")
    themes = []
    for row in reader:
        if None in row.values():
            raise LexiconError(f"{name}, line {reader.line_num}: too few columns")
        alt_labels, cues = _list(row["alt_labels"]), _list(row["cues"])
        themes.append(Theme(row["id"], row["label"], alt_labels, row["broader"], cues))
    ids = Counter(theme.id for theme in themes)
    for theme in themes:
        if not theme.id or ids[theme.id] > 1:
            raise LexiconError(f"{name}: the id {theme.id!r} must be there once")
        if theme.broader and theme.broader not in ids:
            raise LexiconError(f"{name}: {theme.id} has an unknown broader theme {theme.broader!r}")
    return tuple(themes)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def load_themes(path: Path | None = None) -> tuple[Theme, ...]:
    """Return the themes of a file, or those of the package.

    >>> "safety" in {theme.id for theme in load_themes()}
    True
    """
    source = path or files("extractors").joinpath("resources", "themes.tsv")
    return parse_themes(source.read_text(encoding="utf-8").splitlines(), source.name)


@cache
def _book(path: Path | None = None) -> PhraseBook:
    return PhraseBook(
        compile_phrase(cue, theme.id) for theme in load_themes(path) for cue in theme.cues
    )


def find_themes(text: str, path: Path | None = None) -> tuple[str, ...]:
    """Return the ids of up to three themes of a question, the one with most cues first.

    >>> find_themes("When will you file, and was the hold about a safety signal?")
    ('regulatory', 'safety', 'timelines')
    >>> find_themes("Could you repeat that?")
    ()
    """
    return themes_of(tokenize(text), path)


def themes_of(tokens: Tokens, path: Path | None = None) -> tuple[str, ...]:
    """Return the themes of the words of a question, as `find_themes` does."""
    places = Counter[str]()
    first: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    for hit in _book(path).find(tokens):
        if (hit.category, hit.at) not in seen:
            seen.add((hit.category, hit.at))
            places[hit.category] += 1
            first.setdefault(hit.category, hit.at)
    ranked = sorted(places, key=lambda theme: (-places[theme], first[theme], theme))
    return tuple(ranked[:_MOST])
