"""A call as a layout finds it: the untouched text, who takes part, the turns, and quoting it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from extractors.kinds import EntityType, ParticipantKind, Section

EntityId = str
"""A local identifier such as ``target/cd22``."""


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
class Identification:
    """Why a printed name is of the person whom other calls print under another form of it."""

    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody listed, announced or heard in a call.

    ``identified`` says why the identifier is not made of the name as printed.
    """

    id: EntityId
    name: str
    kind: ParticipantKind
    titles: tuple[Attributed, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    aliases: tuple[Attributed, ...] = ()
    listed: bool = False
    spoke: bool = False
    identified: Identification | None = None


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
        r"""Quote the code points ``start`` to ``end`` (half-open).

        Raises:
            ValueError: the span is empty or lies outside the text.

        >>> call = Call("x")
        >>> turn = Turn(0, "person/ida", Section.PREPARED_REMARKS, 4, 14)
        >>> transcript = Transcript(call, "Ida\nGood day.\n", (), (turn,), "example")
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
