"""GraphML of the network, for Gephi, yEd, Cytoscape and igraph."""

from __future__ import annotations

from pathlib import Path

from graph.exports._network import safe_network
from graph.store import Store

SUFFIX = ".graphml"


def write(store: Store, path: Path) -> None:
    """Write the network with all attributes of nodes and edges."""
    import networkx as nx

    nx.write_graphml_xml(safe_network(store), path)
