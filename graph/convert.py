"""Between the terms of pyoxigraph and those of rdflib; the only place where the two meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.errors import GraphError
from graph.literals import XSD
from graph.namespaces import prefixes
from graph.store import Store

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_STRING = f"{XSD}string"


def to_rdflib(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> Node:
    """Turn a term of pyoxigraph into one of rdflib. The lexical form of a literal stays as it is.

    Raises:
        GraphError: it is a quoted triple, which rdflib does not have.

    >>> to_rdflib(ox.Literal("3.50", datatype=ox.NamedNode(XSD + "decimal"))).n3()
    '"3.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise GraphError(f"rdflib has no term for {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(term: Node) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """Turn a term of rdflib into one of pyoxigraph.

    Raises:
        GraphError: it is a variable or a formula.

    >>> import rdflib
    >>> str(from_rdflib(rdflib.Literal("hold", lang="en")))
    '"hold"@en'
    >>> from_rdflib(rdflib.Variable("x"))
    Traceback (most recent call last):
        ...
    graph.errors.GraphError: pyoxigraph has no term for Variable('x')
    """
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise GraphError(f"pyoxigraph has no term for {term!r}".replace("rdflib.term.", ""))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _STRING)))


def to_dataset(source: Store | Iterable[str]) -> rdflib.Dataset:
    r"""Build an `rdflib.Dataset` from a store or N-Quads; its default graph is the merge.

    >>> line = "<urn:a> <urn:b> \"c\" <urn:graph> .\n"
    >>> dataset = to_dataset([line])
    >>> len(dataset), len(dataset.graph("urn:graph"))
    (1, 1)
    """
    import rdflib

    if isinstance(source, Store):
        lines: Iterable[str] = (line for call in source.calls() for line in source.lines(call))
    else:
        lines = source
    dataset = rdflib.Dataset(default_union=True)
    _bind(dataset)
    graphs: dict[str, rdflib.Graph] = {}
    for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name
        key = name.value if isinstance(name, ox.NamedNode) else ""
        if key not in graphs:
            graphs[key] = dataset.graph(key) if key else dataset.default_graph
        graphs[key].add(_to_triple(quad))
    return dataset


def to_graph(lines: Iterable[str]) -> rdflib.Graph:
    """Build one `rdflib.Graph` from N-Quads; the names of the graphs are left out."""
    import rdflib

    graph = rdflib.Graph()
    _bind(graph)
    for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        graph.add(_to_triple(quad))
    return graph


def _to_triple(quad: ox.Quad) -> tuple[Node, Node, Node]:
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)


def _bind(graph: rdflib.Graph) -> None:
    for prefix, iri in prefixes().items():
        graph.bind(prefix, iri, override=True, replace=True)
