"""GEXF of the network, for Gephi."""

from __future__ import annotations

import re
from pathlib import Path

from graph.exports._network import safe_network
from graph.store import Store

SUFFIX = ".gexf"
_TODAY = re.compile(r' lastmodifieddate="[^"]*"')


def write(store: Store, path: Path) -> None:
    """Write the network; today's date, which networkx puts in, is taken out."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(safe_network(store)))
    path.write_text(_TODAY.sub("", text), encoding="utf-8", newline="\n")
