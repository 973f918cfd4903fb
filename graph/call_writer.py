"""The writer of one call's lines: how a node, a value and a span become N-Quads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from extractors.model import EntityId, Evidence, Extraction, Value
from graph.identifiers import Identifiers, content_hash
from graph.literals import quote, to_literal
from graph.namespaces import prefixes, term


@cache
def foreign(curie: str) -> str:
    """Write a term of somebody else's vocabulary as a node."""
    prefix, _, local = curie.partition(":")
    return f"<{prefixes()[prefix]}{local}>"


@cache
def own(name: str) -> str:
    """Write one of our terms as a node."""
    return f"<{term(name)}>"


class CallWriter:
    """Collects the lines of one call. Nodes are written ``<iri>``, values as literals."""

    def __init__(self, extraction: Extraction, ids: Identifiers):
        call = extraction.transcript.call
        self.extraction = extraction
        self.ids = ids
        self.call_iri = ids.call(call.id)
        self.call = f"<{self.call_iri}>"
        self.end = f" <{ids.graph(call.id)}> .\n"
        self.lines: list[str] = []
        self.evidence_nodes: dict[tuple[int, int], str] = {}
        self._entities: dict[str, str] = {}
        self.run = f"<{self.call_iri}/run>"
        self.participants = {item.id for item in extraction.transcript.participants}

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Write one triple; all three parts are written already."""
        self.lines.append(f"{subject} {predicate} {value}{self.end}")

    def qa(self, subject: str, name: str, value: str) -> None:
        """Write a triple with one of our properties and a node."""
        self.lines.append(f"{subject} {own(name)} {value}{self.end}")

    def value(self, subject: str, name: str, value: Value | None) -> None:
        """Write a triple with one of our properties and a literal, unless there is none."""
        if value is not None and value != "":
            self.lines.append(f"{subject} {own(name)} {to_literal(value)}{self.end}")

    def entity(self, local: str) -> str:
        """Return the node of a thing."""
        node = self._entities.get(local)
        if node is None:
            node = self._entities[local] = f"<{self.ids.entity(local)}>"
        return node

    def part(self, kind: str, name: object) -> str:
        """Return the node of a part of the call."""
        return f"<{self.call_iri}/{kind}/{name}>"

    def participation(self, person: EntityId) -> str:
        """Return the node of a person's part in the call."""
        return self.part("participation", person.partition("/")[2])

    def turn(self, index: int) -> str:
        """Return the node of a turn."""
        return f"<{self.call_iri}/turn/{index:04d}>"

    def start(self, node: str, class_name: str, *, in_call: bool = True) -> None:
        """Write the class of a node, and that it is a part of the call."""
        self.add(node, foreign("rdf:type"), own(class_name))
        if in_call:
            self.qa(node, "inCall", self.call)

    def span(self, node: str, start: int, end: int) -> None:
        """Write where a node begins and ends, in code points."""
        self.value(node, "start", start)
        self.value(node, "end", end)

    def evidence(self, node: str, items: Iterable[Evidence]) -> None:
        """Tie a node to the words that prove it."""
        for item in items:
            self.qa(node, "evidence", self.evidence_node(item))

    def evidence_node(self, item: Evidence) -> str:
        """Return the node of a span of words; equal spans share one."""
        node = self.evidence_nodes.get((item.start, item.end))
        if node is not None:
            return node
        digest = content_hash(self.call_iri, item.start, item.end, item.quote)
        node = self.evidence_nodes[item.start, item.end] = self.part("evidence", digest)
        self.start(node, "Evidence", in_call=False)
        self.qa(node, "quote", quote(item.quote))
        self.span(node, item.start, item.end)
        if item.turn is not None:
            self.qa(node, "inTurn", self.turn(item.turn))
        if item.speaker is not None:
            self.qa(node, "speaker", self.entity(item.speaker))
        self.add(node, foreign("prov:wasGeneratedBy"), self.run)
        return node
