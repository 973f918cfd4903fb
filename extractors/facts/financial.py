"""Financial facts: what a metric was or how it changed, each compared value a fact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors.facts._passages import PRODUCTS, Passage
from extractors.model import EntityId, EntityType, Fact, FactKind, ParticipantKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.periods import Period
from extractors.tables import alternation, load_table, normalize

_REACH = 170
"""How far before its value, in code points, a metric may stand."""


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
def _metric_pattern() -> re.Pattern[str]:
    words = alternation(row["word"] for row in load_table("metrics"))
    return re.compile(rf"(?<![\w&])(?:{words})(?![\w&])", re.IGNORECASE)


@cache
def _changes() -> dict[str, str]:
    return {normalize(row["word"]): row["change"] for row in load_table("change_words")}


@cache
def _change_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(_changes())})\b", re.IGNORECASE)


@cache
def _outlook_pattern() -> re.Pattern[str]:
    words = alternation(row["word"] for row in load_table("outlook_cues"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_QUALIFIER = re.compile(
    r"(?:\b(?:adjusted|non-?GAAP|GAAP|diluted|consolidated|organic|comparable|core|pro forma|total"
    r"|net|global|worldwide|international|domestic|U\.S\.|quarterly|annual|standalone|combined)\s+)+$",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:excluding|including|ex-|net of|exclusive of|inclusive of)\s+[^,;.()]{2,70}?"
    r"(?=\s+(?:was|were|is|are|as of|of \$|in the|grew|increased|decreased|declined)\b|[,;.()]|$)"
    r"|\b(?:at|in|on an?)\s+(?:a\s+)?(?:constant (?:exchange rates?|currenc(?:y|ies))"
    r"|CER|(?:non-)?GAAP basis|operational basis|reported basis|organic basis"
    r"|(?:Danish|Swedish|Norwegian) kron(?:er|or)|local currenc(?:y|ies))",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"[^,;.\d]{0,30}?(?:\b(?:was|were|is|are|of|at|to|totaled|totalled|reached|by)\s+(?:an?\s+)?)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"[-\s]+(?:(?:of|in|for)\s+)?(?:(?:the|total|net|adjusted|other|our|quarterly|annual|combined"
    r"|gross|new|overall|year-over-year|operational|organic|non-?GAAP|global|set)\s+){0,4}$",
    re.IGNORECASE,
)
_CHANGE_IN = re.compile(
    r"\s+(?P<way>increase|decrease|decline|reduction|growth|rise|drop)\s+in\s+(?:the\s+|our\s+)?"
    r"(?P<name>[A-Za-z&][\w&-]*(?:\s+(?!between|for|in|was|from|during|and|at)[A-Za-z&][\w&-]*){0,3})"
)
_CHANGE_OF = re.compile(
    r"\b(increase|decrease|decline|reduction|growth|rise|drop) in (?:the |our |total |net )*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:compared|versus|against|from(?=\s+(?:an?\s+)?[$€£\d]))\b", re.IGNORECASE)
_CORRECTION = re.compile(r"\s*(?:--|—|–)\s*((?:19|20)\d\d)\b")
_NOT_MONEY = re.compile(
    r"\b(?:patients?|people|individuals|placebo|weight loss|survival|ORR|response rate|baseline"
    r"|efficacy|HbA1c|population|prevalence|milestones?|royalt\w+|upfront)\b",
    re.IGNORECASE,
)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find what executives report of the past; outlooks are guidance, not facts."""
    for passage in passages:
        if passage.kind is not ParticipantKind.EXECUTIVE or not passage.amounts:
            continue
        yield from _facts(passage)


def _facts(passage: Passage) -> Iterator[Fact]:
    text = passage.text
    metrics = find_metrics(text)
    outlook = _outlook_pattern().search(text)
    currency: str | None = None
    carried: Metric | None = None
    for amount in passage.amounts:
        if amount.kind is AmountKind.TIER or amount.value is None or amount.upper is not None:
            continue
        if outlook and outlook.start() < amount.core:
            break
        metric = _metric_of(text, amount, metrics, carried)
        if metric is None:
            continue
        if _is_other(text, amount, metric):
            continue
        currency = amount.currency or currency
        yield _fact(passage, amount, metric, currency)
        carried = metric


def _is_other(text: str, amount: Amount, metric: Metric) -> bool:
    """Tell whether the amount belongs to a trial, a deal or a population."""
    start, end = min(metric.start, amount.start), max(metric.end, amount.end)
    return bool(_NOT_MONEY.search(text, start, min(len(text), end + 45)))


def find_metrics(text: str) -> tuple[Metric, ...]:
    """Return the metric words of a sentence, positions relative to it.

    >>> [m.name for m in find_metrics("Net loss fell as R&D expenses fell")]
    ['net loss', 'R&D expenses']
    >>> find_metrics("We opened two sites")
    ()
    """
    scopes = [m.span() for m in _SCOPE.finditer(text)]
    return tuple(
        Metric(m.start(), m.end(), _metric_names()[normalize(m[0])])
        for m in _metric_pattern().finditer(text)
        if not any(start < m.end() and m.start() < end for start, end in scopes)
    )


def _metric_of(
    text: str, amount: Amount, metrics: tuple[Metric, ...], carried: Metric | None
) -> Metric | None:
    """Return the metric that an amount belongs to."""
    change = _CHANGE_IN.match(text, amount.end)
    if change:
        inside = [m for m in metrics if change.start("name") <= m.start < change.end()]
        name = inside[0].name if inside else change["name"]
        return Metric(amount.core, change.end(), name)
    before = [m for m in metrics if m.end <= amount.start and amount.start - m.end <= _REACH]
    if before and _COPULA.fullmatch(text, before[-1].end, amount.start):
        return _head(text, before)
    for metric in metrics:
        if metric.start >= amount.end and _FOLLOWING.fullmatch(text, amount.end, metric.start):
            return metric
    if before:
        return _head(text, before)
    return carried


def _head(text: str, before: list[Metric]) -> Metric:
    """Return the last metric, or the one that it only continues ("cash flows used in ...")."""
    head = before[-1]
    for metric in reversed(before[:-1]):
        gap = text[metric.end : head.start]
        if len(gap) > 40 or re.search(r"\d|\b(?:was|were|and|by|to|of)\b|,", gap):
            break
        head = metric
    return head


def _fact(passage: Passage, amount: Amount, metric: Metric, currency: str | None) -> Fact:
    text = passage.text
    change = _change(text, amount, metric)
    period, words = _period(passage, amount, metric.start)
    properties: list[tuple[str, Value | Reference]] = [("metric", _named(text, metric))]
    properties.append(("value", amount.value or 0))
    if amount.kind is AmountKind.MONEY:
        if currency:
            properties.append(("currency", currency))
    else:
        properties.append(("unit", str(amount.kind)))
    if amount.per_share or "per share" in metric.name:
        properties.append(("perShare", True))
    if change:
        properties.append(("change", change))
    if amount.bound != "exactly":
        properties.append(("bound", amount.bound))
    if words:
        properties.append(("period", words))
    if period and period.not_before:
        properties.append(("notBefore", period.not_before))
    if period and period.not_after:
        properties.append(("notAfter", period.not_after))
    properties.extend(("scope", scope) for scope in _scopes(text, amount, metric))
    start = min(metric.start, amount.start)
    end = max(metric.end, amount.end, period.end if period and words else 0)
    near = amount.start - metric.end < 60 or metric.start >= amount.end
    return Fact(
        FactKind.FINANCIAL_FACT,
        _subject(passage, amount, metric),
        tuple(properties),
        passage.evidence(start, end),
        rule="financial.change" if change else "financial.value",
        confidence=0.9 if near else 0.8,
    )


def _named(text: str, metric: Metric) -> str:
    """Add "adjusted", "total" and the like to the metric's name."""
    match = _QUALIFIER.search(text, max(0, metric.start - 50), metric.start)
    if not match:
        return metric.name
    words = " ".join(match[0].split())
    return metric.name if words.casefold() in metric.name else f"{words.lower()} {metric.name}"


def _change(text: str, amount: Amount, metric: Metric) -> str | None:
    """Tell whether the amount is a change ("by 29%", "growth of 4%"), and which way."""
    match = _CHANGE_IN.match(text, amount.end)
    if match:
        return _changes().get(normalize(match["way"]), "increase")
    if re.search(r"\b(?:to|was|were|is|at)\s+$", text[max(0, amount.start - 5) : amount.start]):
        return None
    led = _CHANGE_OF.search(text, max(0, metric.start - 40), metric.start)
    if led and metric.end <= amount.start:
        return _changes().get(normalize(led[1]), "increase")
    between = _change_words(text, metric.end if metric.end <= amount.start else 0, amount.start)
    close = [m for m in between if amount.start - m.end() <= 30]
    if close:
        return _changes()[normalize(close[-1][0])]
    after = _change_pattern().search(text, amount.end, amount.end + 45)
    if after and amount.kind is not AmountKind.MONEY:
        gap = text[amount.end : after.start()]
        if not re.search(r"[,;.]|\band\b", gap):
            return _changes()[normalize(after[0])]
    return "increase" if metric.name.endswith("growth") else None


def _change_words(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(_change_pattern().finditer(text, max(start, end - 60), end))


def _period(
    passage: Passage, amount: Amount, metric: int
) -> tuple[Period | None, str | None]:
    """Return the period of an amount: the first after it and before the next, else one before."""
    text = passage.text
    periods = [p for p in passage.periods(future=False) if p.unit != "open"]
    later = [a.start for a in passage.amounts if a.start >= amount.end and not a.per_share]
    limit = min(later, default=len(text))
    compared = _COMPARED.search(text, amount.end)
    far = compared.start() if compared else len(text)
    after = [p for p in periods if amount.end <= p.start < min(limit, far)]
    first = min((a.start for a in passage.amounts), default=0)
    before = [p for p in periods if p.end <= amount.start and (p.end <= first or p.start >= metric)]
    shared = [p for p in periods if amount.end <= p.start < far]
    chosen = next(iter([*after, *before[-1:], *shared]), None)
    if chosen is None:
        return None, None
    corrected = _CORRECTION.match(text, chosen.end)
    if not corrected:
        return chosen, chosen.text
    again = [p for p in periods if p.start <= corrected.start(1) < p.end]
    return (again[0] if again else chosen), corrected[1]


def _scopes(text: str, amount: Amount, metric: Metric) -> list[str]:
    low, high = min(metric.start, amount.start), max(metric.end, amount.end)
    found = [m[0] for m in _SCOPE.finditer(text) if low - 60 <= m.start() <= high + 45]
    return list(dict.fromkeys(found))[:2]


def _subject(passage: Passage, amount: Amount, metric: Metric) -> EntityId | None:
    """Return whose metric it is: named right before it, "of X" after it, "at X" after the sum."""
    position = passage.start + metric.start
    issuer = passage.context.transcript.call.issuer
    for mention in passage.of_type(*PRODUCTS, EntityType.COMPANY):
        gap_before = passage.text[mention.end - passage.start : metric.start]
        if mention.end <= position and len(gap_before) <= 30 and not re.search(r"[,;.]", gap_before):
            return mention.entity
        gap_after = passage.text[metric.end : max(metric.end, mention.start - passage.start)]
        if mention.start >= position and re.fullmatch(r"\s+(?:of|for|from|at)\s+(?:the\s+)?", gap_after):
            return mention.entity
        gap = passage.text[amount.end : max(amount.end, mention.start - passage.start)]
        if re.fullmatch(r"\s+at\s+(?:the\s+)?", gap):
            return mention.entity
    return issuer
