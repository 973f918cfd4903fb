"""Which part of the business the sentences of a turn speak of, and who is said to earn."""

from __future__ import annotations

import re

from extractors.cue_patterns import CuePattern
from extractors.tables import word_set, words_of

_LEAD = (
    r"^\W*(?:(?:now|and|so|then|next|finally|lastly|first|second|third|okay|within|let's|let me"
    r"|I'll|we'll|I will|I'd like|start(?:ing)?|begin(?:ning)?|turn(?:ing)?|mov(?:e|ing)"
    r"|shift(?:ing)?|going"
    r"|go|looking|back|over|on|in|for|from|with|to)\W+){1,7}"
)
_SEGMENT = re.compile(
    rf"(?:{_LEAD}(?:our|the)\s+(?P<name>(?:[\w&'’-]+\s+){{1,4}}?)"
    r"(?:segment|business|businesses|division|franchise|portfolio|unit)\b"
    r"|^\W*(?:our|the)\s+(?P<alone>(?:[\w&'’-]+\s+){1,4}?)(?:segment|business|division)\b)",
    re.IGNORECASE,
)
_SIDE = CuePattern(
    r"\bon (?:the|our) (?P<side>[\w -]{3,25}?) side\b"
    r"|\bresults for (?:our |the )?(?P<of>[A-Za-z ]{3,30}?)(?=,| which| where)",
)
_HEADING = re.compile(
    r"^\W*(?:(?:and|so|then|finally|lastly|first|okay|let's|let me|I'll|we'll)\W+)*"
    r"(?:(?:now|next|turn|turning|move|moving|shift|shifting|go|going|looking|start|starting)\W+)+"
    r"(?:back\s+)?(?:on\s+)?(?:to|with)\s+(?:our\s+|the\s+)?(?P<name>[A-Za-z][\w&'’ -]{1,40}?)"
    r"(?=[.,;]|\s(?:where|which|on\s+(?:slide|page))\b|\s*$)",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"\W*(?:(?:and|so|then|next|now|finally|lastly|first|second|third)\W+)+(?:(?:in|our|the)\s+)*"
    r"(?P<name>[A-Za-z][\w&'’ -]{1,30}?):\s",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\W*(?:Total\s+|Net\s+)?(?:[Rr]evenues?|[Ss]ales) (?:from|for|in|of) (?:our |the )?"
    r"(?P<unit>[A-Z][\w&-]*(?: (?:(?:and|of|&) )?[A-Z][\w&-]*){0,5})"
    r" (?:segment )?(?:was|were|grew|rose|fell|increased|decreased|declined)\b"
)
_UNITS = re.compile(r"\b(?:to|into|at|through) (?:our |the |each )?segments?(?: results)?\W*$")
"""What announces the segments, none of them yet named."""
_NO_SEGMENT = re.compile(
    r"\b(?:slides?|highlights|details|next|R&D|business(?:es)?|pipeline|market|questions?|base)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:results?|quarters?|year|performance|numbers|financials?|guidance|outlook|capital|cash"
    r"|(?<!segment )expenses?|(?<!segment )margins?|rest|entire|whole|total|company|P&L|items"
    r"|review|overview|summary)\b",
    re.IGNORECASE,
)
_COMPANY_WIDE = CuePattern(
    r"\b(?:total company|company[- ]?wide|firm-?wide|consolidated|company results"
    r"|rest of (?:the )?(?:P&L|income)|balance sheet|income statement|(?:whole|entire) company"
    r"|the firm|earnings per share|EPS|effective tax rate|cash flows?|capital expenditures?"
    r"|free cash)\b|^\W*Overall\b",
)
_DOER = re.compile(
    r"^\W*(?:(?:And|So|Next|Then|Finally|Now|First|Second|Third|Lastly|Also|Again"
    r"|Importantly|Notably|Additionally)\b\W+)*(?:[Tt]o\s[\w -]{3,40},\s)?(?:[Oo]ur\s+|[Tt]he\s+)?"
    r"(?P<name>[A-Za-z][\w&'’-]*(?:,?\s(?:and\s)?[A-Za-z&][\w&'’-]*){0,6}?)\s+"
    r"(?P<verb>reported|delivered|generated|posted|recorded|contributed|earned|produced|set)\s"
    r"(?=[^.;]*\b(?:income|revenues?|sales|profit|loss)\b)"
)
_ASIDE = re.compile(r"\W*(?:(?:And|So|Now)\W+)?(?:in|on|for|within)\b", re.IGNORECASE)
"""What begins a sentence on a smaller part, after which the next goes on with the larger one."""
_EARNING = frozenset(
    [
        "reported",
        "delivered",
        "generated",
        "posted",
        "recorded",
        "contributed",
        "earned",
        "produced",
        "set",
        "grew",
    ]
)
_CARRYING = ("reported", "posted")
"""The verbs after which the next sentences still tell of the one who did it."""
_WHICH = re.compile(
    r"\b(?:our|the)\s+(?P<name>[\w&'’-]+(?:\s[\w&'’-]+){0,4}?),\s+which\s+"
    r"(?:reported|delivered|generated|posted|recorded|contributed|grew)\b"
)


def _doer(text: str) -> re.Match[str] | None:
    """Return who is said to have earned, looking only where a verb for it stands."""
    return None if words_of(text).isdisjoint(_EARNING) else _DOER.match(text)


def doer_of(text: str) -> tuple[int, str] | None:
    """Return the part of the business that a sentence says earned, and where its name ends.

    >>> doer_of("Next, the HCB reported net income of $3 million.")
    (13, 'HCB')
    >>> doer_of("We reported net income of $3 million.")
    """
    if words_of(text).isdisjoint(_EARNING):
        return None
    match = _DOER.match(text) or _WHICH.search(text)
    if match is None or not words_of(match["name"]).isdisjoint(word_set("unit_stops")):
        return None
    return match.end("name"), match["name"]


def segment_of(text: str, segment: str | None) -> str | None:
    """Return the part of the business that sentences from this one on speak of, None for all.

    >>> segment_of("Moving to our Harbor Cloud segment, revenue grew 4%.", None)
    'Harbor Cloud'
    >>> segment_of("Sales of Harbor Lights were $4 million.", "segment")
    'Harbor Lights'
    >>> segment_of("Now back to total company results.", "Harbor Cloud") is None
    True
    """
    unit = _UNIT.match(text) if segment else None
    if unit:
        return unit["unit"]
    doer = _doer(text)
    if doer and doer["verb"] in _CARRYING:
        return doer["name"] if words_of(doer["name"]).isdisjoint(word_set("unit_stops")) else None
    if segment and _COMPANY_WIDE.search(text):
        return None
    if words_of(text).isdisjoint(word_set("heading_words")):
        return segment
    if "segment" in text and _UNITS.search(text):
        return "segment"
    match = _SEGMENT.match(text) or _SIDE.search(text) or _HEADING.match(text) or _COLON.match(text)
    if match is None or (segment and _ASIDE.match(text)):
        return segment
    said = " ".join(next(filter(None, match.groups()), "").split())
    said = said.removeprefix("the ").removeprefix("our ")
    if not said or _NO_SEGMENT.search(said) or said.startswith(("a ", "an ")):
        return segment
    return None if _WHOLE.search(said) else said
