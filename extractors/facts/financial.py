"""Financial facts: what a metric was or how it changed, each compared value a fact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.facts._passages import PRODUCTS, Passage
from extractors.model import EntityId, EntityType, Fact, FactKind, Reference, Value
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


_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z][\w&’'.-]*\w|[A-Za-z0-9]\w*")
_PARTICIPLES = frozenset(
    ("adjusted", "combined", "consolidated", "diluted", "acquired", "branded", "unlevered", "operating")
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
_COMPARING = re.compile(
    r"\b(?:(?:compared|relative|versus|vs\.?|against|same period|guidance|outlook)\b[^,;]{0,30}"
    r"|(?:from|over|than)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_PARTING = re.compile(r"[;]|,\s(?:and|driven|reflecting|up|down|as)\b|\band\s+[a-z ]*(?:full|fourth)\b")
_CONTINUED = re.compile(
    r"[\s,]*(?:(?:or|and|compared|to|with|versus|vs\.?|against|from|up|down|approximately|nearly|a|an"
    r"|increase|decrease|decline|growth|of|by|about|over|more|than|around|roughly|net|gain|loss"
    r"|at|as|in|the|full|year|first|second|third|fourth|quarter|December|March|June|September|\d+"
    r"|year-over-year|sequentially|quarter-over-quarter|same|period|last|prior|previous|ago"
    r"|months|six|nine|three|per|share|respectively)[\s,]*)*",
    re.IGNORECASE,
)
_DRIVERS = re.compile(
    r"\b(?:reflect\w*|driven|due|led|offset|because|despite|lead|supported|which|where"
    r"|exceed\w*|while|but)\b",
    re.IGNORECASE,
)
_NOT_VALUE = re.compile(
    r"\s*(?:above|below|better|ahead|short of|of (?:our|the|its|their|total|all)\b"
    r"|co-?pays?\b|(?:of|in) (?:patients|people))",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"\s*(?:--|—|–)\s*((?:19|20)\d\d)\b")
_NOT_MONEY = re.compile(
    r"\b(?:patients?|people|individuals|placebo|weight loss|survival|ORR|response rate|baseline"
    r"|efficacy|HbA1c|population|prevalence|milestones?|royalt\w+|upfront)\b",
    re.IGNORECASE,
)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find what executives report of the past; outlooks are guidance, not facts."""
    for passage in passages:
        if not passage.by_company or not passage.amounts:
            continue
        yield from _facts(passage)


def _facts(passage: Passage) -> Iterator[Fact]:
    text = passage.text
    metrics = find_metrics(text)
    outlook = _outlook_pattern().search(text)
    currency: str | None = None
    carried: Metric | None = None
    previous: Amount | None = None
    for amount in passage.amounts:
        if amount.kind is AmountKind.TIER or amount.value is None or amount.upper is not None:
            continue
        if outlook and outlook.start() < amount.core:
            break
        if previous and not _CONTINUED.fullmatch(text, previous.end, amount.start):
            carried = None
        metric = _metric_of(text, amount, metrics, carried)
        previous = amount
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
    if _NOT_VALUE.match(text, amount.end) and (
        metric.end <= amount.start or amount.kind is not AmountKind.MONEY
    ):
        return True
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
    if before and not _DRIVERS.search(text, before[-1].end, amount.start):
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
    period, words = _period(passage, amount, metric)
    subject = _subject(passage, amount, metric)
    properties: list[tuple[str, Value | Reference]] = [
        ("metric", _named(passage, metric, subject)),
        ("value", amount.value or Decimal(0)),
    ]
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
        subject,
        tuple(properties),
        passage.evidence(start, end),
        rule="financial.change" if change else "financial.value",
        confidence=0.9 if near else 0.8,
    )


def _named(passage: Passage, metric: Metric, subject: EntityId | None) -> str:
    """Name a metric with the words before it: "adjusted", "U.S.", "cell therapy"."""
    start = _phrase_start(passage, metric)
    words = passage.text[start : metric.start]
    for mention in passage.mentions:
        low, high = mention.start - passage.start - start, mention.end - passage.start - start
        if mention.entity == subject and 0 <= low and high <= len(words):
            words = words[:low] + " " * (high - low) + words[high:]
    for period in passage.periods(future=False):
        low, high = max(0, period.start - start), max(0, period.end - start)
        words = words[:low] + " " * (min(high, len(words)) - low) + words[high:]
    said = " ".join(re.sub(r"[’']s\b", "", words).split())
    return f"{said} {metric.name}" if said and said.casefold() not in metric.name else metric.name


@cache
def _stops() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("metric_stops"))


def _phrase_start(passage: Passage, metric: Metric) -> int:
    """Walk back over the words that belong to the metric, at most five."""
    start = metric.start
    periods = passage.periods(future=False)
    tokens = list(_TOKEN.finditer(passage.text, max(0, start - 80), start))
    for count, token in enumerate(reversed(tokens)):
        inside = any(p.start <= token.start() < p.end for p in periods)
        gap = passage.text[token.end() : start]
        word = token[0].casefold()
        verb = word.endswith(("ed", "ing", "ly")) and word not in _PARTICIPLES
        if any(a.start <= token.start() < a.end for a in passage.amounts):
            break
        if gap.strip(" -/&") or (not inside and (word in _stops() or verb or count > 5)):
            break
        start = token.start()
    return start


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
    passage: Passage, amount: Amount, metric: Metric
) -> tuple[Period | None, str | None]:
    """Return the period of an amount: the first after it and before the next, else one before."""
    text = passage.text
    low = passage.amounts[0].start
    times = [p for p in passage.periods(future=False) if p.unit != "open"]
    periods = [
        p for p in times if not _COMPARING.search(text, _since(p, amount), p.start)
    ]
    phrase = [
        p for p in periods if metric.start - 40 <= p.start and p.end <= amount.start
        and not _between(passage.amounts, p.end, amount.start)
        and not _COMPARED.search(text, p.end, amount.start)
    ]  # fmt: skip
    compared = _COMPARED.search(text, amount.end)
    far = compared.start() if compared else len(text)
    after = [
        p for p in periods
        if amount.end <= p.start < far and not _PARTING.search(text, amount.end, p.start)
    ]  # fmt: skip
    if _COMPARED.search(text, max(0, amount.start - 14), amount.start):
        phrase = []
    leading = [p for p in periods if p.end <= low and p.start < 60]
    chosen = next(iter([*phrase[-1:], *after[:1], *leading[:1]]), None)
    if chosen is None:
        return None, None
    corrected = _CORRECTION.match(text, chosen.end)
    if not corrected:
        return chosen, chosen.text
    again = [p for p in times if p.start <= corrected.start(1) < p.end]
    return (again[0] if again else chosen), corrected[1]


def _since(period: Period, amount: Amount) -> int:
    """Return where a word that makes the period a comparison may begin."""
    start = max(0, period.start - 45)
    return max(start, amount.end) if period.start >= amount.end else start


def _between(amounts: tuple[Amount, ...], start: int, end: int) -> bool:
    return any(start <= amount.start < end for amount in amounts)


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
