"""The values that pass between the stages: frozen, slotted, standard library only.

All offsets are Unicode code points into ``Transcript.text``, 0-based and half-open, so that
``transcript.text[e.start:e.end] == e.quote`` holds for every evidence ``e``. Entities are named by a
local identifier ``kind/slug`` (``program/ucart22``); the graph turns it into an IRI.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
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

EntityId = str
"""A local identifier such as ``target/cd22``."""

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
class Evidence:
    """The words that prove something: a span of the transcript and who said it.

    ``turn`` is None for words outside all turns, such as the participant list.
    Make it with `Transcript.evidence`, which keeps quote and offsets together.
    """

    start: int
    end: int
    quote: str
    turn: int | None = None
    speaker: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """A value as said, with the words that say it; several may disagree and all are kept."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An organization that a participant is said to belong to; ``name`` is as printed."""

    organization: EntityId
    name: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody listed, announced or heard in a call."""

    id: EntityId
    name: str
    kind: ParticipantKind
    titles: tuple[Attributed, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    aliases: tuple[Attributed, ...] = ()
    listed: bool = False
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Uninterrupted speech of one speaker; the span holds the speech, not the speaker line."""

    index: int
    speaker: EntityId
    section: Section
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpeakerDoubt:
    """A turn whose printed speaker is doubtful; the label is kept and the cue says why."""

    turn: int
    note: str
    evidence: tuple[Evidence, ...]
    suggested: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """Somebody called to the microphone in a turn of the operator or moderator.

    ``asked_in`` is the first turn of whoever then speaks, None where nobody does. ``analyst`` is
    who speaks (or was called), ``on_behalf_of`` the analyst stood in for.
    """

    turn: int | None
    asked_in: int | None
    analyst: EntityId | None
    on_behalf_of: EntityId | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One earnings call. ``fiscal_period`` is ``"2020Q4"``; unknown values are None."""

    id: str
    company: str | None = None
    issuer: EntityId | None = None
    ticker: str | None = None
    exchange_code: str | None = None
    fiscal_period: str | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that is spoken of: one node under all its names.

    ``exact_match`` holds CURIEs of checked identifiers (``HGNC:1643``, ``UniProt:P20273``).
    """

    id: EntityId
    type: EntityType
    label: str
    alt_labels: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    broader: tuple[EntityId, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a layout has found: the untouched text, who takes part, and the turns in order.

    ``entities`` are the people and organizations that the structure itself names; ``warnings`` are
    lines for the user, such as a text without speakers.
    """

    call: Call
    text: str
    participants: tuple[Participant, ...]
    turns: tuple[Turn, ...]
    layout: str
    sha256: str = ""
    entities: tuple[Entity, ...] = ()
    doubts: tuple[SpeakerDoubt, ...] = ()
    warnings: tuple[str, ...] = ()
    announcements: tuple[Announcement, ...] = field(default=(), compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(turn.start for turn in self.turns))

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn that holds the code point at ``offset``, or None between turns."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0 or offset >= self.turns[i].end:
            return None
        return self.turns[i]

    def evidence(self, start: int, end: int) -> Evidence:
        """Quote the code points ``start`` to ``end`` (half-open).

        Raises:
            ValueError: the span is empty or lies outside the text.

        >>> call = Call("x")
        >>> turn = Turn(0, "person/ida", Section.PREPARED_REMARKS, 4, 14)
        >>> transcript = Transcript(call, "Ida\\nGood day.\\n", (), (turn,), "example")
        >>> transcript.evidence(4, 8)
        Evidence(start=4, end=8, quote='Good', turn=0, speaker='person/ida')
        >>> transcript.evidence(0, 3).turn is None
        True
        >>> transcript.evidence(4, 99)
        Traceback (most recent call last):
            ...
        ValueError: 4:99 is no span of a text of 14 code points
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start}:{end} is no span of a text of {len(self.text)} code points")
        turn = self.turn_at(start)
        if turn is None or end > turn.end:
            return Evidence(start, end, self.text[start:end])
        return Evidence(start, end, self.text[start:end], turn.index, turn.speaker)


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

    def evidence(self) -> Iterable[Evidence]:
        """Yield every evidence of the call, for checks and for the page."""
        for participant in self.transcript.participants:
            for said in (*participant.titles, *participant.affiliations, *participant.aliases):
                yield from said.evidence
        for item in (
            *self.transcript.doubts,
            *self.exchanges,
            *self.statements,
            *self.facts,
            *self.conflicts,
        ):
            yield from item.evidence
        for question in self.questions:
            yield from question.response_cues
