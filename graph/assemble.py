"""From one call's extraction to its quads, as lines of N-Quads.

The lines are written directly, because terms of a library cost more than ten times as much. Sorted,
they are the canonical form of a call: equal input gives equal bytes.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import metadata
from pathlib import Path

from extractors.model import (
    Affiliation,
    Answer,
    Conflict,
    Correction,
    Entity,
    Evidence,
    Exchange,
    Extraction,
    Fact,
    Mention,
    Participant,
    ParticipantKind,
    Question,
    Reference,
    SpeakerDoubt,
    Statement,
    Turn,
)
from graph.call_writer import CallWriter, foreign, own
from graph.identifiers import BASE, Identifiers, content_hash
from graph.literals import quote
from graph.namespaces import expand, is_literal
from graph.themes import theme_path

STRUCTURE_RULE = "participants"
"""Names the rule behind what the structure of the transcript itself says."""


@cache
def _software() -> str:
    try:
        return f"qagraph {metadata.version('qagraph')}"
    except metadata.PackageNotFoundError:
        return "qagraph"


def _write_call(out: CallWriter) -> None:
    transcript = out.extraction.transcript
    call = transcript.call
    out.start(out.call, "Call", in_call=False)
    name = call.company or call.ticker or call.id
    out.add(out.call, foreign("rdfs:label"), quote(f"{name} {call.fiscal_period or ''}".strip()))
    out.value(out.call, "callId", call.id)
    if call.issuer:
        out.qa(out.call, "issuer", out.entity(call.issuer))
    out.value(out.call, "ticker", call.ticker)
    out.value(out.call, "exchangeCode", call.exchange_code)
    out.value(out.call, "fiscalPeriod", call.fiscal_period)
    out.value(out.call, "heldOn", call.held_on)
    out.value(out.call, "layout", transcript.layout)
    out.value(out.call, "sha256", transcript.sha256)
    out.start(out.run, "Run")
    out.value(out.run, "software", _software())


def _write_entity(out: CallWriter, entity: Entity) -> None:
    node = out.entity(entity.id)
    out.add(node, foreign("rdf:type"), own(entity.type.value))
    out.add(node, foreign("rdfs:label"), quote(entity.label))
    for name in entity.alt_labels:
        if name != entity.label:
            out.add(node, foreign("skos:altLabel"), quote(name))
    for curie in entity.exact_match:
        out.add(node, foreign("skos:exactMatch"), f"<{expand(curie)}>")
    for broader in entity.broader:
        out.add(node, foreign("skos:broader"), out.entity(broader))


def _write_participant(out: CallWriter, item: Participant) -> None:
    person = out.entity(item.id)
    node = out.participation(item.id)
    out.start(node, "Participation")
    out.qa(node, "participant", person)
    out.qa(node, "participantKind", own(item.kind.value))
    out.value(node, "listed", item.listed)
    out.value(node, "spoke", item.spoke)
    for title in item.titles:
        out.value(node, "title", title.value)
        _write_structure(out, node, own("title"), quote(title.value), title.evidence)
    for affiliation in item.affiliations or _of_issuer(out, item):
        organization = out.entity(affiliation.organization)
        out.qa(node, "affiliation", organization)
        _write_structure(out, node, own("affiliation"), organization, affiliation.evidence)
    if item.identified:
        told = item.identified
        name = foreign("rdfs:label")
        _write_structure(out, person, name, quote(item.name), told.evidence, told.reason)
    for alias in item.aliases:
        predicate = foreign("skos:altLabel")
        out.add(person, predicate, quote(alias.value))
        _write_structure(out, person, predicate, quote(alias.value), alias.evidence)


def _of_issuer(out: CallWriter, item: Participant) -> tuple[Affiliation, ...]:
    """Return the issuer as the affiliation of an executive who is said to work for it."""
    call = out.extraction.transcript.call
    if item.kind is not ParticipantKind.EXECUTIVE or call.issuer is None:
        return ()
    return tuple(
        Affiliation(call.issuer, call.company or "", said.evidence)
        for said in out.extraction.statements
        if (said.subject, said.predicate, said.object) == (item.id, "worksFor", call.issuer)
        and said.holds
    )


def _write_structure(
    out: CallWriter,
    subject: str,
    predicate: str,
    value: str,
    evidence: tuple[Evidence, ...],
    reason: str = "",
) -> None:
    """Keep who said a title, an affiliation or a name, as a statement with its evidence."""
    node = out.part("statement", content_hash(out.call_iri, subject, predicate, value))
    _write_reification(out, node, subject, predicate, value)
    out.value(node, "polarity", "affirmed")
    out.value(node, "certainty", "asserted")
    out.value(node, "confidence", Decimal(1))
    out.value(node, "rule", STRUCTURE_RULE)
    out.value(node, "rationale", reason)
    out.evidence(node, evidence)


def _write_reification(
    out: CallWriter, node: str, subject: str, predicate: str, value: str
) -> None:
    out.start(node, "Statement")
    out.add(node, foreign("rdf:subject"), subject)
    out.add(node, foreign("rdf:predicate"), predicate)
    out.add(node, foreign("rdf:object"), value)


def _write_turn(out: CallWriter, turn: Turn) -> None:
    node = out.turn(turn.index)
    out.start(node, "Turn")
    out.value(node, "turnIndex", turn.index)
    out.qa(node, "speaker", out.entity(turn.speaker))
    out.qa(node, "section", own(turn.section.value))
    out.value(node, "text", out.extraction.transcript.text[turn.start : turn.end])
    out.span(node, turn.start, turn.end)


def _write_doubt(out: CallWriter, doubt: SpeakerDoubt) -> None:
    node = out.part("speaker-doubt", content_hash(out.call_iri, doubt.turn, doubt.note))
    out.start(node, "SpeakerDoubt")
    out.qa(node, "inTurn", out.turn(doubt.turn))
    out.value(node, "note", doubt.note)
    if doubt.suggested:
        out.qa(node, "suggestedSpeaker", out.entity(doubt.suggested))
    out.evidence(node, doubt.evidence)


def _write_exchange(out: CallWriter, exchange: Exchange) -> None:
    node = out.part("exchange", f"{exchange.index:03d}")
    out.start(node, "Exchange")
    out.value(node, "exchangeIndex", exchange.index)
    out.qa(node, "analyst", out.entity(exchange.analyst))
    if exchange.analyst in out.participants:
        out.qa(node, "analystParticipation", out.participation(exchange.analyst))
    if exchange.on_behalf_of:
        out.qa(node, "onBehalfOf", out.entity(exchange.on_behalf_of))
    for person in exchange.answered_by:
        out.qa(node, "answeredBy", out.entity(person))
    for name, turns in (
        ("questionTurn", exchange.question_turns),
        ("answerTurn", exchange.answer_turns),
        ("handoverTurn", exchange.handover_turns),
    ):
        for turn in turns:
            out.qa(node, name, out.turn(turn))
    if exchange.announced_in is not None:
        out.qa(node, "announcedIn", out.turn(exchange.announced_in))
    out.evidence(node, exchange.evidence)


def _write_question(out: CallWriter, question: Question) -> None:
    node = out.part("question", f"{question.index:03d}")
    exchange = out.part("exchange", f"{question.exchange:03d}")
    out.start(node, "Question")
    out.qa(exchange, "hasQuestion", node)
    out.qa(node, "inExchange", exchange)
    out.qa(node, "inTurn", out.turn(question.turn))
    out.value(node, "questionIndex", question.index)
    out.qa(node, "askedBy", out.entity(question.asked_by))
    out.value(node, "text", question.text)
    out.span(node, question.start, question.end)
    for entity in question.about:
        out.qa(node, "about", out.entity(entity))
    for theme in question.themes:
        _write_theme(out, node, theme)
    for answer in question.answers:
        out.qa(node, "hasAnswer", out.part("answer", f"{answer:03d}"))
    for person in question.answered_by:
        out.qa(node, "answeredBy", out.entity(person))
    if question.response is not None:
        out.qa(node, "response", own(question.response.value))
    for cue in question.response_cues:
        out.value(node, "responseCue", cue.quote)
    out.evidence(node, question.response_cues)
    if question.response_confidence is not None:
        out.value(node, "confidence", _number(question.response_confidence))
    out.value(node, "promised", question.promised)


def _write_theme(out: CallWriter, question: str, name: str) -> None:
    scheme = f"<{out.ids.theme_scheme}>"
    out.add(scheme, foreign("rdf:type"), foreign("skos:ConceptScheme"))
    out.add(scheme, foreign("rdfs:label"), quote("themes of questions"))
    out.qa(question, "theme", f"<{out.ids.theme(name)}>")
    for theme in theme_path(name):
        node = f"<{out.ids.theme(theme.id)}>"
        out.add(node, foreign("rdf:type"), own("Theme"))
        out.add(node, foreign("rdfs:label"), quote(theme.label))
        out.add(node, foreign("skos:inScheme"), scheme)
        if theme.definition:
            out.add(node, foreign("skos:definition"), quote(theme.definition))
        if theme.broader:
            out.add(node, foreign("skos:broader"), f"<{out.ids.theme(theme.broader)}>")
        else:
            out.add(node, foreign("skos:topConceptOf"), scheme)
            out.add(scheme, foreign("skos:hasTopConcept"), node)


def _write_answer(out: CallWriter, answer: Answer) -> None:
    node = out.part("answer", f"{answer.index:03d}")
    out.start(node, "Answer")
    out.qa(node, "inExchange", out.part("exchange", f"{answer.exchange:03d}"))
    out.qa(node, "inTurn", out.turn(answer.turn))
    out.value(node, "answerIndex", answer.index)
    out.value(node, "text", answer.text)
    out.span(node, answer.start, answer.end)
    out.qa(node, "givenBy", out.entity(answer.given_by))


def _write_mention(out: CallWriter, mention: Mention) -> None:
    local = mention.entity.replace("/", "-")
    node = out.part("mention", f"{mention.start}-{mention.end}-{local}")
    out.start(node, "Mention", in_call=False)
    out.qa(node, "refersTo", out.entity(mention.entity))
    out.qa(node, "inTurn", out.turn(mention.turn))
    out.value(node, "quote", mention.quote)
    out.span(node, mention.start, mention.end)
    out.value(node, "rule", mention.rule)
    out.value(node, "confidence", _number(mention.confidence))
    out.value(node, "rationale", mention.rationale)


def _write_statement(out: CallWriter, statement: Statement) -> None:
    subject, predicate = out.entity(statement.subject), own(statement.predicate)
    literal = is_literal(statement.predicate)
    value = quote(statement.object) if literal else out.entity(statement.object)
    node = out.part("statement", content_hash(out.call_iri, *statement.key))
    _write_reification(out, node, subject, predicate, value)
    if statement.holds:
        out.add(subject, predicate, value)
    _write_manner(out, node, statement)


def _write_manner(out: CallWriter, node: str, claim: Statement | Fact) -> None:
    out.value(node, "polarity", claim.polarity.value)
    out.value(node, "certainty", claim.certainty.value)
    out.value(node, "confidence", _number(claim.confidence))
    out.value(node, "rule", claim.rule)
    out.evidence(node, claim.evidence)


def _write_fact(out: CallWriter, fact: Fact) -> None:
    spans = [(item.start, item.end) for item in fact.evidence]
    key = (fact.kind, fact.subject, fact.properties, fact.polarity, fact.certainty, spans)
    node = out.part(fact.kind.value.lower(), content_hash(out.call_iri, *key))
    out.start(node, fact.kind.value)
    if fact.subject is not None:
        out.qa(node, "subject", out.entity(fact.subject))
    for name, value in fact.properties:
        if isinstance(value, Reference):
            out.qa(node, name, out.entity(value.id))
        else:
            out.value(node, name, value)
    _write_manner(out, node, fact)


def _write_conflict(out: CallWriter, conflict: Conflict) -> None:
    digest = content_hash(out.call_iri, conflict.about, conflict.property, *conflict.values)
    node = out.part("conflict", digest)
    out.start(node, "Conflict")
    out.qa(node, "about", out.entity(conflict.about))
    out.value(node, "conflictingProperty", conflict.property)
    for value in conflict.values:
        out.value(node, "conflictingValue", value)
    out.evidence(node, conflict.evidence)


def _write_correction(out: CallWriter, item: Correction) -> None:
    digest = content_hash(out.call_iri, item.action, item.target, item.value, item.call)
    node = out.part("correction", digest)
    out.start(node, "Correction")
    out.value(node, "action", item.action)
    out.value(node, "corrects", item.target)
    out.value(node, "correctedTo", item.value)
    out.value(node, "author", item.author)
    out.value(node, "reason", item.reason)


def _number(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def assemble(extraction: Extraction, *, base: str = BASE) -> tuple[str, ...]:
    """Write everything found in one call as the sorted lines of canonical N-Quads.

    Args:
        extraction: what was found in the call.
        base: where things live; ASCII, ends in ``/`` or ``#``.

    Returns:
        Lines with their newline, each once, in code-point order (which is byte order in UTF-8).

    Raises:
        UnknownTermError: a statement or fact uses a name that the ontology does not have.
        GraphError: an identifier is none.
    """
    out = CallWriter(extraction, Identifiers(base))
    transcript = extraction.transcript
    _write_call(out)
    for entity in (*transcript.entities, *extraction.entities):
        _write_entity(out, entity)
    for participant in transcript.participants:
        _write_participant(out, participant)
    for turn in transcript.turns:
        _write_turn(out, turn)
    for doubt in transcript.doubts:
        _write_doubt(out, doubt)
    for exchange in extraction.exchanges:
        _write_exchange(out, exchange)
    for question in extraction.questions:
        _write_question(out, question)
    for answer in extraction.answers:
        _write_answer(out, answer)
    for mention in extraction.mentions:
        _write_mention(out, mention)
    for statement in extraction.statements:
        _write_statement(out, statement)
    for fact in extraction.facts:
        _write_fact(out, fact)
    for conflict in extraction.conflicts:
        _write_conflict(out, conflict)
    for correction in extraction.corrections:
        _write_correction(out, correction)
    return tuple(sorted(set(out.lines)))


def write_nquads(extraction: Extraction, path: Path, *, base: str = BASE) -> None:
    """Write the canonical N-Quads of a call: UTF-8, sorted, a line feed at each line's end."""
    path.write_bytes("".join(assemble(extraction, base=base)).encode())
