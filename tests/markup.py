"""Build a call from marked-up text, for tests: ``[LUM-22]{program} targets [CD22]{target}``.

A mark is ``[words]{type}`` or ``[words]{type/slug}``, with a type of `EntityType` in lower case
(``company`` and ``org`` are the same). A call is a list of turns, each ``Name: text`` or
``Name (kind): text``, where kind is a `ParticipantKind` in lower case; the default is executive.

Tests import it as ``from tests.markup import mark_call``: the repository root is on the path of an
editable installation, and ``tests`` is a namespace package.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import spacy
from spacy.language import Language

from extractors.context import CallContext
from extractors.model import (
    Call,
    Entity,
    EntityType,
    Mention,
    Participant,
    ParticipantKind,
    Section,
    Transcript,
    Turn,
    entity_id,
)

_MARK = re.compile(r"\[([^\]]+)\]\{([a-z/0-9-]+)\}")
_TURN = re.compile(r"(?s)(?P<name>[A-Z][\w. -]{0,40}?)(?: \((?P<kind>[a-z]+)\))?: (?P<text>.+)")
ISSUER = Entity("org/lumenta", EntityType.COMPANY, "Lumenta Therapeutics", ("Lumenta",))


@dataclass(frozen=True, slots=True)
class MarkedCall:
    """A call made from marked-up text."""

    transcript: Transcript
    context: CallContext


@cache
def _nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def _entity(words: str, name: str) -> Entity:
    kind_name, _, slug = name.partition("/")
    if kind_name == "org":
        kind_name = "company"
    kind = EntityType(kind_name.capitalize())
    found = entity_id(kind, words)
    return Entity(f"{found.partition('/')[0]}/{slug}" if slug else found, kind, words)


def mark_call(*turns: str, held_on: date | None = date(2031, 3, 5)) -> MarkedCall:
    """Build a transcript and its context.

    Args:
        turns: one marked-up string a turn, ``Ida Bern (analyst): text``; without a name the
            speaker is the executive "Ana Ruiz".
        held_on: the day of the call.
    """
    text = ""
    spans: list[tuple[str, int, int]] = []
    marks: list[tuple[int, int, str, str, int]] = []
    people: dict[str, Participant] = {}
    for raw in turns:
        match = _TURN.fullmatch(raw)
        name, kind, speech = match.group("name", "kind", "text") if match else ("Ana Ruiz", "", raw)
        person = entity_id(EntityType.PERSON, name)
        people[person] = Participant(
            person, name, ParticipantKind((kind or "executive").capitalize()), spoke=True
        )
        text += f"{name}\n"
        start, cursor = len(text), 0
        for mark in _MARK.finditer(speech):
            text += speech[cursor : mark.start()]
            marks.append((len(text), len(text) + len(mark[1]), mark[1], mark[2], len(spans)))
            text += mark[1]
            cursor = mark.end()
        text += speech[cursor:]
        spans.append((person, start, len(text)))
        text += "\n"
    transcript = Transcript(
        call=Call("lmnt-2030q4", "Lumenta Therapeutics", ISSUER.id, "LMNT", held_on=held_on),
        text=text,
        participants=tuple(people.values()),
        turns=tuple(
            Turn(i, person, Section.PREPARED_REMARKS, start, end)
            for i, (person, start, end) in enumerate(spans)
        ),
        layout="markup",
    )
    return MarkedCall(transcript, _context(transcript, marks))


def _context(
    transcript: Transcript, marks: Sequence[tuple[int, int, str, str, int]]
) -> CallContext:
    entities = {ISSUER.id: ISSUER}
    mentions = []
    for start, end, words, name, turn in marks:
        entity = _entity(words, name)
        entities.setdefault(entity.id, entity)
        mentions.append(Mention(entity.id, start, end, words, turn, "markup"))
    docs = tuple(_nlp().pipe(transcript.text[t.start : t.end] for t in transcript.turns))
    return CallContext(transcript, docs, entities, tuple(mentions))
