"""CSV tables, one a class, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.exports._tables import tables
from graph.exports._text import for_spreadsheet
from graph.store import Store

SUFFIX = ""


def write(store: Store, path: Path) -> None:
    """Write a folder with a file a class, in UTF-8 with a header.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    path.mkdir()
    for table in tables(store):
        with (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            for row in table.rows:
                writer.writerow(
                    [for_spreadsheet(cell) if isinstance(cell, str) else cell for cell in row]
                )
