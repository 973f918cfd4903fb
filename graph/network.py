"""The network: people, firms, things and questions as a `networkx.MultiDiGraph`.

Node names are local identifiers (``program/vrn-122``, ``call/vrno-2031q3/question/007``). Nodes
have ``kind``, ``label`` and ``calls``; edges have the predicate as key and ``label``, with
``weight`` (pieces of evidence), ``calls``, ``first`` and ``last`` (days), and one ``quote``.
All attributes are text or numbers, so that every format of files can hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import GraphError
from graph.namespaces import prefixes
from graph.results import Cell, to_python
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx

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
    for thing, kind, label in rows_of(store, _THINGS):
        if wanted is None or kind in wanted:
            result.add_node(local_name(store, thing), kind=str(kind), label=str(label))
    for query in (_RELATIONS, _SPEAKS_FOR):
        for source, predicate, target, *values in rows_of(store, query):
            _add_relation(result, store, (source, predicate, target), values)
    if questions and (wanted is None or "Question" in wanted):
        _add_questions(result, store)
    return result


def rows_of(store: Store, query: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a query of our own, sorted."""
    solutions = store.inner.query(query, prefixes=dict(prefixes()))
    if not isinstance(solutions, ox.QuerySolutions):
        raise GraphError("the network's own query is no SELECT")
    rows = [tuple(to_python(term) for term in solution) for solution in solutions]
    yield from sorted(rows, key=lambda row: tuple(str(cell) for cell in row))


def local_name(store: Store, iri: Cell) -> str:
    """Return the local identifier of a thing of the store."""
    return str(iri).removeprefix(store.ids.base)


def _add_relation(
    result: nx.MultiDiGraph, store: Store, triple: tuple[Cell, Cell, Cell], values: list[Cell]
) -> None:
    source, target = local_name(store, triple[0]), local_name(store, triple[2])
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
    for question, text, response, call, day in rows_of(store, _QUESTIONS):
        result.add_node(
            local_name(store, question),
            kind="Question",
            label=_excerpt(str(text)),
            text=str(text),
            response=_text(response),
            call=str(call),
            day=_text(day),
        )
    for predicate in _QUESTION_EDGES:
        query = f"SELECT ?q ?o WHERE {{ ?q a qa:Question ; qa:{predicate} ?o }}"
        for question, other in rows_of(store, query):
            target = local_name(store, other)
            if target in known:
                result.add_edge(
                    local_name(store, question), target, key=predicate, label=predicate, weight=1
                )


def _excerpt(text: str, length: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
