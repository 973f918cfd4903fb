"""S&P Global text, as read from its PDF: executives and analysts in blocks, roles below names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.drafts import Draft, Listed, Source
from extractors.headings import parse_heading
from extractors.labels import (
    Label,
    Mark,
    is_role_line,
    is_tail,
    make_turns,
    read_section,
    shift_label,
)
from extractors.lines import Line, is_name_line, short_lines, split_lines
from extractors.model import ParticipantKind
from extractors.names import fold
from extractors.participant_lists import parse_blocks, read_list_head
from extractors.roles import label_kinds, split_role

NAME = "sp-global"

_UNNAMED = re.compile(r"([A-Z][\w ]{3,40}):\s+")
_LETTER = re.compile(r"\s+[QA]\Z")
_LEADERS = re.compile(r"\.{5,}")


def sniff(source: Source) -> float:
    """Score the text: ``Call Participants`` over blocks of executives and analysts."""
    lines = short_lines(source.text)
    if "call participants" not in lines or lines.isdisjoint(("executives", "analysts")):
        return 0.0
    marked = (
        "s&p global" in source.text[:60_000].lower() or "capital iq" in source.text[:60_000].lower()
    )
    return 0.65 + 0.25 * marked


def parse(source: Source) -> Draft:
    """Read the two blocks, then every name line that a listed or unnamed speaker has."""
    text = source.text
    lines = split_lines(text)
    listed: list[Listed] = []
    body = i = 0
    head = len(lines)
    while i < len(lines):
        kind = read_list_head(lines[i].text)
        if kind is None or _LEADERS.search(lines[i].text):
            i += 1
            continue
        head = min(head, i)
        after, found = parse_blocks(text, lines, i + 1, kind)
        listed += found
        body = i = max(after, i + 1)
    known = {fold(text[slice(*entry.name)]): entry for entry in listed}
    points: list[Label | Mark] = []
    skip = body
    for i in range(body, len(lines)):
        line = lines[i]
        if i < skip or not line.text:
            continue
        if is_tail(line.text):
            points.append(Mark(line.start, line.end, stops=True))
            break
        if set(line.text) <= {".", "_", "-"}:
            points.append(Mark(line.start, line.end))
        elif section := read_section(line.text):
            points.append(Mark(line.start, line.end, section))
        elif label := _label(text, lines, i, known):
            skip = i + 1
            while skip < len(lines) and lines[skip].end <= label.end:
                skip += 1
            points.append(label)
    labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    turns, notes = make_turns(text, labels, marks, len(text))
    top = text[: lines[min(head, len(lines) - 1)].start]
    return Draft(text, turns, tuple(listed), parse_heading(top), notes=notes)


def _label(text: str, lines: Sequence[Line], i: int, known: dict[str, Listed]) -> Label | None:
    line = lines[i]
    spoken = _UNNAMED.match(line.text)
    if spoken and spoken[1].lower() in label_kinds():
        start, end = line.start, line.start + spoken.end()
        return Label(spoken[1], start, end, (start, start + len(spoken[1])))
    if len(line.text) > 80:
        return None
    entry = known.get(fold(line.text))
    unnamed = line.text.lower() in label_kinds()
    below = lines[i + 1] if i + 1 < len(lines) else None
    parted = i == 0 or not lines[i - 1].text
    if entry is None and not unnamed:
        fits = below is not None and parted and is_name_line(line.text) and is_role_line(below.text)
        if not fits:
            return None
    label = Label(line.text, line.start, line.end, (line.start, line.end))
    if unnamed or below is None or not below.text or not is_role_line(below.text):
        return label
    last = i + 1
    while last + 1 < len(lines) and lines[last + 1].text and is_role_line(lines[last + 1].text):
        last += 1
    kind = entry.kind if entry else None
    letter = _LETTER.search(text, below.start, lines[last].end)
    end = letter.start() if letter and letter.end() == lines[last].end else lines[last].end
    role = split_role(text, (below.start, end), kind)
    if kind is ParticipantKind.EXECUTIVE and not role.title:
        return label
    return shift_label(label, lines[last].end, role)
