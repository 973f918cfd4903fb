"""The network: people, firms, things and questions as a `networkx.MultiDiGraph`, and projections.

Node names are local identifiers (``program/vrn-122``, ``call/vrno-2031q3/question/007``). Nodes
have ``kind``, ``label`` and ``calls``; edges have the predicate as key and ``label``, with
``weight`` (pieces of evidence), ``calls``, ``first`` and ``last`` (days), and one ``quote``.
All attributes are text or numbers, so that every format of files can hold them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import GraphError
from graph.namespaces import prefixes
from graph.results import Cell, to_python
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_THINGS = """
    SELECT ?thing ?kind (MIN(?name) AS ?label) WHERE {
      ?thing a ?class ; rdfs:label ?name .
      FILTER(STRSTARTS(STR(?class), STR(qa:)))
      FILTER(?class NOT IN (qa:Call, qa:Theme))
      BIND(STRAFTER(STR(?class), "#") AS ?kind)
    } GROUP BY ?thing ?kind"""
_QUESTIONS = """
    SELECT ?q ?text ?response ?call ?day WHERE {
      ?q a qa:Question ; qa:text ?text ; qa:inCall ?c .
      ?c qa:callId ?call .
      OPTIONAL { ?q qa:response ?r . BIND(STRAFTER(STR(?r), "#") AS ?response) }
      OPTIONAL { ?c qa:heldOn ?day }
    }"""
_RELATIONS = """
    SELECT ?s ?p ?o (COUNT(DISTINCT ?e) AS ?weight) (COUNT(DISTINCT ?c) AS ?calls)
           (MIN(?day) AS ?first) (MAX(?day) AS ?last) (MIN(?words) AS ?quote)
    WHERE {
      ?st a qa:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; qa:inCall ?c ;
          qa:evidence ?e ; qa:polarity "affirmed" ; qa:certainty ?how .
      FILTER(?how NOT IN ("conditional", "asked"))
      FILTER(isIRI(?o))
      ?e qa:quote ?words .
      OPTIONAL { ?c qa:heldOn ?day }
    } GROUP BY ?s ?p ?o"""
_SPEAKS_FOR = """
    SELECT ?s ?p ?o (COUNT(DISTINCT ?part) AS ?weight) (COUNT(DISTINCT ?c) AS ?calls)
           (MIN(?day) AS ?first) (MAX(?day) AS ?last) ("" AS ?quote)
    WHERE {
      ?part qa:participant ?s ; qa:affiliation ?o ; qa:inCall ?c .
      OPTIONAL { ?c qa:heldOn ?day }
      BIND(qa:affiliation AS ?p)
    } GROUP BY ?s ?p ?o"""
_QUESTION_EDGES = ("askedBy", "answeredBy", "about")


def network(
    store: Store, *, questions: bool = True, kinds: Iterable[str] | None = None
) -> nx.MultiDiGraph:
    """Build the network of all calls of a store.

    Args:
        store: an open store.
        questions: whether each question is a node between asker, answerers and what it is about.
        kinds: keep only nodes of these classes, e.g. ``["Program", "Target"]``.

    >>> network(Store.memory()).number_of_nodes()
    0
    """
    import networkx as nx

    result = nx.MultiDiGraph()
    wanted = None if kinds is None else set(kinds)
    for thing, kind, label in _rows(store, _THINGS):
        if wanted is None or kind in wanted:
            result.add_node(_local(store, thing), kind=str(kind), label=str(label))
    for query in (_RELATIONS, _SPEAKS_FOR):
        for source, predicate, target, *values in _rows(store, query):
            _add_relation(result, store, (source, predicate, target), values)
    if questions and (wanted is None or "Question" in wanted):
        _add_questions(result, store)
    return result


def _rows(store: Store, query: str) -> Iterator[tuple[Cell, ...]]:
    solutions = store.inner.query(query, prefixes=dict(prefixes()))
    if not isinstance(solutions, ox.QuerySolutions):
        raise GraphError("the network's own query is no SELECT")
    rows = [tuple(to_python(term) for term in solution) for solution in solutions]
    yield from sorted(rows, key=lambda row: tuple(str(cell) for cell in row))


def _local(store: Store, iri: Cell) -> str:
    return str(iri).removeprefix(store.ids.base)


def _add_relation(
    result: nx.MultiDiGraph, store: Store, triple: tuple[Cell, Cell, Cell], values: list[Cell]
) -> None:
    source, target = _local(store, triple[0]), _local(store, triple[2])
    if source not in result or target not in result:
        return
    predicate = str(triple[1]).rpartition("#")[2]
    weight, calls, first, last, quote = values
    result.add_edge(
        source,
        target,
        key=predicate,
        label=predicate,
        weight=weight,
        calls=calls,
        first=_text(first),
        last=_text(last),
        quote=_text(quote),
    )


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def _add_questions(result: nx.MultiDiGraph, store: Store) -> None:
    known = set(result)
    for question, text, response, call, day in _rows(store, _QUESTIONS):
        result.add_node(
            _local(store, question),
            kind="Question",
            label=_excerpt(str(text)),
            text=str(text),
            response=_text(response),
            call=str(call),
            day=_text(day),
        )
    for predicate in _QUESTION_EDGES:
        query = f"SELECT ?q ?o WHERE {{ ?q a qa:Question ; qa:{predicate} ?o }}"
        for question, other in _rows(store, query):
            target = _local(store, other)
            if target in known:
                result.add_edge(
                    _local(store, question), target, key=predicate, label=predicate, weight=1
                )


def _excerpt(text: str, length: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"


def analysts_topics(store: Store) -> nx.Graph:
    """Join analysts to what they ask about; ``weight`` is the number of questions."""
    return _project(
        store,
        """SELECT ?a ?b (COUNT(DISTINCT ?q) AS ?n) WHERE {
             ?q a qa:Question ; qa:askedBy ?a ; qa:about ?b } GROUP BY ?a ?b""",
    )


def firms_programs(store: Store) -> nx.Graph:
    """Join firms to the programs that their analysts ask about; ``weight`` counts questions."""
    return _project(
        store,
        """SELECT ?a ?b (COUNT(DISTINCT ?q) AS ?n) WHERE {
             ?q a qa:Question ; qa:about ?b ; qa:inExchange ?x . ?b a qa:Program .
             ?x qa:analystParticipation/qa:affiliation ?a } GROUP BY ?a ?b""",
    )


def programs_targets_partners(store: Store) -> nx.Graph:
    """Join programs to their targets and companies; ``weight`` counts pieces of evidence."""
    return _project(
        store,
        """SELECT ?a ?b (COUNT(DISTINCT ?e) AS ?n) WHERE {
             VALUES ?p { qa:hasTarget qa:developedBy qa:licensedTo qa:licensedFrom qa:partnerOf }
             ?a ?p ?b .
             ?st rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ; qa:evidence ?e
           } GROUP BY ?a ?b""",
    )


def co_questions(store: Store) -> nx.Graph:
    """Join things that one analyst asks about in one exchange; ``weight`` counts exchanges."""
    import networkx as nx

    query = """SELECT DISTINCT ?x ?b WHERE { ?x qa:hasQuestion ?q . ?q qa:about ?b }"""
    asked: dict[Cell, list[str]] = {}
    for exchange, thing in _rows(store, query):
        asked.setdefault(exchange, []).append(_local(store, thing))
    pairs = Counter(pair for things in asked.values() for pair in combinations(sorted(things), 2))
    things = network(store, questions=False)
    result = nx.Graph()
    for (first, second), count in sorted(pairs.items()):
        result.add_edge(first, second, weight=count)
    return _with_labels(result, things)


def _project(store: Store, query: str) -> nx.Graph:
    import networkx as nx

    result = nx.Graph()
    for first, second, count in _rows(store, query):
        a, b = _local(store, first), _local(store, second)
        before = result.edges[a, b]["weight"] if result.has_edge(a, b) else 0
        result.add_edge(a, b, weight=before + int(str(count)))
    return _with_labels(result, network(store, questions=False))


def _with_labels(result: nx.Graph, things: nx.MultiDiGraph) -> nx.Graph:
    for node, attributes in result.nodes(data=True):
        attributes.update(things.nodes.get(node, {"kind": "", "label": node}))
    return result


def centrality(graph: nx.Graph) -> pd.DataFrame:
    """Rank nodes: degree, PageRank, betweenness and community, the highest PageRank first.

    Args:
        graph: any of this module's networks; directions are not looked at.

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
