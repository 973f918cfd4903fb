"""Speakers before their words with no colon: ``[Name] text``, a tab, or an initial first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, Source
from extractors.headings import parse_heading
from extractors.introductions import introduced_names
from extractors.labels import Label, Mark, is_tail, make_turns, read_label, read_section
from extractors.lines import Line, is_name_line, worded_lines
from extractors.names import clean_name, fold
from extractors.roles import label_kinds

NAME = "set-off"

_INITIAL = re.compile(r"(?P<initial>[^\W\d_a-z])[ \t](?P<label>(?=(?P=initial))[^\n]{2,80})")
_FORMS = {
    "[": re.compile(r"\[(?P<label>[^\[\]\n]{2,80})\]:?[ \t]+(?=\S)"),
    "\t": re.compile(r"(?P<label>[^\t\n]{2,80}?)[ ]?\t\s*(?=\S)"),
    "": _INITIAL,
}
"""Each with a sign that a text must hold."""
_BEGINNING = 120
"""Code points of a line in which its label ends."""
_LONGEST = 5
"""Words of a name behind an initial."""


def sniff(source: Source) -> float:
    """Score the text: the share of lines that begin so, where two speakers come again."""
    lines = worded_lines(source.text)
    _, labels = _labels(source.text, lines)
    counts = Counter(fold(label.name) for label in labels)
    if sum(count > 1 for count in counts.values()) < 2 or len(labels) < 4:
        return 0.0
    share = len(labels) / len(lines)
    return min(0.3 + 0.5 * share, 0.8) if share > 0.3 else 0.0


def _labels(text: str, lines: Sequence[Line]) -> tuple[re.Pattern[str], list[Label]]:
    """Return the form that most lines have, and their labels."""
    best: tuple[re.Pattern[str], list[Label]] = (_INITIAL, [])
    for sign, form in _FORMS.items():
        fits = form.match if sign in text else None
        found = [line for line in lines if fits and fits(line.text, 0, _BEGINNING)]
        if len(found) < 4:
            continue
        names = _names(text, found) if form is _INITIAL else frozenset()
        labels = [label for line in found if (label := _read(text, line, form, names))]
        if len(labels) > len(best[1]):
            best = form, labels
    return best


def _read(text: str, line: Line, form: re.Pattern[str], names: frozenset[str]) -> Label | None:
    found = form.match(line.text, 0, _BEGINNING)
    if found is None:
        return None
    start = line.start + found.start("label")
    if form is _INITIAL:
        size = _name_length(found["label"], names)
        if not size:
            return None
        end = start + size
        return Label(text[start:end], line.start, end, (start, end))
    label = read_label(text, start, line.start + found.end("label"))
    if label is None:
        return None
    unnamed = label.name.lower() in label_kinds()
    if not unnamed and label.name.split()[0].lower() in label_kinds():
        return None
    return Label(label.name, line.start, line.start + found.end(), label.printed, label.role)


def _names(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """Return the folded names behind the initials: those that come again or are introduced."""
    counts: Counter[str] = Counter()
    for line in lines:
        words = line.text.split()[1 : _LONGEST + 1]
        counts.update(fold(" ".join(words[:count])) for count in range(2, len(words) + 1))
    known = introduced_names(text)
    return frozenset(name for name, count in counts.items() if count > 1 or name in known)


def _name_length(rest: str, names: frozenset[str]) -> int:
    """Return how many code points of the words behind an initial are the name."""
    words = list(re.finditer(r"\S+", rest))
    if words[0][0].lower() in label_kinds():
        return words[0].end()
    for count in range(min(_LONGEST, len(words)), 1, -1):
        said = rest[: words[count - 1].end()]
        if is_name_line(said) and fold(clean_name(said)) in names:
            return words[count - 1].end()
    if len(words) > 1 and is_name_line(rest[: words[1].end()]):
        return words[1].end()
    return 0


def parse(source: Source) -> Draft:
    """Read each line of the form that most lines have as a turn."""
    text = source.text
    lines = worded_lines(text)
    _, labels = _labels(text, lines)
    first = min(label.start for label in labels)
    taken = {label.start for label in labels}
    marks: list[Mark] = []
    for line in lines:
        if line.start > first and is_tail(line.text):
            marks.append(Mark(line.start, line.end, stops=True))
            break
        if line.start not in taken and (section := read_section(line.text)):
            marks.append(Mark(line.start, line.end, section))
    turns, notes = make_turns(text, labels, marks, len(text))
    return name_speakers(Draft(text, turns, (), parse_heading(text[:first][:4000]), notes=notes))
