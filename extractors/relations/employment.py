"""Who belongs to which organization: ``worksFor``, ``formerlyAt``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Evidence, Participant, ParticipantKind, Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._rules import confidence_of
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield the organizations of the participants, now and before."""
    current = set()
    for participant in view.context.transcript.participants:
        for statement in _affiliations(view, participant):
            current.add((statement.subject, statement.object))
            yield statement
    for statement in relate_by_rules(view, "formerlyAt"):
        if (statement.subject, statement.object) not in current:
            yield statement


def _affiliations(view: CallView, participant: Participant) -> Iterator[Statement]:
    for affiliation in participant.affiliations:
        if affiliation.evidence:
            yield _works_for(
                participant, affiliation.organization, affiliation.evidence, "worksFor.affiliation"
            )
    if participant.kind is ParticipantKind.EXECUTIVE and not participant.affiliations:
        titles = tuple(e for title in participant.titles for e in title.evidence)
        evidence = titles or _first_mention(view, participant)
        if view.issuer is not None and evidence:
            yield _works_for(participant, view.issuer, evidence, "worksFor.executive")


def _first_mention(view: CallView, participant: Participant) -> tuple[Evidence, ...]:
    start = view.context.transcript.text.find(participant.name)
    if start < 0:
        return ()
    return (view.context.transcript.evidence(start, start + len(participant.name)),)


def _works_for(
    participant: Participant, organization: str, evidence: tuple[Evidence, ...], rule: str
) -> Statement:
    return Statement(
        subject=participant.id,
        predicate="worksFor",
        object=organization,
        evidence=evidence,
        rule=rule,
        confidence=confidence_of(rule),
    )
