"""Thread the turns of the Q&A session into exchanges."""

from __future__ import annotations

import re

from extractors.introductions import Introduction, find_introductions
from extractors.model import (
    EntityId,
    Evidence,
    Exchange,
    Participant,
    ParticipantKind,
    Section,
    Transcript,
    Turn,
)
from extractors.names import same_person
from extractors.speech import cue_pattern

_ASKS = (ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED)
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*")
_SELF = re.compile(r"\b(?:[Tt]his is|[Ii]t['’]s|I['’]m)\s+([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)\s+")


def has_content(text: str) -> bool:
    """Tell whether a turn says more than thanks, greetings and who is to answer.

    >>> has_content("Absolutely. Ida, you go ahead."), has_content("Sales grew by 4%. Ida?")
    (False, True)
    """
    for sentence in _SENTENCE.findall(text):
        if cue_pattern("hand over").search(sentence) and len(sentence.split()) <= 25:
            continue
        rest = cue_pattern("courtesy").sub(" ", sentence)
        if len(re.findall(r"\w+", rest)) > 3:
            return True
    return False


def thread_exchanges(transcript: Transcript) -> tuple[Exchange, ...]:
    """Return one exchange for each analyst at the microphone, in order."""
    people = {person.id: person for person in transcript.participants}
    groups: list[list[Turn]] = []
    called: list[tuple[Turn, Introduction] | None] = []
    for turn in transcript.turns:
        if turn.section is not Section.QUESTION_AND_ANSWER:
            continue
        kind = people[turn.speaker].kind
        found = find_introductions(transcript.text, turn.start, turn.end)
        if kind is ParticipantKind.OPERATOR:
            if found or cue_pattern("close").search(transcript.text, turn.start, turn.end):
                groups.append([])
                called.append((turn, found[-1]) if found else None)
            continue
        if kind in _ASKS and (not groups or _other_analyst(groups[-1], turn, people)):
            groups.append([])
            called.append(None)
        if groups:
            groups[-1].append(turn)
    made: list[Exchange] = []
    for group, call in zip(groups, called, strict=True):
        if any(people[turn.speaker].kind in _ASKS for turn in group):
            made.append(_exchange(transcript, len(made), group, call, people))
    return tuple(made)


def _other_analyst(group: list[Turn], turn: Turn, people: dict[EntityId, Participant]) -> bool:
    before = [t.speaker for t in group if people[t.speaker].kind in _ASKS]
    return bool(before) and turn.speaker not in before


def _exchange(
    transcript: Transcript,
    index: int,
    group: list[Turn],
    call: tuple[Turn, Introduction] | None,
    people: dict[EntityId, Participant],
) -> Exchange:
    asked = [turn for turn in group if people[turn.speaker].kind in _ASKS]
    first = asked[0]
    replies = [turn for turn in group if turn.index > first.index and turn not in asked]
    answers = [t for t in replies if has_content(transcript.text[t.start : t.end])]
    handovers = [t for t in replies if t not in answers]
    behalf, evidence = _on_behalf(transcript, first, call, people)
    spans = [transcript.evidence(call[1].start, call[1].end)] if call else []
    return Exchange(
        index,
        first.speaker,
        tuple(t.index for t in asked),
        tuple(t.index for t in answers),
        tuple(t.index for t in handovers),
        call[0].index if call else None,
        behalf,
        tuple(dict.fromkeys(t.speaker for t in answers)),
        (*spans, *evidence),
    )


def _on_behalf(
    transcript: Transcript,
    first: Turn,
    call: tuple[Turn, Introduction] | None,
    people: dict[EntityId, Participant],
) -> tuple[EntityId | None, tuple[Evidence, ...]]:
    if not call or not call[1].name:
        return None, ()
    name = transcript.text[slice(*call[1].name)]
    cue = cue_pattern("stand in").search(
        transcript.text, first.start, min(first.end, first.start + 300)
    )
    if not cue or same_person(people[first.speaker].name, name):
        return None, ()
    absent = [p.id for p in people.values() if same_person(p.name, name)]
    return (absent[0] if absent else None), (transcript.evidence(*cue.span()),)
