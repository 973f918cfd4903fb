"""Which metric an amount of a sentence belongs to."""

from __future__ import annotations

import re

from extractors.facts._metrics import Metric
from extractors.facts._product_sales import CLINICAL
from extractors.facts._surroundings import CHANGE_IN, change_phrases, change_ways
from extractors.money import Amount, AmountKind
from extractors.tables import normalize

_REACH = 170
"""How far before its value, in code points, a metric may stand."""
_COPULA = re.compile(
    r"[^,;.\d]{0,30}?(?:\b(?:was|were|is|are|of|at|to|totaled|totalled|reached|by)\s+(?:an?\s+)?)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"[-\s]+(?:(?:of|in|for)\s+)?(?:(?:the|total|net|adjusted|other|our|quarterly|annual|combined"
    r"|gross|new|overall|year-over-year|operational|organic|non-?GAAP|global|set)\s+){0,4}$",
    re.IGNORECASE,
)
_DRIVERS = re.compile(
    r"\b(?:reflect\w*|impact\w*|driven|due|led|offset|because|despite|lead|supported|which|where"
    r"|exceed\w*|while|but|includes?|included|excluded|since|given|as (?:we|the|an?|it|they|this)"
    r"|first time|annualized)\b|,\s+and\s+(?:we|they|I)\b",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(r"\s+of\s+(?!(?:which|the total)\b)[a-z]")
_NOUN_OF = re.compile(r"([A-Za-z]+)\s+of\s+$")
_OTHER_SUBJECT = re.compile(
    r"\d[^;]*,\s+(?:and\s+[A-Za-z][^,;\d]*\b(?:was|were)|(?:and\s+)?(?!up\b|down\b|or\b|flat\b)"
    r"(?:[a-z]+\s+)?[a-z]+(?<!ing)(?<!ed)\s+at)\s+$"
)
_JOINED = re.compile(
    r"\b(?:was|were|is|are|at|of|by|to|than|reached|totaled|came|from|compared|versus|or)\b|:|--",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\bplus\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_TAKES = re.compile(
    r"\b(?:of|at|burned|used|lost|spent|back|repurchased|was|were|totaled)$", re.IGNORECASE
)
"""What ends a metric whose figure follows at once."""
_WITH_GROWTH = re.compile(r"\s+with\b[^.;$]*\bgrowth\s+of\s+$")


def metric_of(
    text: str, amount: Amount, metrics: tuple[Metric, ...], carried: Metric | None
) -> Metric | None:
    """Return the metric that an amount belongs to."""
    change = CHANGE_IN.match(text, amount.end)
    if change:
        inside = [m for m in metrics if change.start("name") <= m.start < change.end()]
        if inside:
            words = text[change.start("name") : inside[0].start].strip()
            return Metric(amount.core, change.end(), f"{words} {inside[0].name}".strip())
        if CLINICAL.search(text):
            return None
        way = "growth" if change["way"] == "growth" else "change"
        led = [m for m in metrics if m.end <= amount.start]
        if led and amount.kind is AmountKind.PERCENT:
            return led[0]
        return Metric(amount.core, change.end(), f"{way} of {change['name']}")
    before = [m for m in metrics if m.end <= amount.start and amount.start - m.end <= _REACH]
    if len(before) > 1 and _ADDED.search(text, 0, before[-1].start):
        return None
    driven = bool(before and _DRIVERS.search(text, before[-1].end, amount.start))
    if before and not driven and _COPULA.fullmatch(text, before[-1].end, amount.start):
        return _head(text, before)
    if before and _is_next(text, before[-1], amount):
        return before[-1]
    for metric in metrics:
        if metric.start >= amount.end and _FOLLOWING.fullmatch(text, amount.end, metric.start):
            return metric
    if _OF_OTHER.match(text, amount.end):
        return None
    if before and not driven and _WITH_GROWTH.fullmatch(text, before[-1].end, amount.start):
        return None
    if before and not driven:
        other = _NOUN_OF.search(text, before[-1].end, amount.start)
        if other and normalize(other[1]) not in change_ways():
            return None
        if _OTHER_SUBJECT.search(text, before[-1].end, amount.start):
            return None
        joined = _JOINED.search(text, before[-1].end, amount.start)
        if joined or change_phrases().search(text, before[-1].end, amount.start):
            return _head(text, before)
    return carried


def _is_next(text: str, metric: Metric, amount: Amount) -> bool:
    """Tell whether an amount follows its metric at once: "a loss of $3", "revenue, $3 million"."""
    gap = text[metric.end : amount.start]
    if gap.isspace():
        return _TAKES.search(text, metric.start, metric.end) is not None
    return gap == ", " and amount.currency is not None


def _head(text: str, before: list[Metric]) -> Metric:
    """Return the last metric, or the one that it only continues ("cash flows used in ...")."""
    head = before[-1]
    for metric in reversed(before[:-1]):
        gap = text[metric.end : head.start]
        if len(gap) > 40 or re.search(r"\d|\b(?:was|were|and|by|to|of)\b|,", gap):
            break
        head = metric
    return head
