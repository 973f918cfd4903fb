"""The values that pass between the stages: frozen, slotted, standard library only.

All offsets are Unicode code points into ``Transcript.text``, 0-based and half-open, so that
``transcript.text[e.start:e.end] == e.quote`` holds for every evidence ``e``. Entities are named
by a local identifier ``kind/slug`` (``program/ucart22``); the graph turns it into an IRI.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.kinds import (
    Certainty,
    EntityType,
    FactKind,
    ParticipantKind,
    Polarity,
    Response,
    Section,
)
from extractors.slugs import slugify
from extractors.transcript import (
    Affiliation,
    Announcement,
    Attributed,
    Call,
    Entity,
    EntityId,
    Evidence,
    Identification,
    Participant,
    SpeakerDoubt,
    Transcript,
    Turn,
)

__all__ = [
    "Affiliation",
    "Announcement",
    "Answer",
    "Attributed",
    "Call",
    "Certainty",
    "Conflict",
    "Entity",
    "EntityId",
    "EntityType",
    "Evidence",
    "Exchange",
    "Extraction",
    "Fact",
    "FactKind",
    "Identification",
    "Mention",
    "Participant",
    "ParticipantKind",
    "Polarity",
    "Question",
    "Reference",
    "Response",
    "Section",
    "SpeakerDoubt",
    "Statement",
    "Transcript",
    "Turn",
    "Value",
    "entity_id",
    "slugify",
]

Value = str | int | bool | Decimal | date
"""A literal value of a fact; a `Reference` stands for an entity."""


_ID_KIND = {EntityType.FIRM: "org", EntityType.COMPANY: "org", EntityType.INSTITUTION: "org"}


def entity_id(kind: EntityType, name: str) -> EntityId:
    """Name a thing: its kind and its slug. Firms, companies and institutions share ``org/``.

    >>> entity_id(EntityType.TARGET, "CD22"), entity_id(EntityType.FIRM, "Wells Fargo")
    ('target/cd22', 'org/wells-fargo')
    """
    return f"{_ID_KIND.get(kind, kind.value.lower())}/{slugify(name)}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact's value that is an entity and not a literal."""

    id: EntityId


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity; ``rule`` and ``rationale`` say why it was linked."""

    entity: EntityId
    start: int
    end: int
    quote: str
    turn: int
    rule: str
    confidence: float = 1.0
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One analyst's time at the microphone. Turns are given by index, in order.

    ``answered_by`` are those who gave content; a mere hand-over does not count.
    ``on_behalf_of`` is the analyst whom the speaker stands in for.
    """

    index: int
    analyst: EntityId
    question_turns: tuple[int, ...]
    answer_turns: tuple[int, ...] = ()
    handover_turns: tuple[int, ...] = ()
    announced_in: int | None = None
    on_behalf_of: EntityId | None = None
    answered_by: tuple[EntityId, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A turn, or a part of one, that replies to one or several questions."""

    index: int
    exchange: int
    turn: int
    start: int
    end: int
    text: str
    given_by: EntityId


@dataclass(frozen=True, slots=True)
class Question:
    """One separately answerable question. ``answers`` are indices of `Answer`."""

    index: int
    exchange: int
    turn: int
    start: int
    end: int
    text: str
    asked_by: EntityId
    about: tuple[EntityId, ...] = ()
    themes: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()
    answered_by: tuple[EntityId, ...] = ()
    response: Response | None = None
    response_cues: tuple[Evidence, ...] = ()
    response_confidence: float | None = None
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation as said: subject, predicate, object, how it was said, and the words.

    ``object`` is an entity identifier, or a literal where ``predicates.tsv`` says so (``phase``).
    """

    subject: EntityId
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    rule: str
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.ASSERTED
    confidence: float = 1.0

    @property
    def key(self) -> tuple[str, str, str, Polarity, Certainty]:
        """What makes two statements the same: all but rule, confidence and evidence."""
        return (self.subject, self.predicate, self.object, self.polarity, self.certainty)

    @property
    def holds(self) -> bool:
        """Whether the statement makes a direct edge: affirmed, and asserted, planned or hedged.

        Denied, conditional and merely asked things make none.
        """
        return self.polarity is Polarity.AFFIRMED and self.certainty not in (
            Certainty.CONDITIONAL,
            Certainty.ASKED,
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed fact; ``properties`` pairs names of the ontology (``amount``) with values.

    A name may come more than once. ``subject`` is None where the words name none.
    """

    kind: FactKind
    subject: EntityId | None
    properties: tuple[tuple[str, Value | Reference], ...]
    evidence: tuple[Evidence, ...]
    rule: str
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.ASSERTED
    confidence: float = 1.0

    def get(self, name: str) -> Value | Reference | None:
        """Return the first value of a property, or None.

        >>> fact = Fact(FactKind.DEAL_TERM, None, (("tier", "low"),), (), "example")
        >>> fact.get("tier"), fact.get("amount")
        ('low', None)
        """
        return next((value for key, value in self.properties if key == name), None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property of one thing that disagree, as said, each with its evidence."""

    about: EntityId
    property: str
    values: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A change that a person makes to what was found; see `extractors.corrections`.

    ``call`` is empty where it holds for all calls. ``quote`` are the words that prove an added
    statement.
    """

    action: str
    target: str
    value: str = ""
    call: str = ""
    quote: str = ""
    author: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one call; the only thing that crosses to the graph."""

    transcript: Transcript
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def evidence(self) -> Iterable[Evidence]:
        """Yield every evidence of the call, for checks and for the page."""
        for person in self.transcript.participants:
            for said in (*person.titles, *person.aliases):
                yield from said.evidence
            for affiliation in person.affiliations:
                yield from affiliation.evidence
            if person.identified:
                yield from person.identified.evidence
        for spans in (
            *(doubt.evidence for doubt in self.transcript.doubts),
            *(exchange.evidence for exchange in self.exchanges),
            *(statement.evidence for statement in self.statements),
            *(fact.evidence for fact in self.facts),
            *(conflict.evidence for conflict in self.conflicts),
            *(question.response_cues for question in self.questions),
        ):
            yield from spans
