"""Read vocabulary files: tab-separated, one header, errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from extractors.errors import LexiconError
from extractors.model import EntityType, entity_id
from extractors.terms import FalseFriend, Stem, Term

COLUMNS = ("label", "type", "aliases", "exact_match", "broader", "case", "status", "source", "note")
EXTRAS = ("kind", "ticker", "parent", "substance", "maker")
STATUSES = ("checked", "curated", "imported", "user")
ANY_TYPE = "*"
_COPIED = ("status", "source", "note", *EXTRAS)

_TYPES = {kind.value: kind for kind in EntityType}
_CURIE = re.compile(r"[A-Za-z][A-Za-z0-9.]*:[A-Za-z0-9._-]+")


def _rows(
    file: Traversable | Path, required: Iterable[str], optional: Iterable[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each row; lines that begin with ``#`` are comments."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{file}: not readable as UTF-8 text ({error})") from error
    numbered = [(n, row) for n, row in enumerate(lines, 1) if row.strip() and row[0] != "#"]
    if not numbered:
        raise LexiconError(f"{file}: empty; the first line must name the columns")
    split = [row.split("\t") for _, row in numbered]
    header = tuple(split[0])
    missing = sorted(set(required) - set(header))
    unknown = sorted(set(header) - set(required) - set(optional))
    if missing or unknown:
        wrong = [f"lacks {name!r}" for name in missing]
        wrong += [f"does not know {name!r}" for name in unknown]
        raise LexiconError(f"{file}:{numbered[0][0]}: the header {', '.join(wrong)}")
    for (number, _), cells in zip(numbered[1:], split[1:], strict=True):
        if len(cells) != len(header):
            raise LexiconError(
                f"{file}:{number}: {len(cells)} cells where the header names {len(header)}"
            )
        yield number, dict(zip(header, map(str.strip, cells), strict=True))


def _many(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _type(cell: str, place: str) -> EntityType:
    kind = _TYPES.get(cell)
    if kind is None:
        known = ", ".join(EntityType)
        raise LexiconError(f"{place}: no type {cell!r}; it is one of {known}")
    return kind


def read_terms(file: Traversable | Path) -> Iterator[tuple[int, Term]]:
    """Yield line number and term of each row of a file of terms.

    An alias with a leading ``=`` matches only in its case, one with ``~`` is a short form.

    Raises:
        LexiconError: a cell is not what its column wants.
    """
    name = str(file)
    for number, row in _rows(file, COLUMNS, EXTRAS):
        place = f"{name}:{number}"
        if not row["label"]:
            raise LexiconError(f"{place}: a row needs a label")
        if row["case"] not in ("any", "exact"):
            raise LexiconError(f"{place}: case is 'any' or 'exact', not {row['case']!r}")
        if row["status"] not in STATUSES:
            known = ", ".join(STATUSES)
            raise LexiconError(f"{place}: no status {row['status']!r}; it is one of {known}")
        for curie in _many(row["exact_match"]):
            if not _CURIE.fullmatch(curie):
                raise LexiconError(f"{place}: {curie!r} is no identifier such as HGNC:1643")
        kind = _type(row["type"], place)
        aliases = tuple(alias for alias in _many(row["aliases"]) if alias.strip("=~ "))
        yield (
            number,
            Term(
                id=entity_id(kind, row["label"]),
                label=row["label"],
                type=kind,
                aliases=tuple(a.lstrip("=~") for a in aliases),
                exact_match=_many(row["exact_match"]),
                broader=tuple(entity_id(kind, label) for label in _many(row["broader"])),
                case_sensitive=row["case"] == "exact",
                exact_aliases=tuple(a[1:] for a in aliases if a[0] in "=~"),
                short_forms=tuple(a[1:] for a in aliases if a[0] == "~"),
                **{column: row.get(column, "") for column in _COPIED},
            ),
        )


def read_ignored(file: Traversable | Path) -> Iterator[tuple[str, str]]:
    """Yield each surface that is never an entity, with the type it is meant for or ``*``."""
    for number, row in _rows(file, ("surface", "type", "note")):
        kind = row["type"]
        yield row["surface"], kind if kind == ANY_TYPE else _type(kind, f"{file}:{number}").value


def read_friends(file: Traversable | Path) -> Iterator[FalseFriend]:
    """Yield each reading of an ambiguous surface."""
    columns = ("surface", "type", "label", "cues", "against", "default", "note")
    for number, row in _rows(file, columns):
        place = f"{file}:{number}"
        if row["default"] not in ("keep", "drop"):
            raise LexiconError(f"{place}: default is 'keep' or 'drop', not {row['default']!r}")
        yield FalseFriend(
            surface=row["surface"],
            type=_type(row["type"], place),
            label=row["label"],
            cues=_many(row["cues"]),
            against=_many(row["against"]),
            default=row["default"] == "keep",
            note=row["note"],
        )


def read_stems(file: Traversable | Path) -> Iterator[Stem]:
    """Yield each stem of medicine names."""
    for number, row in _rows(file, ("stem", "kind", "minimum", "exceptions", "note")):
        if not row["minimum"].isdigit():
            raise LexiconError(f"{file}:{number}: minimum is a number, not {row['minimum']!r}")
        yield Stem(
            stem=row["stem"],
            kind=row["kind"],
            minimum=int(row["minimum"]),
            exceptions=frozenset(word.casefold() for word in _many(row["exceptions"])),
            note=row["note"],
        )
