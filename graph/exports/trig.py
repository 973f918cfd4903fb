"""TriG: one named graph a call."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.namespaces import prefixes
from graph.store import Store

SUFFIX = ".trig"


def write(store: Store, path: Path) -> None:
    """Write the graphs in the order of their names, each sorted."""
    bound = {prefix: iri for prefix, iri in prefixes().items() if prefix != "id"}
    lines = "".join(line for call in store.calls() for line in store.lines(call))
    quads = ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS)
    with path.open("wb") as file:
        ox.serialize(quads, file, format=ox.RdfFormat.TRIG, prefixes=bound, base_iri=store.ids.base)
