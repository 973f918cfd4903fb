"""Check a call's graph: SHACL shapes, and that every quote is the text at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.convert import to_graph, to_rdflib
from graph.errors import ShapeError, UnknownTermError
from graph.literals import QUAD_LINE
from graph.namespaces import QA, resource
from graph.results import to_short
from graph.shape_rules import Shape, conforms, read_shapes
from graph.store import Store

if TYPE_CHECKING:
    import pandas as pd
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: the node, what it should be, the value found, the words nearby."""

    call: str
    focus: str
    message: str
    path: str = ""
    value: str = ""
    quote: str = ""

    def __str__(self) -> str:
        """Write it as one line."""
        where = f" ({self.path})" if self.path else ""
        found = f"; found {self.value}" if self.value else ""
        words = f'; "{self.quote}"' if self.quote else ""
        return f"{self.call}: {self.focus}{where}: {self.message}{found}{words}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what is wrong."""

    calls: tuple[str, ...]
    violations: tuple[Violation, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def to_text(self) -> str:
        """Write the report for people."""
        calls = _count(len(self.calls), "call")
        if self.conforms:
            return f"{calls} conform{'s' * (len(self.calls) == 1)}\n"
        lines = [str(violation) for violation in self.violations]
        found = _count(len(lines), "violation")
        return "\n".join([*lines, f"{found} in {calls}", ""])

    def to_frame(self) -> pd.DataFrame:
        """Return the violations as a `pandas.DataFrame`."""
        import pandas as pd

        names = ["call", "focus", "path", "message", "value", "quote"]
        rows = [[getattr(item, name) for name in names] for item in self.violations]
        return pd.DataFrame(rows, columns=names)


@cache
def shapes_text() -> str:
    """Return all shapes of the package as one Turtle text."""
    folder = files("graph") / "resources" / "shapes"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".ttl"))
    return "\n".join((folder / name).read_text("utf-8") for name in names)


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    try:
        return rdflib.Graph().parse(data=shapes_text(), format="turtle")
    except Exception as error:
        raise ShapeError(f"the shapes cannot be read: {error}") from error


@cache
def _rules() -> tuple[Shape, ...] | None:
    return read_shapes(shapes_text())


@cache
def _parents() -> dict[str, frozenset[str]]:
    """Return each of our classes with all that are above it, itself too."""
    above: dict[str, set[str]] = {}
    for subject, _, value in _class_tree():
        above.setdefault(f"<{subject}>", set()).add(f"<{value}>")
    found: dict[str, frozenset[str]] = {}
    for kind in above:
        reached, todo = {kind}, [kind]
        while todo:
            new = above.get(todo.pop(), set()) - reached
            reached |= new
            todo += new
        found[kind] = frozenset(reached)
    return found


def surely_conforms(lines: tuple[str, ...]) -> bool:
    """Return whether the plain rules tell that a graph conforms; they take a fifth of a second."""
    shapes = _rules()
    written = shapes is not None and all(map(QUAD_LINE.fullmatch, lines))
    return shapes is not None and written and conforms(shapes, lines, _parents())


@cache
def _class_tree() -> tuple[tuple[Node, Node, Node], ...]:
    """Return our subclass axioms, so that a company is seen to be an organization."""
    triples = ox.parse(resource("ontology.ttl").encode(), format=ox.RdfFormat.TURTLE)
    return tuple(
        (to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object))
        for t in triples
        if t.predicate.value == _SUBCLASS and str(t.object).startswith(f"<{QA}")
    )


def validate_lines(lines: Iterable[str], call: str) -> Report:
    r"""Check the graph of one call, given as N-Quads.

    >>> line = "<urn:t> <{}type> <{}Theme> <urn:g> .\n".format(_RDF, QA)
    >>> print(validate_lines([line], "x").to_text(), end="")
    x: urn:t (rdfs:label): has one label in a call
    1 violation in 1 call
    """
    kept = tuple(lines)
    found = [*_check_shapes(kept, call), *_check_texts(kept, call)]
    order = sorted(found, key=lambda item: (item.focus, item.path, item.message, item.value))
    return Report((call,), tuple(order))


def validate(store: Store, calls: Iterable[str] | None = None) -> Report:
    """Check calls of a store, all of them where none is named, and the merge of their graphs.

    Raises:
        UnknownTermError: the store has no such call.
    """
    held = store.calls()
    names = held if calls is None else tuple(calls)
    if unknown := next((name for name in names if name not in held), None):
        raise UnknownTermError(
            f"the store has no call {unknown!r}; it holds {', '.join(held[:10]) or 'none'}"
        )
    reports = [validate_lines(store.lines(name), name) for name in names]
    violations = [violation for report in reports for violation in report.violations]
    lacking, extra = store.difference() if calls is None else (0, 0)
    if lacking or extra:
        message = f"lacks {lacking} triples of the calls and holds {extra} that no call states"
        violations.append(Violation("store", "merged graph", message))
    return Report(names, tuple(violations))


def _check_shapes(lines: tuple[str, ...], call: str) -> Iterator[Violation]:
    return iter(()) if surely_conforms(lines) else ask_engine(lines, call)


def ask_engine(lines: Iterable[str], call: str) -> Iterator[Violation]:
    """Let pySHACL check a call's graph, given as N-Quads.

    Raises:
        ShapeError: the shapes cannot be used.
    """
    import pyshacl
    import rdflib

    data = to_graph(lines)
    for triple in _class_tree():
        data.add(triple)
    _, results, _ = pyshacl.validate(
        data,
        shacl_graph=_shapes(),
        inference="none",
        advanced=False,
        js=False,
        do_owl_imports=False,
        inplace=True,
    )
    if not isinstance(results, rdflib.Graph):
        raise ShapeError(f"the shapes cannot be used: {results}")
    sh = rdflib.Namespace(_SH)
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = results.value(result, sh.focusNode)
        yield Violation(
            call=call,
            focus=_short(focus),
            message=str(results.value(result, sh.resultMessage)),
            path=_short(results.value(result, sh.resultPath)),
            value=_short(results.value(result, sh.value)),
            quote=_words(data, focus),
        )


def _short(node: Node | None) -> str:
    import rdflib

    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return to_short(ox.NamedNode(str(node)))
    return str(node)[:80]


def _words(data: rdflib.Graph, focus: Node | None) -> str:
    """Return the words nearest to a node: its own quote or text, or those of its evidence."""
    import rdflib

    own = rdflib.Namespace(QA)
    for name in ("quote", "text"):
        said = data.value(focus, own[name], any=True)
        if said is not None:
            return " ".join(str(said).split())[:120]
    quotes = [data.value(node, own.quote) for node in data.objects(focus, own.evidence)]
    return " ".join(min((str(quote) for quote in quotes if quote), default="").split())[:120]


def _check_texts(lines: tuple[str, ...], call: str) -> Iterator[Violation]:
    """Compare every quote with the text of its turn."""
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    query = f"""
        SELECT ?node ?words ?start ?end ?text ?from WHERE {{
          ?node <{QA}inTurn> ?turn ; <{QA}start> ?start ; <{QA}end> ?end ;
                <{QA}quote>|<{QA}text> ?words .
          ?turn <{QA}text> ?text ; <{QA}start> ?from
        }}"""
    rows = store.query(query, use_default_graph_as_union=True)
    for row in rows if isinstance(rows, ox.QuerySolutions) else ():
        words, text = row["words"].value, row["text"].value
        start, end = int(row["start"].value), int(row["end"].value)
        first = int(row["from"].value)
        if start < first or text[start - first : end - first] != words:
            message = "is not the text at its place"
            yield Violation(call, to_short(row["node"]), message, quote=words[:120])
