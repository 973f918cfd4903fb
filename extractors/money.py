"""Amounts in running text: money, percentages, points and royalty tiers, with their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from extractors.tables import alternation, has_digit, load_table, normalize


class AmountKind(StrEnum):
    """What an amount counts."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as said. The span is in code points of the text that was searched, half-open.

    Attributes:
        value: in plain units, ``716000000`` for "$716 million"; None for a tier. The lower end of
            a range.
        upper: the upper end of a range.
        currency: ISO 4217 code, None where none is said.
        bound: ``upTo``, ``over``, ``about`` or ``exactly``.
        tier: the words of a tier, "low double-digit".
        core: where the figure begins, after words such as "up to".
    """

    start: int
    end: int
    text: str
    kind: AmountKind
    value: Decimal | None = None
    upper: Decimal | None = None
    currency: str | None = None
    bound: str = "exactly"
    per_share: bool = False
    tier: str | None = None
    core: int = 0


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_RUN = re.compile(r"\d\d*")
_DIGITS = re.compile(rf"(?<![\w.]){_NUMBER}|(?<=[A-Z]{{3}}){_NUMBER}")
_LONGEST_NUMBER = 18
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|approximately\s+|roughly\s+)?$", re.IGNORECASE)
_TIER_HINTS = ("igit", "eens", "0s", "enties", "irties", "IGIT", "EENS")
"""Letters that every tier holds, to skip most texts."""
_POINTS = (
    r"(?:percentage\s+points?|percent(?:age)?[-\s]points?|%[-\s]points?|basis\s+points?|bps\b)"
)
_STEP = (
    r"(?:very\s+)?(?:low(?:er)?|mid(?:dle)?|high(?:er)?)"
    r"(?:[-\s]?(?:to|and|-)[-\s]?(?:low|mid|high))?"
)
_TIER = re.compile(
    rf"\b(?P<tier>(?:tiered\s+)?(?:{_STEP}[-\s]*)?(?:single|double|triple)"
    rf"(?:[-\s]to[-\s](?:{_STEP}[-\s]*)?(?:single|double))?[-\s]digits?"
    rf"(?:\s+to\s+(?:{_STEP}[-\s]*)?(?:single|double)[-\s]digits?)?"
    rf"|{_STEP}[-\s]?(?:teens|twenties|thirties|forties|fifties|20s|30s|40s|50s)"
    rf"|(?:{_STEP}[-\s]*)?(?:single|double)[-\s]digits?\s+to\s+(?:{_STEP}[-\s]?)?teens)\b"
    r"(?:\s+(?:percentages?|percent)\b)?",
    re.IGNORECASE,
)


@cache
def _currencies() -> dict[str, str]:
    return {normalize(row["sign"]): row["code"] for row in load_table("currencies")}


@cache
def _scales() -> dict[str, Decimal]:
    return {row["word"]: Decimal(row["factor"]) for row in load_table("scales")}


@cache
def _bounds() -> dict[str, str]:
    return {normalize(row["cue"]): row["bound"] for row in load_table("bounds")}


@cache
def _sign_before() -> re.Pattern[str]:
    rows = load_table("currencies")
    signs = alternation(r["sign"] for r in rows if r["where"] == "before")
    codes = alternation(r["sign"] for r in rows if r["where"] == "both")
    return re.compile(rf"(?:{signs}|(?<![A-Za-z])(?:{codes}))\s?$")


@cache
def _rest() -> re.Pattern[str]:
    """Match what follows the first digits of an amount."""
    rows = load_table("currencies")
    signs = alternation(r["sign"] for r in rows if r["where"] == "before")
    codes = alternation(r["sign"] for r in rows if r["where"] == "both")
    words = alternation(r["sign"] for r in rows if r["where"] in ("both", "after"))
    scale = rf"(?:{alternation(_scales())})\b"
    return re.compile(
        rf"(?:(?:[-\s]?(?P<lowscale>{scale}))?\s*(?P<lowpercent>%|percent\b)?"
        rf"\s*(?P<to>-|–|—|\bto\b|\band\b)\s*(?:about\s+|approximately\s+)?"
        rf"(?P<again>{signs}|(?:{codes})\s)?\s*"
        rf"(?(lowpercent)(?={_NUMBER}\s*(?:{_POINTS}|%|per)))(?P<high>{_NUMBER}))?"
        rf"(?:[-\s]?(?P<scale>{scale}))?"
        rf"(?:\s*(?P<points>{_POINTS})|\s*(?P<percent>%|percent\b|per\s+cent\b)"
        rf"|\s+(?:of\s+)?(?P<after>{words})\b)?"
        r"(?P<share>\s+(?:per|a)\s+(?:diluted\s+|basic\s+|common\s+)?(?:share|unit|ADS)\b)?",
        re.IGNORECASE,
    )


@cache
def _single() -> re.Pattern[str]:
    return re.compile(_rest().pattern.replace(r"\band\b", r"(?!)", 1), re.IGNORECASE)


@cache
def _bound_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b({alternation(_bounds())})(?:\s+(?:a|an|the|roughly|approximately|about))?\s*$",
        re.IGNORECASE,
    )


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Find every sum of money, percentage, number of points and tier, in text order.

    A bare number is no amount; one with a scale ("15 million") is money without a currency.

    Args:
        text: any text; offsets are code points into it.

    >>> [(a.value, a.currency, a.bound) for a in find_amounts("up to $2.8 billion")]
    [(Decimal('2800000000'), 'USD', 'upTo')]
    >>> [(a.tier, str(a.kind)) for a in find_amounts("low double-digit royalties")]
    [('low double-digit', 'tier')]
    >>> [(a.value, a.upper) for a in find_amounts("between DKK 64 billion and DKK 72 billion")]
    [(Decimal('64000000000'), Decimal('72000000000'))]
    >>> [a.text for a in find_amounts("fell 61% to $88 million")]
    ['61%', '$88 million']
    >>> find_amounts("19 of 22 patients in 2020")
    ()
    """
    tiered = any(map(text.__contains__, _TIER_HINTS))
    if not tiered and not has_digit(text):
        return ()
    found: list[Amount] = []
    for match in _numbers(text):
        if found and match.start() < found[-1].end:
            continue
        amount = _amount(text, match)
        if amount:
            found.append(amount)
    if not tiered:
        return tuple(found)
    for match in _TIER.finditer(text):
        tier = match["tier"]
        if not any(a.start < match.end() and match.start() < a.end for a in found):
            found.append(
                Amount(
                    match.start(), match.end(), match[0], AmountKind.TIER, tier=tier,
                    core=match.start(),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda amount: amount.start))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers that begin with a digit or a point, looking only where digits stand."""
    done = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        pointed = start > done and text[start - 1] == "."
        match = (_DIGITS.match(text, start - 1) if pointed else None) or _DIGITS.match(text, start)
        if match:
            yield match
            done = match.end()


def _amount(text: str, digits: re.Match[str]) -> Amount | None:
    sign = _sign_before().search(text, max(0, digits.start() - 6), digits.start())
    core = sign.start() if sign else digits.start()
    ranged = _BETWEEN.search(text, max(0, core - 40), core)
    rest = (_rest() if ranged else _single()).match(text, digits.end())
    if not rest or max(len(digits[0]), len(rest["high"] or "")) > _LONGEST_NUMBER:
        return None
    kind = _kind(rest, bool(sign))
    if kind is None:
        return None
    scale = _scales().get((rest["scale"] or "").casefold())
    low_scale = _scales().get((rest["lowscale"] or "").casefold(), scale)
    said = sign[0] if sign else rest["after"] or rest["again"]
    start, bound = _bound_before(text, core)
    return Amount(
        start=start,
        end=rest.end(),
        text=text[start : rest.end()],
        kind=kind,
        value=_plain(digits[0], low_scale),
        upper=_plain(rest["high"], scale) if rest["high"] else None,
        currency=_currencies().get(normalize(said)) if said else None,
        bound=bound,
        per_share=bool(rest["share"]),
        core=core,
    )


def _kind(rest: re.Match[str], signed: bool) -> AmountKind | None:
    if rest["points"]:
        return AmountKind.POINTS
    if rest["percent"] or rest["lowpercent"]:
        return AmountKind.PERCENT
    if signed or rest["after"] or rest["scale"] or rest["again"]:
        return AmountKind.MONEY
    return None


def _plain(number: str, scale: Decimal | None) -> Decimal:
    value = Decimal(number.replace(",", "")) * (scale or 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _bound_before(text: str, start: int) -> tuple[int, str]:
    match = _bound_pattern().search(text, max(0, start - 40), start)
    if not match:
        return start, "exactly"
    return match.start(), _bounds()[normalize(match[1])]
