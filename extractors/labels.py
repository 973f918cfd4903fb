"""Speaker labels: where they stand, and the turns between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extractors.drafts import DraftTurn, Note, Span
from extractors.errors import LayoutError
from extractors.lines import NAME, Line
from extractors.model import ParticipantKind, Section
from extractors.roles import Role, is_title, is_whole_title, label_kinds, split_role
from extractors.speech import load_rows

_ANONYMOUS = r"(?:[Ss]peaker|SPEAKER|spk|Participant|Unidentified)[ _-]?(?:#?\d{1,3}|[A-Z]\b)"
_DEGREE = r"(?:,?\s+(?:M\.?D\.?|Ph\.?D\.?|CFA|MBA|Jr\.?|Sr\.?|II|III|IV|M\.?Sc\.?|Pharm\.?D\.?))"
_CLOCK = re.compile(r"[\d:.\s-]+(?:[ap]m)?")
_MARK = r"(?:\s*\[(?:ph|PH|indiscernible|inaudible|sp)\])"
_LABEL = re.compile(
    rf"(?P<name>(?:(?:Dr|Mr|Ms|Mrs|Prof)\.\s+)?(?:{NAME}|{_ANONYMOUS}){_DEGREE}*{_MARK}?)"
    r"(?:[*_]{0,3}\s*(?P<open>\(|\[|\s--\s|--|\s[-–—|/]\s|,\s+|\s*\|\s*)\s*[*_]{0,3}"
    r"(?P<role>.+?)[)\]*_]{0,3})?\Z"
)


MAX_TURNS = 5_000
"""So many no call has."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed speaker: where the label begins, and where the speech after it begins."""

    name: str
    start: int
    end: int
    printed: Span | None = None
    role: Role = field(default_factory=Role)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that is no speech. It may open a section; ``stops`` ends all speech."""

    start: int
    end: int
    section: Section | None = None
    stops: bool = False


@cache
def section_lines() -> dict[str, Section]:
    """Return the lines that open a section, in lower case.

    >>> section_lines()["q&a"].value
    'QuestionAndAnswer'
    """
    return {row["line"]: Section(row["section"]) for row in load_rows("sections.tsv")}


_SPACED = re.compile(r"(?:\S ){5,}\S")


def close_up(text: str, known: Iterable[str]) -> str:
    """Return the known line that a text spells letter by letter, else the text.

    >>> close_up("q u e s t i o n s", ["questions"]), close_up("q & a", ["q&a"])
    ('questions', 'q & a')
    """
    if not _SPACED.match(text):
        return text
    letters = text.replace(" ", "")
    return next((line for line in known if line.replace(" ", "") == letters), text)


def read_section(text: str) -> Section | None:
    """Return the section that a whole line opens, or None.

    >>> read_section("**Question-and-Answer Session**").value, read_section("Q&A is next.")
    ('QuestionAndAnswer', None)
    """
    if len(text) > 60:
        return None
    bare = close_up(text.strip("*#_=:[]() \t?❓📊").lower(), section_lines())
    return section_lines().get(bare if bare.isascii() else _BROKEN.sub("", bare))


_BROKEN = re.compile(r"^\W*(?:뱤|\ufffd)+\W*")
"""What is left of a pictogram in front of a heading where the encoding was lost."""


@cache
def _tails() -> tuple[str, ...]:
    return tuple(row["start"] for row in load_rows("tails.tsv"))


def is_tail(text: str) -> bool:
    """Tell whether a line begins the end matter of a publisher.

    >>> is_tail("- Read more current LMRA analysis and news"), is_tail("Thank you.")
    (True, False)
    """
    return text[:_LONGEST_START].lower().startswith(_tails())


_LONGEST_START = 100
"""Code points; no start of an end matter is longer."""


def read_label(text: str, start: int, end: int) -> Label | None:
    """Read a line, or the part before its colon, as a speaker label.

    >>> label = read_label("Joon Castellan (Northgate - Analyst)", 0, 36)
    >>> label.name, label.role.kind.value
    ('Joon Castellan', 'Analyst')
    >>> read_label("so the answer is no", 0, 19) is None
    True
    """
    said = text[start:end]
    if said.lower() in label_kinds():
        return Label(said, start, end, (start, end), Role(label_kinds()[said.lower()]))
    if split := _split_unmarked(text, start, end):
        return split
    found = _LABEL.match(said)
    if not found:
        return None
    name = found["name"]
    words = name.split()
    if is_title(words[0]) or words[0].lower() == "analyst" or is_whole_title(name):
        return None
    if name.lower() not in label_kinds() and len(words) < 2 and not name[-1].isdigit():
        return None
    printed = (start + found.start("name"), start + found.end("name"))
    if not found["role"] or _CLOCK.fullmatch(found["role"]):
        return Label(name, start, end, printed)
    if _legal_form().match(found["role"]):
        return None
    span = (start + found.start("role"), start + found.end("role"))
    role = split_role(text, span)
    if name.lower() in label_kinds():
        role = Role(label_kinds()[name.lower()])
    return Label(name, start, end, printed, role)


@cache
def _legal_form() -> re.Pattern[str]:
    """Match what stands behind the comma in a company's name."""
    forms = "|".join(re.escape(row["suffix"]) for row in load_rows("legal_forms.tsv"))
    return re.compile(rf"(?:{forms})(?!\w)")


@cache
def _no_separator() -> re.Pattern[str]:
    words = "|".join(re.escape(row["word"]) for row in load_rows("titles.tsv"))
    return re.compile(
        rf"(?P<name>{NAME.replace('{0,4}', '{1,2}?')})\s+(?P<role>(?i:{words}|analyst)\b.*)\Z"
    )


def _split_unmarked(text: str, start: int, end: int) -> Label | None:
    """Read ``Dana Whitlock Chief Executive Officer``, with no sign between name and title."""
    found = _no_separator().match(text[start:end])
    if not found:
        return None
    if is_title(found["name"].split()[0]):
        return None
    printed = (start + found.start("name"), start + found.end("name"))
    role = split_role(text, (start + found.start("role"), start + found.end("role")))
    return Label(found["name"], start, end, printed, role)


def is_role_line(text: str) -> bool:
    """Tell whether a line below a name is a title or firm and no speech.

    >>> is_role_line("Chief Executive Officer, Lumora Therapeutics")
    True
    >>> is_role_line("Thank you, Ida. As head of research, I am pleased.")
    False
    """
    if not 2 <= len(text) <= 160 or (
        text.endswith((".", "?", "!")) and not text.endswith(_ABBREVIATED)
    ):
        return False
    if re.search(r"[.?!]\s+[A-Z][a-z]+\s+[a-z]", text) or not text[0].isupper():
        return False
    capitals = [w for w in re.findall(r"[^\W\d_][\w'’&.-]*", text) if len(w) > 3]
    if not capitals or sum(w[0].isupper() for w in capitals) < 0.7 * len(capitals):
        return False
    return is_title(text) or bool(_FIRM_LINE.search(text))


_ABBREVIATED = ("Inc.", "Co.", "Ltd.", "Corp.", "L.P.", "S.A.", "N.V.", "LLC.")
_FIRM_LINE = re.compile(
    r"\b(?:analyst|research division|llc|inc|securities|capital|bank|partners|& co|markets"
    r"|research|advisors|group|company|llp|plc|ag|s\.a|association|university|equity)\b",
    re.IGNORECASE,
)


_AROUND = " \t\r\n\f\v\u00a0\u2009\u200b|•"
"""Blanks, and the signs of tables and bullets, around the words of a turn."""


def _in_order(points: list[Label | Mark]) -> list[Label | Mark]:
    if len(points) > 2 * MAX_TURNS:
        raise LayoutError(f"holds more than {2 * MAX_TURNS:,} speaker lines; give one call")
    return sorted(points, key=lambda item: (item.start, isinstance(item, Label)))


def make_turns(
    text: str, labels: Iterable[Label], marks: Iterable[Mark], stop: int
) -> tuple[tuple[DraftTurn, ...], tuple[Note, ...]]:
    """Cut the speech between labels and marks to turns.

    A label with no speech makes no turn; the next turn is then noted as doubtful.

    Args:
        text: the whole text.
        labels: in any order; none may overlap another.
        marks: lines that are no speech.
        stop: code point behind the last speech.

    Raises:
        LayoutError: there are more than any call has.
    """
    points = _in_order([*labels, *marks])
    turns: list[DraftTurn] = []
    notes: list[Note] = []
    section: Section | None = None
    empty: Label | None = None
    for i, point in enumerate(points):
        if isinstance(point, Mark):
            section = point.section or section
            if point.stops:
                break
            continue
        end = points[i + 1].start if i + 1 < len(points) else stop
        raw = text[point.end : end]
        bare = raw.strip(_AROUND)
        if not bare:
            empty = point
            continue
        first = point.end + len(raw) - len(raw.lstrip(_AROUND))
        if empty and empty.printed and empty.role.kind is not ParticipantKind.OPERATOR:
            note = "the speaker line before this turn has no words under it"
            notes.append(Note(len(turns), note, empty.printed))
        empty = None
        role = point.role
        last, who = first + len(bare), point.printed
        turn = DraftTurn(point.name, first, last, who, role.title, role.firm, role.kind, section)
        turns.append(turn)
    return tuple(turns), tuple(notes)


def shift_label(label: Label, end: int, role: Role | None = None) -> Label:
    """Return a label whose speech begins at ``end``, with a role where it had none.

    >>> shift_label(Label("Ida Brandt", 0, 10), 20).end
    20
    """
    return replace(label, end=end, role=role or label.role)


_ENDS = re.compile(r"[.?!…\d\]\"”)]")
BEHIND_SENTENCE = rf"{_ENDS.pattern}\s+"
"""Pattern of the end of a sentence or heading, and the blanks behind it."""


def part_lines(text: str, lines: Iterable[Line], names: Iterable[str]) -> list[Line]:
    r"""Begin a line at each name before a colon that stands behind a sentence's end in a line.

    >>> text = "Operator: Over to you. Ida Brandt: Hello. We say: go."
    >>> [line.text for line in part_lines(text, [Line(0, len(text), text)], ["Ida Brandt"])]
    ['Operator: Over to you.', 'Ida Brandt: Hello. We say: go.']
    """
    said = frozenset(name for name in names if name)
    lengths = sorted({len(name) for name in said}, reverse=True)
    parted: list[Line] = []
    for line in lines:
        start = line.start
        for place in _names_inside(text, line, said, lengths) if ":" in line.text else ():
            bare = text[start:place].rstrip()
            if any(c.isalpha() for c in bare):
                parted.append(Line(start, start + len(bare), bare))
                start = place
        parted.append(
            line if start == line.start else Line(start, line.end, text[start : line.end])
        )
    return parted


def _names_inside(
    text: str, line: Line, names: Collection[str], lengths: Sequence[int]
) -> Iterator[int]:
    """Yield where a name before a colon begins behind the end of a sentence in a line."""
    colon = text.find(":", line.start, line.end - 1)
    while colon >= 0:
        for length in lengths if text[colon + 1].isspace() else ():
            place = end = colon - length
            if place <= line.start or text[place:colon] not in names:
                continue
            while end > line.start and text[end - 1].isspace():
                end -= 1
            if line.start < end < place and _ENDS.match(text, end - 1):
                yield place
        colon = text.find(":", colon + 1, line.end - 1)


def name_lines(lines: Iterable[Line]) -> dict[str, int]:
    """Count how often each short line stands alone, for labels that repeat.

    >>> name_lines([Line(0, 3, "Ida"), Line(4, 7, "Ida")])
    {'Ida': 2}
    """
    counts: dict[str, int] = {}
    for line in lines:
        if line.text and len(line.text) <= 120:
            counts[line.text] = counts.get(line.text, 0) + 1
    return counts
