"""The participant lists above (or below) a call: names with their titles and firms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from extractors.drafts import Listed, Span
from extractors.errors import LayoutError
from extractors.labels import close_up, is_role_line, read_section
from extractors.lines import NAME, PARTICLE, Line, is_name_line
from extractors.model import ParticipantKind
from extractors.roles import Role, is_title, label_kinds, split_role
from extractors.speech import load_rows

_SEPARATOR = r"\s+(?:--|[-–—|:])\s+|\s*--\s*|,\s+|\s+\(|\s+\["
_ENTRY = re.compile(
    rf"[*•·-]?\s*(?P<name>{NAME}(?:,?\s+(?:M\.?D\.?|Ph\.?D\.?|CFA|MBA|Jr\.?|Sr\.?"
    rf"|II|III))*)(?P<sep>{_SEPARATOR})(?P<role>\S.*?)[)\]]?\s*\Z",
    re.DOTALL,
)
_SEVERAL = re.compile(rf"(?<=[a-z]\.)[ \t]+(?={NAME.replace('{0,4}', '{1,4}')}\s+-\s+\S)")
_REVERSED = re.compile(rf"(?P<role>[^—\n]+?)\s+—\s+(?P<name>{NAME})\Z")
_MOST = 300
_BLANKS = re.compile(r"\s+")
_INITIAL = re.compile(r"(?:\A|\s)[A-Z]\.\Z")
_WRAPS = re.compile(r"(?:(?:\b[A-Z]|\b[A-Z][a-z]{1,3})\.|[,&-]|\b(?:and|of|the|for))\Z")


@cache
def _heads() -> dict[str, ParticipantKind]:
    return {row["line"]: ParticipantKind(row["kind"]) for row in load_rows("lists.tsv")}


def read_list_head(text: str) -> ParticipantKind | None:
    """Return the kind of participants that a heading line announces, or None.

    >>> read_list_head("Conference Call Participants:").value, read_list_head("Analysts say so.")
    ('Analyst', None)
    """
    if len(text) > 60:
        return None
    bare = " ".join(text.strip("*#_=:[]() \t").lower().split())
    kind = _heads().get(bare)
    if kind is None and bare[1:2] == " ":
        kind = _heads().get(close_up(bare, _heads()))
    return kind


_INLINE = re.compile(r"(?P<head>[A-Za-z][A-Za-z ]{3,40}):\s+(?=\S[^\n?!]{3,80}?\s[-–—]\s)")


def read_inline_head(line: Line) -> tuple[ParticipantKind, Line] | None:
    """Return the kind and the first entry of a list that begins in the line of its heading.

    >>> kind, rest = read_inline_head(Line(0, 28, "MANAGEMENT: MS. IDA B - CFO"))
    >>> kind.value, rest.text
    ('Executive', 'MS. IDA B - CFO')
    >>> read_inline_head(Line(0, 20, "Ida Brandt: Good day.")) is None
    True
    """
    found = _INLINE.match(line.text)
    if found is None:
        return None
    host = found["head"].lower() == "moderator"
    kind = ParticipantKind.ANALYST if host else read_list_head(found["head"])
    if kind is None:
        return None
    return kind, Line(line.start + found.end(), line.end, line.text[found.end() :])


_RUN = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-Z]\.|\s+{PARTICLE})*\s+[A-ZÀ-Þ][\w'’-]+)\s+[-–—]\s+(?=\S)"
)
"""A name of two words before a dash, wherever it stands in a line of several entries."""
_LEAST_RUN = 3
_FIRST_NAMES = 30
"""Code points of further first names, where the end of a firm shows where the name begins."""


def _split_run(text: str, span: Span) -> list[Span]:
    """Split a line of three or more ``Name - Title`` with no sign between the entries."""
    starts = [found.start() for found in _RUN.finditer(text, *span)]
    if len(starts) < _LEAST_RUN or text[span[0] : starts[0]].strip("*•· "):
        return []
    plain = [found.end() for found in _SEVERAL.finditer(text, *span)]
    starts = [
        max((cut for cut in plain if start - _FIRST_NAMES < cut <= start), default=start)
        for start in starts
    ]
    return [
        (first, first + len(text[first:last].rstrip()))
        for first, last in pairwise([*starts, span[1]])
    ]


def _split_several(text: str, span: Span) -> list[Span]:
    """Split a line that holds several entries: ``... Pine, Inc. Lee Tran - Northgate``."""
    parts = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", text[slice(*span)])]
    said = [text[slice(*span)][slice(*part)].strip() for part in parts]
    unnamed = [part.lower() in label_kinds() for part in said]
    if len(said) > 2 and all(
        none or (is_name_line(part) and not is_title(part))
        for part, none in zip(said, unnamed, strict=True)
    ):
        return [
            (span[0] + first, span[0] + last)
            for (first, last), none in zip(parts, unnamed, strict=True)
            if not none
        ]
    if run := _split_run(text, span):
        return run
    cuts = list(_SEVERAL.finditer(text, *span))
    starts = [span[0], *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), span[1]]
    return list(zip(starts, ends, strict=True))


def read_entry(text: str, span: Span, kind: ParticipantKind | None) -> Listed | None:
    """Read ``Name - Title``, ``Name - Firm`` and their like, or a name alone.

    >>> line = "Ravi Oduya - P.D. Marlow & Co. Incorporated, Research Division"
    >>> entry = read_entry(line, (0, len(line)), ParticipantKind.ANALYST)
    >>> line[slice(*entry.name)], line[slice(*entry.firm)][:11]
    ('Ravi Oduya', 'P.D. Marlow')
    >>> read_entry("Thank you all for joining us.", (0, 29), None) is None
    True
    """
    said = text[slice(*span)]
    found = _REVERSED.match(said) or _ENTRY.match(said)
    if not found:
        bare = said.strip("*•· ")
        if not is_name_line(bare) or bare.lower() in label_kinds() or _is_title_alone(bare):
            return None
        first = span[0] + said.index(bare)
        return Listed((first, first + len(bare)), kind or ParticipantKind.EXECUTIVE)
    name = (span[0] + found.start("name"), span[0] + found.end("name"))
    if len(text[slice(*name)].split()) < 2:
        return None
    role_span = (span[0] + found.start("role"), span[0] + found.end("role"))
    role = split_role(text, role_span, kind)
    if kind is ParticipantKind.EXECUTIVE and not role.title and role.firm:
        role = Role(kind, role.firm)
    final = kind or role.kind or ParticipantKind.EXECUTIVE
    return Listed(name, final, role.title, role.firm)


def _is_title_alone(text: str) -> bool:
    """Tell whether a line holds words of titles alone, as the rest of a broken line does."""
    return all(is_title(word) for word in text.split())


def parse_list(
    text: str,
    lines: Sequence[Line],
    first: int,
    kind: ParticipantKind | None,
    known: Iterable[str] = (),
) -> tuple[int, list[Listed]]:
    """Read the entries below a heading, one a line, until something else comes.

    An entry that ends in an initial or abbreviation goes on in the next line.

    Args:
        text: the whole text.
        lines: its lines.
        first: index of the first line below the heading.
        kind: what the heading says.
        known: names of other lists; one of them alone on a line is a speaker, not an entry.

    Returns:
        The index of the first line behind the list, and its entries.

    Raises:
        LayoutError: the lists before name more people than any call has.
    """
    listed: list[Listed] = []
    seen = set(known)
    if len(seen) > _MOST:
        raise LayoutError(f"lists more than {_MOST} people; is it one call?")
    i = first
    while i < len(lines) and len(listed) < _MOST:
        line = lines[i]
        unnamed = kind is None and line.text.lower() in label_kinds()
        if not line.text or unnamed:
            i += 1
            continue
        if read_list_head(line.text) or read_section(line.text) or _is_long(text, line):
            break
        after, entries = _entries_at(text, lines, i, kind)
        names = [text[slice(*entry.name)] for entry in entries]
        goes_on = bool(listed) and len(line.text) < 80 and is_title(line.text)
        if (not entries and not goes_on) or any(name in seen for name in names):
            break
        bare = len(entries) == 1 and not (entries[0].title or entries[0].firm)
        if bare and _speech_follows(lines, after):
            break
        seen.update(names)
        listed += entries
        i = after
    return i, listed


def _last_of_entry(text: str, lines: Sequence[Line], i: int) -> int:
    """Return the index of the last line of an entry that is broken over lines."""
    last = i
    while last + 1 < len(lines) and last - i < 3:
        below = lines[last + 1].text
        if not below or len(below) >= 120 or read_section(below):
            break
        if not _WRAPS.search(text[lines[i].start : lines[last].end]):
            break
        if " - " in below and not _INITIAL.search(lines[last].text):
            break
        last += 1
    return last


def _is_long(text: str, line: Line) -> bool:
    """Tell whether a line is too long for entries, unless it holds many of them."""
    size = len(line.text)
    return size > 400 and (size > _LONGEST_RUN or not _split_run(text, (line.start, line.end)))


_LONGEST_RUN = 3000


def _entries_at(
    text: str, lines: Sequence[Line], i: int, kind: ParticipantKind | None
) -> tuple[int, list[Listed]]:
    """Read the entries of a line and of those it is broken over; none where one is no entry.

    Returns:
        The index of the first line behind them, and the entries.
    """
    last = _last_of_entry(text, lines, i)
    spans = _split_several(text, (lines[i].start, lines[last].end))
    entries = [entry for span in spans if (entry := read_entry(text, span, kind))]
    if len(entries) < len(spans):
        return last + 1, []
    if len(entries) == 1 and not (entries[0].title or entries[0].firm):
        role = _role_below(text, lines, last + 1, kind)
        if role is not None:
            return last + 3, [replace(entries[0], title=role.title, firm=role.firm)]
    return last + 1, entries


def _role_below(
    text: str, lines: Sequence[Line], i: int, kind: ParticipantKind | None
) -> Role | None:
    """Read ``Firm - Title`` below a blank line below a name."""
    if i + 1 >= len(lines) or lines[i].text:
        return None
    below = lines[i + 1]
    if " - " not in below.text or not is_role_line(below.text):
        return None
    role = split_role(text, (below.start, below.end), kind)
    named = role.firm is not None and (role.title or role.kind is ParticipantKind.ANALYST)
    return role if named else None


def _speech_follows(lines: Sequence[Line], i: int) -> bool:
    """Tell whether the next words are speech, so that a name above them is a speaker."""
    following = next((line.text for line in lines[i : i + 3] if line.text), "")
    return len(following) > 120 or (following.endswith((".", "?", "!")) and len(following) > 40)


_DASHED = re.compile(rf"(?P<name>{NAME.replace('{0,4}', '{1,3}')})\s+[-–—]\s+(?=\S)")


def read_bare_list(text: str, lines: Sequence[Line]) -> list[Listed]:
    r"""Read entries that stand under no heading: three or more lines, or a line of several.

    >>> said = "Ida Brandt - CFO Tom Hale - Head of Sales\nLee Tran - Northgate"
    >>> entries = read_bare_list(said, [Line(0, 41, said[:41]), Line(42, 62, said[42:])])
    >>> [(said[slice(*entry.name)], entry.kind.value) for entry in entries]
    [('Ida Brandt', 'Executive'), ('Tom Hale', 'Executive'), ('Lee Tran', 'Analyst')]
    >>> read_bare_list("Good day.", [Line(0, 9, "Good day.")])
    []
    """
    spans: list[Span] = []
    for line in lines:
        if len(line.text) > 3000 or line.text.endswith(("?", "!")):
            continue
        starts = [found.start() for found in _RUN.finditer(line.text)]
        if len(starts) > 1 and starts[0] < 12:
            cuts = [line.start + cut for cut in (0, *starts[1:], len(line.text))]
            spans += list(pairwise(cuts))
        elif _DASHED.match(line.text) and len(line.text) < 140:
            spans.append((line.start, line.end))
    listed = []
    for start, end in spans if len(spans) > 2 else ():
        end = start + len(text[start:end].rstrip())
        titled = is_title(text[start:end].partition(" - ")[2])
        kind = ParticipantKind.EXECUTIVE if titled else ParticipantKind.ANALYST
        if entry := read_entry(text, (start, end), kind):
            listed.append(entry)
    return listed


def parse_blocks(
    text: str, lines: Sequence[Line], first: int, kind: ParticipantKind
) -> tuple[int, list[Listed]]:
    """Read entries of several lines: a name, then title or firm on the lines below it.

    Blank lines part the entries; a name line that no title can be begins one as well.

    Returns:
        The index of the first line behind the list, and its entries.
    """
    listed: list[Listed] = []
    i = first
    while i < len(lines):
        line = lines[i]
        bare = line.text.lstrip("*•· ")
        if not bare:
            i += 1
            continue
        if read_list_head(line.text) or read_section(line.text) or set(line.text) <= set("=-"):
            break
        if not is_name_line(bare) or bare.lower() in label_kinds():
            break
        last = i
        while last + 1 < len(lines) and lines[last + 1].text and _goes_on(lines, last + 1):
            last += 1
        start = line.start + len(line.text) - len(bare)
        role = Role(kind)
        if last > i:
            role = split_role(text, (lines[i + 1].start, lines[last].end), kind)
            if kind is ParticipantKind.EXECUTIVE and not role.title and role.firm:
                role = Role(kind, role.firm)
        listed.append(Listed((start, line.end), kind, role.title, role.firm))
        i = last + 1
    return i, listed


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    text = lines[i].text
    if text.startswith(("*", "=", "•")) or read_list_head(text) or read_section(text):
        return False
    if is_role_line(text) or not is_name_line(text):
        return True
    return _WRAPS.search(lines[i - 1].text) is not None
