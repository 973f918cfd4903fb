"""Turns whose printed speaker is doubtful; the label is kept and the cue says why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extractors.announcements import Called
from extractors.drafts import Note
from extractors.model import EntityId, Participant, ParticipantKind, SpeakerDoubt, Transcript, Turn
from extractors.speech import find_cue
from extractors.stand_ins import find_own_name, is_called


def find_doubts(
    transcript: Transcript, notes: Sequence[Note], calls: Sequence[Called]
) -> tuple[SpeakerDoubt, ...]:
    """Find turns whose words do not fit their label.

    Args:
        transcript: with participants, turns and announcements.
        notes: what the layout has noted.
        calls: the calls to the microphone, in the order of ``transcript.announcements``.
    """
    found = [
        SpeakerDoubt(note.turn, note.note, (transcript.evidence(*note.cue),))
        for note in notes
        if note.turn < len(transcript.turns)
    ]
    for call, announced in zip(calls, transcript.announcements, strict=True):
        if call.label_absent and announced.asked_in is not None and call.stand_in:
            cue = transcript.evidence(call.stand_in.start, call.stand_in.end)
            note = "the speaker says to stand in for the one whose name is printed"
            found.append(SpeakerDoubt(announced.asked_in, note, (cue,), announced.analyst))
    people = {person.id: person for person in transcript.participants}
    asked = {a.turn: a for a in transcript.announcements if a.turn is not None}
    found += _swapped(transcript, people, asked)
    found += _unidentified(transcript, people)
    for turn in transcript.turns:
        found += _self_named(transcript, turn, people)
        found += _of_operator(transcript, turn, people, asked.get(turn.index))
        found += _closing_words(transcript, turn, people)
    unique: dict[tuple[int, str], SpeakerDoubt] = {}
    for doubt in found:
        unique.setdefault((doubt.turn, doubt.note), doubt)
    return tuple(sorted(unique.values(), key=lambda doubt: (doubt.turn, doubt.note)))


def _unidentified(
    transcript: Transcript, people: dict[EntityId, Participant]
) -> Iterator[SpeakerDoubt]:
    """Find unidentified speakers who give the name of a listed analyst of their firm."""
    for person in people.values():
        if person.kind is not ParticipantKind.UNIDENTIFIED:
            continue
        firms = {firm.organization for firm in person.affiliations}
        first = next((t.index for t in transcript.turns if t.speaker == person.id), None)
        for alias in person.aliases:
            fits = [
                other.id
                for other in people.values()
                if other.kind is ParticipantKind.ANALYST
                and firms & {firm.organization for firm in other.affiliations}
                and is_called(alias.value, other.name)
            ]
            if len(fits) == 1 and first is not None and alias.evidence[0].turn == first:
                note = "an unidentified speaker gives a name that is listed"
                yield SpeakerDoubt(first, note, alias.evidence[:1], fits[0])


def _swapped(
    transcript: Transcript, people: dict[EntityId, Participant], asked: Collection[int]
) -> Iterator[SpeakerDoubt]:
    """Find a map of speakers that has given the operator's name to the company's host."""
    text = transcript.text
    spoken_to = {
        turn.index: cue
        for turn in transcript.turns
        if people[turn.speaker].kind is ParticipantKind.OPERATOR
        and (cue := find_cue("to operator", text, turn.start, turn.end))
    }
    callers = {transcript.turns[i].speaker for i in asked}
    hosts = sorted(c for c in callers if people[c].kind is ParticipantKind.EXECUTIVE)
    if len(spoken_to) < 2 or len(hosts) != 1:
        return
    operator = transcript.turns[next(iter(spoken_to))].speaker
    for index, cue in spoken_to.items():
        note = "the operator is spoken to in the operator's own turn"
        yield SpeakerDoubt(index, note, (transcript.evidence(*cue),), hosts[0])
    for announced in transcript.announcements:
        if announced.turn is None or transcript.turns[announced.turn].speaker != hosts[0]:
            continue
        note = "analysts are called as an operator calls them"
        yield SpeakerDoubt(announced.turn, note, announced.evidence[:1], operator)


def _self_named(
    transcript: Transcript, turn: Turn, people: dict[EntityId, Participant]
) -> Iterator[SpeakerDoubt]:
    """Find executives who name themselves by another's name."""
    speaker = people[turn.speaker]
    if speaker.kind is not ParticipantKind.EXECUTIVE:
        return
    span = find_own_name(transcript.text, turn.start, min(turn.end, turn.start + 90))
    if span is None:
        return
    said = transcript.text[slice(*span)]
    if any(is_called(said, form) for form in (speaker.name, *(a.value for a in speaker.aliases))):
        return
    others = [
        p.id
        for p in people.values()
        if p.kind is ParticipantKind.EXECUTIVE and is_called(said, p.name)
    ]
    if len(others) == 1:
        cue = transcript.evidence(*span)
        yield SpeakerDoubt(turn.index, "the speaker gives another name", (cue,), others[0])


def _of_operator(
    transcript: Transcript,
    turn: Turn,
    people: dict[EntityId, Participant],
    announced: object,
) -> Iterator[SpeakerDoubt]:
    """Find an analyst's first words in the operator's turn, and an operator who calls one."""
    if people[turn.speaker].kind is not ParticipantKind.OPERATOR:
        return
    text = transcript.text
    if not turn.index:
        return
    if cue := find_cue("asks", text, turn.start, turn.end):
        following = next(
            (t.speaker for t in transcript.turns[turn.index + 1 : turn.index + 2]), None
        )
        asker = following if following and _is_analyst(people[following]) else None
        note = "an analyst's words stand in the operator's turn"
        yield SpeakerDoubt(turn.index, note, (transcript.evidence(*cue),), asker)
    call = None if announced else find_cue("to operator", text, turn.start, turn.end)
    if call:
        note = "the operator is spoken to in the operator's own turn"
        yield SpeakerDoubt(turn.index, note, (transcript.evidence(*call),))


def _is_analyst(person: Participant) -> bool:
    return person.kind in (ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED)


def _closing_words(
    transcript: Transcript, turn: Turn, people: dict[EntityId, Participant]
) -> Iterator[SpeakerDoubt]:
    """Find an analyst's closing words at the end of an executive's turn."""
    if people[turn.speaker].kind is not ParticipantKind.EXECUTIVE or turn.end - turn.start < 200:
        return
    tail = max(turn.start, turn.end - 90)
    cue = find_cue("satisfied", transcript.text, tail, turn.end)
    if not cue:
        return
    asker = next(
        (
            t.speaker
            for t in reversed(transcript.turns[: turn.index])
            if _is_analyst(people[t.speaker])
        ),
        None,
    )
    note = "an analyst's closing words stand at the end of the turn"
    yield SpeakerDoubt(turn.index, note, (transcript.evidence(*cue),), asker)
