"""What surrounds a figure: whether it is a change, its period and what limits it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.facts._metrics import SCOPE, Metric
from extractors.facts._passages import PRODUCTS, Passage
from extractors.facts._segments import doer_of
from extractors.model import EntityType, Value
from extractors.money import Amount, AmountKind
from extractors.periods import Period
from extractors.tables import Phrases, load_table, normalize


@cache
def change_ways() -> dict[str, str]:
    """Return the words for a change and which way it goes, ``increase`` or ``decrease``."""
    return {normalize(row["word"]): row["change"] for row in load_table("change_words")}


@cache
def change_phrases() -> Phrases:
    """Return the words for a change, to search for."""
    return Phrases(change_ways())


CHANGE_IN = re.compile(
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
_APART = re.compile(r"\s+(lower|higher|less|more)\s+(?:than|compared)\b", re.IGNORECASE)
_AGO = re.compile(r"\s+(?:a|one)\s+year\s+ago\b|\s+of\s+(?:the\s+)?(?:last|prior)\s+year\b")
_COMPARED = re.compile(
    r"\b(?:compared|versus|against|from(?=\s+(?:an?\s+)?[$€£\d]))\b", re.IGNORECASE
)
_COMPARING = re.compile(
    r"\b(?:(?:compared|relative|versus|vs\.?|against|same period|guidance|outlook)\b[^,;]{0,30}"
    r"|(?:from|over|than)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_COMPARING_START = re.compile(r"(?:from|since|over|than)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:over|from|than|versus|compared|above|beat|beating|exceed\w*)\b[^,;]*$", re.IGNORECASE
)
_PARTING = re.compile(
    r"[;]|,\s(?:and|in line|driven|reflecting|up|down|as|which|while|where|with)\b|\sas\s"
    r"|\b(?:represent\w*|guidance)\b"
    r"|\band\s+[a-z ]*(?:full|fourth)\b"
)
_PLACE = re.compile(
    r"\s+(?:from|in|outside)\s+(?:the\s+)?(?:U\.S\.?|United States|international markets"
    r"|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)
_FROM = re.compile(
    r"\s+((?:from|in|outside|of|for|on)\s+(?!the\s+(?:\w+\s+)?(?:quarter|year)\b|20\d\d|Q\d|fiscal)"
    r"(?:U\.S\.|[^,;.\d]|(?<=[A-Za-z]-)\d|,\s(?!which|where|driven|excluding|including|up|down"
    r"|and\s+we\b)){3,90}?)"
    r"\s+(?:was|were|grew|increased|decreased|declined|rose|fell|reached|totaled)\b"
)
_WITHIN = re.compile(
    r"(?:\s+(?:growth|increase|decrease|decline))?\s+(in (?:the |our )?(?:U\.S\.?|United States"
    r"|[\w-]+(?: [\w-]+){0,3}))"
    r"(?=\s+(?:of|by|was|were|grew|reached)\s|,|;|\.?\s*$)"
)
_LED = re.compile(
    r"\W*(?:And\s+|So\s+|Now,?\s+)?(?:[Ff]or (?:example|instance),?\s+)?"
    r"(Internationally|Domestically|Globally|Worldwide"
    r"|(?:[Ii]n|[Ff]or|[Ww]ithin|[Aa]cross|[Oo]n|[Oo]utside(?: of)?)\s+"
    r"(?!(?:terms|addition|summary|particular|fact|closing|contrast|line|total|general|example"
    r"|instance|the other|the contrary|the whole|our view|the (?:\w+ )?(?:quarter|year|period))\b)"
    r"[\w&.'’ -]{2,40}?)(?:,\s+|(?<=[a-z])\s+(?=we (?:had|did|saw|sold|delivered)\b))"
)
_OTHERWISE = re.compile(r",\s+(?:with|and|while|as)\b", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:ended|closed|finished|exited)\s+(?:the\s+)?$", re.IGNORECASE)
"""What makes a period the day on which it ended."""
_CORRECTION = re.compile(r"\s*(?:--|—|–)\s*(?:in\s+)?((?:19|20)\d\d)\b")


def change_of(text: str, amount: Amount, metric: Metric) -> str | None:
    """Tell whether the amount is a change ("by 29%", "growth of 4%"), and which way."""
    match = CHANGE_IN.match(text, amount.end)
    if match:
        return change_ways().get(normalize(match["way"]), "increase")
    stated = _CHANGE_NEXT.match(text, amount.end)
    if stated and amount.kind is not AmountKind.MONEY:
        return change_ways().get(normalize(stated[1]), "increase")
    if re.search(
        r"\b(?:to|was|were|is|at|from)\s+$", text[max(0, amount.start - 5) : amount.start]
    ):
        return None
    apart = _APART.match(text, amount.end)
    if apart:
        return "decrease" if apart[1].lower() in ("lower", "less") else "increase"
    led = _CHANGE_OF.search(text, max(0, metric.start - 40), metric.start)
    if led and metric.end <= amount.start:
        return change_ways().get(normalize(led[1]), "increase")
    if text[: amount.start].rstrip().endswith(" by"):
        moved = list(change_phrases().finditer(text, max(0, metric.start - 30), amount.start))
        if moved:
            return change_ways()[normalize(moved[-1][0])]
    grown = _CHANGE_AFTER.match(text, metric.end)
    if grown and metric.end <= amount.start and amount.kind is not AmountKind.MONEY:
        return change_ways().get(normalize(grown[1]), "increase")
    between = _change_words(text, metric.end if metric.end <= amount.start else 0, amount.start)
    close = [m for m in between if amount.start - m.end() <= 30]
    if close:
        return change_ways()[normalize(close[-1][0])]
    after = change_phrases().search(text, amount.end, amount.end + 45)
    if after and amount.kind is not AmountKind.MONEY:
        gap = text[amount.end : after.start()]
        if not re.search(r"[,;.]|\band\b", gap):
            return change_ways()[normalize(after[0])]
    return "increase" if metric.name.endswith("growth") else None


def _change_words(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(change_phrases().finditer(text, max(start, end - 60), end))


def period_of(passage: Passage, amount: Amount, metric: Metric) -> tuple[Period | None, str | None]:
    """Return the period of an amount: the first after it and before the next, else one before."""
    text = passage.text
    low = passage.amounts[0].start
    times = [
        p
        for p in passage.periods(future=False)
        if p.unit != "open" and not _COMPARING_START.match(p.text) and not _ahead(passage, p)
    ]
    periods = [p for p in times if not _COMPARING.search(text, _since(p, amount), p.start)]
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
    if phrase and after and phrase[-1].start > 25 and "," in text[phrase[-1].end : metric.start]:
        phrase = []
    later = [
        p for p in periods
        if low < p.start and p.end <= amount.start and len(text[p.end : metric.start]) <= 30
        and p.end <= metric.start
    ]  # fmt: skip
    chosen = next(iter([*phrase[-1:], *after[:1], *later[-1:], *leading[:1]]), None)
    if chosen is None:
        return None, None
    if _AGO.match(text, chosen.end):
        return None, None
    corrected = _CORRECTION.match(text, chosen.end)
    if not corrected:
        return chosen, chosen.text
    again = [p for p in times if p.start <= corrected.start(1) < p.end]
    return (again[0] if again else chosen), corrected[1]


def dates_of(passage: Passage, period: Period | None) -> Iterator[tuple[str, Value]]:
    """Yield the days of a period; "this quarter" is the one that the call reports."""
    if period is None:
        return
    first, last = period.not_before, period.not_after
    if re.search(r"\b(?:this|current|the)\s+quarter\b", period.text, re.IGNORECASE):
        first, last = passage.calendar.reported_quarter()
    if _ENDED.search(passage.text, max(0, period.start - 16), period.start):
        first = last
    if first:
        yield "notBefore", first
    if last:
        yield "notAfter", last


def own_scope(passage: Passage, metric: Metric) -> str | None:
    """Return what the words right after a metric limit it to ("from grants"), if no product."""
    match = _FROM.match(passage.text, metric.end) or _WITHIN.match(passage.text, metric.end)
    if match is None:
        return None
    low = match.start(1)
    times = passage.periods(future=False)
    products = (m.start - passage.start for m in passage.of_type(*PRODUCTS))
    if any(p.start <= low + 4 < p.end for p in times) or any(
        low <= start <= low + 8 for start in products
    ):
        return None
    return match[1]


def _is_named(passage: Passage, doer: tuple[int, str]) -> bool:
    """Tell whether the one who earned is an entity that is the subject itself."""
    low = passage.start + doer[0] - len(doer[1])
    return any(
        m.start <= low < m.end and passage.start + doer[0] <= m.end + 1
        for m in passage.of_type(*PRODUCTS, EntityType.COMPANY)
    )


def _ahead(passage: Passage, period: Period) -> bool:
    today = passage.calendar.today
    return bool(today and period.not_before and period.not_before >= today)


def _since(period: Period, amount: Amount) -> int:
    """Return where a word that makes the period a comparison may begin."""
    start = max(0, period.start - 45)
    return max(start, amount.end) if period.start >= amount.end else start


def _between(amounts: tuple[Amount, ...], start: int, end: int) -> bool:
    return any(start <= amount.start < end for amount in amounts)


def leading_scope(passage: Passage) -> tuple[int, str] | None:
    """Return what a sentence limits itself to ("In oncology, ...") and where the words end."""
    led = _LED.match(passage.text)
    if led is None or any(p.start < led.end() for p in passage.periods(future=False)):
        return None
    return led.end(), led[1]


def scopes_of(passage: Passage, amount: Amount, metric: Metric) -> list[str]:
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
    who = doer_of(text)
    if who is not None and who[0] <= metric.start and not _is_named(passage, who):
        found.insert(0, who[1])
    led = leading_scope(passage)
    if led is not None and led[0] <= metric.start:
        found.append(led[1])
    times = passage.periods(future=False)
    named = own_scope(passage, metric)
    if named is not None:
        found.insert(0, named)
    if "reported" in text[max(0, amount.start - 30) : amount.start]:
        found = [scope for scope in found if "constant" not in scope]
    part = CHANGE_IN.match(text, amount.end)
    if part and metric.end <= amount.start:
        found.append(f"in {part['name']}")
    place = _PLACE.match(text, amount.end)
    if place and any(place[0].strip() in scope for scope in found):
        place = None
    if place and not any(p.start < place.end() and place.start() < p.end for p in times):
        found.append(place[0].strip())
    return list(dict.fromkeys(found))[:2]
