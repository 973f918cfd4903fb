"""Motley Fool text: ``Name--Role`` lines, participants last, section names repeated above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.drafts import Draft, Listed, Source
from extractors.headings import parse_heading
from extractors.introductions import introduced_names
from extractors.labels import Label, Mark, is_tail, make_turns, read_label, read_section
from extractors.lines import Line, is_name_line, split_lines
from extractors.model import ParticipantKind
from extractors.names import clean_name, fold
from extractors.participant_lists import parse_list
from extractors.roles import label_kinds, split_role, starts_title

NAME = "motley-fool"

_HEADER = re.compile(r"[*_]*[^\W\d_][^\n]{2,60}?[*_]*(?:--|\s--\s|\s—\s)\s*[*_]*\S[^\n]{1,120}")
_LIST = re.compile(r"[*_#\s]*call participants:?[*_\s]*", re.IGNORECASE)
_PREPARED = re.compile(r"[*_#\s]*prepared remarks:[*_\s]*", re.IGNORECASE)


def sniff(source: Source) -> float:
    """Score the text: ``Prepared Remarks:`` as a line and headers with two dashes."""
    if "--" not in source.text and " — " not in source.text:
        return 0.0
    lines = [line.text for line in split_lines(source.text) if len(line.text) < 150]
    dashed = [line for line in lines if "--" in line or " — " in line]
    if sum(1 for line in dashed if _HEADER.fullmatch(line)) < 3:
        return 0.0
    prepared = any(_PREPARED.fullmatch(line) for line in lines)
    return min(0.5 + 0.3 * prepared + (0.1 if "motley" in source.text.lower() else 0.0), 0.9)


def parse(source: Source) -> Draft:
    """Read the headers between ``Prepared Remarks:`` and the participants at the end."""
    text = source.text
    lines = split_lines(text)
    first = _start(lines)
    last = next(
        (i for i in range(len(lines) - 1, first, -1) if _LIST.fullmatch(lines[i].text)), len(lines)
    )
    listed: list[Listed] = []
    if last < len(lines):
        _, listed = parse_list(text, lines, last + 1, None)
        if glued := [_glued(text, line) for line in lines[last + 1 :]]:
            found = [entry for entry in map(_as_listed, glued) if entry]
            listed = found if len(found) > 1 else listed
    names = {text[slice(*entry.name)] for entry in listed}
    points: list[Label | Mark] = []
    for line in lines[first:last]:
        if is_tail(line.text):
            points.append(Mark(line.start, line.end, stops=True))
            break
        if section := read_section(line.text):
            points.append(Mark(line.start, line.end, section))
        elif label := _glued(text, line) or _label(text, line, names):
            points.append(label)
    labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    stop = lines[last].start if last < len(lines) else len(text)
    turns, notes = make_turns(text, labels, marks, stop)
    heading = parse_heading(text[: lines[first].start] if first else text[:2000])
    return Draft(text, turns, tuple(listed), heading, notes=notes)


def _start(lines: Sequence[Line]) -> int:
    """Find where speech begins: behind the table of contents, which has no colons."""
    for pattern in (_PREPARED, re.compile(r"prepared remarks", re.IGNORECASE)):
        found = [i for i, line in enumerate(lines) if pattern.fullmatch(line.text)]
        if found:
            return found[-1]
    return 0


def _label(text: str, line: Line, names: set[str]) -> Label | None:
    if len(line.text) > 160:
        return None
    start, end = line.start, line.end
    while start < end and text[start] in "*_# ":
        start += 1
    while end > start and text[end - 1] in "*_ ":
        end -= 1
    said = text[start:end]
    if said.lower() in label_kinds() or said in names:
        label = read_label(text, start, end)
        return Label(label.name, line.start, line.end, label.printed, label.role) if label else None
    if not _HEADER.fullmatch(line.text):
        return None
    label = read_label(text, start, end)
    if label is None or label.printed is None:
        return None
    role = label.role
    if label.name.lower() in label_kinds():
        return Label(label.name, line.start, line.end, label.printed, role)
    plain = role.kind is None and label.name not in names
    if plain or (not role.title and not role.firm and role.kind is not ParticipantKind.ANALYST):
        return None
    return Label(label.name, line.start, line.end, label.printed, role)


_BORDER = re.compile(r"(?<=[a-zß-ÿ.])(?=[A-ZÀ-Þ])")
_ANALYST = re.compile(r"\s+(?:--|—)\s+[\w ]{0,40}Analyst\s*\Z")


def _glued(text: str, line: Line) -> Label | None:
    """Read a name with the title or firm glued to it, as copies without their markup print it."""
    said = line.text
    if len(said) > 160 or said.endswith((".", "?", "!")) or not _BORDER.search(said):
        return None
    analyst = _ANALYST.search(said)
    if re.search(r"--|—", said[: analyst.start()] if analyst else said):
        return None
    introduced = introduced_names(text)
    cuts = [m.start() for m in _BORDER.finditer(said) if is_name_line(said[: m.start()])]
    known = [cut for cut in cuts if fold(clean_name(said[:cut])) in introduced]
    titled = [cut for cut in cuts if starts_title(said[cut:])]
    found = titled or (known or cuts[-1:] if analyst else [])
    if not found:
        return None
    printed = (line.start, line.start + found[-1])
    end = line.start + (analyst.start() if analyst else len(said))
    role = split_role(text, (printed[1], end), ParticipantKind.ANALYST if analyst else None)
    return Label(said[: found[-1]], line.start, line.end, printed, role)


def _as_listed(label: Label | None) -> Listed | None:
    if label is None or label.printed is None or label.role.kind is None:
        return None
    return Listed(label.printed, label.role.kind, label.role.title, label.role.firm)
