"""Financial facts: what a metric was or how it changed, each compared value a fact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.cue_patterns import CuePattern
from extractors.facts._metrics import Metric, find_metrics, is_bare, name_metric
from extractors.facts._pairing import metric_of
from extractors.facts._passages import PRODUCTS, Passage
from extractors.facts._product_sales import OWNER, owns, place_of, product_told_of, sales_of
from extractors.facts._segments import segment_of
from extractors.facts._surroundings import (
    change_of,
    change_phrases,
    change_ways,
    dates_of,
    own_scope,
    period_of,
    scopes_of,
)
from extractors.model import EntityId, EntityType, Fact, FactKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.tables import load_phrases, normalize, word_set, words_of

_WHICH = re.compile(r",\s+(?:which|where)\b[^,;.$]{0,45}", re.IGNORECASE)
_NOT_VALUE = re.compile(
    r"\s*(?:-plus\b|(?:net |favorable |unfavorable |negative |positive "
    r"|year-over-year )*(?:impact|headwind|tailwind"
    r"|drag|benefit)|(?:less|more) than\b|above|below|better|ahead|short of"
    r"|of (?:our|the|its|their|total|all)\b"
    r"|co-?pays?\b|(?:of|in) (?:patients|people))",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(
    r"(?:\s+and\s+[\d.$%]+(?:\s(?:million|billion))?)?(?:\s+year[- ]over[- ]year)?"
    r",?\s+respectively\b"
)
_SHARE = re.compile(r"\b(?:representing|represents|accounting for|accounts for)\s+$", re.IGNORECASE)
_PASSED = re.compile(r"\b(?:exceed|surpass|beat)\w*\b[^,;]*\bby\s+$", re.IGNORECASE)
_RATIO = re.compile(r"\b(?:margins?|rate|ratio|share|occupancy|growth|equity|cash|debt|yield)$")
_OF_SALES = re.compile(r"\s+of\s+(?:(?:net|total|product|adjusted|our)\s+)*(?:sales|revenues?)\b")
_SHARED = re.compile(r"%\s+of\s+(?:(?:net|total|product|adjusted|our)\s+)*$")
_PART = re.compile(r"\boverall,?\s+and\s[^,;]*$")
"""What makes the second of two figures a part of the first, which its words do not say."""
_GOES_ON = re.compile(
    r"\W*(?:And\s+)?(?:This|That|It|These)\s+(?:also\s+)?(?:includes?|reflects?|assumes?"
    r"|contemplates?|comprises?|implies|consists? of)\b"
)
"""What begins a sentence that gives the parts of an outlook."""
_OPEN = re.compile(
    r"^\W*(?:(?:This|That|It|They|These|Which)\s+(?!quarter|year|month|being|past|week)\w"
    r"|The\s+(?:sales\s+|revenue\s+)?(?:increase|decrease|decline|growth)\b)"
)
"""What begins a sentence that only goes on with what another spoke of."""
_THERE = re.compile(r"\s+(?:grew|rose|fell|were|was|increased|declined)?[^,;.]{0,20}\bthere\b")
_OURS = re.compile(r"\b(?:our|total|company)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_AGO = re.compile(
    r",?\s+(?:(?:in|for|during)\s+)?(?:the\s+)?((?:a|one)\s+year\s+(?:ago|earlier)"
    r"|year\s+before|(?:prior|previous|last)[- ]year(?:[- ](?:quarter|period))?"
    r"|year-ago\s+(?:quarter|period)|(?:same|prior-year|comparable)\s+(?:quarter|period)"
    r"(?:\s+(?:of\s+|in\s+)?(?:(?:last|the\s+prior|the\s+previous)\s+year|20\d\d))?)",
    re.IGNORECASE,
)
"""The time of a figure that one is compared with."""
_AHEAD = re.compile(r"\s+(?:outlook|guidance|forecast|estimates?|targets?|expectations?)\b")
_PER_SHARE_PAID = re.compile(r"\b(?:payment|consideration|upfront|price)\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:was|were|of)\s+negative\s+$")
_EXCLUDED = re.compile(
    r"\bimprovement (?:from|over) (?:the |an? )?$|\bexclud\w+\s+(?:another\s+|an?\s+)?$"
)
_BASIS = re.compile(r"\b(?:non-GAAP|GAAP|adjusted)\b", re.IGNORECASE)
_SAME_BASIS = re.compile(
    r"^\W*(?:[\w'’ -]{0,25}\s)?(?P<basis>non-GAAP|GAAP|adjusted)\s[^,;]*\band\s+$", re.IGNORECASE
)
"""What gives the second of two metrics the basis of the first: "GAAP income was 3 and EPS 2"."""
_OF_SEGMENTS = re.compile(
    r"^(?:revenue|sales|gross (?:margin|profit)|operating (?:income|profit|expenses|margin)"
    r"|net (?:revenue|income)|costs|expenses|total expenses|EBITDA|backlog|bookings|pretax margin"
    r"|market share|deposits|loans|(?:sales|revenue) growth)$"
)
_SOLD = ("revenue", "sales", "market share", "sales growth", "revenue growth")
_THINGS = re.compile(
    r"\s+(?!(?:in|compared|up|down|versus|from|for|and|or|as|at|over|to|of|with|on|during|was|were"
    r"|a|an|due|driven|reflecting|which|that|while|but|excluding|including)\b)[A-Za-z]"
)
_NOT_MONEY = CuePattern(
    r"\b(?:patients?|people|individuals|placebo|weight loss|survival|ORR|response rate|baseline"
    r"|efficacy|HbA1c|population|prevalence|milestones?|royalt\w+|upfront)\b",
)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find what executives report of the past; outlooks are guidance, not facts."""
    turn, segment, ahead = -1, None, False
    for passage in passages:
        if not passage.by_company:
            continue
        segment = segment_of(passage.text, segment if passage.turn == turn else None)
        ahead = ahead and passage.turn == turn
        turn = passage.turn
        if not passage.amounts:
            continue
        reported = not words_of(passage.text).isdisjoint(word_set("report_verbs"))
        goes_on = ahead and _GOES_ON.match(passage.text) is not None
        ahead = bool(load_phrases("outlook_cues").search(passage.text)) or (ahead and not reported)
        if goes_on:
            ahead = True
            continue
        if reported or not ahead:
            yield from _facts(passage, segment)
        if " side" in passage.text:
            segment = None


def _facts(passage: Passage, segment: str | None) -> Iterator[Fact]:
    text = passage.text
    metrics = tuple(
        m
        for m in find_metrics(text)
        if not (_SHARED.search(text, 0, m.start) or _AHEAD.match(text, m.end))
    )
    outlook = load_phrases("outlook_cues").search(text)
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
        metric = metric_of(text, amount, metrics, carried) or sales_of(passage, amount, metrics)
        if metric and previous and _PART.search(text, previous.end, metric.start):
            continue
        if metric and metric is carried and previous:
            metric = _restated(text[previous.end : amount.start], metric)
        previous = amount
        if metric is None or _is_other(text, amount, metric):
            continue
        currency = amount.currency or currency
        fact = _fact(passage, amount, metric, currency, segment, told.get(metric.name))
        if _is_stray_share(text, amount, metric, fact) or _is_open(passage, metric, fact):
            continue
        if fact.subject == _issuer(passage) and _owner_unknown(passage, metric, fact):
            owner = OWNER.search(text, 0, metric.start)
            if owner is None:
                continue
            said = (("metric", f"{owner['name']} {fact.get('metric')}"), *fact.properties[1:])
            fact = replace(fact, properties=said, confidence=0.7)
        told.setdefault(metric.name, fact)
        yield fact
        carried = metric


def _is_open(passage: Passage, metric: Metric, fact: Fact) -> bool:
    """Tell whether the sentence leaves it to others to say whose sales it gives."""
    text = passage.text
    if metric.name not in _SOLD or fact.subject != _issuer(passage):
        return False
    if _OURS.search(text, 0, metric.start):
        return _THERE.match(text, metric.end) is not None
    return _OPEN.match(text) is not None


def _owner_unknown(passage: Passage, metric: Metric, fact: Fact) -> bool:
    """Tell whether sales are those of a product that is named but not known."""
    bare = is_bare(passage.text, metric, str(fact.get("metric")))
    return bare and metric.name in ("revenue", "sales") and passage.names_unknown(metric.start)


def _continued(gap: str) -> bool:
    """Tell whether an amount is joined to the one before it by nothing but joining words."""
    words = re.findall(r"[^\s,]+", gap.casefold())
    return all(word.isdigit() or word in word_set("continuation_words") for word in words)


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
    if _EXCLUDED.search(text, max(0, amount.start - 26), amount.start):
        return True
    if metric.name == "cash position" and (amount.per_share or _PER_SHARE_PAID.search(text)):
        return True
    if amount.currency is None and amount.kind is AmountKind.MONEY and metric.end <= amount.start:
        return bool(_THINGS.match(text, amount.end))
    if "royalty" in metric.name and amount.kind is AmountKind.MONEY:
        return False
    return bool(_NOT_MONEY.search(text, start, min(len(text), end + 45)))


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
    change = change_of(text, amount, metric) or _moved(text, amount, metric)
    subject = _subject(passage, amount, metric)
    name = _name(passage, metric, subject)
    if earlier is not None and name == metric.name and subject == _issuer(passage):
        name, subject = str(earlier.get("metric")), earlier.subject
    properties: list[tuple[str, Value | Reference]] = [("metric", name)]
    negative = _NEGATIVE.search(text, 0, amount.start) is not None
    properties.extend(_figure(amount, metric, currency, change, negative=negative))
    times, last = _time(passage, amount, metric, change)
    properties.extend(times)
    properties.extend(("scope", scope) for scope in scopes_of(passage, amount, metric))
    place = place_of(text, amount, metric)
    if place is not None:
        properties.append(("scope", place))
    recent = passage.recent_medicine
    heading = segment_of(text, None) is not None
    own = is_bare(text, metric, name, headed=heading) and subject == _issuer(passage)
    limited = place is not None or own_scope(passage, metric) is not None
    if own and metric.name in _SOLD and recent is not None and not heading and not limited:
        subject = recent
    elif own and segment and (product := _product_called(passage, segment)):
        subject = product
    elif own and segment and not limited and _OF_SEGMENTS.search(metric.name):
        if not any(segment in str(value) for name, value in properties if name == "scope"):
            properties.append(("scope", segment))
    else:
        own = False
    start = min(metric.start, amount.start)
    end = max(metric.end, amount.end, last)
    near = amount.start - metric.end < 60 or metric.start >= amount.end
    return Fact(
        FactKind.FINANCIAL_FACT,
        subject,
        tuple(properties),
        passage.evidence(start, end),
        rule="financial.change" if change else "financial.value",
        confidence=0.75 if own else 0.9 if near else 0.8,
    )


def _name(passage: Passage, metric: Metric, subject: EntityId | None) -> str:
    """Name a metric, with the basis that the one before it has been given for both."""
    name = name_metric(passage, metric, subject).replace("GAAP non-GAAP", "non-GAAP")
    same = _SAME_BASIS.match(passage.text, 0, metric.start)
    if same and name == metric.name and not _BASIS.search(passage.text, same.end("basis")):
        return f"{same['basis']} {name}"
    return name


def _time(
    passage: Passage, amount: Amount, metric: Metric, change: str | None
) -> tuple[list[tuple[str, Value | Reference]], int]:
    """Return the period of a figure with its days, and where its words end."""
    period, words = period_of(passage, amount, metric)
    earlier = _AGO.match(passage.text, amount.end)
    if words is None and change is None and earlier:
        words = earlier[1]
    said: list[tuple[str, Value | Reference]] = [("period", words)] if words else []
    return [*said, *dates_of(passage, period)], period.end if period and words else 0


def _product_called(passage: Passage, name: str) -> EntityId | None:
    """Return the product that a heading names ("Turning to Xyl"), None where it is a segment."""
    wanted = name.casefold()
    return next(
        (
            entity.id
            for entity in passage.context.entities.values()
            if entity.type in PRODUCTS
            and any(label.casefold() == wanted for label in (entity.label, *entity.alt_labels))
        ),
        None,
    )


def _figure(
    amount: Amount, metric: Metric, currency: str | None, change: str | None, *, negative: bool
) -> Iterator[tuple[str, Value]]:
    """Yield the value and what it counts."""
    value = amount.value or Decimal(0)
    yield "value", -value if negative else value
    if amount.kind is not AmountKind.MONEY:
        yield "unit", str(amount.kind)
    elif currency:
        yield "currency", currency
    if amount.per_share or "per share" in metric.name:
        yield "perShare", True
    if change:
        yield "change", change
    if amount.bound != "exactly":
        yield "bound", amount.bound


def _moved(text: str, amount: Amount, metric: Metric) -> str | None:
    """Tell which way a percentage of what is no ratio went: as the words before or after say."""
    if amount.kind is AmountKind.MONEY or _RATIO.search(metric.name):
        return None
    if _OF_SALES.match(text, amount.end):
        return None
    before = list(change_phrases().finditer(text, 0, amount.start))
    after = change_phrases().search(text, amount.end, amount.end + 60)
    word = before[-1] if before else after
    return change_ways()[normalize(word[0])] if word else None


def _is_stray_share(text: str, amount: Amount, metric: Metric, fact: Fact) -> bool:
    """Tell whether a percentage says neither a ratio nor a change nor a share of sales."""
    if amount.kind is AmountKind.MONEY or _RATIO.search(metric.name) or fact.get("change"):
        return False
    return _OF_SALES.match(text, amount.end) is None


def _issuer(passage: Passage) -> EntityId | None:
    return passage.context.transcript.call.issuer


def _subject(passage: Passage, amount: Amount, metric: Metric) -> EntityId | None:
    """Return whose metric it is: named right before it, "of X" after it, "at X" after the sum."""
    position = passage.start + metric.start
    if metric.start == amount.core and metric.end > amount.end:
        inside = [
            m
            for m in passage.of_type(*PRODUCTS)
            if amount.end <= m.start - passage.start < metric.end
        ]
        return inside[0].entity if inside else _issuer(passage)
    for mention in passage.of_type(*PRODUCTS, EntityType.COMPANY):
        gap_before = passage.text[mention.end - passage.start : metric.start]
        end = mention.end - passage.start
        if mention.end <= position and (_WHICH.fullmatch(gap_before) or owns(passage, end, metric)):
            return mention.entity
        if (
            mention.end <= position
            and len(gap_before) <= 30
            and not re.search(r"[,;.]", gap_before)
        ):
            return mention.entity
        gap_after = passage.text[metric.end : max(metric.end, mention.start - passage.start)]
        if mention.start >= position and re.fullmatch(
            r"\s+(?:of|for|from|at)\s+(?:the\s+)?", gap_after
        ):
            return mention.entity
        gap = passage.text[amount.end : max(amount.end, mention.start - passage.start)]
        if re.fullmatch(r"\s+at\s+(?:the\s+)?", gap):
            return mention.entity
    products = list(passage.of_type(*PRODUCTS))
    told = product_told_of(passage, metric) if metric.name in ("revenue", "sales") else None
    if told is not None:
        return told
    if metric.name == "market share" and len(products) == 1 and products[0].start == passage.start:
        return products[0].entity
    return _issuer(passage)
