"""The reference of the ontology as one page: ``python -m graph.ontology_page STORE > page.md``.

Each term has its definition, what it joins, what it maps to, and an example from a store's calls:
of all that there are the shortest, so that the page stays the same when something else changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.namespaces import QA, Term, ontology, prefixes
from graph.store import Store

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_HEAD = """# Ontology

Made by `make reference` from `graph/resources/ontology.ttl` and the example calls; do not edit. The
names begin with `{qa}` and are not registered yet. The examples are Turtle, read after:

```turtle
{declared}
```
"""
_KINDS = (("class", "Classes"), ("property", "Properties"), ("individual", "Values"))
_MOST = 8  # triples of an example
_OWN = "qa:"

Triples = dict[str, list[tuple[str, str]]]


def ontology_page(store: Store) -> str:
    """Write the page, in Markdown.

    Args:
        store: holds the calls that the examples are taken from.

    >>> print(ontology_page(Store.memory()).splitlines()[0])
    # Ontology
    """
    declared = preamble(store.ids.base)
    parts = [_HEAD.format(qa=QA, declared=declared)]
    by_class, by_property = _examples(store)
    for kind, title in _KINDS:
        parts.append(f"## {title}\n")
        for name, known in ontology().items():
            if known.kind == kind:
                example = by_class.get(name) if kind == "class" else by_property.get(name)
                parts.append("\n".join(_entry(known, example)) + "\n")
    return "\n".join(parts)


def preamble(base: str) -> str:
    """Return the lines that the examples are read after."""
    lines = [f"@base <{base}> ."]
    return "\n".join(lines + [f"@prefix {name}: <{iri}> ." for name, iri in prefixes().items()])


def _entry(known: Term, example: str | None) -> Iterator[str]:
    yield f"### `qa:{known.name}`\n"
    yield f"**{known.label}.** {known.comment}\n"
    rows = (
        ("a kind of" if known.kind == "class" else "under", known.parents),
        ("from", known.domain),
        ("to", known.range),
        ("close to", known.mappings),
    )
    said = [f"- {word} {', '.join(map(_code, values))}" for word, values in rows if values]
    if said:
        yield "\n".join(said) + "\n"
    if example:
        yield f"```turtle\n{example}\n```\n"


def _code(name: str) -> str:
    return f"`{name}`" if ":" in name else f"`{_OWN}{name}`"


def _examples(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """Return the shortest example of each class and of each property that has one."""
    nodes: Triples = {}
    by_property: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for quad in store.triples():
        subject, value = _short(store, quad.subject), _short(store, quad.object)
        if quad.predicate.value == _TYPE:
            nodes.setdefault(subject, []).append(("a", value))
            kinds.setdefault(value.removeprefix(_OWN), set()).add(subject)
            continue
        predicate = _short(store, quad.predicate)
        nodes.setdefault(subject, []).append((predicate, value))
        _keep(by_property, predicate.removeprefix(_OWN), f"{subject} {predicate} {value} .")
    by_class: dict[str, str] = {}
    for kind, members in kinds.items():
        for member in members:
            _keep(by_class, kind, _describe(member, nodes[member]))
    return by_class, by_property


def _keep(found: dict[str, str], name: str, text: str) -> None:
    old = found.get(name)
    if old is None or (len(text), text) < (len(old), old):
        found[name] = text


def _describe(subject: str, values: list[tuple[str, str]]) -> str:
    shown = sorted(values, key=lambda pair: (pair[0] != "a", len(pair[1]), pair))[:_MOST]
    return f"{subject} " + " ;\n    ".join(f"{name} {value}" for name, value in shown) + " ."


def _short(store: Store, term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        return str(term)
    if term.value.startswith(store.ids.base):
        return f"<{term.value.removeprefix(store.ids.base)}>"
    for prefix, iri in prefixes().items():
        local = term.value.removeprefix(iri)
        if term.value.startswith(iri) and local.isalnum():
            return f"{prefix}:{local}"
    return str(term)


if __name__ == "__main__":
    with Store.open(Path(sys.argv[1])) as opened:
        sys.stdout.write(ontology_page(opened))
