"""Financial facts: what a metric was or how it changed, each compared value a fact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from extractors.facts._metrics import SCOPE, Metric, find_metrics, is_bare, name_metric, segment_of
from extractors.facts._passages import PRODUCTS, Passage
from extractors.model import EntityId, EntityType, Fact, FactKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.periods import Period
from extractors.tables import Phrases, load_table, normalize

_REACH = 170
"""How far before its value, in code points, a metric may stand."""


@cache
def _changes() -> dict[str, str]:
    return {normalize(row["word"]): row["change"] for row in load_table("change_words")}


@cache
def _change_phrases() -> Phrases:
    return Phrases(_changes())


@cache
def _outlook_phrases() -> Phrases:
    return Phrases(row["word"] for row in load_table("outlook_cues"))


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
_CHANGE_NEXT = re.compile(
    r"\s+(?:(?:year|quarter)[\w-]*\s+|operational\s+|organic\s+)*(growth|increase|decrease|decline|reduction)\b",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(r"\s+(growth|increase|decrease|decline|reduction)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared|versus|against|from(?=\s+(?:an?\s+)?[$€£\d]))\b", re.IGNORECASE)
_COMPARING = re.compile(
    r"\b(?:(?:compared|relative|versus|vs\.?|against|same period|guidance|outlook)\b[^,;]{0,30}"
    r"|(?:from|over|than)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_COMPARING_START = re.compile(r"(?:from|since|over|than)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:over|from|than|versus|compared|above)\b[^,;]*$", re.IGNORECASE)
_PARTING = re.compile(r"[;]|,\s(?:and|driven|reflecting|up|down|as|which|while|where|with)\b|\sas\s|\band\s+[a-z ]*(?:full|fourth)\b")
_DRIVERS = re.compile(
    r"\b(?:reflect\w*|impact\w*|driven|due|led|offset|because|despite|lead|supported|which|where"
    r"|exceed\w*|while|but)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r",\s+(?:which|where)\b[^,;.$]{0,45}", re.IGNORECASE)
_OF_OTHER = re.compile(r"\s+of\s+(?!(?:which|the total)\b)[a-z]")
_NOUN_OF = re.compile(r"([A-Za-z]+)\s+of\s+$")
_JOINED = re.compile(
    r"\b(?:was|were|is|are|at|of|by|to|than|reached|totaled|came|from|compared|versus|or)\b|:|--",
    re.IGNORECASE,
)
_NOT_VALUE = re.compile(
    r"\s*(?:-plus\b|(?:net |favorable |unfavorable |negative |positive |year-over-year )*(?:impact|headwind|tailwind"
    r"|drag|benefit)|above|below|better|ahead|short of|of (?:our|the|its|their|total|all)\b"
    r"|co-?pays?\b|(?:of|in) (?:patients|people))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s+(?:from|in|outside)\s+(?:the\s+)?(?:U\.S\.?|United States|international markets|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)
_FROM = re.compile(
    r"\s+((?:from|in|outside|of|for)\s+(?!the\s+(?:\w+\s+)?(?:quarter|year)\b|20\d\d|Q\d|fiscal)[^,;.\d]{3,60}?)"
    r"\s+(?:was|were|grew|increased|decreased|declined|rose|fell)\b"
)
_REPORTER = re.compile(
    r"\b(?!We\b|I\b|It\b|They\b)([A-Z][\w&]+(?:\s[A-Z][\w&]+){0,3})"
    r"\s+(?:reported|delivered|generated|posted|recorded|contributed)\s+(?:an?\s+)?$"
)
_LED = re.compile(
    r"(?:And\s+|So\s+|Now,?\s+)?((?:In|For|Within|Across|On)\s+[\w&.'’ -]{2,40}?),\s+"
)
_OTHERWISE = re.compile(r",\s+(?:with|and|while|as)\b", re.IGNORECASE)
_CORRECTION = re.compile(r"\s*(?:--|—|–)\s*((?:19|20)\d\d)\b")
_RESPECTIVELY = re.compile(r"(?:\s+and\s+[\d.$%]+(?:\s(?:million|billion))?)?,?\s+respectively\b")
_SHARE = re.compile(r"\b(?:representing|represents|accounting for|accounts for)\s+$", re.IGNORECASE)
_PASSED = re.compile(r"\b(?:exceed|surpass|beat)\w*\b[^,;]*\bby\s+$", re.IGNORECASE)
_THINGS = re.compile(
    r"\s+(?!(?:in|compared|up|down|versus|from|for|and|or|as|at|over|to|of|with|on|during|was|were"
    r"|a|an|due|driven|reflecting|which|that|while|but|excluding|including)\b)[A-Za-z]"
)
_NOT_MONEY = re.compile(
    r"\b(?:patients?|people|individuals|placebo|weight loss|survival|ORR|response rate|baseline"
    r"|efficacy|HbA1c|population|prevalence|milestones?|royalt\w+|upfront)\b",
    re.IGNORECASE,
)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find what executives report of the past; outlooks are guidance, not facts."""
    turn, segment = -1, None
    for passage in passages:
        if not passage.by_company:
            continue
        segment = segment_of(passage.text, segment if passage.turn == turn else None)
        turn = passage.turn
        if passage.amounts:
            yield from _facts(passage, segment)


def _facts(passage: Passage, segment: str | None) -> Iterator[Fact]:
    text = passage.text
    metrics = find_metrics(text)
    outlook = _outlook_phrases().search(text)
    currency: str | None = None
    carried: Metric | None = None
    previous: Amount | None = None
    told: dict[str, Fact] = {}
    for amount in passage.amounts:
        if amount.kind is AmountKind.TIER or amount.value is None or amount.upper is not None:
            continue
        if outlook and outlook.start() < amount.core:
            break
        if previous and not _continued(text[previous.end : amount.start]):
            carried = None
        metric = _metric_of(text, amount, metrics, carried)
        if metric and metric is carried and previous:
            metric = _restated(text[previous.end : amount.start], metric)
        previous = amount
        if metric is None or _is_other(text, amount, metric):
            continue
        currency = amount.currency or currency
        fact = _fact(passage, amount, metric, currency, segment, told.get(metric.name))
        if fact.subject == _issuer(passage) and _owner_unknown(passage, metric, fact):
            continue
        told.setdefault(metric.name, fact)
        yield fact
        carried = metric


def _owner_unknown(passage: Passage, metric: Metric, fact: Fact) -> bool:
    """Tell whether sales are those of a product that is named but not known."""
    bare = is_bare(passage.text, metric, str(fact.get("metric")))
    return bare and metric.name in ("revenue", "sales") and passage.names_unknown(metric.start)


@cache
def _continuation_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("continuation_words"))


def _continued(gap: str) -> bool:
    """Tell whether an amount is joined to the one before it by nothing but joining words."""
    words = re.findall(r"[^\s,]+", gap.casefold())
    return all(word.isdigit() or word in _continuation_words() for word in words)


def _restated(gap: str, metric: Metric) -> Metric:
    """Mark the metric as non-GAAP where only this word stands between two amounts."""
    return replace(metric, name=f"non-GAAP {metric.name}") if "non-GAAP" in gap else metric


def _is_other(text: str, amount: Amount, metric: Metric) -> bool:
    """Tell whether the amount belongs to a trial, a deal or a population."""
    start, end = min(metric.start, amount.start), max(metric.end, amount.end)
    if _NOT_VALUE.match(text, amount.end) and (
        metric.end <= amount.start or amount.kind is not AmountKind.MONEY
    ):
        return True
    if _RESPECTIVELY.match(text, amount.end) or _SHARE.search(text, 0, amount.start):
        return True
    if _PASSED.search(text, max(0, metric.start - 40), amount.start):
        return True
    if amount.currency is None and amount.kind is AmountKind.MONEY and metric.end <= amount.start:
        return bool(_THINGS.match(text, amount.end))
    return bool(_NOT_MONEY.search(text, start, min(len(text), end + 45)))


def _metric_of(
    text: str, amount: Amount, metrics: tuple[Metric, ...], carried: Metric | None
) -> Metric | None:
    """Return the metric that an amount belongs to."""
    change = _CHANGE_IN.match(text, amount.end)
    if change:
        inside = [m for m in metrics if change.start("name") <= m.start < change.end()]
        way = "growth" if change["way"] == "growth" else "change"
        led = [m for m in metrics if m.end <= amount.start]
        if led and not inside and amount.kind is AmountKind.PERCENT:
            return led[0]
        name = inside[0].name if inside else f"{way} of {change['name']}"
        return Metric(amount.core, change.end(), name)
    before = [m for m in metrics if m.end <= amount.start and amount.start - m.end <= _REACH]
    driven = bool(before and _DRIVERS.search(text, before[-1].end, amount.start))
    if before and not driven and _COPULA.fullmatch(text, before[-1].end, amount.start):
        return _head(text, before)
    for metric in metrics:
        if metric.start >= amount.end and _FOLLOWING.fullmatch(text, amount.end, metric.start):
            return metric
    if _OF_OTHER.match(text, amount.end):
        return None
    if before and not driven:
        other = _NOUN_OF.search(text, before[-1].end, amount.start)
        if other and normalize(other[1]) not in _changes():
            return None
        joined = _JOINED.search(text, before[-1].end, amount.start)
        if joined or _change_phrases().search(text, before[-1].end, amount.start):
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


def _fact(
    passage: Passage,
    amount: Amount,
    metric: Metric,
    currency: str | None,
    segment: str | None,
    earlier: Fact | None,
) -> Fact:
    """Make the fact of one amount; ``earlier`` is the sentence's first about the same metric."""
    text = passage.text
    change = _change(text, amount, metric)
    period, words = _period(passage, amount, metric)
    subject = _subject(passage, amount, metric)
    name = name_metric(passage, metric, subject)
    if earlier is not None and name == metric.name and subject == _issuer(passage):
        name, subject = str(earlier.get("metric")), earlier.subject
    properties: list[tuple[str, Value | Reference]] = [
        ("metric", name),
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
    properties.extend(_dates(passage, period))
    properties.extend(("scope", scope) for scope in _scopes(passage, amount, metric))
    own = is_bare(text, metric, name) and subject == _issuer(passage)
    recent = passage.recent_medicine
    heading = segment_of(text, None) is not None
    if own and metric.name in ("revenue", "sales") and recent is not None and not heading:
        subject = recent
    elif own and segment:
        properties.append(("scope", segment))
    else:
        own = False
    start = min(metric.start, amount.start)
    end = max(metric.end, amount.end, period.end if period and words else 0)
    near = amount.start - metric.end < 60 or metric.start >= amount.end
    return Fact(
        FactKind.FINANCIAL_FACT,
        subject,
        tuple(properties),
        passage.evidence(start, end),
        rule="financial.change" if change else "financial.value",
        confidence=0.75 if own else 0.9 if near else 0.8,
    )


def _issuer(passage: Passage) -> EntityId | None:
    return passage.context.transcript.call.issuer


def _change(text: str, amount: Amount, metric: Metric) -> str | None:
    """Tell whether the amount is a change ("by 29%", "growth of 4%"), and which way."""
    match = _CHANGE_IN.match(text, amount.end)
    if match:
        return _changes().get(normalize(match["way"]), "increase")
    stated = _CHANGE_NEXT.match(text, amount.end)
    if stated and amount.kind is not AmountKind.MONEY:
        return _changes().get(normalize(stated[1]), "increase")
    if re.search(r"\b(?:to|was|were|is|at|from)\s+$", text[max(0, amount.start - 5) : amount.start]):
        return None
    led = _CHANGE_OF.search(text, max(0, metric.start - 40), metric.start)
    if led and metric.end <= amount.start:
        return _changes().get(normalize(led[1]), "increase")
    if text[: amount.start].rstrip().endswith(" by"):
        moved = list(_change_phrases().finditer(text, max(0, metric.start - 30), amount.start))
        if moved:
            return _changes()[normalize(moved[-1][0])]
    grown = _CHANGE_AFTER.match(text, metric.end)
    if grown and metric.end <= amount.start and amount.kind is not AmountKind.MONEY:
        return _changes().get(normalize(grown[1]), "increase")
    between = _change_words(text, metric.end if metric.end <= amount.start else 0, amount.start)
    close = [m for m in between if amount.start - m.end() <= 30]
    if close:
        return _changes()[normalize(close[-1][0])]
    after = _change_phrases().search(text, amount.end, amount.end + 45)
    if after and amount.kind is not AmountKind.MONEY:
        gap = text[amount.end : after.start()]
        if not re.search(r"[,;.]|\band\b", gap):
            return _changes()[normalize(after[0])]
    return "increase" if metric.name.endswith("growth") else None


def _change_words(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(_change_phrases().finditer(text, max(start, end - 60), end))


def _period(
    passage: Passage, amount: Amount, metric: Metric
) -> tuple[Period | None, str | None]:
    """Return the period of an amount: the first after it and before the next, else one before."""
    text = passage.text
    low = passage.amounts[0].start
    times = [
        p
        for p in passage.periods(future=False)
        if p.unit != "open" and not _COMPARING_START.match(p.text) and not _ahead(passage, p)
    ]
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
        and not _OVER.search(text, amount.end, p.start)
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


def _dates(passage: Passage, period: Period | None) -> Iterator[tuple[str, Value]]:
    """Yield the days of a period; "this quarter" is the one that the call reports."""
    if period is None:
        return
    first, last = period.not_before, period.not_after
    if re.search(r"\b(?:this|current|the)\s+quarter\b", period.text, re.IGNORECASE):
        first, last = passage.calendar.reported_quarter()
    if first:
        yield "notBefore", first
    if last:
        yield "notAfter", last


def _ahead(passage: Passage, period: Period) -> bool:
    today = passage.calendar.today
    return bool(today and period.not_before and period.not_before >= today)


def _since(period: Period, amount: Amount) -> int:
    """Return where a word that makes the period a comparison may begin."""
    start = max(0, period.start - 45)
    return max(start, amount.end) if period.start >= amount.end else start


def _between(amounts: tuple[Amount, ...], start: int, end: int) -> bool:
    return any(start <= amount.start < end for amount in amounts)


def _scopes(passage: Passage, amount: Amount, metric: Metric) -> list[str]:
    """Return what limits a figure ("excluding X"); "in constant currency" only what it follows."""
    text = passage.text
    low, high = min(metric.start, amount.start), max(metric.end, amount.end)
    found = []
    for match in SCOPE.finditer(text):
        if not low - 60 <= match.start() <= high + 45:
            continue
        if _between(passage.amounts, amount.end, match.start()):
            continue
        if match.start() - high > 25 or _OTHERWISE.search(text, high, max(high, match.start())):
            continue
        bracket = match[0].casefold().startswith(("excluding", "including"))
        if not bracket and passage.amounts[0].start < match.start() < amount.start:
            continue
        found.append(match[0])
    who = _REPORTER.search(text, 0, metric.start)
    if who and not any(m.start - passage.start == who.start(1) for m in passage.mentions):
        found.insert(0, who[1])
    led = _LED.match(text)
    if led and led.end() <= metric.start and not any(
        p.start < led.end() for p in passage.periods(future=False)
    ):
        found.append(led[1])
    named = _FROM.match(text, metric.end)
    if named:
        found.insert(0, named[1])
    part = _CHANGE_IN.match(text, amount.end)
    if part and metric.end <= amount.start:
        found.append(f"in {part['name']}")
    place = _PLACE.match(text, amount.end)
    times = passage.periods(future=False)
    if place and any(place[0].strip() in scope for scope in found):
        place = None
    if place and not any(p.start < place.end() and place.start() < p.end for p in times):
        found.append(place[0].strip())
    return list(dict.fromkeys(found))[:2]


def _subject(passage: Passage, amount: Amount, metric: Metric) -> EntityId | None:
    """Return whose metric it is: named right before it, "of X" after it, "at X" after the sum."""
    position = passage.start + metric.start
    for mention in passage.of_type(*PRODUCTS, EntityType.COMPANY):
        gap_before = passage.text[mention.end - passage.start : metric.start]
        if mention.end <= position and _WHICH.fullmatch(gap_before):
            return mention.entity
        if mention.end <= position and len(gap_before) <= 30 and not re.search(r"[,;.]", gap_before):
            return mention.entity
        gap_after = passage.text[metric.end : max(metric.end, mention.start - passage.start)]
        if mention.start >= position and re.fullmatch(r"\s+(?:of|for|from|at)\s+(?:the\s+)?", gap_after):
            return mention.entity
        gap = passage.text[amount.end : max(amount.end, mention.start - passage.start)]
        if re.fullmatch(r"\s+at\s+(?:the\s+)?", gap):
            return mention.entity
    return _issuer(passage)
