"""Turn extractions into a `Drawing`: nodes and edges with the indices of all that supports them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from extractors.model import (
    Call,
    Conflict,
    Evidence,
    Extraction,
    Fact,
    Participant,
    ParticipantKind,
    Question,
    Reference,
    Statement,
    Value,
)
from graph.drawing import Drawing, DrawnCall, DrawnEdge, DrawnNode, Json, utf16_offsets
from graph.drawing_choice import choose_calm, show_neighbourhood, show_only

TEXT_LIMIT = 3_000_000
"""Code points of all transcripts together that a page still carries; beyond it, only quotes."""

_PERSON_KINDS = {
    ParticipantKind.EXECUTIVE: "Executive",
    ParticipantKind.ANALYST: "Analyst",
    ParticipantKind.UNIDENTIFIED: "Analyst",
}


@dataclass(slots=True)
class _Parts:
    """What grows while the calls are read one after the other."""

    with_text: bool
    calls: list[DrawnCall] = field(default_factory=list)
    nodes: dict[str, DrawnNode] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], DrawnEdge] = field(default_factory=dict)
    evidence: list[dict[str, Json]] = field(default_factory=list)
    seen: dict[tuple[int, int, int], int] = field(default_factory=dict)
    participants: list[dict[str, Json]] = field(default_factory=list)
    statements: list[dict[str, Json]] = field(default_factory=list)
    questions: list[dict[str, Json]] = field(default_factory=list)
    facts: list[dict[str, Json]] = field(default_factory=list)
    conflicts: list[dict[str, Json]] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    firms: dict[str, str] = field(default_factory=dict)
    offset: Callable[[int], int] = int
    call: int = 0

    def add_node(self, node: DrawnNode) -> None:
        """Add a node, or merge what a later call says about the same thing."""
        old = self.nodes.get(node.id)
        if old is None:
            self.nodes[node.id] = node
            return
        names = (*old.alt_labels, node.label, *node.alt_labels)
        self.nodes[node.id] = replace(
            old,
            kind=_stronger(old.kind, node.kind),
            alt_labels=tuple(dict.fromkeys(name for name in names if name != old.label)),
            exact_match=tuple(dict.fromkeys((*old.exact_match, *node.exact_match))),
            calls=tuple(dict.fromkeys((*old.calls, *node.calls))),
        )

    def note(self, node: DrawnNode) -> str:
        """Return the firm of an analyst, as known from the latest call."""
        firm = self.firms.get(node.id, "") if node.kind == "Analyst" else ""
        return self.nodes[firm].label if firm in self.nodes else ""

    def add_edge(self, edge: DrawnEdge) -> None:
        """Add an edge, or let a further statement, question or fact support it too."""
        key = (edge.source, edge.target, edge.predicate)
        old = self.edges.get(key)
        if old is not None:
            edge = replace(
                old,
                statements=(*old.statements, *edge.statements),
                questions=(*old.questions, *edge.questions),
                facts=(*old.facts, *edge.facts),
                holds=old.holds or edge.holds,
            )
        self.edges[key] = edge

    def quote(self, items: Iterable[Evidence]) -> list[Json]:
        """Store evidence once and return the indices."""
        found: list[Json] = []
        for item in items:
            key = (self.call, item.start, item.end)
            if key not in self.seen:
                self.seen[key] = len(self.evidence)
                record: dict[str, Json] = {
                    "c": self.call,
                    "s": self.offset(item.start),
                    "e": self.offset(item.end),
                }
                if item.turn is not None:
                    record["t"] = item.turn
                    record["by"] = item.speaker
                if not self.with_text:
                    record["q"] = item.quote
                self.evidence.append(record)
            found.append(self.seen[key])
        return found


def _stronger(old: str, new: str) -> str:
    """Choose between the classes that two calls give one thing: the one presenting wins."""
    for kind in ("Issuer", "Executive", "Analyst"):
        if kind in (old, new):
            return kind
    return old


def draw_calls(
    extractions: Sequence[Extraction],
    *,
    title: str | None = None,
    focus: str | None = None,
    hops: int = 1,
    only: Collection[str] | None = None,
) -> Drawing:
    """Build the drawing of one call, or of many calls as one overview.

    Args:
        extractions: one per call, in the order in which the page lists them.
        title: the page's title; made from the calls when None.
        focus: identifier or name of the node whose neighbourhood alone is shown at first.
        hops: how far that neighbourhood reaches, in edges.
        only: identifiers of the nodes that alone are shown at first.

    Raises:
        GraphError: nothing has the name ``focus``, or nothing is left to draw.
    """
    length = sum(len(extraction.transcript.text) for extraction in extractions)
    parts = _Parts(with_text=length <= TEXT_LIMIT)
    for index, extraction in enumerate(extractions):
        parts.call = index
        parts.offset = utf16_offsets(extraction.transcript.text)
        _add_call(parts, extraction)
    drawing = Drawing(
        title=title or _title([extraction.transcript.call for extraction in extractions]),
        calls=tuple(parts.calls),
        nodes=tuple(
            replace(node, weight=parts.weights[node.id], note=parts.note(node))
            for node in parts.nodes.values()
        ),
        edges=tuple(
            edge
            for edge in parts.edges.values()
            if edge.source in parts.nodes and edge.target in parts.nodes
        ),
        evidence=tuple(parts.evidence),
        participants=tuple(parts.participants),
        statements=tuple(parts.statements),
        questions=tuple(parts.questions),
        facts=tuple(parts.facts),
        conflicts=tuple(parts.conflicts),
    )
    if focus is not None:
        return show_neighbourhood(drawing, focus, hops)
    return choose_calm(drawing) if only is None else show_only(drawing, only)


def _title(calls: Sequence[Call]) -> str:
    if len(calls) == 1:
        call = calls[0]
        name = call.company or call.ticker or call.id
        return f"{name}, {_period(call)} earnings call" if call.fiscal_period else name
    return f"{len(calls)} earnings calls"


def _period(call: Call) -> str:
    period = call.fiscal_period or ""
    return f"{period[4:]} {period[:4]}" if len(period) == 6 and period[4] in "QH" else period


def _add_call(parts: _Parts, extraction: Extraction) -> None:
    transcript, at = extraction.transcript, parts.offset
    call = transcript.call
    kinds = {
        person.id: _PERSON_KINDS.get(person.kind, "Person") for person in transcript.participants
    }
    if call.issuer:
        kinds[call.issuer] = "Issuer"
    for entity in (*transcript.entities, *extraction.entities):
        parts.add_node(
            DrawnNode(
                id=entity.id,
                kind=kinds.get(entity.id, entity.type.value),
                label=entity.label,
                alt_labels=tuple(name for name in entity.alt_labels if name != entity.label),
                exact_match=entity.exact_match,
                calls=(parts.call,),
            )
        )
    for entity in extraction.entities:
        for wider in entity.broader:
            parts.add_edge(DrawnEdge(entity.id, wider, "broader"))
    parts.calls.append(
        DrawnCall(
            id=call.id,
            company=call.company or "",
            ticker=call.ticker or "",
            period=_period(call),
            held_on=call.held_on.isoformat() if call.held_on else "",
            issuer=call.issuer,
            text=transcript.text if parts.with_text else None,
            turns=tuple(
                (turn.speaker, turn.section.value, at(turn.start), at(turn.end))
                for turn in transcript.turns
            ),
            mentions=tuple((m.entity, at(m.start), at(m.end)) for m in extraction.mentions),
            warnings=transcript.warnings,
        )
    )
    for mention in extraction.mentions:
        parts.weights[mention.entity] += 1
    for statement in extraction.statements:
        _add_statement(parts, statement)
    for person in transcript.participants:
        _add_participant(parts, person)
    _add_questions(parts, extraction)
    for fact in extraction.facts:
        _add_fact(parts, fact)
    for conflict in extraction.conflicts:
        _add_conflict(parts, conflict)


def _add_statement(parts: _Parts, statement: Statement) -> None:
    index = len(parts.statements)
    parts.statements.append(
        {
            "c": parts.call,
            "s": statement.subject,
            "p": statement.predicate,
            "o": statement.object,
            "pol": statement.polarity.value,
            "cert": statement.certainty.value,
            "conf": round(statement.confidence, 3),
            "rule": statement.rule,
            "ev": parts.quote(statement.evidence),
        }
    )
    if statement.object in parts.nodes:
        parts.weights[statement.subject] += 2
        parts.weights[statement.object] += 2
        parts.add_edge(
            DrawnEdge(
                statement.subject,
                statement.object,
                statement.predicate,
                statements=(index,),
                holds=statement.holds,
            )
        )


def _add_participant(parts: _Parts, person: Participant) -> None:
    """Add who takes part; an affiliation becomes an edge where no statement made one."""
    parts.participants.append(
        {
            "c": parts.call,
            "id": person.id,
            "name": person.name,
            "kind": person.kind.value,
            "titles": [[said.value, parts.quote(said.evidence)] for said in person.titles],
            "firms": [
                [one.organization, one.name, parts.quote(one.evidence)]
                for one in person.affiliations
            ],
            "listed": person.listed,
            "spoke": person.spoke,
        }
    )
    if person.id not in parts.nodes:
        kind = _PERSON_KINDS.get(person.kind, "Person")
        parts.add_node(DrawnNode(person.id, kind, person.name, calls=(parts.call,)))
    if person.affiliations:
        parts.firms[person.id] = person.affiliations[0].organization
    for one in person.affiliations:
        if (person.id, one.organization, "worksFor") not in parts.edges:
            _add_statement(
                parts,
                Statement(person.id, "worksFor", one.organization, one.evidence, "participants"),
            )


def _add_questions(parts: _Parts, extraction: Extraction) -> None:
    call = extraction.transcript.call.id
    for exchange in extraction.exchanges:
        mine = [q for q in extraction.questions if q.exchange == exchange.index]
        for number, question in enumerate(mine, start=1):
            index = len(parts.questions)
            name = f"question/{call}/{question.index}"
            record = _question(parts, question, extraction)
            record.update(id=name, n=f"{exchange.index + 1}.{number}", x=exchange.index)
            if exchange.on_behalf_of:
                record["behalf"] = exchange.on_behalf_of
            parts.questions.append(record)
            parts.add_node(DrawnNode(name, "Question", question.text, calls=(parts.call,)))
            parts.add_edge(DrawnEdge(question.asked_by, name, "asked", questions=(index,)))
            for person in question.answered_by:
                parts.add_edge(DrawnEdge(name, person, "answeredBy", questions=(index,)))
            for entity in question.about:
                parts.weights[entity] += 3
                parts.add_edge(DrawnEdge(name, entity, "about", questions=(index,)))
                parts.add_edge(
                    DrawnEdge(question.asked_by, entity, "askedAbout", questions=(index,))
                )
            parts.weights[question.asked_by] += 3
            if extraction.transcript.call.issuer:
                issuer = extraction.transcript.call.issuer
                parts.add_edge(
                    DrawnEdge(question.asked_by, issuer, "askedAtCallOf", questions=(index,))
                )


def _question(parts: _Parts, question: Question, extraction: Extraction) -> dict[str, Json]:
    at = parts.offset
    answers = [extraction.answers[i] for i in question.answers]
    return {
        "c": parts.call,
        "by": question.asked_by,
        "text": question.text,
        "t": question.turn,
        "s": at(question.start),
        "e": at(question.end),
        "about": list(question.about),
        "themes": list(question.themes),
        "answers": [
            {"by": a.given_by, "t": a.turn, "s": at(a.start), "e": at(a.end), "text": a.text}
            if not parts.with_text
            else {"by": a.given_by, "t": a.turn, "s": at(a.start), "e": at(a.end)}
            for a in answers
        ],
        "answeredBy": list(question.answered_by),
        "response": question.response.value if question.response else None,
        "cues": parts.quote(question.response_cues),
        "conf": question.response_confidence,
        "promised": question.promised.isoformat() if question.promised else None,
    }


def _plain(value: Value | Reference) -> Json:
    if isinstance(value, Reference):
        return {"ref": value.id}
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _add_fact(parts: _Parts, fact: Fact) -> None:
    index = len(parts.facts)
    parts.facts.append(
        {
            "c": parts.call,
            "kind": fact.kind.value,
            "subject": fact.subject,
            "props": [[name, _plain(value)] for name, value in fact.properties],
            "pol": fact.polarity.value,
            "cert": fact.certainty.value,
            "conf": round(fact.confidence, 3),
            "rule": fact.rule,
            "ev": parts.quote(fact.evidence),
        }
    )
    if fact.subject is None:
        return
    parts.weights[fact.subject] += 1
    for name, value in fact.properties:
        if isinstance(value, Reference) and value.id != fact.subject:
            parts.weights[value.id] += 1
            parts.add_edge(DrawnEdge(fact.subject, value.id, name, facts=(index,)))


def _add_conflict(parts: _Parts, conflict: Conflict) -> None:
    parts.conflicts.append(
        {
            "c": parts.call,
            "about": conflict.about,
            "property": conflict.property,
            "values": list(conflict.values),
            "ev": parts.quote(conflict.evidence),
        }
    )
