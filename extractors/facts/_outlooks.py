"""The metric and the figure that an outlook gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.facts._metrics import Metric, find_metrics, name_metric
from extractors.facts._passages import PRODUCTS, Passage
from extractors.model import EntityId, Value
from extractors.money import Amount, AmountKind

_REACH = 60
"""How far apart, in code points, a metric and its figure or its verb may stand."""
_PASSIVE = re.compile(
    r"(?:is|are|was|were|expected|anticipated|projected|forecast\w*)\b", re.IGNORECASE
)
_CAUSE = re.compile(
    r"\b(?:as|because|driven|due|despite|while|given|compared|relative|across|on a|from|offset"
    r"|in line)\b|[,;]"
)
_SUBJECT = re.compile(r"\s+(?:growth\s+|(?:for|in)\s+[\w ]{2,20}\s+)?(?:(?:still|now)\s+)?")
_RAISED = re.compile(
    r"\b(?:rais|increas|lower|reduc)\w*\b[^;,]*\bby\s+(?:about\s+)?$", re.IGNORECASE
)
_BEHIND = re.compile(r"\s+(?:on|for|in)\s+(?:(?:our|the|total|adjusted|net)\s+){0,2}")
_PART = re.compile(
    r"(?:\s+growth)?\s+((?:from|in|outside|of|for)\s+(?!line\b|constant\b|the range\b|order\b)"
    r"(?:our\s+|the\s+)?(?P<part>[A-Za-z][\w&'’ -]{2,50}?))"
    r"\s+(?:to|will|should|is|are|between|of)\b"
)
_COMPARED = re.compile(r"\s+(?:lower|higher|below|above|better|worse)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\bnegative\s+$", re.IGNORECASE)


def figures_of(
    passage: Passage,
    cue: re.Match[str],
    span: tuple[int, int],
    subject: EntityId | None,
    *,
    named_before: bool,
) -> Iterator[tuple[str, Value]]:
    """Yield the metric and the figure of an outlook: the first pair that stands together.

    Args:
        passage: the sentence.
        cue: the words that make it an outlook.
        span: where the promise stands in the sentence.
        subject: whose outlook it is; its name is no part of the metric's.
        named_before: whether the figure may stand before the cue ("... is our guidance").
    """
    text = passage.text
    start = 0 if named_before else span[0]
    metrics = _metrics(text, cue, span, start)
    amounts = [
        a
        for a in passage.amounts
        if start <= a.start < span[1]
        and a.value is not None
        and (a.start > cue.start() or "," not in text[a.end : cue.start()])
    ]
    if not amounts:
        stop = _CAUSE.search(text, cue.end(), span[1])
        near = [m for m in metrics if stop is None or m.start < stop.start()]
        if near:
            yield "metric", name_metric(passage, near[0], subject)
            yield from _scope(passage, near[0])
    if "respectively" in text[span[0] : span[1]]:
        return
    for amount in amounts:
        metric = _metric_of(text, amount, metrics)
        if metric is not None:
            yield "metric", name_metric(passage, metric, subject)
            yield from _figure(text, amount)
            yield from _scope(passage, metric)
            return


def _metrics(text: str, cue: re.Match[str], span: tuple[int, int], start: int) -> list[Metric]:
    """Return the metrics of a promise, of a passive one also its grammatical subject."""
    if not _PASSIVE.match(cue[0]):
        return [m for m in find_metrics(text) if start <= m.start < span[1]]
    subjects = [
        m
        for m in find_metrics(text)
        if m.end <= cue.start() <= m.end + _REACH
        and _SUBJECT.fullmatch(text, m.end, cue.start())
        and (cue[0].endswith("to") or text.startswith(" to ", cue.end()))
    ]
    return [*subjects[-1:], *(m for m in find_metrics(text) if span[0] <= m.start < span[1])]


def _scope(passage: Passage, metric: Metric) -> Iterator[tuple[str, Value]]:
    """Yield the part of the business that the words after a metric name, if it is no product."""
    match = _PART.match(passage.text, metric.end)
    if match is None:
        return
    low = match.start("part")
    times = passage.periods(future=True)
    products = (m.start - passage.start for m in passage.of_type(*PRODUCTS))
    if any(p.start <= low < p.end or p.start == match.start(1) for p in times):
        return
    if not any(low <= start <= low + 4 for start in products):
        yield "scope", match[1]


def _metric_of(text: str, amount: Amount, metrics: list[Metric]) -> Metric | None:
    """Return the metric named last before an amount, with no other thing between."""
    behind = [m for m in metrics if _BEHIND.fullmatch(text, amount.end, m.start)]
    if behind or _RAISED.search(text, 0, amount.start):
        return behind[0] if behind else None
    near = [
        m
        for m in metrics
        if m.end <= amount.start <= m.end + _REACH
        and not re.search(r",|\bimpact|\bheadwind", text[m.end : amount.start])
    ]
    return near[-1] if near and not _COMPARED.match(text, amount.end) else None


def _figure(text: str, amount: Amount) -> Iterator[tuple[str, Value]]:
    if amount.value is not None:
        negative = _NEGATIVE.search(text, 0, amount.core)
        yield "amount", -amount.value if negative else amount.value
    if amount.upper is not None:
        yield "upperAmount", amount.upper
    if amount.currency:
        yield "currency", amount.currency
    if amount.kind is not AmountKind.MONEY:
        yield "unit", str(amount.kind)
    if amount.bound != "exactly":
        yield "bound", amount.bound
