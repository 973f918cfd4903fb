"""Who is called to the microphone: names and firms in the words of an operator or moderator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.drafts import Span
from extractors.names import clean_name, fold
from extractors.openings import find_from, lower_case
from extractors.roles import holds_title, is_title
from extractors.speech import load_rows

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽ"
_STOP = (
    r"(?!(?:Please|Your|You|Go|Thank|Thanks|And|Our|Hi|Hello|Good|Yes|One|The|Next|With|From)\b)"
)
_WORD = rf"{_STOP}(?:(?:[{_UPPER}]\.){{1,3}}|(?:St|Dr|Mr|Ms|Mrs|Prof)\.|[{_UPPER}][\w'’‑-]*)"
_SMALL = r"(?:de|del|della|der|den|di|du|da|dos|van|von|la|le|el|al|bin|ter|ten|zu|y|st)"
_NAME = rf"{_WORD}(?:\s+(?:{_SMALL}\s+){{0,2}}{_WORD}){{0,4}}"
NAME_WORDS = _NAME
"""Pattern of a name of capitalised words, with small words such as ``van`` in it."""
_PIECE = rf"{_STOP}(?:(?:[{_UPPER}]\.){{1,4}}|[{_UPPER}][\w&'’-]*(?:\.\w+)*)"
_FIRM = (
    rf"{_PIECE}(?:(?:\s+|,\s*(?=(?:[A-Z][\w'-]+,\s*){{0,3}}(?:&|and\s+[A-Z])|(?:Inc|LLC|L\.?P|Ltd)\b))"
    rf"(?:(?:&|and|of|de|for|the)\s+){{0,2}}{_PIECE}){{0,6}}(?:,?\s+(?:&|and)\s+Co(?:mpany)?\b)?"
)
_MARK = r"(?:\[|\()\s*(?:indiscernible|inaudible|ph|sp|technical difficulty)\s*(?:\]|\))"
_AT = r"(?:with|from|at|of|representing|over at|out of|on behalf of|calling from|for)"
DEGREES = r"(?:,?\s+(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D|Pharm\.?D|CFA|MBA|MPH|M\.?Sc|FACP)\b\.?)*"
"""Pattern of what stands behind a name and belongs to it."""
_PERSON = (
    rf"(?:(?P<name>{_NAME}){DEGREES}(?:\s*,?\s*{_MARK})*|(?:a\s+)?{_MARK})"
    rf"(?:['’]s\s+line)?(?:\s*[,–—-]?\s*{_AT}\s+(?:the\s+)?(?P<firm>{_FIRM})|\s*[,–—]\s*(?P<beside>{_FIRM}))?"
)
_OPEN = re.compile(
    rf"\b(?P<name>{_NAME}){DEGREES}(?:\s*{_MARK})?(?:,?\s+{_AT}\s+(?P<firm>{_FIRM})|,\s+(?P<beside>{_FIRM}))?"
    r"[,.]?\s+(?i:your line is|your line['’]s|you are now|you['’]re now|you may|please go ahead"
    r"|please proceed|go ahead|you have the floor|the floor is yours)"
)
_ONLY = re.compile(
    rf"(?P<name>{_NAME})(?:,?\s+{_AT}\s+(?P<firm>{_FIRM})|,\s+(?P<beside>{_FIRM}))[.]?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody called to ask; spans of the text. ``name`` is None where it was not understood."""

    start: int
    end: int
    name: Span | None
    firm: Span | None


@cache
def call_pattern(*, strong: bool = False) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Return the words with which a call to ask can begin, and its pattern.

    Args:
        strong: only the plain ones, which count in anybody's words.

    >>> words, pattern = call_pattern(strong=True)
    >>> "question" in words, bool(pattern.match("question from Ida Brandt"))
    (True, True)
    """
    rows = [r for r in load_rows("introductions.tsv") if not strong or r["strength"] == "strong"]
    joined = "|".join(r["pattern"].replace(" ", r"\s+").replace("'", "['’]") for r in rows)
    pattern = re.compile(
        rf"\b(?i:{joined})\s+(?:(?i:the\s+(?:line|side|desk|team)\s+(?:of|at)|line\s+of|of)\s+)?"
        rf"(?:(?i:mr|ms|mrs|dr)\.?\s+)?{_PERSON}"
    )
    return tuple(dict.fromkeys(word for r in rows for word in r["begins"].split(";"))), pattern


@lru_cache(maxsize=2048)
def find_introductions(
    text: str, start: int, end: int, *, operator: bool = True
) -> tuple[Introduction, ...]:
    """Find who is called to ask in the half-open span of code points.

    Args:
        text: the whole text.
        start: where the words of an operator or moderator begin.
        end: where they end.
        operator: False for a company speaker, whose words must be plainer to count.

    >>> said = "Our next question is from Joon Castellan with Northgate. Please go ahead."
    >>> (found,) = find_introductions(said, 0, len(said))
    >>> said[slice(*found.name)], said[slice(*found.firm)]
    ('Joon Castellan', 'Northgate')
    >>> find_introductions("We have no more questions.", 0, 26)
    ()
    """
    words, pattern = call_pattern(strong=not operator)
    few = find_from(words, pattern, text, start, end)
    matches = pattern.finditer(text, start, end) if operator else few
    found = [entry for match in matches if (entry := _read(text, match, operator))]
    if not found and operator:
        opens = _OPEN.finditer(text, start, end) if _may_open(text, start, end) else ()
        found += [entry for match in opens if (entry := _read(text, match, True))]
        if not found and end - start < 120 and (only := _ONLY.match(text, start, end)):
            found += [entry] if (entry := _read(text, only, True)) else []
    return tuple(found)


_OPENERS = (
    "your line",
    "you are now",
    "you're now",
    "you’re now",
    "you may",
    "ahead",
    "proceed",
    "floor",
)
"""Of which any words that open a line hold one."""


def _may_open(text: str, start: int, end: int) -> bool:
    lowered = lower_case(text)
    return any(lowered.find(word, start, end) >= 0 for word in _OPENERS)


def _read(text: str, match: re.Match[str], operator: bool) -> Introduction | None:
    name: Span | None = match.span("name") if match["name"] else None
    firm = next((match.span(part) for part in ("firm", "beside") if match[part]), None)
    if name:
        words = text[slice(*name)].split()
        if len(words) < 2 and not (firm and operator):
            return None
        if firm and is_title(text[slice(*firm)]) and not match["firm"]:
            return None
        if firm and text[slice(*firm)] in words:
            firm = None
        if firm and not _is_firm(text[slice(*firm)]):
            firm = None
    return Introduction(match.start(), match.end(), name, firm)


_NO_FIRM = re.compile(r"(?:Question|Questions|Operator|Instructions|Line|Call|Q&A)\b")


def _is_firm(text: str) -> bool:
    return not _NO_FIRM.match(text)


_MOST = 500
"""So many people no call introduces."""
_GIVES = ("from", "line", "over", "hand", "conference", "call", "welcome", "introduce", "floor")
"""Words with which what gives somebody the floor begins."""
_ANY_NAME = re.compile(
    r"(?i:from|line\s+of|over\s+to|hand\s+to|conference\s+to|call\s+to|over\s+now\s+to|welcome"
    r"|introduce|floor\s+to)\s+(?:(?i:the\s+line\s+of|mr|ms|mrs|dr|our\s+host,|your\s+host,)\.?\s+)*"
    rf"(?P<name>{_NAME})"
)


@lru_cache(maxsize=4)
def introduced_names(text: str) -> frozenset[str]:
    """Return the folded names that anybody is called or handed over by, anywhere in the text.

    >>> sorted(introduced_names("Over to Ida Brandt. A question from Lee Tran with Northgate."))
    ['ida brandt', 'lee tran']
    """
    found = find_from(_GIVES, _ANY_NAME, text, 0, len(text))
    names = (fold(clean_name(name)) for name in {match["name"] for match in found})
    named = frozenset(name for name in names if " " in name)
    return named if len(named) <= _MOST else frozenset()


@cache
def announced_firms(text: str) -> frozenset[str]:
    """Return the folded firms of those who are called to ask, anywhere in the text.

    >>> sorted(announced_firms("Our first question is from Lee Tran with Harrow Pine."))
    ['harrow pine']
    >>> announced_firms("Thank you, Lee.")
    frozenset()
    """
    found = find_introductions(text, 0, len(text), operator=False)
    return frozenset(fold(text[slice(*item.firm)]) for item in found if item.firm)


_BEHIND = re.compile(
    rf"{DEGREES}" r"(?:,|\s+[-–—(])\s*(?:(?:our|the)\s+)?(?P<title>[^,.;:?!\n()]{2,70})"
)
_BEFORE = re.compile(r"(?:\A|[^\w ])?\s*(?P<title>[^,.;:?!\n()]{2,70}),?\s+(?:Dr\.\s+)?\Z")


def is_presented(text: str, name: str, start: int) -> bool:
    r"""Tell whether the text before ``start`` gives somebody a title, or the floor just there.

    >>> said = "Here is our CFO, Tom Hale. All yours, Ida.\nIda Brandt: Hi.\nTom Hale: Thanks."
    >>> is_presented(said, "Ida Brandt", 43), is_presented(said, "Tom Hale", 59)
    (True, True)
    >>> is_presented("Net Income was flat.\nNet Income: 4", "Net Income", 21)
    False
    """
    first, *rest = clean_name(name).split()
    if not rest or is_title(name):
        return False
    if _has_floor(text[max(0, start - 60) : start].rstrip(), first):
        return True
    titled = _first_titled(text, name)
    if titled is not None and titled + len(name) + _BESIDE <= start:
        return True
    places = _places_of(name, text, max(0, start - _BESIDE - len(name)), start)
    return any(_is_titled(text, name, place, start) for place in places)


_BESIDE = 90
"""Code points behind a name in which its title stands."""
_PRESENTED = 100_000
"""Code points at the beginning of a text in which the company is presented."""
_GIVEN = re.compile(r"(?:\bto|[.?!,])\s+\Z")


def _has_floor(ending: str, first: str) -> bool:
    """Tell whether a text ends with a sentence in which somebody is spoken to by first name."""
    for place in _places_of(first, ending, 0, len(ending)):
        behind = ending[place + len(first) :]
        ends = behind[:1] in tuple(",.?!…") and not {".", "?", "!"}.intersection(behind[1:])
        if ends and _GIVEN.search(ending, 0, place):
            return True
    return False


def _places_of(name: str, text: str, start: int, end: int) -> Iterator[int]:
    place = text.find(name, start, end)
    while place >= 0:
        yield place
        place = text.find(name, place + len(name), end)


@lru_cache(maxsize=512)
def _first_titled(text: str, name: str) -> int | None:
    places = _places_of(name, text, 0, min(len(text), _PRESENTED))
    return next((place for place in places if _is_titled(text, name, place, len(text))), None)


def _is_titled(text: str, name: str, place: int, stop: int) -> bool:
    """Tell whether a title stands beside the name at a place, before another place."""
    end = place + len(name)
    behind = _BEHIND.match(text, end, min(end + _BESIDE, stop))
    if behind and is_title(behind["title"]):
        return True
    if not holds_title(text, max(0, place - 80), place):
        return False
    before = _BEFORE.search(text, max(0, place - 80), place)
    return before is not None and is_title(before["title"])


_HANDS = (
    "turn",
    "hand",
    "pass",
    "give",
    "transfer",
    "over",
    "conference",
    "call",
    "floor",
    "introduce",
    "welcome",
    "mic",
    "ahead",
)
_HANDOVER = re.compile(
    rf"\b(?i:{'|'.join(_HANDS)})\b"
    r"[^.?!\n]{0,60}?\b(?i:to|introduce|welcome)\s+(?:(?i:mr|ms|mrs|dr|our|your|host|speaker|today"
    r"|the|now|first|company['’]s|back)[.,]?\s+)*"
    rf"(?P<name>{_WORD}(?:,?\s+(?:(?:and|of|&)\s+)?(?:(?:{_SMALL}|Dr\.|Mr\.)\s+)?{_WORD}){{0,9}})"
    r"(?:,\s+(?:(?i:the|our)\s+)?(?P<title>[^.;:?!\n()\[\]]{2,110}))?"
)


@dataclass(frozen=True, slots=True)
class Handover:
    """The floor given to somebody of the company; spans of the text."""

    start: int
    end: int
    name: Span
    title: Span | None


def find_handovers(text: str, start: int, end: int) -> tuple[Handover, ...]:
    """Find to whom the floor is given in the half-open span of code points.

    >>> said = "I will turn the call over to Ida Brandt, Head of Investor Relations. Go ahead."
    >>> (found,) = find_handovers(said, 0, len(said))
    >>> said[slice(*found.name)], said[slice(*found.title)]
    ('Ida Brandt', 'Head of Investor Relations')
    >>> said = "Over to our Chief Medical Officer, Dr. Priya Raman."
    >>> (found,) = find_handovers(said, 0, len(said))
    >>> said[slice(*found.name)], said[slice(*found.title)]
    ('Priya Raman', 'Chief Medical Officer')
    """
    made = []
    for match in find_from(_HANDS, _HANDOVER, text, start, end):
        name = match.span("name")
        title = match.span("title") if match["title"] else None
        if title and not is_title(text[slice(*title)]):
            title = None
        who, before = _split_name(text, name)
        if who:
            made.append(Handover(match.start(), match.end(), who, title or before))
    return tuple(made)


def _split_name(text: str, span: Span) -> tuple[Span | None, Span | None]:
    """Split ``Chief Medical Officer, Dr. Priya Raman`` and ``Ida Brandt, Head of Sales``."""
    said = text[slice(*span)]
    parts = [(m.start() + span[0], m.end() + span[0]) for m in re.finditer(r"[^,]+", said)]
    parts = [_strip(text, part) for part in parts]
    names = [part for part in parts if not is_title(text[slice(*part)])]
    titles = [part for part in parts if is_title(text[slice(*part)])]
    if names:
        return names[0], (titles[0] if titles else None)
    words = [(m.start() + span[0], m.end() + span[0]) for m in re.finditer(r"\S+", said)]
    last = max(i for i, word in enumerate(words) if is_title(text[slice(*word)]))
    if last + 1 < len(words):
        return _strip(text, (words[last + 1][0], span[1])), (span[0], words[last][1])
    return None, None


def _strip(text: str, span: Span) -> Span:
    said = text[slice(*span)]
    start = span[0] + len(said) - len(said.lstrip())
    if honorific := re.match(r"(?:Dr|Mr|Ms|Mrs|Prof)\.?\s+", text[start : span[1]]):
        start += honorific.end()
    return start, span[1]
