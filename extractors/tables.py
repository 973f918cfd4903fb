"""Read the word tables of ``resources/facts`` and turn their cues into regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from extractors.errors import LexiconError


@cache
def load_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of ``resources/facts/<name>.tsv``, each keyed by the column names.

    Raises:
        LexiconError: a row has not as many cells as the header.

    >>> load_table("scales")[1]["factor"]
    '1000000'
    """
    resource = files("extractors").joinpath("resources", "facts", f"{name}.tsv")
    lines = resource.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise LexiconError(
                f"{name}.tsv:{number}: {len(cells)} cells where the header has {len(columns)}"
            )
        rows.append(dict(zip(columns, cells, strict=True)))
    return tuple(rows)


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    A space matches any white space, a hyphen also a space or another dash.

    >>> re.findall(alternation(["up", "up to", "mid-teens"]), "up  to the mid teens, up")
    ['up  to', 'mid teens', 'up']
    """
    escaped = []
    for word in sorted(set(words), key=lambda item: (-len(item), item)):
        parts = [r"[-‐‑–\s]".join(map(re.escape, part.split("-"))) for part in word.split()]
        escaped.append(r"\s+".join(parts))
    return "|".join(escaped)


def normalize(text: str) -> str:
    """Casefold, join white space and make every dash a space, to look a cue up.

    >>> normalize("Mid–Teens  %")
    'mid teens %'
    """
    return re.sub(r"[-‐‑–—\s]+", " ", text).strip().casefold()
