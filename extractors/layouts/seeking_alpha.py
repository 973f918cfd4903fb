"""Seeking Alpha text: participant lists, then lines that are only a name."""

from __future__ import annotations

import re

from extractors.drafts import Draft, DraftTurn, Listed, Source
from extractors.headings import parse_heading
from extractors.lines import Line, is_name_line, split_lines
from extractors.model import ParticipantKind, Section

NAME = "seeking-alpha"

_LISTS = {
    "company participants": ParticipantKind.EXECUTIVE,
    "conference call participants": ParticipantKind.ANALYST,
}
_FIXED = (
    "operator",
    "unidentified analyst",
    "unknown analyst",
    "unidentified company representative",
)
_TAIL = re.compile(r"- (?:Read more|View all) ")
_ENTRY = re.compile(r"(?P<name>.{2,60}?)\s+[-–—]\s+(?P<rest>.+)")


def sniff(source: Source) -> float:
    """Score the text: both participant lists as whole lines."""
    head = source.text[:20_000].lower()
    found = sum(f"\n{title}" in head for title in _LISTS)
    return (0.0, 0.4, 0.8)[found]


def _read_list(lines: list[Line], first: int) -> tuple[int, list[Listed]]:
    kind = _LISTS[lines[first].text.lower()]
    listed = []
    for i in range(first + 1, len(lines)):
        line = lines[i]
        entry = _ENTRY.fullmatch(line.text)
        if not line.text:
            continue
        if not entry:
            return i, listed
        name = (line.start + entry.start("name"), line.start + entry.end("name"))
        rest = (line.start + entry.start("rest"), line.start + entry.end("rest"))
        analyst = kind is ParticipantKind.ANALYST
        listed.append(
            Listed(name, kind, title=None if analyst else rest, firm=rest if analyst else None)
        )
    return len(lines), listed


def parse(source: Source) -> Draft:
    """Find the lists, the name lines and the speech below each."""
    lines = list(split_lines(source.text))
    listed: list[Listed] = []
    body = heading_end = 0
    i = 0
    while i < len(lines):
        if lines[i].text.lower() in _LISTS:
            heading_end = heading_end or lines[i].start
            body, found = _read_list(lines, i)
            listed += found
            i = body
        else:
            i += 1
    known = {source.text[a:b].casefold() for a, b in (entry.name for entry in listed)}
    known.update(_FIXED)
    turns: list[DraftTurn] = []
    label: Line | None = None
    start = end = 0
    section = Section.PREPARED_REMARKS

    def close() -> None:
        if label and end > start:
            turns.append(
                DraftTurn(label.text, start, end, (label.start, label.end), section=section)
            )

    for line in lines[body:]:
        folded = line.text.casefold()
        if _TAIL.match(line.text):
            break
        if folded == "question-and-answer session":
            close()
            label, section = None, Section.QUESTION_AND_ANSWER
        elif folded in known or (
            is_name_line(line.text) and source.text.count(f"\n{line.text}\n") > 1
        ):
            close()
            label, start, end = line, 0, 0
        elif line.text:
            start, end = start or line.start, line.end
    close()
    return Draft(source.text, tuple(turns), tuple(listed), parse_heading(source.text[:heading_end]))
