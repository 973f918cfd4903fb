"""The shapes as plain rules, to see in a moment that a call's graph conforms.

This tells only "surely conforms" from "ask the SHACL engine": where a rule is broken, or where the
shapes use what is not known here, `graph.validate` lets pySHACL look and write the report.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from graph.literals import XSD

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = f"<{_RDF}type>"
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*+)"(?:\^\^(<[^>]*>)|(@\S+))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u.{4}|U.{8}|.)", re.DOTALL)
_LEXICAL = MappingProxyType(
    {
        f"<{XSD}string>": re.compile(r".*+", re.DOTALL),
        f"<{XSD}integer>": re.compile(r"[+-]?\d++"),
        f"<{XSD}decimal>": re.compile(r"[+-]?\d++(?:\.\d++)?+"),
        f"<{XSD}date>": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"),
        f"<{XSD}boolean>": re.compile(r"true|false"),
    }
)
"""What is surely a value of a datatype; the 29th to the 31st are tried as a date."""
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_SILENT = frozenset({"message", "path", "property", *_TARGETS})

Triples = dict[str, dict[str, list[str]]]
Types = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of the values of a path, or, where it is empty, of the node itself."""

    path: str
    constraints: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Rules for the nodes that a target names, such as ``targetClass`` and a class."""

    target: str
    name: str
    rules: tuple[Rule, ...]


def read_shapes(text: str) -> tuple[Shape, ...] | None:
    """Read shapes from Turtle, or return None where they use what is not known here."""
    graph: Triples = {}
    for triple in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        values = graph.setdefault(str(triple.subject), {})
        values.setdefault(triple.predicate.value, []).append(str(triple.object))
    shapes = []
    for node, values in graph.items():
        if f"<{_SH}NodeShape>" not in values.get(_RDF + "type", ()):
            continue
        rules = [_read_rule(graph, node)]
        rules += [_read_rule(graph, part) for part in values.get(_SH + "property", ())]
        known = tuple(rule for rule in rules if rule is not None)
        if len(known) < len(rules):
            return None
        for target in _TARGETS:
            shapes += [Shape(target, name, known) for name in values.get(_SH + target, ())]
    return tuple(shapes)


def _read_rule(graph: Triples, node: str) -> Rule | None:
    values = graph[node]
    constraints = []
    for predicate, found in values.items():
        name = predicate.removeprefix(_SH)
        if name in _SILENT or predicate == _RDF + "type":
            continue
        if name == "in":
            found = [item for head in found for item in _members(graph, head)]
        elif name == "or":
            options = [graph[item] for head in found for item in _members(graph, head)]
            if any(set(option) != {_SH + "class"} for option in options):
                return None
            found = [item for option in options for item in option[_SH + "class"]]
        if name not in _CHECKS:
            return None
        constraints.append((name, tuple(found)))
    path = values.get(_SH + "path", [""])
    return Rule(path[0], tuple(constraints)) if not path[0].startswith("_:") else None


def _members(graph: Triples, head: str) -> Iterable[str]:
    while head != f"<{_RDF}nil>":
        yield graph[head][_RDF + "first"][0]
        head = graph[head][_RDF + "rest"][0]


def conforms(
    shapes: Iterable[Shape], lines: Iterable[str], parents: dict[str, frozenset[str]]
) -> bool:
    """Return whether a graph surely conforms.

    Args:
        shapes: from `read_shapes`.
        lines: canonical N-Quads, one space between the terms.
        parents: of each class, itself and all that are above it, each written ``<iri>``.
    """
    graph: Triples = {}
    for line in set(lines):
        subject, predicate, rest = line.split(" ", 2)
        value = rest[: rest.rindex(" <")]
        graph.setdefault(subject, {}).setdefault(predicate, []).append(value)
    types = {
        node: frozenset(up for kind in values[TYPE] for up in parents.get(kind, {kind}))
        for node, values in graph.items()
        if TYPE in values
    }
    targets = _targets(graph, types)
    return all(
        _holds(rule, node, graph, types)
        for shape in shapes
        for node in targets.get((shape.target, shape.name), ())
        for rule in shape.rules
    )


def _targets(graph: Triples, types: Types) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for node, kinds in types.items():
        for kind in kinds:
            found.setdefault(("targetClass", kind), set()).add(node)
    for node, values in graph.items():
        for predicate, objects in values.items():
            found.setdefault(("targetSubjectsOf", predicate), set()).add(node)
            found.setdefault(("targetObjectsOf", predicate), set()).update(objects)
    return found


def _holds(rule: Rule, node: str, graph: Triples, types: Types) -> bool:
    own = graph.get(node, {})
    values = own.get(rule.path, []) if rule.path else [node]
    return all(_CHECKS[name](values, wanted, own, types) for name, wanted in rule.constraints)


def _literal(value: str) -> tuple[str, str]:
    """Return the text and the datatype of a literal; the latter is empty for another term."""
    match = _LITERAL.fullmatch(value)
    if match is None:
        return value.strip("<>"), ""
    return match[1], match[3] or match[2] or f"<{XSD}string>"


def _is_of_datatype(value: str, datatype: str) -> bool:
    text, found = _literal(value)
    pattern = _LEXICAL.get(datatype)
    if found != datatype or pattern is None:
        return False
    return bool(pattern.fullmatch(text)) or (datatype.endswith("#date>") and _is_date(text))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _number(value: str) -> Decimal | None:
    text, datatype = _literal(value)
    numeric = datatype in (f"<{XSD}integer>", f"<{XSD}decimal>")
    return Decimal(text) if numeric and _is_of_datatype(value, datatype) else None


def _compare(first: str, second: str, test: Callable[[Any, Any], bool]) -> bool:
    numbers = _number(first), _number(second)
    if None not in numbers:
        return test(*numbers)
    day = f"<{XSD}date>"
    if _is_of_datatype(first, day) and _is_of_datatype(second, day):
        return test(_literal(first)[0], _literal(second)[0])
    return False


_Check = Callable[[list[str], tuple[str, ...], dict[str, list[str]], Types], bool]


def _each(test: Callable[[str, tuple[str, ...], Types], bool]) -> _Check:
    return lambda values, wanted, own, types: all(test(v, wanted, types) for v in values)


def _against(test: Callable[[Any, Any], bool]) -> _Check:
    return lambda values, wanted, own, types: all(
        _compare(value, other, test)
        for value in values
        for path in wanted
        for other in own.get(path, ())
    )


def _bound(test: Callable[[Any, Any], bool]) -> _Check:
    return _each(lambda value, wanted, types: all(_compare(value, w, test) for w in wanted))


def _is_kind(value: str, wanted: tuple[str, ...], types: Types) -> bool:
    return f"<{_SH}{'Literal' if value.startswith(chr(34)) else 'IRI'}>" in wanted


def _count(wanted: tuple[str, ...]) -> int:
    return int(_literal(wanted[0])[0])


def _length(value: str) -> int:
    return len(_ESCAPE.sub("x", _literal(value)[0]))


def _matches(value: str, wanted: tuple[str, ...], types: Types) -> bool:
    text = _literal(value)[0]
    patterns = (_literal(w)[0] for w in wanted)
    return "\\" not in text and all("\\" not in p and re.search(p, text) for p in patterns)


_CHECKS: MappingProxyType[str, _Check] = MappingProxyType(
    {
        "minCount": lambda values, wanted, own, types: len(values) >= _count(wanted),
        "maxCount": lambda values, wanted, own, types: len(values) <= _count(wanted),
        "class": _each(lambda value, wanted, types: set(wanted) <= types.get(value, frozenset())),
        "or": _each(lambda value, wanted, types: bool(set(wanted) & types.get(value, frozenset()))),
        "datatype": _each(lambda value, wanted, types: _is_of_datatype(value, wanted[0])),
        "nodeKind": _each(_is_kind),
        "in": _each(lambda value, wanted, types: value in wanted),
        "minLength": _each(lambda value, wanted, types: _length(value) >= _count(wanted)),
        "pattern": _each(_matches),
        "minInclusive": _bound(operator.ge),
        "maxInclusive": _bound(operator.le),
        "lessThan": _against(operator.lt),
        "lessThanOrEquals": _against(operator.le),
    }
)
