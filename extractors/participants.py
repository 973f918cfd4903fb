"""Who is who: printed names, roles and announcements merged to the participants of a call."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.announcements import Called, find_calls, resolve_calls, stand_in_alone
from extractors.companies import complete_heading
from extractors.doubts import find_doubts
from extractors.drafts import Draft, Heading, Span
from extractors.firms import (
    firm_id,
    firm_label,
    firm_term,
    issuer_id,
    same_firm,
    short_name,
)
from extractors.model import (
    Affiliation,
    Announcement,
    Attributed,
    Call,
    Entity,
    EntityId,
    EntityType,
    Identification,
    Participant,
    ParticipantKind,
    Section,
    Transcript,
    Turn,
    entity_id,
    slugify,
)
from extractors.names import clean_name
from extractors.operators import name_operator
from extractors.person_names import known_name
from extractors.roster import Person, Roster, listed_people
from extractors.sections import find_sections
from extractors.short_names import learn_short_names
from extractors.speakers import find_speakers, settle_kinds
from extractors.stand_ins import find_own_name, find_stand_in
from extractors.titles import find_titles


def identify(draft: Draft, *, name: str, layout: str, sha256: str) -> Transcript:
    """Merge what a layout found to participants and turns.

    Args:
        draft: what the layout found.
        name: the file's name without ending; names the call where the text does not.
        layout: the layout's name.
        sha256: of the file's bytes.
    """
    draft = name_operator(complete_heading(draft))
    call = make_call(draft.heading, name)
    roster = listed_people(draft)
    speakers = find_speakers(roster, draft)
    sections = find_sections(draft, speakers)
    calls = find_calls(draft, speakers, sections)
    resolve_calls(draft, roster, speakers, calls)
    settle_kinds(roster, draft, speakers, sections)
    calls += _unannounced(draft, roster, speakers, sections, calls)
    find_titles(roster, draft)
    learn_short_names(roster, draft, speakers)
    _name_unidentified(draft, roster, speakers)
    return _transcript(draft, roster, call, layout, sha256, speakers, sections, calls)


def make_call(heading: Heading, name: str) -> Call:
    """Name a call by ticker and period, or by its file where the text gives neither.

    >>> make_call(Heading(ticker="LMRA", fiscal_period="2031Q3"), "notes").id
    'lmra-2031q3'
    >>> make_call(Heading(), "Call 7").id
    'call-7'
    """
    key = slugify(name)
    if heading.ticker and heading.fiscal_period:
        key = slugify(f"{heading.ticker}-{heading.fiscal_period}")
    issuer = issuer_id(heading.company, heading.ticker) if heading.company else None
    return Call(
        key,
        heading.company,
        issuer,
        heading.ticker,
        heading.exchange_code,
        heading.fiscal_period,
        heading.held_on,
    )


def _unannounced(
    draft: Draft,
    roster: Roster,
    speakers: Sequence[Person],
    sections: Sequence[Section],
    calls: Sequence[Called],
) -> list[Called]:
    """Find stand-ins of analysts whom nobody has announced."""
    known = {call.asked_in for call in calls}
    heard = {id(speakers[call.asked_in]) for call in calls if call.asked_in is not None}
    made = []
    for i, turn in enumerate(draft.turns):
        who = speakers[i]
        if sections[i] is not Section.QUESTION_AND_ANSWER or i in known or id(who) in heard:
            continue
        if who.kind not in (ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED):
            continue
        heard.add(id(who))
        if found := find_stand_in(draft.text, turn.start, turn.end):
            call = Called(None, i, None, found, who)
            stand_in_alone(roster, call, who)
            made.append(call)
    return made


def _name_unidentified(draft: Draft, roster: Roster, speakers: Sequence[Person]) -> None:
    """Give unidentified speakers, and analysts in their own words, the names that they say."""
    for turn, who in zip(draft.turns, speakers, strict=True):
        if who.kind is ParticipantKind.UNIDENTIFIED:
            found = find_stand_in(draft.text, turn.start, turn.end)
            own = found.who if found else find_own_name(draft.text, turn.start, turn.end)
            if own:
                who.aliases.append(own)
        elif who.kind is ParticipantKind.ANALYST:
            found = find_stand_in(draft.text, turn.start, turn.end)
            if found and found.who and not (found.absent and _fits(roster, who, found.absent)):
                who.aliases.append(found.who)


def _fits(roster: Roster, who: Person, span: Span) -> bool:
    return roster.text[slice(*span)].split()[0] in who.name.split()


def _is_of_issuer(person: Person, call: Call) -> bool:
    return person.kind is ParticipantKind.EXECUTIVE and call.issuer is not None


def _person_id(person: Person, call: Call, name: str) -> EntityId:
    if person.kind is ParticipantKind.UNIDENTIFIED:
        return entity_id(EntityType.PERSON, f"{person.name} {person.number} {call.id}")
    if person.kind is ParticipantKind.OPERATOR:
        return entity_id(EntityType.PERSON, f"operator {call.id}")
    if call.issuer and _is_of_issuer(person, call):
        return entity_id(EntityType.PERSON, f"{name} {call.issuer.split('/')[1]}")
    return entity_id(EntityType.PERSON, name)


def _person_ids(roster: Roster, call: Call) -> dict[int, EntityId]:
    """Name each person of a call by the name that all calls know.

    Where two people of the call would then be one, they go by their names as printed.
    """
    known = {
        id(person): _person_id(
            person, call, known_name(person.name, of_issuer=_is_of_issuer(person, call))[0]
        )
        for person in roster.people
    }
    bearers = Counter(known.values())
    ids: dict[int, EntityId] = {}
    given: set[EntityId] = set()
    for person in roster.people:
        key = known[id(person)]
        if bearers[key] > 1:
            key = _person_id(person, call, person.name)
        base, number = key, 2
        while key in given:
            key, number = f"{base}-{number}", number + 1
        given.add(key)
        ids[id(person)] = key
    return ids


def _transcript(
    draft: Draft,
    roster: Roster,
    call: Call,
    layout: str,
    sha256: str,
    speakers: Sequence[Person],
    sections: Sequence[Section],
    calls: Sequence[Called],
) -> Transcript:
    ids = _person_ids(roster, call)
    turns = tuple(
        Turn(i, ids[id(speakers[i])], sections[i], turn.start, turn.end)
        for i, turn in enumerate(draft.turns)
    )
    bare = Transcript(call, draft.text, (), turns, layout, sha256, warnings=draft.warnings)
    participants = tuple(_participant(bare, person, ids[id(person)]) for person in roster.people)
    bare = replace(
        bare,
        participants=participants,
        announcements=tuple(_announcement(bare, called, ids) for called in calls),
        entities=_entities(bare, participants, draft.heading),
    )
    return replace(bare, doubts=find_doubts(bare, draft.notes, calls))


def _announcement(transcript: Transcript, called: Called, ids: dict[int, EntityId]) -> Announcement:
    spans = [
        (item.start, item.end)
        for item in (called.introduction, called.stand_in if called.absent else None)
        if item
    ]
    return Announcement(
        called.turn,
        called.asked_in,
        ids[id(called.analyst)] if called.analyst else None,
        ids[id(called.absent)] if called.absent else None,
        tuple(transcript.evidence(*span) for span in spans),
    )


def _said(transcript: Transcript, spans: Sequence[Span]) -> tuple[Attributed, ...]:
    values: dict[str, dict[Span, None]] = {}
    for span in spans:
        value = " ".join(transcript.text[slice(*span)].split())
        values.setdefault(value, {})[span] = None
    return tuple(
        Attributed(value, tuple(transcript.evidence(*span) for span in found))
        for value, found in values.items()
    )


def _participant(transcript: Transcript, person: Person, key: EntityId) -> Participant:
    return Participant(
        key,
        person.name,
        person.kind or ParticipantKind.EXECUTIVE,
        _said(transcript, person.titles),
        _affiliations(transcript, person),
        tuple(a for a in _said(transcript, person.aliases) if clean_name(a.value) != person.name),
        person.listed,
        person.spoke,
        _identification(transcript, person, key),
    )


def _identification(transcript: Transcript, person: Person, key: EntityId) -> Identification | None:
    """Say why a person is known by another form of the name, with the first place of this one."""
    call = transcript.call
    _, reason = known_name(person.name, of_issuer=_is_of_issuer(person, call))
    if not reason or key == _person_id(person, call, person.name):
        return None
    words = (re.escape(word) for word in person.name.split())
    found = re.search(r"\s+".join(words), transcript.text, re.IGNORECASE)
    if found is None:
        return None
    return Identification(reason, (transcript.evidence(*found.span()),))


def _affiliations(transcript: Transcript, person: Person) -> tuple[Affiliation, ...]:
    """Name the organizations of a person: one for all names that fit each other."""
    made: list[Affiliation] = []
    for said in _said(transcript, person.firms):
        same = next((a.organization for a in made if same_firm(a.name, said.value)), None)
        if transcript.call.company and same_firm(said.value, transcript.call.company):
            same = same or transcript.call.issuer
        made.append(Affiliation(same or firm_id(said.value), said.value, said.evidence))
    return tuple(made)


def _entities(
    transcript: Transcript, participants: Sequence[Participant], heading: Heading
) -> tuple[Entity, ...]:
    names: dict[EntityId, list[str]] = {}
    found: dict[EntityId, Entity] = {}
    for person in participants:
        aliases = dict.fromkeys(
            form for a in person.aliases for form in (a.value, clean_name(a.value))
        )
        forms = tuple(form for form in aliases if form and form != person.name)
        found[person.id] = Entity(person.id, EntityType.PERSON, person.name, forms)
        for firm in person.affiliations:
            names.setdefault(firm.organization, []).append(firm.name)
    call = transcript.call
    if call.issuer and heading.company:
        names.pop(call.issuer, None)
        label = short_name(heading.company)
        forms = (heading.company,) if heading.company != label else ()
        found[call.issuer] = Entity(call.issuer, EntityType.COMPANY, label, forms)
    for key, said in names.items():
        label = firm_label(list(dict.fromkeys(said)))
        forms = tuple(dict.fromkeys(f for n in said for f in (n, short_name(n)) if f != label))
        term = next((t for name in said if (t := firm_term(name))), None)
        kind = term[2] if term else EntityType.FIRM
        found[key] = Entity(key, kind, label, forms)
    return tuple(found[key] for key in sorted(found))
