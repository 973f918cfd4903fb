"""Match each call to the microphone with whoever then speaks, and learn names and firms from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.drafts import Draft, Span
from extractors.introductions import Introduction, find_introductions
from extractors.model import ParticipantKind, Section
from extractors.names import clean_name, fold, shares_name
from extractors.roster import Person, Roster, is_placeholder
from extractors.stand_ins import StandIn, find_stand_in, is_called

_ASKS = (ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED, None)
_TAIL = 500
"""Code points at the end of a turn in which a company speaker calls somebody."""


@dataclass(slots=True)
class Called:
    """A call to the microphone under construction.

    ``label_absent`` tells that the label names the one stood in for.
    """

    turn: int | None
    asked_in: int | None
    introduction: Introduction | None = None
    stand_in: StandIn | None = None
    analyst: Person | None = None
    absent: Person | None = None
    label_absent: bool = False


def find_calls(
    draft: Draft, speakers: Sequence[Person], sections: Sequence[Section]
) -> list[Called]:
    """Find the calls to the microphone in the Q&A session, and who speaks after each.

    Args:
        draft: what the layout found.
        speakers: who speaks in each turn.
        sections: of each turn.
    """
    calls: list[Called] = []
    moderators = _moderators(draft, speakers)
    prepared = {
        id(who)
        for who, section in zip(speakers, sections, strict=True)
        if section is Section.PREPARED_REMARKS
    }
    for i, turn in enumerate(draft.turns):
        if sections[i] is not Section.QUESTION_AND_ANSWER or speakers[i].kind in _ASKS[:2]:
            continue
        operator = id(speakers[i]) in moderators
        guessed = speakers[i].kind is None and not speakers[i].sure
        if not operator and guessed and not _speaks_before(speakers, sections, i):
            continue
        if not operator and not _asker_follows(speakers, i):
            continue
        start = turn.start if operator else max(turn.start, turn.end - _TAIL)
        found = find_introductions(draft.text, start, turn.end, operator=operator)
        calls += [Called(i, None, intro) for intro in found[:-1]]
        if found:
            calls.append(Called(i, None, found[-1]))
    turns = [call.turn for call in calls if call.turn is not None]
    for call in calls:
        if call.turn is None or any(c.turn == call.turn for c in calls[calls.index(call) + 1 :]):
            continue
        stop = next((t for t in turns if t > call.turn), len(speakers))
        call.asked_in = next(
            (j for j in range(call.turn + 1, stop) if _may_ask(speakers[j], prepared)), None
        )
    return calls


def _moderators(draft: Draft, speakers: Sequence[Person]) -> set[int]:
    """Return the operator and whoever else calls analysts twice, by identity."""
    calls: dict[int, int] = {}
    for i, turn in enumerate(draft.turns):
        if speakers[i].kind is ParticipantKind.OPERATOR:
            calls[id(speakers[i])] = 2
        elif speakers[i].kind not in _ASKS[:2] and _asker_follows(speakers, i):
            start = max(turn.start, turn.end - _TAIL)
            found = find_introductions(draft.text, start, turn.end, operator=False)
            calls[id(speakers[i])] = calls.get(id(speakers[i]), 0) + bool(found)
    return {who for who, count in calls.items() if count > 1}


def _may_ask(person: Person, prepared: Collection[int]) -> bool:
    """Tell whether somebody may be an analyst; who spoke in the prepared remarks is told none."""
    return person.kind in _ASKS[:2] or (person.kind is None and id(person) not in prepared)


def _speaks_before(speakers: Sequence[Person], sections: Sequence[Section], i: int) -> bool:
    return any(
        speakers[j] is speakers[i] and sections[j] is Section.PREPARED_REMARKS for j in range(i)
    )


def _asker_follows(speakers: Sequence[Person], i: int) -> bool:
    return i + 1 < len(speakers) and speakers[i + 1].kind in _ASKS


def resolve_calls(
    draft: Draft, roster: Roster, speakers: Sequence[Person], calls: Sequence[Called]
) -> None:
    """Say of each call who speaks and on whose behalf, and note the names and firms heard."""
    for call in calls:
        asker = speakers[call.asked_in] if call.asked_in is not None else None
        if call.asked_in is not None:
            turn = draft.turns[call.asked_in]
            call.stand_in = find_stand_in(draft.text, turn.start, turn.end)
        if call.introduction:
            _resolve(roster, call, call.introduction, asker)
        call.analyst = call.analyst or asker
        if asker and call.absent is None and call.stand_in:
            stand_in_alone(roster, call, asker)
        if asker and asker.kind is None:
            asker.kind = ParticipantKind.ANALYST


def _resolve(roster: Roster, call: Called, said: Introduction, asker: Person | None) -> None:
    if said.name is None:
        if said.firm and asker and (not asker.firms or roster.firm_fits(asker, said.firm)):
            asker.firms.append(said.firm)
        return
    name = roster.text[slice(*said.name)]
    person = roster.find(name) or _lone_name(roster, name, asker, said.firm)
    company = (ParticipantKind.EXECUTIVE, ParticipantKind.OPERATOR)
    if person and person.kind in company and (person.sure or asker is None):
        return
    if asker is None or person is asker:
        _learn(roster, person or roster.add(name), said)
        return
    if _asks_for(roster, call.stand_in, name):
        call.absent = _learn(roster, person or roster.add(name), said)
        _share_firm(asker, said.firm)
    elif asker.kind is ParticipantKind.UNIDENTIFIED:
        asker.aliases.append(said.name)
        _share_firm(asker, said.firm)
        if person:
            _learn(roster, person, said)
    elif person is None and _may_be(roster, asker, name, said.firm):
        _learn(roster, asker, said)
    elif roster.firm_fits(asker, said.firm) is not False:
        call.absent = _learn(roster, person or roster.add(name), said)
        _share_firm(asker, said.firm)
    else:
        _learn(roster, person or roster.add(name), said)


def _lone_name(roster: Roster, name: str, asker: Person | None, firm: Span | None) -> Person | None:
    if " " in clean_name(name):
        return None
    if asker and is_called(name, asker.name):
        return asker
    person = roster.find_first(name, ParticipantKind.ANALYST)
    return person if person and roster.firm_fits(person, firm) is not False else None


def _learn(roster: Roster, person: Person, said: Introduction) -> Person:
    if said.name:
        person.aliases.append(said.name)
    if said.firm:
        person.firms.append(said.firm)
    if person.kind is None:
        person.kind = ParticipantKind.ANALYST
    return person


def _share_firm(asker: Person, firm: Span | None) -> None:
    if firm and not asker.firms:
        asker.firms.append(firm)


def _asks_for(roster: Roster, found: StandIn | None, name: str) -> bool:
    return bool(
        (found and found.absent and is_called(roster.text[slice(*found.absent)], name))
        or (found and found.absent is None)
    )


def _may_be(roster: Roster, asker: Person, name: str, firm: Span | None) -> bool:
    """Tell whether an announced name may be the asker's own, changed or misheard."""
    fits = roster.firm_fits(asker, firm)
    if fits is False:
        return False
    own, said = fold(asker.name).split(), fold(clean_name(name)).split()
    if shares_name(asker.name, name) and (fits or own[-1] == said[-1]):
        return True
    least = 0.6 if fits else 0.68
    return SequenceMatcher(None, " ".join(own), " ".join(said)).ratio() >= least


def stand_in_alone(roster: Roster, call: Called, asker: Person) -> None:
    """Resolve a stand-in of whom nobody but the speaker says so.

    The label may name the speaker, or the one stood in for; then the speaker is a new person.
    """
    found = call.stand_in
    if found is None:
        return
    text = roster.text
    if found.absent and is_called(text[slice(*found.absent)], asker.name):
        if found.who is None or is_placeholder(asker):
            return
        who = text[slice(*found.who)]
        if is_called(who, asker.name):
            return
        speaker = roster.find(who) or roster.add(who, ParticipantKind.ANALYST)
        speaker.spoke = True
        speaker.aliases.append(found.who)
        if not speaker.firms:
            speaker.firms += asker.firms[:1]
        call.analyst, call.absent, call.label_absent = speaker, asker, True
        return
    if found.absent is None:
        return
    absent = text[slice(*found.absent)]
    person = roster.find(absent) or roster.find_first(absent, ParticipantKind.ANALYST)
    if person is None and " " in absent:
        person = roster.add(absent, ParticipantKind.ANALYST)
    if person and person is not asker and person.kind is ParticipantKind.ANALYST:
        person.aliases.append(found.absent)
        call.absent = person
