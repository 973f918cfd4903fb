"""Thread the turns of the Q&A session into exchanges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.handovers import Act, is_polite, judge_turn
from extractors.model import (
    Announcement,
    EntityId,
    Exchange,
    Participant,
    ParticipantKind,
    Section,
    Transcript,
    Turn,
)
from extractors.names import clean_name, first_name_forms, fold
from extractors.openings import lower_case
from extractors.speech import has_cue

_COMPANY = (ParticipantKind.EXECUTIVE, ParticipantKind.GUEST)
_MARGIN = 300
"""Code points at both ends of a long turn in which words of closing are looked for."""
_People = Mapping[EntityId, Participant]


@dataclass(slots=True)
class _Group:
    """The turns of one time at the microphone."""

    announcement: Announcement | None
    turns: list[Turn] = field(default_factory=list)
    speaker: EntityId | None = None
    asked: list[int] = field(default_factory=list)


def thread_exchanges(transcript: Transcript) -> tuple[Exchange, ...]:
    """Return one exchange for each analyst at the microphone, in order.

    An exchange ends where the next analyst is called or speaks, or where the session is closed.
    Analysts who are called and stay silent have none.
    """
    people = {person.id: person for person in transcript.participants}
    groups = _merge(_group(transcript, people))
    everybody = frozenset(form for person in people.values() for form in _forms(person))
    company = [person for person in people.values() if person.kind in _COMPANY]
    names = frozenset(form for person in company for form in _forms(person)), everybody
    return tuple(
        _exchange(transcript, index, group, people, names) for index, group in enumerate(groups)
    )


def _group(transcript: Transcript, people: _People) -> list[_Group]:
    announced = {a.turn: a for a in transcript.announcements if a.turn is not None}
    alone = {a.asked_in: a for a in transcript.announcements if a.turn is None}
    groups: list[_Group] = []
    current: _Group | None = None
    for turn in transcript.turns:
        if turn.section is not Section.QUESTION_AND_ANSWER:
            continue
        kind = people[turn.speaker].kind
        asks = _asks(people[turn.speaker], turn, current)
        if turn.index in announced:
            current = _Group(announced[turn.index])
            groups.append(current)
        elif asks:
            named = kind is ParticipantKind.ANALYST or not announced
            if current is None or (named and _begins(transcript, current, turn)):
                current = _Group(alone.get(turn.index))
                groups.append(current)
            current.turns.append(turn)
            if (
                current.speaker is None
                or turn.speaker == current.speaker
                or not is_polite(transcript.text[turn.start : turn.end])
            ):
                current.speaker = current.speaker or turn.speaker
            current.asked.append(turn.index)
        elif current is not None:
            if kind is not ParticipantKind.OPERATOR:
                current.turns.append(turn)
            if _closes(transcript, turn, current):
                current = None
    return groups


def _is_asking(person: Participant) -> bool:
    if person.kind is ParticipantKind.UNIDENTIFIED:
        return not any(
            word in person.name.lower() for word in ("executive", "company", "corporate")
        )
    return person.kind is ParticipantKind.ANALYST


def _asks(person: Participant, turn: Turn, group: _Group | None) -> bool:
    """Tell whether a turn is an analyst's; an unknown voice counts only where one is awaited."""
    if person.kind is ParticipantKind.UNIDENTIFIED and "analyst" not in person.name.lower():
        return group is not None and group.speaker in (None, turn.speaker) and _is_asking(person)
    return _is_asking(person)


def _closes(transcript: Transcript, turn: Turn, group: _Group) -> bool:
    """Tell whether a turn ends the session: words of closing and somebody has asked."""
    if not group.asked:
        return False
    text, start, end = lower_case(transcript.text), turn.start, turn.end
    if end - start < 2 * _MARGIN:
        return has_cue("close", text[start:end])
    return has_cue("close", text[start : start + _MARGIN]) or has_cue(
        "close", text[end - _MARGIN : end]
    )


def _begins(transcript: Transcript, group: _Group, turn: Turn) -> bool:
    """Tell whether an analyst's turn opens a new exchange, though nobody called them."""
    if group.speaker is None or turn.speaker == group.speaker:
        return False
    called = group.announcement
    if called and called.asked_in == turn.index:
        return False
    return not is_polite(transcript.text[turn.start : turn.end])


def _merge(groups: Sequence[_Group]) -> list[_Group]:
    """Drop calls that nobody followed, and join follow-ups of the same analyst."""
    made: list[_Group] = []
    for group in groups:
        if group.speaker is None:
            continue
        if made and made[-1].speaker == group.speaker and not _stands_in(group):
            made[-1].turns += group.turns
            made[-1].asked += group.asked
            continue
        made.append(group)
    return made


def _stands_in(group: _Group) -> bool:
    return bool(group.announcement and group.announcement.on_behalf_of)


def _exchange(
    transcript: Transcript,
    index: int,
    group: _Group,
    people: _People,
    names: tuple[frozenset[str], frozenset[str]],
) -> Exchange:
    first = group.asked[0]
    answers: list[Turn] = []
    handovers: list[int] = []
    for position, turn in enumerate(group.turns):
        if turn.index in group.asked or turn.index < first:
            continue
        act = _judge(transcript, group.turns, position, people, names)
        if act is Act.ANSWER:
            answers.append(turn)
        elif act is Act.HANDOVER:
            handovers.append(turn.index)
    called = group.announcement
    return Exchange(
        index,
        (called.analyst if called and called.analyst else None) or group.speaker or "",
        tuple(group.asked),
        tuple(turn.index for turn in answers),
        tuple(handovers),
        called.turn if called else None,
        called.on_behalf_of if called else None,
        tuple(dict.fromkeys(turn.speaker for turn in answers)),
        called.evidence if called else (),
    )


def _judge(
    transcript: Transcript,
    turns: Sequence[Turn],
    position: int,
    people: _People,
    names: tuple[frozenset[str], frozenset[str]],
) -> Act:
    turn = turns[position]
    speaker = people[turn.speaker]
    if speaker.kind is ParticipantKind.OPERATOR:
        return Act.COURTESY
    own = _forms(speaker, middle=False)
    company, everybody = names
    colleagues = company - own
    following: frozenset[str] = frozenset()
    if position + 1 < len(turns):
        other = people[turns[position + 1].speaker]
        if other.id != turn.speaker and other.kind in _COMPANY:
            following = _forms(other) - own
    text = transcript.text[turn.start : turn.end]
    return judge_turn(
        text,
        colleagues,
        following,
        everybody,
        asked=_follows_question(transcript, turns, position, people),
    )


_HEARING = re.compile(r"\bhear me\b|\bhello\?", re.IGNORECASE)


def _follows_question(
    transcript: Transcript, turns: Sequence[Turn], position: int, people: _People
) -> bool:
    before = turns[position - 1]
    if position == 0 or not _is_asking(people[before.speaker]):
        return False
    count = transcript.text.count("?", before.start, before.end)
    if count != 1:
        return count > 1
    return not _HEARING.search(transcript.text, before.start, before.end)


@lru_cache(maxsize=1024)
def _forms_of(names: tuple[str, ...], company: bool, middle: bool) -> frozenset[str]:
    forms: set[str] = set()
    for form in names:
        words = [word for word in fold(clean_name(form)).split() if len(word) > 1]
        forms.update(words if middle else (*words[:1], *words[-1:]))
        if words and company:
            forms |= first_name_forms(words[0])
    return frozenset(forms)


def _forms(person: Participant, *, middle: bool = True) -> frozenset[str]:
    """Return the folded words by which somebody may be spoken to, with middle names or without."""
    names = (person.name, *(alias.value for alias in person.aliases))
    return _forms_of(names, person.kind in _COMPANY, middle)
