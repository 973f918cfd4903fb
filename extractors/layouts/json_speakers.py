"""JSON or rows of a table with speakers and texts, with or without a map from ids to names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, DraftTurn, Listed, Source, Span
from extractors.errors import LayoutError
from extractors.firms import same_firm
from extractors.json_calls import Spoken, Who, find_heading, find_people, find_spoken
from extractors.labels import MAX_TURNS
from extractors.model import ParticipantKind, Section
from extractors.roles import Role, label_kinds, split_role

NAME = "json-speakers"


def sniff(source: Source) -> float:
    """Score the values: a list of objects that have a speaker and a text."""
    if source.data is None:
        return 0.0
    return 0.9 if find_spoken(source.data) else 0.0


def parse(source: Source) -> Draft:
    """Write the participants and the turns out as text, and mark each turn in it.

    Raises:
        LayoutError: there are more turns than any call has.
    """
    spoken = find_spoken(source.data)
    if len(spoken) > MAX_TURNS:
        raise LayoutError(f"holds more than {MAX_TURNS:,} turns; give one call")
    heading, head = find_heading(source.data)
    people = find_people(source.data)
    parts = [head, ""] if head else []
    size = sum(len(part) + 1 for part in parts)
    entries: list[tuple[Who, int]] = []
    for key, who in people.items():
        line = _line(who) if key == who.name else f"{key}: {_line(who)}"
        entries.append((who, size + len(line) - len(_line(who))))
        parts.append(line)
        size += len(line) + 1
    parts.append("")
    size += 1
    turns: list[tuple[Spoken, int]] = []
    for item in spoken:
        turns.append((item, size))
        label = _line(item.who)
        parts += [label, item.words, ""]
        size += len(label) + len(item.words) + 3
    text = "\n".join(parts)
    listed = tuple(_listed(text, entries, heading.company))
    sections = _sections([item.section for item, _ in turns])
    made = tuple(
        replace(_turn(text, item, start, people, heading.company), section=section)
        for (item, start), section in zip(turns, sections, strict=True)
    )
    return name_speakers(Draft(text, made, listed, heading))


def _sections(printed: Sequence[Section | None]) -> Iterator[Section | None]:
    """Let the Q&A session last once it has begun: some exports mark the questions alone."""
    asked = False
    for section in printed:
        asked = asked or section is Section.QUESTION_AND_ANSWER
        yield Section.QUESTION_AND_ANSWER if asked else section


def _line(who: Who) -> str:
    return " - ".join(part for part in (who.name, who.title, who.firm) if part)


def _role(text: str, who: Who, start: int, company: str | None) -> Role:
    """Read title and firm where they are printed behind a name."""
    position = start + len(who.name)
    role = Role(who.kind)
    if who.title:
        span = (position + 3, position + 3 + len(who.title))
        position = span[1]
        role = split_role(text, span, who.kind)
    if who.firm:
        firm: Span | None = (position + 3, position + 3 + len(who.firm))
        if who.firm.lower() in label_kinds():
            firm = None
        own = company is not None and same_firm(who.firm, company)
        kind = role.kind or (ParticipantKind.EXECUTIVE if own else None)
        role = Role(kind, role.title, firm)
    return role


def _turn(
    text: str, item: Spoken, start: int, people: dict[str, Who], company: str | None
) -> DraftTurn:
    who = item.who
    name = people[who.name].name if who.name in people else who.name
    role = _role(text, who, start, company)
    kind = ParticipantKind.OPERATOR if name.lower() == "operator" else role.kind
    first = start + len(_line(who)) + 1
    label = (start, start + len(who.name))
    title = role.title if kind is not ParticipantKind.OPERATOR else None
    return DraftTurn(name, first, first + len(item.words), label, title, role.firm, kind)


def _listed(text: str, entries: list[tuple[Who, int]], company: str | None) -> Iterator[Listed]:
    for who, start in entries:
        if who.name.lower() in label_kinds() or not (who.title or who.firm):
            continue
        role = _role(text, who, start, company)
        kind = role.kind or (ParticipantKind.ANALYST if who.firm else ParticipantKind.EXECUTIVE)
        yield Listed((start, start + len(who.name)), kind, role.title, role.firm)
