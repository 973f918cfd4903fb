"""The result of a query: rows, a yes or no, or triples; and how it is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import QueryError
from graph.literals import XSD
from graph.namespaces import prefixes

if TYPE_CHECKING:
    import pandas as pd

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Cell = str | int | float | bool | date | datetime | None

FORMATS = ("table", "csv", "tsv", "json", "xml")
"""How rows can be written."""

_ILLEGAL_IN_XML = {
    code: "\ufffd"
    for code in (*range(0x20), 0xFFFE, 0xFFFF)
    if chr(code) not in "\t\n\r"
}  # fmt: skip


def _to_decimal(text: str) -> int | float:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


_READERS: MappingProxyType[str, Callable[[str], Cell]] = MappingProxyType(
    {
        f"{XSD}integer": int,
        f"{XSD}int": int,
        f"{XSD}long": int,
        f"{XSD}decimal": _to_decimal,
        f"{XSD}double": float,
        f"{XSD}float": float,
        f"{XSD}boolean": lambda text: text in ("true", "1"),
        f"{XSD}date": date.fromisoformat,
        f"{XSD}dateTime": datetime.fromisoformat,
    }
)


def to_python(term: Term | None) -> Cell:
    """Turn a term into a value of Python; an IRI becomes its text, an unbound one None.

    >>> day = ox.NamedNode(XSD + "date")
    >>> to_python(ox.Literal(3)), to_python(ox.Literal("2031-11-04", datatype=day))
    (3, datetime.date(2031, 11, 4))
    >>> to_python(ox.Literal("soon", datatype=day))
    'soon'
    """
    if isinstance(term, ox.Literal):
        reader = _READERS.get(term.datatype.value)
        if reader is None:
            return str(term.value)
        try:
            return reader(term.value)
        except (ValueError, ArithmeticError):
            return str(term.value)
    if term is None:
        return None
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gives: ``rows`` for SELECT, ``boolean`` for ASK, ``triples`` for the others.

    ``truncated`` says that there is more than was asked for: ``rows``, ``bytes`` or nothing.

    >>> result = QueryResult("select", ("n",), ((ox.Literal(3),),))
    >>> print(result.to_text("csv"), end="")
    n
    3
    >>> result.to_text("yaml")
    Traceback (most recent call last):
        ...
    graph.errors.QueryError: rows cannot be written as 'yaml'; there are table, csv, tsv, json, xml
    """

    kind: str
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] = ()
    truncated: str = ""

    def __len__(self) -> int:
        return len(self.triples) if self.kind == "graph" else len(self.rows)

    def to_rows(self) -> list[tuple[Cell, ...]]:
        """Return the rows as values of Python."""
        if self.kind == "ask":
            return [(self.boolean,)]
        if self.kind == "graph":
            return [
                (to_python(t.subject), to_python(t.predicate), to_python(t.object))
                for t in self.triples
            ]
        return [tuple(to_python(term) for term in row) for row in self.rows]

    def columns(self) -> tuple[str, ...]:
        """Return the names that belong to `to_rows`."""
        if self.kind == "ask":
            return ("result",)
        return ("subject", "predicate", "object") if self.kind == "graph" else self.variables

    def to_frame(self) -> pd.DataFrame:
        """Return a `pandas.DataFrame`; numbers, booleans and days keep their type."""
        import pandas as pd

        return pd.DataFrame(self.to_rows(), columns=list(self.columns()))

    def to_text(self, format: str = "table", *, width: int = 60, line: int | None = None) -> str:
        """Write the result down.

        Args:
            format: one of `FORMATS`. Triples are written as Turtle, whatever it says.
            width: characters of a cell in the table form; longer ones are cut with an ellipsis.
            line: characters of a whole row of the table, which the widest cells give up until it
                fits, as far as eight characters a cell allow.

        Raises:
            QueryError: there is no such format.
        """
        if format not in FORMATS:
            known = ", ".join(FORMATS)
            raise QueryError(f"rows cannot be written as {format!r}; there are {known}")
        if self.kind == "graph":
            return _to_turtle(self.triples)
        if format == "table":
            return _to_table(self, width, line)
        if self.kind == "ask":
            return _ask_text(bool(self.boolean), format)
        return _solutions_text(self, format)


def _to_turtle(triples: tuple[ox.Triple, ...]) -> str:
    data = ox.serialize(
        sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes())
    )
    return (data or b"").decode()


def _ask_text(boolean: bool, format: str) -> str:
    if format in ("csv", "tsv"):
        return f"{str(boolean).lower()}\n"
    return _serialize(f"{str(boolean).lower()}\n", format)


def _solutions_text(result: QueryResult, format: str) -> str:
    head = "\t".join(f"?{name}" for name in result.variables)
    lines = ["\t".join("" if t is None else str(t) for t in row) for row in result.rows]
    return _serialize("".join(f"{line}\n" for line in (head, *lines)), format)


def _serialize(tsv: str, format: str) -> str:
    parsed = ox.parse_query_results(tsv.encode(), format=ox.QueryResultsFormat.TSV)
    data = parsed.serialize(format=getattr(ox.QueryResultsFormat, format.upper()))
    text = (data or b"").decode()
    return text.translate(_ILLEGAL_IN_XML) if format == "xml" else text


@cache
def _short_forms() -> tuple[tuple[str, str], ...]:
    return tuple((iri, f"{name}:") for name, iri in prefixes().items())


def to_short(term: Term | None) -> str:
    """Write a term for people: an IRI as a CURIE where a prefix fits, a literal as its text.

    >>> to_short(ox.NamedNode("https://w3id.org/qagraph/ontology#Deferred"))
    'qa:Deferred'
    >>> to_short(ox.NamedNode("https://example.org/a")), to_short(None)
    ('https://example.org/a', '')
    """
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return str(term.value)
    if not isinstance(term, ox.NamedNode):
        return str(term)
    for iri, prefix in _short_forms():
        if term.value.startswith(iri):
            return f"{prefix}{term.value[len(iri) :]}"
    return str(term.value)


_NARROWEST = 8


def _to_table(result: QueryResult, width: int, line: int | None) -> str:
    if result.kind == "ask":
        return "yes\n" if result.boolean else "no\n"
    cells = [[_one_line(to_short(term), width) for term in row] for row in result.rows]
    names = [_one_line(name, width) for name in result.variables]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    if line is not None:
        widths = _fit(widths, line)
    numbers = [_are_numbers(column) for column in zip(*result.rows, strict=True)]
    rights = numbers or [False] * len(names)
    rule = ["-" * size for size in widths]
    lines = [
        "  ".join(
            _one_line(cell, size).rjust(size) if right else _one_line(cell, size).ljust(size)
            for cell, size, right in zip(row, widths, rights, strict=True)
        ).rstrip()
        for row in (names, rule, *cells)
    ]
    return "".join(f"{line}\n" for line in lines)


def _fit(widths: list[int], line: int) -> list[int]:
    """Take from the widest columns until a row fits.

    >>> _fit([40, 10, 60], 80), _fit([3, 3], 80), _fit([20, 20], 4)
    ([33, 10, 33], [3, 3], [8, 8])
    """
    room = line - 2 * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _are_numbers(column: tuple[Term | None, ...]) -> bool:
    cells = [term for term in column if term is not None]
    return bool(cells) and all(
        isinstance(term, ox.Literal)
        and isinstance(to_python(term), int | float)
        and not isinstance(to_python(term), bool)
        for term in cells
    )


def _one_line(text: str, width: int) -> str:
    flat = " ".join(text.split())
    safe = "".join(c if c.isprintable() else "\ufffd" for c in flat)
    return safe if len(safe) <= width else f"{safe[: width - 1]}…"
