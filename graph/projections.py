"""Projections of the graph onto two kinds of nodes, and who stands out in them.

Edges have ``weight`` (questions, pieces of evidence or exchanges), ``calls``, and ``first`` and
``last``, the days of the earliest and the latest of the calls. Nodes have ``kind`` and ``label``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.errors import UnknownTermError
from graph.network import local_name, network, rows_of
from graph.results import Cell
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_DAY = "?c qa:callId ?call . OPTIONAL { ?c qa:heldOn ?day }"
PROJECTIONS = MappingProxyType(
    {
        "analysts-topics": f"""SELECT DISTINCT ?a ?b ?item ?call ?day WHERE {{
             ?item a qa:Question ; qa:askedBy ?a ; qa:about ?b ; qa:inCall ?c . {_DAY} }}""",
        "firms-programs": f"""SELECT DISTINCT ?a ?b ?item ?call ?day WHERE {{
             ?b a qa:Program . ?item qa:about ?b ; a qa:Question ; qa:inExchange ?x ; qa:inCall ?c .
             ?x qa:analystParticipation/qa:affiliation ?a . {_DAY} }}""",
        "programs-targets-partners": f"""SELECT DISTINCT ?a ?b ?item ?call ?day WHERE {{
             VALUES ?p {{ qa:hasTarget qa:developedBy qa:licensedTo qa:licensedFrom qa:partnerOf }}
             ?st rdf:predicate ?p ; rdf:subject ?a ; rdf:object ?b ; qa:evidence ?item ;
                 qa:inCall ?c .
             ?a ?p ?b . {_DAY} }}""",
        "co-questions": f"""SELECT DISTINCT ?item ?b ?call ?day WHERE {{
             ?item qa:hasQuestion/qa:about ?b ; qa:inCall ?c . {_DAY} }}""",
    }
)
"""Analysts and what they ask about; firms and the programs that their analysts ask about; programs,
their targets and companies, companies and their partners; things asked about in one exchange."""

_Row = tuple[str, str, Cell, Cell, Cell]


def project(store: Store, name: str) -> nx.Graph:
    """Build one of `PROJECTIONS`.

    Raises:
        UnknownTermError: there is none of that name.

    >>> project(Store.memory(), "analysts-topics").number_of_nodes()
    0
    >>> project(Store.memory(), "all")
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: there is no projection 'all'; there are analysts-topics, ...
    """
    import networkx as nx

    if name not in PROJECTIONS:
        known = ", ".join(PROJECTIONS)
        raise UnknownTermError(f"there is no projection {name!r}; there are {known}")
    edges: dict[tuple[str, str], list[_Row]] = {}
    for row in _rows(store, name):
        if row[0] != row[1]:
            low, high = sorted(row[:2])
            edges.setdefault((low, high), []).append(row)
    result = nx.Graph()
    for (a, b), rows in sorted(edges.items()):
        days = sorted(str(row[4]) for row in rows if row[4] is not None)
        result.add_edge(
            a,
            b,
            weight=len({row[2] for row in rows}),
            calls=len({row[3] for row in rows}),
            first=days[0] if days else "",
            last=days[-1] if days else "",
        )
    things = network(store, questions=False)
    for node, attributes in result.nodes(data=True):
        attributes.update(things.nodes.get(node, {"kind": "", "label": node}))
    return result


def _rows(store: Store, name: str) -> Iterable[_Row]:
    found = rows_of(store, PROJECTIONS[name])
    if name != "co-questions":
        for a, b, item, call, day in found:
            yield local_name(store, a), local_name(store, b), item, call, day
        return
    asked: dict[tuple[Cell, Cell, Cell], list[str]] = {}
    for item, thing, call, day in found:
        asked.setdefault((item, call, day), []).append(local_name(store, thing))
    for (item, call, day), things in asked.items():
        for a, b in combinations(things, 2):
            yield a, b, item, call, day


def centrality(graph: nx.Graph) -> pd.DataFrame:
    """Rank nodes: degree, PageRank, betweenness and community, the highest PageRank first.

    Args:
        graph: a projection, or the whole network; directions are not looked at.

    >>> import networkx as nx
    >>> centrality(nx.path_graph(3))["node"].tolist()
    [1, 0, 2]
    """
    import networkx as nx
    import pandas as pd

    columns = ["node", "label", "kind", "degree", "pagerank", "betweenness", "community"]
    if not graph:
        return pd.DataFrame(columns=columns)
    simple = _simple(graph)
    rank = nx.pagerank(simple, weight="weight")
    middle = nx.betweenness_centrality(simple, k=min(len(simple), 500), seed=0)
    groups = nx.community.louvain_communities(simple, weight="weight", seed=0)
    ordered = sorted(groups, key=lambda group: (-len(group), min(map(str, group))))
    community = {node: index for index, group in enumerate(ordered) for node in group}
    rows = [
        (
            node,
            graph.nodes[node].get("label", str(node)),
            graph.nodes[node].get("kind", ""),
            simple.degree(node),
            rank[node],
            middle[node],
            community[node],
        )
        for node in simple
    ]
    rows.sort(key=lambda row: (-round(row[4], 12), str(row[0])))
    return pd.DataFrame(rows, columns=columns)


def _simple(graph: nx.Graph) -> nx.Graph:
    import networkx as nx

    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph, key=str))
    for a, b, weight in graph.edges(data="weight", default=1):
        if a != b:
            before = simple.edges[a, b]["weight"] if simple.has_edge(a, b) else 0
            simple.add_edge(a, b, weight=before + weight)
    return simple
