"""What stands beside a name: a title, a firm, or the kind of participant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.drafts import Span
from extractors.model import ParticipantKind
from extractors.speech import alternation, load_rows

_ANALYST = re.compile(r"\banalysts?\b", re.IGNORECASE)
_DIVISION = re.compile(r"\bresearch division\b", re.IGNORECASE)
_DASH = re.compile(r"\s+(?:--|[-–—])\s+|\s*--\s*")
_ANALYST_WORDS = re.compile(
    r"(?:,\s*|\s+)?(?:(?:senior|equity|research|lead|sell-side|associate)\s+)*analyst\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Role:
    """The parts of what stands beside a name; spans of the text."""

    kind: ParticipantKind | None = None
    title: Span | None = None
    firm: Span | None = None


@cache
def _title_words() -> re.Pattern[str]:
    return re.compile(
        rf"\b{alternation(row['word'] for row in load_rows('titles.tsv'))}\b", re.IGNORECASE
    )


@cache
def label_kinds() -> dict[str, ParticipantKind]:
    """Return the labels that are no names, with the kind that they say.

    >>> label_kinds()["operator"].value, label_kinds()["unknown analyst"].value
    ('Operator', 'Unidentified')
    """
    return {row["label"]: ParticipantKind(row["kind"]) for row in load_rows("labels.tsv")}


def is_title(text: str) -> bool:
    """Tell whether a text is the title of an executive.

    >>> is_title("Senior Vice President & Chief Legal Officer"), is_title("Harrow Pine")
    (True, False)
    """
    if _ANALYST.search(text) or _DIVISION.search(text):
        return False
    return bool(_title_words().search(text))


def holds_title(text: str, start: int, end: int) -> bool:
    """Tell whether a word of a title stands between two code points.

    >>> holds_title("Our President, Ida", 0, 18), holds_title("Our President, Ida", 13, 18)
    (True, False)
    """
    return _title_words().search(text, start, end) is not None


def is_whole_title(text: str) -> bool:
    """Tell whether a text is a title and nothing else, so no name.

    >>> is_whole_title("Managing Director"), is_whole_title("Andy Head")
    (True, False)
    """
    return _title_words().fullmatch(text.strip()) is not None


def starts_title(text: str) -> bool:
    """Tell whether a text begins with the title of an executive.

    >>> starts_title("Chief Financial Officer"), starts_title("Harrow Pine, Director")
    (True, False)
    """
    return _title_words().match(text) is not None


def _trim(text: str, start: int, end: int) -> Span | None:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip(" ,;-–—(|"))
    end -= len(raw) - len(raw.rstrip(" ,;-–—|"))
    return (start, end) if start < end else None


def read_kind(text: str) -> ParticipantKind | None:
    """Return the kind that a word beside a name says, or None.

    >>> read_kind("(Analysts)").value, read_kind("Chief Executive Officer")
    ('Analyst', None)
    """
    folded = text.strip(" ()[]").lower()
    if folded in ("analyst", "executive"):
        return ParticipantKind(folded.title())
    return label_kinds().get(folded)


def split_role(text: str, span: Span, kind: ParticipantKind | None = None) -> Role:
    """Split what stands beside a name to title and firm.

    Args:
        text: the whole text.
        span: code points of the role in it.
        kind: what a list or section already says.

    >>> role = "Northgate Securities, LLC, Research Division - Equity Analyst"
    >>> role[slice(*split_role(role, (0, len(role))).firm)]
    'Northgate Securities, LLC, Research Division'
    >>> role = "SVP, Quality and Sites Officer, Lumora Therapeutics"
    >>> found = split_role(role, (0, len(role)))
    >>> role[slice(*found.title)], role[slice(*found.firm)]
    ('SVP, Quality and Sites Officer', 'Lumora Therapeutics')
    """
    said = text[slice(*span)]
    if known := read_kind(said):
        return Role(known)
    parts = [m.span() for m in _DASH.finditer(said)]
    if parts and (kind or not is_title(said[: parts[-1][0]])):
        first, last = parts[-1]
        firm = _trim(text, span[0], span[0] + first)
        tail = said[last:]
        if _ANALYST.search(tail) and not is_title(tail.split(",")[0]):
            return Role(ParticipantKind.ANALYST, None, firm)
        if is_title(tail) or _ANALYST.search(tail) or len(tail) <= 3:
            analyst = bool(_ANALYST.search(tail) or _DIVISION.search(said))
            title = None if analyst else _trim(text, span[0] + last, span[1])
            return Role(ParticipantKind.ANALYST if analyst else kind, title, firm)
    if _ANALYST.search(said):
        return _split_analyst(text, span, said)
    if kind is ParticipantKind.ANALYST or _DIVISION.search(said):
        return Role(ParticipantKind.ANALYST, None, _trim(text, *span))
    if not is_title(said):
        return Role(kind, None, _trim(text, *span))
    comma = said.rfind(",")
    if comma > 0 and not is_title(said[comma:]) and _is_company(said[comma + 1 :]):
        title = _trim(text, span[0], span[0] + comma)
        return Role(ParticipantKind.EXECUTIVE, title, _trim(text, span[0] + comma + 1, span[1]))
    return Role(ParticipantKind.EXECUTIVE, _trim(text, *span))


_FUNCTIONS = re.compile(
    r"\b(?:finance|strategy|operations?|commercial|development|research|affairs|relations|marketing"
    r"|communications?|medicine|sales|planning|accounting|technology|legal|policy|oncology|global"
    r"|international|americas?|europe|asia|north|products?|r&d|science|engineering|services?)\b",
    re.IGNORECASE,
)


def _is_company(text: str) -> bool:
    return bool(text.strip()[:1].isupper()) and not _FUNCTIONS.search(text)


def _split_analyst(text: str, span: Span, said: str) -> Role:
    """Split ``Analyst, Firm``, ``Firm Analyst`` and ``Firm, Senior Analyst``."""
    comma = said.find(",")
    if comma > 0 and _ANALYST.search(said[:comma]) and not _DIVISION.search(said[:comma]):
        return Role(ParticipantKind.ANALYST, None, _trim(text, span[0] + comma + 1, span[1]))
    before = _ANALYST_WORDS.search(said)
    end = span[0] + (before.start() if before else len(said))
    return Role(ParticipantKind.ANALYST, None, _trim(text, span[0], end))
