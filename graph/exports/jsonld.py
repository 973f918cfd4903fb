"""JSON-LD with its context inside, one named graph a call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.literals import XSD
from graph.namespaces import QA, ontology, prefixes
from graph.store import Store

SUFFIX = ".jsonld"

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = f"{XSD}string"


def context(base: str) -> dict[str, Any]:
    """Return the context: prefixes, and for each property what its values are.

    >>> known = context("https://example.org/")
    >>> known["askedBy"], known["heldOn"]
    ({'@id': 'qa:askedBy', '@type': '@id'}, {'@id': 'qa:heldOn', '@type': 'xsd:date'})
    """
    result: dict[str, Any] = {"@version": 1.1} | dict(prefixes()) | {"id": base}
    for name, term in ontology().items():
        if term.kind != "property":
            continue
        result[name] = {"@id": f"qa:{name}", "@type": "@id"}
        if term.literal:
            datatype = term.range[0] if term.range else "xsd:string"
            result[name] = {"@id": f"qa:{name}"}
            if datatype != "xsd:string":
                result[name]["@type"] = datatype
    return result


def write(store: Store, path: Path) -> None:
    """Write the calls in the order of their names, nodes and properties sorted."""
    known = context(store.ids.base)
    graphs = [
        {"@id": store.ids.graph(call), "@graph": _nodes(store, call, known)}
        for call in store.calls()
    ]
    document = {"@context": known, "@graph": graphs}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _nodes(store: Store, call: str, known: dict[str, Any]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    lines = "".join(store.lines(call)).encode()
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        iri = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        node = nodes.setdefault(iri, {"@id": _compact(iri, known)})
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            node.setdefault("@type", []).append(_compact(value.value, known))
            continue
        own = predicate.removeprefix(QA)
        key = own if own in known else _compact(predicate, known)
        node.setdefault(key, []).append(_value(value, known.get(key), known))
    return [_single(nodes[iri]) for iri in sorted(nodes)]


def _single(node: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in node.items()
    }


def _value(value: Any, definition: Any, known: dict[str, Any]) -> Any:
    expected = definition.get("@type", "") if isinstance(definition, dict) else None
    if isinstance(value, ox.NamedNode):
        short = _compact(value.value, known)
        return short if expected == "@id" else {"@id": short}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == _STRING:
        return value.value if expected in (None, "") else {"@value": value.value}
    datatype = _compact(value.datatype.value, known)
    return value.value if expected == datatype else {"@value": value.value, "@type": datatype}


def _compact(iri: str, known: dict[str, Any]) -> str:
    for prefix in ("id", *prefixes()):
        start = known[prefix]
        if iri.startswith(start) and not iri[len(start) :].startswith("//"):
            return f"{prefix}:{iri[len(start) :]}"
    return iri
