"""The vocabulary: terms read from ``ontology.ttl``, and the one table of prefixes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyoxigraph as ox

from graph.errors import GraphError, UnknownTermError

QA = "https://w3id.org/qagraph/ontology#"
"""Our own terms; the name is not registered yet, so it does not resolve."""

_CURIE = re.compile(r"([A-Za-z]+):(\S+)")
_TRIAL = re.compile(r"NCT\d{8}")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology. ``kind`` is class, property or individual."""

    name: str
    iri: str
    kind: str
    label: str
    comment: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    literal: bool = False
    mappings: tuple[str, ...] = ()


def resource(name: str) -> str:
    """Read a packaged text file under ``graph/resources``."""
    return (files("graph") / "resources" / name).read_text("utf-8")


@cache
def _prefix_rows() -> tuple[tuple[str, str, bool], ...]:
    rows = [line.split("\t") for line in resource("prefixes.tsv").splitlines()[1:]]
    return tuple((row[0], row[1], row[2] == "yes") for row in rows)


@cache
def prefixes() -> MappingProxyType[str, str]:
    """Return the prefixes that are bound in every query and export.

    >>> prefixes()["prov"]
    'http://www.w3.org/ns/prov#'
    >>> "HGNC" in prefixes()
    False
    """
    return MappingProxyType({prefix: iri for prefix, iri, bound in _prefix_rows() if bound})


@cache
def _identifier_schemes() -> dict[str, str]:
    return {prefix.casefold(): iri for prefix, iri, _ in _prefix_rows()}


def expand(curie: str) -> str:
    """Turn a CURIE such as ``HGNC:1643`` or a bare trial number into an IRI.

    Raises:
        UnknownTermError: the prefix is in no row of ``prefixes.tsv``.

    >>> expand("HGNC:1643"), expand("NCT04696731")
    ('https://identifiers.org/hgnc:1643', 'https://clinicaltrials.gov/study/NCT04696731')
    >>> expand("Nowhere:1")
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: 'Nowhere:1' has no known prefix; see prefixes.tsv
    """
    if _TRIAL.fullmatch(curie):
        curie = f"NCT:{curie}"
    match = _CURIE.fullmatch(curie)
    base = _identifier_schemes().get(match[1].casefold()) if match else None
    if match is None or base is None:
        raise UnknownTermError(f"{curie!r} has no known prefix; see prefixes.tsv")
    local = match[2]
    if match[1].casefold() == "nct":
        local = local.removeprefix("NCT")
    try:
        return ox.NamedNode(base + local).value
    except ValueError as error:
        raise GraphError(f"{curie!r} is no identifier: {error}") from error


@cache
def ontology() -> MappingProxyType[str, Term]:
    """Return every term of the ontology by its name, in name order.

    >>> ontology()["Question"].kind, ontology()["askedBy"].range
    ('class', ('Person',))
    """
    found: dict[str, dict[str, list[str]]] = {}
    text = resource("ontology.ttl")
    for triple in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        subject = triple.subject
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(QA):
            values = found.setdefault(subject.value.removeprefix(QA), {})
            predicate = re.split(r"[#/]", triple.predicate.value)[-1]
            values.setdefault(predicate, []).append(_short(triple.object))
    return MappingProxyType({name: _to_term(name, found[name]) for name in sorted(found) if name})


def _short(node: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> str:
    value = str(getattr(node, "value", node))
    if value.startswith(QA):
        return value.removeprefix(QA)
    for prefix, iri, _ in _prefix_rows():
        if isinstance(node, ox.NamedNode) and value.startswith(iri):
            return f"{prefix}:{value.removeprefix(iri)}"
    return value


def _to_term(name: str, values: dict[str, list[str]]) -> Term:
    types = values.get("type", [])
    kind = "individual"
    if "owl:Class" in types:
        kind = "class"
    elif any(type_.endswith("Property") for type_ in types):
        kind = "property"
    return Term(
        name=name,
        iri=QA + name,
        kind=kind,
        label=next(iter(values.get("label", [])), name),
        comment=next(iter(values.get("comment", [])), ""),
        domain=tuple(values.get("domain", [])),
        range=tuple(values.get("range", [])),
        parents=tuple(values.get("subClassOf", []) or values.get("subPropertyOf", [])),
        literal="owl:DatatypeProperty" in types,
        mappings=tuple(values.get("closeMatch", [])),
    )


@cache
def term(name: str) -> str:
    """Return the IRI of one of our terms; the namespace is closed, so a misspelling is an error.

    Raises:
        UnknownTermError: the ontology has no such term.

    >>> term("askedBy")
    'https://w3id.org/qagraph/ontology#askedBy'
    >>> term("askdBy")
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: the ontology has no term 'askdBy'; did you mean ...
    """
    known = ontology()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UnknownTermError(f"the ontology has no term {name!r}{hint}")
    return QA + name


def is_literal(name: str) -> bool:
    """Return whether a property takes a literal and not a thing.

    >>> is_literal("phase"), is_literal("hasTarget")
    (True, False)
    """
    term(name)
    return ontology()[name].literal
