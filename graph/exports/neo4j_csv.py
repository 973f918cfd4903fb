"""CSV for ``neo4j-admin database import``: ``nodes.csv`` and ``relationships.csv``.

Values go through the importer, never into Cypher text, so no name can act as code.
"""

from __future__ import annotations

import csv
from pathlib import Path

from graph.network import network
from graph.store import Store

SUFFIX = ""

_NODE = ("label", "text", "response", "call", "day")
_EDGE = ("first", "last", "quote")
_COUNTS = ("weight", "calls")


def write(store: Store, path: Path) -> None:
    """Write a folder with the two files; line breaks inside values become spaces."""
    result = network(store)
    path.mkdir()
    with (path / "nodes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["id:ID", *_NODE, ":LABEL"])
        for node, values in result.nodes(data=True):
            cells = [_flat(values.get(name, "")) for name in _NODE]
            writer.writerow([node, *cells, values["kind"]])
    with (path / "relationships.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([":START_ID", ":END_ID", *(f"{n}:int" for n in _COUNTS), *_EDGE, ":TYPE"])
        for start, end, key, values in result.edges(keys=True, data=True):
            counts = [values.get(name, 1) for name in _COUNTS]
            cells = [_flat(values.get(name, "")) for name in _EDGE]
            writer.writerow([start, end, *counts, *cells, key])


def _flat(value: object) -> str:
    return " ".join(str(value).replace("\x00", "\ufffd").split())
