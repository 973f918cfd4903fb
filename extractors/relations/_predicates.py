"""The relations that there are: ``resources/predicates.tsv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.errors import LexiconError
from extractors.model import EntityType

_TABLE = "resources/predicates.tsv"
_LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A kind of relation. ``object_types`` is empty where the object is a literal."""

    name: str
    subject_types: frozenset[EntityType]
    object_types: frozenset[EntityType]
    symmetric: bool
    gloss: str

    @property
    def literal(self) -> bool:
        """Whether the object is a literal and no entity."""
        return not self.object_types


@cache
def load_predicates() -> dict[str, Predicate]:
    """Read the table of predicates, by name, in the order of the table.

    Raises:
        LexiconError: a row is broken; the message names file and line.

    >>> load_predicates()["partnerOf"].symmetric, load_predicates()["phase"].literal
    (True, True)
    >>> "treats" in load_predicates()
    False
    """
    text = files("extractors").joinpath(_TABLE).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[str, Predicate] = {}
    for line, row in enumerate(rows, start=2):
        try:
            found[row["name"]] = Predicate(
                row["name"],
                _types(row["subject_types"]),
                _types(row["object_types"]),
                {"yes": True, "no": False}[row["symmetric"]],
                row["gloss"],
            )
        except (KeyError, ValueError, AttributeError) as error:
            raise LexiconError(f"{_TABLE}:{line}: {error!r}") from error
    return found


def _types(cell: str) -> frozenset[EntityType]:
    return frozenset(EntityType(name) for name in cell.split() if name != _LITERAL)
