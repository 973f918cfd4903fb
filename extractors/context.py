"""What the later stages see of a call: its text, one spaCy ``Doc`` a turn, and what is linked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.attrs import IDX, LENGTH, SENT_START
from spacy.tokens import Doc

from extractors.model import (
    Entity,
    EntityId,
    EntityType,
    Exchange,
    Mention,
    ParticipantKind,
    Transcript,
    Turn,
)

_ASKING = frozenset({ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn; code points into the transcript's text, half-open."""

    turn: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CallContext:
    """A call after linking. ``docs[i]`` is the Doc of ``transcript.turns[i]``.

    ``mentions`` are in text order and do not overlap each other.
    """

    transcript: Transcript
    docs: tuple[Doc, ...]
    entities: Mapping[EntityId, Entity]
    mentions: tuple[Mention, ...]
    exchanges: tuple[Exchange, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _asking: tuple[bool, ...] = field(init=False, repr=False, compare=False, default=())
    _sentences: tuple[tuple[Sentence, ...], ...] = field(
        init=False, repr=False, compare=False, default=()
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(m.start for m in self.mentions))
        asking = {p.id for p in self.transcript.participants if p.kind in _ASKING}
        heard = tuple(turn.speaker in asking for turn in self.transcript.turns)
        object.__setattr__(self, "_asking", heard)
        pairs = zip(self.transcript.turns, self.docs, strict=True)
        text = self.transcript.text
        sentences = tuple(tuple(_sentences_of(text, turn, doc)) for turn, doc in pairs)
        object.__setattr__(self, "_sentences", sentences)

    def sentences(self, turn: int) -> tuple[Sentence, ...]:
        """Return the sentences of a turn, by the turn's index."""
        return self._sentences[turn]

    def is_asking(self, turn: int) -> bool:
        """Tell whether somebody who is here to ask speaks a turn, by the turn's index."""
        return self._asking[turn]

    def mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin in the half-open span of code points, in text order."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def type_of(self, mention: Mention) -> EntityType:
        """Return the type of the entity that a mention refers to."""
        return self.entities[mention.entity].type


def _sentences_of(text: str, turn: Turn, doc: Doc) -> Iterator[Sentence]:
    # Read from the arrays of the Doc: its text, spans and tokens would be made one by one.
    if not len(doc):
        return
    table = doc.to_array([SENT_START, IDX, LENGTH])
    table[0, 0] = 1
    firsts = (table[:, 0] == 1).nonzero()[0]
    begins = table[firsts, 1].tolist()
    lasts = table[[*(firsts[1:] - 1), len(table) - 1]]
    ends = (lasts[:, 1] + lasts[:, 2]).tolist()
    for begin, after in zip(begins, ends, strict=True):
        start, end = turn.start + begin, turn.start + after
        yield Sentence(turn.index, start, end, text[start:end])
