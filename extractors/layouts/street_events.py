"""StreetEvents text: blocks between rules, numbered speaker lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, Listed, Source
from extractors.headings import parse_heading
from extractors.labels import Label, Mark, make_turns, read_label, read_section
from extractors.lines import Line, split_lines
from extractors.model import ParticipantKind
from extractors.participant_lists import parse_blocks, read_list_head
from extractors.roles import Role, label_kinds, split_role

NAME = "street-events"

_NUMBER = re.compile(r"(?P<label>\S.{0,250}?)\s*\[(?P<number>\d{1,3})\]\s*")
_END = re.compile(r"(?:definitions|disclaimer)\b", re.IGNORECASE)


def sniff(source: Source) -> float:
    """Score the text: its name, rules, and speaker lines with a number."""
    text = source.text
    ends = [line.text for line in split_lines(text) if line.text.endswith("]")]
    numbered = sum(1 for line in ends if _NUMBER.fullmatch(line))
    if numbered < 2:
        return 0.0
    named = "StreetEvents" in text or "Edited Transcript" in text or "Participiants" in text
    return 0.6 + 0.3 * named


def parse(source: Source) -> Draft:
    """Read the participant blocks and the numbered speaker lines."""
    text = source.text
    lines = split_lines(text)
    listed: list[Listed] = []
    first = len(lines)
    for i, line in enumerate(lines):
        kind = read_list_head(line.text)
        if kind:
            first = min(first, i)
            after = i + 1
            while after < len(lines) and (not lines[after].text or set(lines[after].text) <= {"="}):
                after += 1
            listed += _block(text, lines, after, kind)
    points: list[Label | Mark] = []
    for line in lines:
        if not line.text:
            continue
        if set(line.text) <= set("=-") and len(line.text) > 3:
            points.append(Mark(line.start, line.end))
        elif points and _END.match(line.text) and isinstance(points[-1], Mark) and _spoken(points):
            points.append(Mark(line.start, line.end, stops=True))
        elif section := read_section(line.text):
            points.append(Mark(line.start, line.end, section))
        elif label := _label(text, line, listed):
            points.append(label)
    points = _unruled(points)
    labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    turns, notes = make_turns(text, labels, marks, len(text))
    head = text[: lines[min(first, len(lines) - 1)].start] or text[:1500]
    return name_speakers(Draft(text, turns, tuple(listed), parse_heading(head), notes=notes))


def _spoken(points: Sequence[Label | Mark]) -> bool:
    return any(isinstance(point, Label) for point in points)


def _block(text: str, lines: Sequence[Line], first: int, kind: ParticipantKind) -> list[Listed]:
    _, listed = parse_blocks(text, _squeezed(lines), _index(lines, first), kind)
    return listed


def _squeezed(lines: Sequence[Line]) -> list[Line]:
    """Drop blank lines: web copies put one between name and firm."""
    return [line for line in lines if line.text]


def _index(lines: Sequence[Line], first: int) -> int:
    return sum(1 for line in lines[:first] if line.text)


def _label(text: str, line: Line, listed: Sequence[Listed]) -> Label | None:
    found = _NUMBER.fullmatch(line.text) if line.text.endswith("]") else None
    if not found:
        return None
    start, end = line.start, line.start + found.end("label")
    said = text[start:end]
    if said.lower() in label_kinds():
        return Label(said, line.start, line.end, (start, end), _kind(text, start, end))
    for entry in listed:
        name = text[slice(*entry.name)]
        if said.startswith(name):
            rest = start + len(name) + len(said[len(name) :]) - len(said[len(name) :].lstrip(" ,-"))
            role = split_role(text, (rest, end), entry.kind) if rest < end else Role()
            return Label(name, line.start, line.end, (start, start + len(name)), role)
    comma = said.find(",")
    if comma > 0:
        rest = start + comma + len(said[comma:]) - len(said[comma:].lstrip(" ,"))
        role = split_role(text, (rest, end)) if rest < end else Role()
        return Label(said[:comma], line.start, line.end, (start, start + comma), role)
    return Label(said, line.start, line.end, (start, end))


def _kind(text: str, start: int, end: int) -> Role:
    label = read_label(text, start, end)
    return label.role if label else Role()


def _unruled(points: list[Label | Mark]) -> list[Label | Mark]:
    """Drop the rule right below a label, which would end its turn before it begins."""
    kept: list[Label | Mark] = []
    for point in points:
        rule = isinstance(point, Mark) and point.section is None and not point.stops
        if rule and kept and isinstance(kept[-1], Label):
            label = kept[-1]
            if point.start - label.end < 4:
                kept[-1] = Label(label.name, label.start, point.end, label.printed, label.role)
                continue
        kept.append(point)
    return kept
