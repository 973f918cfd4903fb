"""Who is who: printed names, roles and announcements merged to the participants of a call."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.drafts import Draft, DraftTurn, Heading, Span
from extractors.firms import short_name
from extractors.introductions import find_introductions
from extractors.model import (
    Affiliation,
    Attributed,
    Call,
    Entity,
    EntityId,
    EntityType,
    Evidence,
    Participant,
    ParticipantKind,
    Section,
    Transcript,
    Turn,
    entity_id,
    slugify,
)
from extractors.names import clean_name, fold, same_person

_UNIDENTIFIED = ("unidentified", "unknown")


@dataclass(slots=True)
class _Person:
    """A participant while it is put together; spans of the text."""

    name: str
    kind: ParticipantKind | None
    listed: bool = False
    spoke: bool = False
    titles: list[Span] = field(default_factory=list)
    firms: list[Span] = field(default_factory=list)
    aliases: list[Span] = field(default_factory=list)


class _Roster:
    """The people of a call in order of appearance."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people: list[_Person] = []

    def find(self, name: str) -> _Person | None:
        folded = fold(clean_name(name))
        for person in self.people:
            if fold(person.name) == folded:
                return person
        fits = [p for p in self.people if same_person(p.name, name)]
        if len(fits) == 1:
            return fits[0]
        return None

    def add(self, name: str, kind: ParticipantKind | None) -> _Person:
        person = self.find(name)
        if person is None:
            person = _Person(clean_name(name), kind)
            self.people.append(person)
        return person


def identify(draft: Draft, *, name: str, layout: str, sha256: str) -> Transcript:
    """Merge what a layout found to participants and turns.

    Args:
        draft: what the layout found.
        name: the file's name without ending; names the call where the text does not.
        layout: the layout's name.
        sha256: of the file's bytes.
    """
    call = _call(draft.heading, name)
    roster = _Roster(draft.text)
    for entry in draft.listed:
        person = roster.add(draft.text[slice(*entry.name)], entry.kind)
        person.listed = True
        person.aliases.append(entry.name)
        person.titles += [entry.title] if entry.title else []
        person.firms += [entry.firm] if entry.firm else []
    speakers = [_speaker(roster, turn, i, draft) for i, turn in enumerate(draft.turns)]
    for turn, speaker in zip(draft.turns, speakers, strict=True):
        if speaker.kind is ParticipantKind.OPERATOR:
            _announce(roster, turn)
    ids = {id(p): _person_id(p, call) for p in roster.people}
    turns = tuple(
        Turn(i, ids[id(who)], turn.section or Section.PREPARED_REMARKS, turn.start, turn.end)
        for i, (turn, who) in enumerate(zip(draft.turns, speakers, strict=True))
    )
    bare = Transcript(call, draft.text, (), turns, layout, sha256)
    participants = tuple(_participant(bare, p, ids[id(p)]) for p in roster.people)
    return Transcript(
        call,
        draft.text,
        participants,
        turns,
        layout,
        sha256,
        _entities(bare, participants, draft.heading),
        warnings=draft.warnings,
    )


def _call(heading: Heading, name: str) -> Call:
    key = slugify(name)
    if heading.ticker and heading.fiscal_period:
        key = slugify(f"{heading.ticker}-{heading.fiscal_period}")
    issuer = entity_id(EntityType.COMPANY, short_name(heading.company)) if heading.company else None
    return Call(
        key,
        heading.company,
        issuer,
        heading.ticker,
        heading.exchange_code,
        heading.fiscal_period,
        heading.held_on,
    )


def _speaker(roster: _Roster, turn: DraftTurn, index: int, draft: Draft) -> _Person:
    folded = fold(turn.name)
    if folded == "operator":
        person = roster.find(turn.name)
        if person is None:
            person = roster.add(turn.name, ParticipantKind.OPERATOR)
    elif folded.startswith(_UNIDENTIFIED):
        last = roster.people[-1] if roster.people else None
        person = last if last and last.kind is ParticipantKind.UNIDENTIFIED else None
        if person is None:
            person = _Person(turn.name, ParticipantKind.UNIDENTIFIED)
            roster.people.append(person)
    else:
        asks = turn.section is Section.QUESTION_AND_ANSWER
        kind = ParticipantKind.ANALYST if asks else ParticipantKind.EXECUTIVE
        person = roster.add(turn.name, kind)
    person.spoke = True
    return person


def _announce(roster: _Roster, turn: DraftTurn) -> None:
    for found in find_introductions(roster.text, turn.start, turn.end):
        if found.name is None:
            continue
        person = roster.add(roster.text[slice(*found.name)], ParticipantKind.ANALYST)
        person.aliases.append(found.name)
        person.firms += [found.firm] if found.firm else []


def _person_id(person: _Person, call: Call) -> EntityId:
    if person.kind in (ParticipantKind.OPERATOR, ParticipantKind.UNIDENTIFIED):
        return entity_id(EntityType.PERSON, f"{person.name} {call.id}")
    if person.kind is ParticipantKind.EXECUTIVE and call.issuer:
        return entity_id(EntityType.PERSON, f"{person.name} {call.issuer.split('/')[1]}")
    return entity_id(EntityType.PERSON, person.name)


def _said(transcript: Transcript, spans: list[Span]) -> tuple[Attributed, ...]:
    values: dict[str, list[Evidence]] = {}
    for span in spans:
        evidence = transcript.evidence(*span)
        values.setdefault(evidence.quote, []).append(evidence)
    return tuple(Attributed(value, tuple(found)) for value, found in values.items())


def _participant(transcript: Transcript, person: _Person, key: EntityId) -> Participant:
    affiliations = tuple(
        Affiliation(entity_id(EntityType.FIRM, short_name(said.value)), said.value, said.evidence)
        for said in _said(transcript, person.firms)
    )
    return Participant(
        key,
        person.name,
        person.kind or ParticipantKind.EXECUTIVE,
        _said(transcript, person.titles),
        affiliations,
        tuple(a for a in _said(transcript, person.aliases) if a.value != person.name),
        person.listed,
        person.spoke,
    )


def _entities(
    transcript: Transcript, participants: tuple[Participant, ...], heading: Heading
) -> tuple[Entity, ...]:
    found: dict[EntityId, Entity] = {}
    call = transcript.call
    if call.issuer and heading.company:
        label = short_name(heading.company)
        names = tuple({heading.company: 0} if heading.company != label else ())
        found[call.issuer] = Entity(call.issuer, EntityType.COMPANY, label, names)
    for person in participants:
        names = tuple(dict.fromkeys(a.value for a in person.aliases if a.value != person.name))
        found[person.id] = Entity(person.id, EntityType.PERSON, person.name, names)
        for firm in person.affiliations:
            label = short_name(firm.name)
            old = found.get(firm.organization)
            names = tuple(
                dict.fromkeys(
                    (
                        *(old.alt_labels if old else ()),
                        *((firm.name,) if firm.name != label else ()),
                    )
                )
            )
            found[firm.organization] = Entity(firm.organization, EntityType.FIRM, label, names)
    return tuple(found[key] for key in sorted(found))
