"""Seeking Alpha text in all its forms: name lines, glued names, and names before a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.drafts import Draft, Listed, Source, Span
from extractors.headings import parse_heading
from extractors.introductions import find_introductions, introduced_names
from extractors.labels import (
    Label,
    Mark,
    is_role_line,
    is_tail,
    make_turns,
    name_lines,
    part_lines,
    read_section,
    shift_label,
)
from extractors.lines import Line, is_name_line, split_lines
from extractors.model import ParticipantKind
from extractors.names import fold, same_person
from extractors.participant_lists import parse_list, read_list_head
from extractors.roles import label_kinds, split_role

NAME = "seeking-alpha"

_LONGEST_LABEL = 91
"""Code points up to the colon."""
_COLON = re.compile(r"(?P<label>[^:\n]{2,90}):(?=\s|\Z)\s*")
_BOLD = re.compile(r"^[ \t]*\*\*\w", re.MULTILINE)
_SENTENCE_END = tuple(".?!…)]\"”’'-")
_LETTER = re.compile(
    r"<?[QA]\s*[-–—]\s*(?P<name>[^:<>\n]{2,60}?)(?:\s+[-–—]\s+[^<>:\n]{0,80})?(?:>\s*:?|:|\Z)\s*"
)
_LONGEST_CALL = 6000
"""Code points of the longest turn in which an operator calls somebody."""
_MORE = 20
"""Code points that a role may be longer than in the lists, for its signs and blanks."""
_LONGEST_ROLE = 400
"""Code points; longer lines are speech."""
_DIVISION = re.compile(r"[A-Z][^.?!\n]{2,80}?(?:\.[^.?!\n]{2,40}?){0,3}Research Division(?=\s|\Z)")


def sniff(source: Source) -> float:
    """Score the text: the two participant lists as whole lines."""
    kinds = [read_list_head(line.text) for line in split_lines(source.text)[:600]]
    if "**" in source.text and len(_BOLD.findall(source.text)) > 8:
        return 0.05
    both = ParticipantKind.EXECUTIVE in kinds and ParticipantKind.ANALYST in kinds
    if both and "conference call participants" in source.text[:20_000].lower():
        return 0.85 if "===" not in source.text[:3000] else 0.4
    return 0.6 if both else 0.3 if any(kinds) else 0.0


@dataclass(slots=True)
class _Known:
    """What the lists name: people, and whose a role or firm is."""

    text: str
    names: dict[str, Listed | None] = field(default_factory=dict)
    roles: dict[str, list[Span]] = field(default_factory=dict)
    introduced: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    _speakers: dict[str, bool] = field(default_factory=dict)
    _own: dict[str, list[str]] = field(default_factory=dict)

    _longest: int = 0

    def add(self, entry: Listed) -> None:
        self.names[fold(self.text[slice(*entry.name)])] = entry
        for role in (entry.title, entry.firm):
            if role:
                said = self.text[slice(*role)]
                self.roles.setdefault(fold(said), []).append(entry.name)
                self._longest = max(self._longest, len(said) + _MORE)

    def is_role(self, said: str) -> bool:
        """Tell whether the lists print a title or firm so."""
        return len(said) <= self._longest and fold(said) in self.roles

    def printed(self) -> list[str]:
        """Return the names as the lists and the speaker lines print them."""
        listed = [self.text[slice(*entry.name)] for entry in self.names.values() if entry]
        unnamed = [kind.title() for kind in label_kinds()]
        return [*listed, *unnamed, *(name for name in self.counts if self.is_speaker(name))]

    def is_name(self, said: str) -> bool:
        folded = fold(said)
        return (
            folded in self.names
            or said.lower() in label_kinds()
            or (is_name_line(said) and any(same_person(said, name) for name in self.names))
        )

    def is_speaker(self, said: str) -> bool:
        """Tell whether a label is a speaker's, once all names are known."""
        known = self._speakers.get(said)
        if known is None:
            known = self._speakers[said] = self._speaks(said)
        return known

    def _speaks(self, said: str) -> bool:
        if self.is_name(said):
            return True
        if not is_name_line(said) or read_section(said) or self.is_role(said):
            return False
        return fold(said) in self.introduced or self.counts.get(said, 0) > 1

    def owner(self, said: str) -> str:
        """Return who bears a role or firm that stands in place of a name."""
        spans = dict.fromkeys(self.roles[fold(said)])
        if len(spans) == 1:
            return self.text[slice(*next(iter(spans)))]
        kinds = {entry.kind for entry in self.names.values() if entry and entry.name in spans}
        analyst = ParticipantKind.ANALYST in kinds
        return "Unidentified Analyst" if analyst else "Unidentified Executive"

    def roles_of(self, name: str) -> list[str]:
        """Return the title and firm beside a listed name."""
        found = self._own.get(name)
        if found is None:
            found = self._own[name] = self._read_roles(name)
        return found

    def _read_roles(self, name: str) -> list[str]:
        entry = self.names.get(fold(name))
        spans = [entry.title, entry.firm] if entry else []
        return [re.sub(r"\s+", " ", self.text[slice(*span)]) for span in spans if span]


def parse(source: Source) -> Draft:
    """Read the lists, then every speaker label below them."""
    text = source.text
    lines = split_lines(text)
    listed: list[Listed] = []
    body = heading_end = i = 0
    while i < len(lines):
        kind = read_list_head(lines[i].text)
        if kind is None:
            i += 1
            continue
        names = [text[slice(*entry.name)] for entry in listed]
        after, found = parse_list(text, lines, i + 1, kind, names)
        if found:
            heading_end = heading_end or lines[i].start
            body = after
        listed += found
        i = max(after, i + 1)
    known = _Known(text, introduced=introduced_names(text))
    for entry in listed:
        known.add(entry)
    known.counts = _colon_names(lines[body:])
    spoken = part_lines(text, lines[body:], known.printed())
    points = list(_points(text, spoken, known))
    labels = [point for point in points if isinstance(point, Label)]
    marks = [point for point in points if isinstance(point, Mark)]
    turns, notes = make_turns(text, labels, marks, len(text))
    heading = parse_heading(text[: heading_end or lines[min(body, len(lines) - 1)].start])
    return Draft(text, turns, tuple(listed), heading, notes=notes)


def _colon_names(lines: Sequence[Line]) -> dict[str, int]:
    counts = name_lines(lines)
    for line in lines:
        found = _match_colon(line.text)
        if found:
            counts[found["label"]] = counts.get(found["label"], 0) + 1
    return counts


def _match_colon(said: str) -> re.Match[str] | None:
    return _COLON.match(said) if ":" in said[:_LONGEST_LABEL] else None


def _points(text: str, lines: Sequence[Line], known: _Known) -> Iterator[Label | Mark]:
    glued = _glued_names(text, known)
    endings = tuple({name.split(" ")[-1] for name in glued})
    labels: list[Label] = []
    skip = 0
    for i, line in enumerate(lines):
        if i < skip or not line.text:
            continue
        if is_tail(line.text):
            yield Mark(line.start, line.end, stops=True)
            return
        if section := read_section(line.text):
            yield Mark(line.start, line.end, section)
            continue
        label = _label_at(text, line, known) or _called(text, lines, i, labels, known)
        if label is None and len(line.text) > 12 and line.text[-80:].casefold().endswith(endings):
            length = _glued(line.text, glued)
            if length and _opens(lines, i, known):
                start = line.end - length
                label = Label(text[start : line.end], start, line.end, (start, line.end))
        if label is None:
            continue
        if label.end >= line.end:
            label, skip = _with_role_line(text, lines, i, label, known)
        labels.append(label)
        yield label


def _called(
    text: str, lines: Sequence[Line], i: int, labels: Sequence[Label], known: _Known
) -> Label | None:
    """Read a name that stands nowhere else, where the operator has just called somebody."""
    if not labels or labels[-1].name.lower() not in ("operator", "moderator", "coordinator"):
        return None
    line = lines[i]
    if line.start - labels[-1].end > _LONGEST_CALL:
        return None
    found = _match_colon(line.text)
    name = found["label"].strip() if found else line.text
    if not is_name_line(name) or len(name.split()) > 4 or read_section(name):
        return None
    if not find_introductions(text, labels[-1].end, line.start):
        return None
    printed = (line.start, line.start + len(name))
    if not found:
        following = next((item for item in lines[i + 1 : i + 3] if item.text), None)
        return Label(name, line.start, line.end, printed) if following else None
    label = Label(name, line.start, line.start + found.end(), printed)
    return _after_role(text, label, line, known)


def _glued(line: str, names: frozenset[str]) -> int:
    """Return the length of a name that stands behind the last sentence of a line, or 0."""
    tail = line[-80:].split(" ")
    for count in range(1, min(len(tail), 7)):
        said = " ".join(tail[-count:])
        if said.casefold() in names and tail[-count - 1][-1:] in _SENTENCE_END:
            return len(said)
    return 0


def _glued_names(text: str, known: _Known) -> frozenset[str]:
    printed = [text[slice(*entry.name)] for entry in known.names.values() if entry]
    fixed = [label for label in label_kinds() if " " in label or label == "operator"]
    plain = [name for name in known.counts if is_name_line(name) and fold(name) in known.introduced]
    return frozenset(name.casefold() for name in (*printed, *fixed, *plain))


def _opens(lines: Sequence[Line], i: int, known: _Known) -> bool:
    """Tell whether a name at a paragraph's end opens a turn: a role or a blank line follows."""
    if i + 1 >= len(lines):
        return False
    following = lines[i + 1].text
    if len(following) > _LONGEST_ROLE:
        return False
    return not following or known.is_role(following) or is_role_line(following)


def _label_at(text: str, line: Line, known: _Known) -> Label | None:
    said = line.text
    letter = _LETTER.match(said) if said[0] in "<QA" else None
    if letter and known.is_speaker(letter["name"]):
        start, end = line.start + letter.start("name"), line.start + letter.end("name")
        return Label(letter["name"], line.start, line.start + letter.end(), (start, end))
    found = _match_colon(said)
    if found and len(found["label"].split()) <= 14:
        name = found["label"].strip()
        start, speech = line.start, line.start + found.end()
        printed = (start, start + len(name))
        if known.is_speaker(name):
            return _after_role(text, Label(name, start, speech, printed), line, known)
        if known.is_role(name):
            return Label(known.owner(name), start, speech, printed)
    if len(said) > 120:
        return None
    if known.is_speaker(said):
        return Label(said, line.start, line.end, (line.start, line.end))
    if known.is_role(said):
        return Label(known.owner(said), line.start, line.end, (line.start, line.end))
    return None


def _after_role(text: str, label: Label, line: Line, known: _Known) -> Label:
    """Move the start of the speech behind a role or firm with no delimiter."""
    rest = text[label.end : line.end]
    own = known.roles_of(label.name)
    others = [re.sub(r"\s+", " ", text[slice(*s)]) for s in _role_spans(known)] if not own else []
    for role in sorted({*own, *others}, key=lambda item: (-len(item), item)):
        if rest.lower().startswith(role.lower()) and not rest[len(role) : len(role) + 1].isalnum():
            span = (label.end, label.end + len(role))
            kind = known.names.get(fold(label.name))
            parts = split_role(text, span, kind.kind if kind else None)
            return shift_label(label, span[1], parts)
    found = _DIVISION.match(rest)
    if found:
        span = (label.end, label.end + found.end())
        return shift_label(label, span[1], split_role(text, span, ParticipantKind.ANALYST))
    return label


def _role_spans(known: _Known) -> Iterator[Span]:
    for entry in known.names.values():
        if entry:
            yield from (span for span in (entry.title, entry.firm) if span)


def _with_role_line(
    text: str, lines: Sequence[Line], i: int, label: Label, known: _Known
) -> tuple[Label, int]:
    """Take the line below a name that holds the speaker's role or firm into the label."""
    if i + 1 >= len(lines) or not lines[i + 1].text:
        return label, i + 1
    below = lines[i + 1]
    if len(below.text) > _LONGEST_ROLE:
        return label, i + 1
    own = {fold(role) for role in known.roles_of(label.name)}
    blank = i + 2 < len(lines) and not lines[i + 2].text
    if known.is_role(below.text) and (blank or fold(below.text) in own):
        entry = known.names.get(fold(label.name))
        role = split_role(text, (below.start, below.end), entry.kind if entry else None)
        return shift_label(label, below.end, role), i + 2
    if blank and label.name.lower() not in label_kinds() and is_role_line(below.text):
        return shift_label(label, below.end, split_role(text, (below.start, below.end))), i + 2
    return label, i + 1
