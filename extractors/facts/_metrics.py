"""The metrics of financial facts: where a sentence names one, and what exactly it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.facts._passages import Passage
from extractors.model import EntityId
from extractors.tables import Phrases, load_table, normalize, words_of


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric word in a sentence; positions relative to it."""

    start: int
    end: int
    name: str


@cache
def _metric_names() -> dict[str, str]:
    return {normalize(row["word"]): row["metric"] for row in load_table("metrics")}


@cache
def _metric_phrases() -> Phrases:
    return Phrases((row["word"] for row in load_table("metrics")), inside=r"\w&")


_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z][\w&’'.-]*\w|[A-Za-z0-9]\w*")
SCOPE = re.compile(
    r"\b(?:excluding|including|ex-|net of|exclusive of|inclusive of|adjusted for)\s+(?![$€£\d])"
    r"[^,;.()]{2,70}?"
    r"(?=\s+(?:was|were|is|are|as of|of \$|in the|grew|increased|decreased|declined)\b|[,;.()]|$)"
    r"|\boutside (?:of )?(?:the )?(?:U\.S\.?|United States)"
    r"|\b(?:at|in|on an?)\s+(?:a\s+)?(?:constant (?:exchange rates?|currenc(?:y|ies))"
    r"|CER|(?:non-)?GAAP basis|operational basis|reported basis|organic basis"
    r"|(?:Danish|Swedish|Norwegian) kron(?:er|or)|local currenc(?:y|ies))",
    re.IGNORECASE,
)
_COMBINED = re.compile(r"\b[Cc]ombined\s+[^.;:$€£\d]*$")
"""What begins the name of several metrics told as one."""
_PAIRED = re.compile(
    r"(?:(?:And|Our|Total)\s+){0,2}(?P<first>[A-Z][\w-]+(?:,\s+[\w-]+){0,3}),?\s+and\s+"
)
"""The first of two names of one metric, at the start: "Cloud and services revenue"."""
_UNIT = re.compile(
    r"(?:Total\s+|Net\s+)?(?:[Rr]evenues?|[Ss]ales) (?:from|for|in|of) (?:our |the )?"
    r"(?P<unit>[A-Z][\w&-]*(?: (?:(?:and|of|&) )?[A-Z][\w&-]*){0,5})"
    r" (?:segment )?(?:was|were|grew|rose|fell|increased|decreased|declined)\b"
)
_UNITS = re.compile(r"\b(?:to|into|at|through) (?:our |the |each )?segments?(?: results)?\W*$")
_SEGMENT = re.compile(
    r"^(?:\W*(?:now|and|so|then|next|finally|lastly|first|within|turning|moving|shifting|on|in|for|from|to"
    r"|starting|with)\W+){0,4}(?:our|the)\s+(?P<name>(?:[\w&'’-]+\s+){1,4}?)"
    r"(?:segment|business|businesses|division|franchise|portfolio)\b"
    r"|\bon (?:the|our) (?P<side>[\w -]{3,25}?) side\b"
    r"|\bresults for (?:our |the )?(?P<of>[A-Za-z ]{3,30}?)(?=,| which| where)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:(?:now|and|so|then|next|finally|lastly|first)\W+)*(?:turning|moving|shifting|going|looking)\s+(?:now\s+)?"
    r"(?:back\s+)?(?:on\s+)?to\s+(?:our\s+)?(?P<name>[A-Za-z&'’ -]{2,40}?)(?=[.,;]|\s(?:where"
    r"|which)\b|$)",
    re.IGNORECASE,
)
_UNSPECIFIC = ("total", "global", "worldwide", "full year", "total global", "quarterly")
_NO_SEGMENT = re.compile(
    r"\b(?:results?|quarters?|year|slides?|performance|highlights|numbers|details|details|next|R&D"
    r"|business(?:es)?|pipeline|market|questions?|entire|whole|base)\b",
    re.IGNORECASE,
)
_COMPANY_WIDE = re.compile(
    r"\b(?:total company|overall|consolidated|company results|balance sheet|P&L|financial|guidance"
    r"|outlook|capital|cash|expenses?|margins?|rest of|income statement|whole company)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def find_metrics(text: str) -> tuple[Metric, ...]:
    """Return the metric words of a sentence, positions relative to it.

    >>> [m.name for m in find_metrics("Net loss fell as R&D expenses fell")]
    ['net loss', 'R&D expenses']
    >>> find_metrics("We opened two sites")
    ()
    """
    found = list(_metric_phrases().finditer(text))
    scopes = [m.span() for m in SCOPE.finditer(text)] if found else []
    return tuple(
        Metric(m.start(), m.end(), _metric_names()[normalize(m[0])])
        for m in found
        if not any(start < m.end() and m.start() < end for start, end in scopes)
    )


def name_metric(passage: Passage, metric: Metric, subject: EntityId | None) -> str:
    """Name a metric with the words before it: "adjusted", "U.S.", "cell therapy"."""
    start = _phrase_start(passage, metric)
    words = passage.text[start : metric.start]
    for mention in passage.mentions:
        low, high = mention.start - passage.start - start, mention.end - passage.start - start
        if mention.entity == subject and low >= 0 and high <= len(words):
            words = words[:low] + " " * (high - low) + words[high:]
    for period in passage.periods(future=False):
        low, high = max(0, period.start - start), max(0, period.end - start)
        words = words[:low] + " " * (min(high, len(words)) - low) + words[high:]
    said = " ".join(re.sub(r"[’']s\b", "", words).split())
    return f"{said} {metric.name}" if said and said.casefold() not in metric.name else metric.name


@cache
def _word_set(table: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table(table))


def _phrase_start(passage: Passage, metric: Metric) -> int:
    """Walk back over the words that belong to the metric, at most five."""
    combined = _COMBINED.search(passage.text, max(0, metric.start - 80), metric.start)
    if combined:
        return combined.start()
    start = metric.start
    periods = passage.periods(future=False)
    tokens = list(_TOKEN.finditer(passage.text, max(0, start - 80), start))
    for count, token in enumerate(reversed(tokens)):
        inside = any(p.start <= token.start() < p.end for p in periods)
        gap = passage.text[token.end() : start]
        word = token[0].casefold()
        verb = word.endswith(("ed", "ing", "ly")) and word not in _word_set("metric_participles")
        if token[0].endswith(".") and passage.text[start].isupper():
            break
        if any(a.start <= token.start() < a.end for a in passage.amounts):
            break
        joined = word == "and" and passage.text[token.end() : start + 6].lstrip() == "other "
        foreign = not joined and (word in _word_set("metric_stops") or verb or count > 5)
        if gap.strip(" -/&") or (foreign and not inside):
            break
        start = token.start()
    pair = _PAIRED.fullmatch(passage.text, 0, start) if start < metric.start else None
    first = next(iter(find_metrics(passage.text)), None) if pair else None
    return pair.start("first") if pair and first and first.start >= start else start


def segment_of(text: str, segment: str | None) -> str | None:
    """Return the part of the business that sentences from this one on speak of, None for all.

    >>> segment_of("Moving to our Harbor Cloud segment, revenue grew 4%.", None)
    'Harbor Cloud'
    >>> segment_of("Sales of Harbor Lights were $4 million.", "segment")
    'Harbor Lights'
    >>> segment_of("Now back to total company results.", "Harbor Cloud") is None
    True
    """
    unit = _UNIT.match(text.lstrip()) if segment else None
    if unit:
        return unit["unit"]
    if words_of(text).isdisjoint(_word_set("heading_words")):
        return segment
    if _UNITS.search(text):
        return "segment"
    if _COMPANY_WIDE.search(text[:90]) and not re.search(r"\b[Ss]egment\b", text):
        return None
    match = _SEGMENT.search(text) or _HEADING.search(text)
    if match is None:
        return segment
    groups = match.groupdict()
    said = " ".join((groups["name"] or groups.get("side") or groups.get("of") or "").split())
    said = said.removeprefix("the ").removeprefix("our ")
    return segment if not said or _NO_SEGMENT.search(said) else said


def is_bare(text: str, metric: Metric, name: str) -> bool:
    """Tell whether a metric is named without saying whose, as in "Revenue was $2 million".

    >>> is_bare("Our revenue rose", Metric(4, 11, "revenue"), "revenue")
    False
    """
    extra = name.lower().removesuffix(metric.name).strip()
    if extra and (extra not in _UNSPECIFIC or metric.name not in ("revenue", "sales")):
        return False
    if extra or segment_of(text, None):
        return True
    whole = re.search(r"\b(?:our|company|total|its)\s+$", text[: metric.start], re.IGNORECASE)
    return whole is None
