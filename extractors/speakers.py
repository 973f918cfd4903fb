"""From printed labels to people: whose turn it is, and in which part they take part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.drafts import Draft, DraftTurn
from extractors.firms import same_firm
from extractors.model import ParticipantKind, Section
from extractors.names import clean_name
from extractors.roles import label_kinds
from extractors.roster import Person, Roster
from extractors.speech import find_cue


def find_speakers(roster: Roster, draft: Draft) -> list[Person]:
    """Return who speaks in each turn, adding those whom no list names."""
    speakers: list[Person] = []
    for turn in draft.turns:
        person = _speaker(roster, turn, speakers)
        person.spoke = True
        if turn.kind and not person.sure and not _elsewhere(draft, turn):
            person.kind, person.sure = turn.kind, True
        if turn.title and turn.title not in person.titles:
            person.titles.append(turn.title)
        if turn.firm and turn.firm not in person.firms:
            person.firms.append(turn.firm)
        if turn.label and clean_name(roster.text[slice(*turn.label)]) == clean_name(turn.name):
            person.aliases.append(turn.label)
        speakers.append(person)
    return speakers


def _elsewhere(draft: Draft, turn: DraftTurn) -> bool:
    """Tell whether a title is held at another company, so that it does not tell an executive.

    Analysts are printed with such titles too: ``Managing Director, Northgate``.
    """
    if turn.kind is not ParticipantKind.EXECUTIVE or not turn.firm or not turn.title:
        return False
    company = draft.heading.company
    return company is not None and not same_firm(draft.text[slice(*turn.firm)], company)


def _speaker(roster: Roster, turn: DraftTurn, before: Sequence[Person]) -> Person:
    kind = label_kinds().get(turn.name.lower())
    if kind is ParticipantKind.OPERATOR or turn.kind is ParticipantKind.OPERATOR:
        found = [p for p in roster.people if p.kind is ParticipantKind.OPERATOR]
        return found[0] if found else roster.place("Operator", ParticipantKind.OPERATOR)
    if kind is not None:
        return _unidentified(roster, turn.name, before)
    return roster.add(turn.name)


def _unidentified(roster: Roster, name: str, before: Sequence[Person]) -> Person:
    """Return the unidentified speaker of this time at the microphone: never of two."""
    for person in reversed(before):
        if person.kind is ParticipantKind.OPERATOR:
            break
        if person.kind is ParticipantKind.UNIDENTIFIED and person.name == name.title():
            return person
    return roster.place(name.title(), ParticipantKind.UNIDENTIFIED)


_INSTITUTION = re.compile(
    r"\b(?:university|hospital|institute|clinic|medical cent(?:er|re)|school of|college"
    r"|foundation)\b",
    re.IGNORECASE,
)


def settle_kinds(
    roster: Roster, draft: Draft, speakers: Sequence[Person], sections: Sequence[Section]
) -> None:
    """Decide the kind of those whom no list, label or announcement has placed.

    Somebody listed among the analysts with no firm, or with a university, who speaks in the
    prepared remarks is a guest.
    """
    first: dict[int, int] = {}
    for i, person in enumerate(speakers):
        first.setdefault(id(person), i)
    for person in roster.people:
        spoke = first.get(id(person))
        prepared = spoke is not None and sections[spoke] is Section.PREPARED_REMARKS
        if person.kind is None:
            asks = spoke is not None and not prepared and _opens_exchange(draft, speakers, spoke)
            person.kind = ParticipantKind.ANALYST if asks else ParticipantKind.EXECUTIVE
        elif person.kind is ParticipantKind.ANALYST and person.listed:
            firms = " ".join(roster.text[slice(*span)] for span in person.firms)
            if prepared and spoke and (not firms or _INSTITUTION.search(firms)):
                person.kind = ParticipantKind.GUEST


def _opens_exchange(draft: Draft, speakers: Sequence[Person], i: int) -> bool:
    if i == 0:
        return False
    before = speakers[i - 1].kind is ParticipantKind.OPERATOR
    turn = draft.turns[i]
    asks = "?" in draft.text[turn.start : turn.end]
    thanks = find_cue("asks", draft.text, turn.start, min(turn.end, turn.start + 200))
    return bool((before and (asks or thanks)) or (thanks and asks))
