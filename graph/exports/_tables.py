"""Tables: one a class, one row a node, one column a property; for CSV and Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from graph.namespaces import QA, ontology
from graph.store import Store

SEPARATOR = " | "
"""Stands between several values of one cell."""

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FOREIGN = {
    _LABEL: "label",
    "http://www.w3.org/2004/02/skos/core#altLabel": "alt_label",
    "http://www.w3.org/2004/02/skos/core#exactMatch": "exact_match",
    "http://www.w3.org/2004/02/skos/core#broader": "broader",
    "http://www.w3.org/2004/02/skos/core#definition": "definition",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject": "subject",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate": "predicate",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#object": "object",
}
_TYPES: dict[str, type] = {"xsd:integer": int, "xsd:decimal": float, "xsd:boolean": bool}

Single = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """A class as a table. ``types`` gives for each column str, int, float, bool or date."""

    name: str
    columns: tuple[str, ...]
    types: tuple[type, ...]
    rows: tuple[tuple[Single, ...], ...]


def tables(store: Store) -> tuple[Table, ...]:
    """Return a table for each class that has a node, in name order.

    Things are named by their local identifier. The first column is ``id``.
    """
    kinds: dict[str, set[str]] = {}
    nodes: dict[str, dict[str, set[str]]] = {}
    for quad in store.triples():
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        node, predicate = quad.subject.value, quad.predicate.value
        value = _cell(store, quad.object)
        if predicate == _TYPE:
            if value.startswith("qa:"):
                kinds.setdefault(value.removeprefix("qa:"), set()).add(node)
        elif predicate in _FOREIGN or predicate.startswith(QA):
            name = _FOREIGN.get(predicate) or predicate.removeprefix(QA)
            nodes.setdefault(node, {}).setdefault(name, set()).add(value)
    return tuple(_table(store, kind, sorted(kinds[kind]), nodes) for kind in sorted(kinds))


def _cell(store: Store, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(QA):
            return f"qa:{term.value.removeprefix(QA)}"
        return str(term.value.removeprefix(store.ids.base))
    return str(term.value) if isinstance(term, ox.Literal) else str(term)


def _table(
    store: Store, kind: str, members: list[str], nodes: dict[str, dict[str, set[str]]]
) -> Table:
    held = [nodes.get(member, {}) for member in members]
    names = sorted({name for values in held for name in values})
    several = {name for values in held for name, found in values.items() if len(found) > 1}
    types = [str if name in several else _type(name) for name in names]
    rows = []
    for member, values in zip(members, held, strict=True):
        cells = [
            _join(values.get(name), type_) for name, type_ in zip(names, types, strict=True)
        ]  # fmt: skip
        rows.append((member.removeprefix(store.ids.base), *cells))
    return Table(kind, ("id", *names), (str, *types), tuple(rows))


def _type(name: str) -> type:
    term = ontology().get(name)
    if term is None or not term.literal or not term.range:
        return str
    return date if term.range[0] == "xsd:date" else _TYPES.get(term.range[0], str)


def _join(found: set[str] | None, type_: type) -> Single:
    if not found:
        return None
    if type_ is str:
        return SEPARATOR.join(sorted(found))
    text = next(iter(found))
    if type_ is bool:
        return text == "true"
    return date.fromisoformat(text) if type_ is date else type_(text)
