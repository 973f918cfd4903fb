"""N-Quads: sorted, the same bytes for the same graphs."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store

SUFFIX = ".nq"


def write(store: Store, path: Path) -> None:
    """Write the graphs in the order of their names, each sorted."""
    with path.open("wb") as file:
        for call in store.calls():
            file.writelines(line.encode() for line in store.lines(call))
