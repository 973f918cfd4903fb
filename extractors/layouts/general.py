"""Any other text: speaker lines found by repetition and by the introductions in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractors.anonymous import is_anonymous, name_speakers
from extractors.drafts import Draft, DraftTurn, Listed, Source
from extractors.errors import LayoutError
from extractors.headings import parse_heading
from extractors.introductions import announced_firms, introduced_names, is_presented
from extractors.labels import (
    Label,
    Mark,
    is_role_line,
    is_tail,
    make_turns,
    read_label,
    read_section,
    shift_label,
)
from extractors.lines import Line, split_lines
from extractors.model import ParticipantKind
from extractors.names import clean_name, fold, same_person
from extractors.participant_lists import parse_list, read_bare_list, read_list_head
from extractors.roles import is_title, label_kinds, read_kind, split_role
from extractors.single_speakers import MOST, is_single_speaker
from extractors.speech import cue_pattern

NAME = "general"

NO_SPEAKERS = "no speakers are printed; the call has no turns of its own and no exchanges"
_LEAST_CUES = 4
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 20
_MOST_NAMES = 3000
_FEW = 5
"""So few turns, one of them nearly the whole text, are names of a list and no speakers."""
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|Jr|Sr|Inc|Ltd|Ph\.?D|M\.?D|Co)\.\Z")
_DECORATION = re.compile(
    r"[#>*_\[\s•·●▪◦‣–-]*(?:[QA]\s+[-–—]\s+)?(?:\d{1,2}:\d\d(?::\d\d)?\s*[-–]?\s*)?"
)

_CLOCK = re.compile(r"\s+(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?|\{[^{}\n]{3,40}\})\s*\Z")


def sniff(source: Source) -> float:
    """Score the text low, so that any layout that knows it wins; text with no words scores 0."""
    words = islice(_WORD.finditer(source.text, 0, 4000), _LEAST_WORDS)
    return 0.1 if sum(1 for _ in words) == _LEAST_WORDS else 0.0


def _bare(text: str, line: Line) -> tuple[int, int]:
    """Return the span of a line without Markdown signs, time stamps and a closing colon."""
    found = _DECORATION.match(line.text)
    start = line.start + (found.end() if found else 0)
    end = line.end
    if clock := _CLOCK.search(text, start, end):
        end = clock.start()
    while end > start and text[end - 1] in "*_:#] \t":
        end -= 1
    return start, end


def _read(text: str, line: Line) -> Label | None:
    if not line.text or len(line.text) > 160:
        return None
    if line.text[-1] in ".?!,;" and not _ABBREVIATED.search(line.text):
        return None
    start, end = _bare(text, line)
    label = read_label(text, start, end) if start < end else None
    if label is None or read_section(line.text) or read_list_head(line.text):
        return None
    return Label(label.name, line.start, line.end, label.printed, label.role)


def _candidates(text: str, lines: Sequence[Line]) -> dict[int, Label]:
    """Return the lines that open a turn: the name repeats, is introduced, or bears a role."""
    read = {i: label for i, line in enumerate(lines) if (label := _read(text, line))}
    counts = Counter(_key(label) for label in read.values())
    if len(counts) > _MOST_NAMES:
        raise LayoutError(f"holds more than {_MOST_NAMES:,} names; is it one call?")
    introduced = introduced_names(text)
    speaks = {key for key, count in counts.items() if count > 1}
    found: dict[int, Label] = {}
    for i, label in read.items():
        key = _key(label)
        below = _next_text(lines, i)
        if below is None or (below in read and _key(read[below]) == key):
            continue
        named = label.name.lower() in label_kinds() or is_anonymous(label.name)
        known = key in introduced or any(same_person(label.name, name) for name in introduced)
        role = label.role
        printed = bool(role.kind and (role.title or role.firm)) or role.kind is not None
        titled = _is_titled_below(text, lines, i, read)
        if named or key in speaks or known or printed or titled:
            found[i] = label
    if len({_key(label) for label in found.values()}) < 2 or len(found) < 3:
        return {}
    few = len(read) - len(found) <= MOST
    styles = Counter(_style(lines[i].text) for i in found)
    for i, label in read.items():
        if i in found or _next_text(lines, i) is None:
            continue
        style = _style(lines[i].text)
        if (style and styles[style] > 2) or (
            few and is_single_speaker(text, label.name, label.start, label.end)
        ):
            found[i] = label
    for i in sorted(found):
        if i in found and i + 1 in found and _stands_below(text, lines[i + 1]):
            del found[i + 1]
        below = _next_text(lines, i)
        if below is None or i not in found or below not in found:
            continue
        if lines[below].text.islower() and _is_kind_of(found[i], found[below]):
            del found[below]
    return dict(sorted(found.items()))


def _is_kind_of(label: Label, below: Label) -> bool:
    """Tell whether a line below a name is no more than the kind of speaker."""
    unnamed = label.name.lower() in label_kinds()
    kind = below.printed is not None and read_kind(below.name) is not None
    return kind and (not unnamed or label.name.lower() == below.name.lower())


def _stands_below(text: str, line: Line) -> bool:
    """Tell whether a line right below a name is a title or firm, though it repeats as names do."""
    start, end = _bare(text, line)
    said = text[start:end]
    return is_role_line(said) or fold(said) in announced_firms(text)


def _style(line: str) -> str | None:
    """Return the signs before a name, such as ``###``; None where there are none."""
    found = re.match(r"[^\w\s]+", line)
    return found[0] if found else None


def _is_titled_below(text: str, lines: Sequence[Line], i: int, read: dict[int, Label]) -> bool:
    """Tell whether a title is printed below a name, and speech below the title."""
    if i + 2 >= len(lines) or not is_role_line(lines[i + 1].text):
        return is_presented(text, read[i].name, lines[i].start)
    speech = lines[i + 2]
    return i + 2 not in read and len(speech.text) > 20 and not is_role_line(speech.text)


def _key(label: Label) -> str:
    return fold(clean_name(label.name)) or label.name.lower()


def _next_text(lines: Sequence[Line], i: int) -> int | None:
    return next((j for j in range(i + 1, min(i + 8, len(lines))) if lines[j].text), None)


def parse(source: Source) -> Draft:
    """Read the speaker lines; a text without any gets a warning and one unidentified turn."""
    text = source.text
    lines = split_lines(text)
    listed: list[Listed] = []
    body = 0
    for i, line in enumerate(lines):
        kind = read_list_head(line.text)
        if kind and i >= body:
            after, found = parse_list(
                text, lines, i + 1, kind, [text[slice(*entry.name)] for entry in listed]
            )
            if found:
                listed, body = listed + found, after
    labels = {i: label for i, label in _candidates(text, lines).items() if i >= body}
    if not labels:
        return _without_speakers(text)
    points: list[Label | Mark] = []
    skip = body
    for i in range(body, len(lines)):
        line = lines[i]
        if i < skip or not line.text:
            continue
        if points and is_tail(line.text):
            points.append(Mark(line.start, line.end, stops=True))
            break
        if section := read_section(line.text):
            points.append(Mark(line.start, line.end, section))
        elif i in labels:
            label, skip = _with_role_line(text, lines, i, labels)
            points.append(label)
    found_labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    turns, notes = make_turns(text, found_labels, marks, len(text))
    if len(turns) < _FEW and max(turn.end - turn.start for turn in turns) > 0.8 * len(text):
        return _without_speakers(text)
    top = text[: min(label.start for label in found_labels)]
    return name_speakers(Draft(text, turns, tuple(listed), parse_heading(top[:4000]), notes=notes))


def _with_role_line(
    text: str, lines: Sequence[Line], i: int, labels: dict[int, Label]
) -> tuple[Label, int]:
    label = labels[i]
    kind, after = _kind_line(lines, i, labels)
    if kind is not None:
        role = replace(label.role, kind=label.role.kind or kind)
        return shift_label(label, lines[after - 1].end, role), after
    below = lines[i + 1] if i + 1 < len(lines) else None
    unnamed = label.name.lower() in label_kinds()
    if below is None or unnamed or label.role.title or label.role.firm:
        return label, i + 1
    start, end = _bare(text, below)
    if i + 1 in labels and not is_title(text[start:end]):
        return label, i + 1
    if not _stands_below(text, below):
        return label, i + 1
    return shift_label(label, below.end, split_role(text, (start, end))), i + 2


def _kind_line(
    lines: Sequence[Line], i: int, labels: dict[int, Label]
) -> tuple[ParticipantKind | None, int]:
    """Read the kind of speaker on a line of its own below a name, and a number below that."""
    below = _next_text(lines, i)
    if below is None or below in labels:
        return None, i + 1
    kind = read_kind(lines[below].text) if lines[below].text.islower() else None
    if kind is not None and below + 1 < len(lines) and _NUMBER.fullmatch(lines[below + 1].text):
        below += 1
    return kind, below + 1


_NUMBER = re.compile(r"#?\d{1,3}")


def _without_speakers(text: str) -> Draft:
    """Make one unidentified turn of a text that speaks as a call does.

    Raises:
        LayoutError: the text does not.
    """
    if len(cue_pattern("call").findall(text[:200_000])) < _LEAST_CUES:
        raise LayoutError("holds no earnings call and no speakers; is it a transcript?")
    bare = text.strip()
    start = text.index(bare)
    turn = DraftTurn("Unidentified", start, start + len(bare))
    heading = parse_heading(text[:600])
    listed = tuple(read_bare_list(text, split_lines(text)[:60]))
    return Draft(text, (turn,), listed, heading, warnings=(NO_SPEAKERS,))
