"""The network with attributes that XML can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.exports._text import for_xml
from graph.network import network
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx


def safe_network(store: Store) -> nx.MultiDiGraph:
    """Return the network; text loses the characters that XML cannot hold."""
    result = network(store)
    parts = [attributes for _, attributes in result.nodes(data=True)]
    parts += [attributes for *_, attributes in result.edges(data=True)]
    for attributes in parts:
        for name, value in attributes.items():
            if isinstance(value, str):
                attributes[name] = for_xml(value)
    return result
