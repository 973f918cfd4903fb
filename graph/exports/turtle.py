"""Turtle of the merged graph, for people and for tools without named graphs."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.namespaces import prefixes
from graph.store import Store

SUFFIX = ".ttl"


def write(store: Store, path: Path) -> None:
    """Write each triple once, in the order of its subject."""
    triples = sorted((quad.triple for quad in store.triples()), key=str)
    bound = {prefix: iri for prefix, iri in prefixes().items() if prefix != "id"}
    with path.open("wb") as file:
        ox.serialize(
            triples,
            file,
            format=ox.RdfFormat.TURTLE,
            prefixes=bound,
            base_iri=store.ids.base,
        )
