"""Turns as ``Name: text`` lines: Motley Fool of 2025, Markdown, capitals, and most others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.anonymous import is_anonymous, name_speakers
from extractors.drafts import Draft, Listed, Source
from extractors.headings import parse_heading
from extractors.introductions import introduced_names
from extractors.labels import (
    BEHIND_SENTENCE,
    Label,
    Mark,
    is_tail,
    make_turns,
    part_lines,
    read_label,
    read_section,
)
from extractors.lines import NAME as NAME_WORDS
from extractors.lines import Line, split_lines, worded_lines
from extractors.names import clean_name, fold, same_person
from extractors.participant_lists import parse_list, read_inline_head, read_list_head
from extractors.roles import label_kinds
from extractors.single_speakers import MOST, is_single_speaker

NAME = "colon"

_LINE = re.compile(
    r"[>*_#\s•-]*(?:\[?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?"
    r"(?:\s*-+>\s*\d[\d:.,]*)?\]?\s*)?[*_]*(?:[QA]\s*[-–—:]\s*)?(?P<label>(?:[^:\n*_]|(?<=\w)_(?=\w)){2,110}?)"
    r"[*_\s]*:[*_]*(?=\s|\[|[^\s/\d])\s*"
)
_LETTER = re.compile(r"<\s*[QA]\s*[-–—]\s*(?P<label>[^<>\n]{2,140}?)\s*>\s*:?\s*")
_FULL = re.compile(r"full (?:conference call )?transcript|.{0,40}\btranscript:?", re.IGNORECASE)


_INNER = re.compile(rf"{BEHIND_SENTENCE}(?P<name>{NAME_WORDS}):\s")
_LONG = 1500
"""Code points of a mean line where line breaks are lost."""


def _part(text: str, lines: Sequence[Line], known: Iterable[str] = ()) -> Sequence[Line]:
    """Begin a line at each speaker printed inside one."""
    inner = list(_INNER.finditer(text))
    counts = Counter(found["name"] for found in inner)
    heads = (line.text[:260] for line in lines if ":" in line.text[:130])
    counts.update(found["label"] for head in heads if (found := _LINE.match(head)))
    names = {*known, *introduced_names(text), *label_kinds()}
    speakers = [n for n, count in counts.items() if count > 1 or fold(clean_name(n)) in names]
    single = [found for found in inner if counts[found["name"]] == 1]
    speakers += [
        found["name"]
        for found in (single if len(single) <= MOST else ())
        if is_single_speaker(text, found["name"], found.start("name"), found.end())
    ]
    return part_lines(text, lines, speakers)


def sniff(source: Source) -> float:
    """Score the text: the share of lines that begin with a repeated name and a colon."""
    lines: Sequence[Line] = worded_lines(source.text)
    if len(source.text) > _LONG * len(lines):
        lines = _part(source.text, lines)
    counts = _count(source.text, lines)
    repeated = sum(count for count in counts.values() if count > 1)
    if len([name for name, count in counts.items() if count > 1]) < 2 or repeated < 4:
        return 0.0
    return min(0.45 + 0.5 * repeated / max(len(lines), 1), 0.75)


def _count(text: str, lines: Sequence[Line]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        if label := _read(text, line):
            counts[fold(clean_name(label.name)) or label.name] += 1
    return counts


def _read(text: str, line: Line) -> Label | None:
    if line.text.startswith("<"):
        found = _LETTER.match(line.text[:200])
    else:
        found = _LINE.match(line.text[:400]) if ":" in line.text[:130] else None
    if not found:
        return None
    start = line.start + found.start("label")
    said = found["label"].rstrip()
    label = read_label(text, start, start + len(said))
    if label is None and said in _thanked(text):
        label = Label(said, start, start + len(said), (start, start + len(said)))
    if label is None:
        return None
    return Label(label.name, line.start, line.start + found.end(), label.printed, label.role)


@lru_cache(maxsize=4)
def _thanked(text: str) -> frozenset[str]:
    """Return the first names that are thanked: a label may be no more than one of them."""
    return frozenset(found[1] for found in _THANKS.finditer(text))


_THANKS = re.compile(r"\b[Tt]hank(?:s|\s+you),?\s+(?:so\s+much,?\s+)?([A-Z][\w'’-]+)(?=[,.!])")


def _read_alone(text: str, lines: Sequence[Line]) -> Label | None:
    """Read a name with its title as a line of its own, as some texts print prepared remarks."""
    if len(lines) < 2 or len(lines[0].text) > 130 or lines[0].text.endswith((".", "?", "!")):
        return None
    first, below = (_whole(text, line) for line in lines)
    return first if first and not below else None


def _whole(text: str, line: Line) -> Label | None:
    said = line.text.rstrip(": ")
    label = read_label(text, line.start, line.start + len(said)) if len(said) < 130 else None
    if label is None or label.role.kind is None:
        return None
    if said.lower() not in label_kinds() and not (label.role.title and " " in label.name):
        return None
    return Label(label.name, line.start, line.end, label.printed, label.role)


def parse(source: Source) -> Draft:
    """Read the lists, if any, then each line with a known or repeated name before a colon."""
    text = source.text
    lines = split_lines(text)
    first = _start(lines)
    listed: list[Listed] = []
    after = 0
    for i, line in enumerate(lines[: first or len(lines)]):
        if i >= after and (inline := read_inline_head(line)):
            rest = (*lines[:i], inline[1], *lines[i + 1 :])
            after, found = parse_list(text, rest, i, inline[0])
            listed += found
        kind = read_list_head(line.text)
        if (kind or line.text.lower().strip(":*# ") == "call participants") and i >= after:
            after, found = parse_list(
                text, lines, i + 1, kind, [text[slice(*entry.name)] for entry in listed]
            )
            listed += found
    first = max(first, after)
    known = {fold(clean_name(text[slice(*entry.name)])) for entry in listed}
    known |= introduced_names(text)
    spoken = [line for line in _part(text, lines[first:], known) if line.text]
    counts = _count(text, spoken)
    few = sum(count == 1 for count in counts.values()) <= MOST
    points: list[Label | Mark] = []
    for i, line in enumerate(spoken):
        if points and is_tail(line.text):
            points.append(Mark(line.start, line.end, stops=True))
            break
        if section := read_section(line.text):
            points.append(Mark(line.start, line.end, section))
        elif (label := _read(text, line)) and (
            _counts(label, counts, known)
            or (few and is_single_speaker(text, label.name, line.start, label.end))
        ):
            points.append(label)
        elif alone := _read_alone(text, spoken[i : i + 2]):
            points.append(alone)
    labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    turns, notes = make_turns(text, labels, marks, len(text))
    head = text[: min((label.start for label in labels), default=2000)]
    draft = Draft(text, turns, tuple(listed), parse_heading(head[:4000]), notes=notes)
    return name_speakers(draft)


def _start(lines: Sequence[Line]) -> int:
    """Find the line behind which speech begins, where a summary and glossary stand above."""
    found = [
        i for i, line in enumerate(lines) if len(line.text) < 60 and _FULL.fullmatch(line.text)
    ]
    return found[-1] + 1 if found and found[-1] < 0.6 * len(lines) else 0


def _counts(label: Label, counts: Counter[str], known: frozenset[str] | set[str]) -> bool:
    folded = fold(clean_name(label.name))
    if is_anonymous(label.name):
        return True
    if label.name.lower() in label_kinds() or folded in known or counts[folded] > 1:
        return True
    if any(same_person(label.name, name) for name in known):
        return True
    role = label.role
    return bool(role.kind and (role.title or role.firm))
