"""The grammar behind `extractors.periods`: one pattern and one resolver for each form of time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.period_days import (
    Range,
    add_days,
    add_months,
    quarter_index,
    quarters_days,
)
from extractors.tables import alternation, load_table, lookup, normalize

_YEAR = r"(?:19|20)\d\d(?![\d,.]\d)"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a time is resolved against; see `extractors.periods.Calendar`."""

    today: date | None
    ahead: int
    future: bool | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of time: a pattern, and what the match means (None: no time).

    ``hints`` are the words of which a text must hold one, in lower case; letters and digits are
    words apart, and "0000" stands for any number of four digits.
    """

    unit: str
    hints: frozenset[str]
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Moment], Range | None]


@cache
def _numbers() -> dict[str, int]:
    return {
        word: int(number)
        for table in ("number_words", "ordinals")
        for word, number in lookup(table, "number").items()
    }


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _numbers()[normalize(word)]


def _named_year(match: re.Match[str], moment: Moment) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    short = groups.get("short") or groups.get("two")
    if short:
        return 2000 + int(short)
    if groups.get("yrel") and moment.today:
        step = int(lookup("relative_words", "step")[normalize(groups["yrel"])])
        return moment.today.year + step
    return None


def _choose(moment: Moment, make: Callable[[int], Range]) -> Range | None:
    """Pick the year of a time that names none, by the direction of the sentence."""
    if moment.today is None:
        return None
    options = [make(moment.today.year + step) for step in (-1, 0, 1, 2)]
    spans = [(first, last) for first, last in options if first and last]
    ahead = [span for span in spans if span[1] >= moment.today]
    behind = [span for span in spans if span[0] <= moment.today]
    if moment.future is True:
        return ahead[0]
    if moment.future is False:
        return behind[-1]

    def distance(span: tuple[date, date]) -> int:
        return max((span[0] - moment.today).days, (moment.today - span[1]).days, 0)  # type: ignore[operator]

    return min(spans, key=distance)


def _month(match: re.Match[str], moment: Moment) -> Range | None:
    month = int(lookup("months", "number")[normalize(match["month"])])
    if match["month"] == "may":
        return None

    def make(year: int) -> Range:
        length = monthrange(year, month)[1]
        if match["day"] and 1 <= int(match["day"]) <= length:
            return (date(year, month, int(match["day"])),) * 2
        if match["quarter"]:
            return quarters_days(*(quarter_index(date(year, month, 1)),) * 2)
        return date(year, month, 1), date(year, month, length)

    year = _named_year(match, moment)
    return make(year) if year else _choose(moment, make)


def _quarter(match: re.Match[str], moment: Moment) -> Range | None:
    first = int(match["q"] or match["p"] or 0) or _number(match["first"])
    last = int(match["r"] or 0) or (_number(match["last"]) if match["last"] else first)
    if not 1 <= first <= 4 or not first <= last <= 4:
        return None
    ahead = 0 if "calendar" in match[0].casefold() else moment.ahead

    def make(year: int) -> Range:
        return quarters_days(year * 4 + first - 1 - ahead, year * 4 + last - 1 - ahead)

    year = _named_year(match, moment)
    return make(year) if year else _choose(moment, make)


def _half(match: re.Match[str], moment: Moment) -> Range | None:
    which = int(match["q"] or match["p"] or 0) or _number(match["first"])
    if which not in (1, 2):
        return None
    ahead = 0 if "calendar" in match[0].casefold() else moment.ahead

    def make(year: int) -> Range:
        first = year * 4 + (which - 1) * 2 - ahead
        return quarters_days(first, first + 1)

    year = _named_year(match, moment)
    return make(year) if year else _choose(moment, make)


def _first_months(match: re.Match[str], moment: Moment) -> Range | None:
    count = _number(match["count"])
    if not 1 <= count <= 12:
        return None

    def make(year: int) -> Range:
        first, _ = quarters_days(year * 4 - moment.ahead, year * 4 - moment.ahead)
        return first, add_days(add_months(first, count), -1) if first else None

    year = _named_year(match, moment)
    return make(year) if year else _choose(moment, make)


def _year(match: re.Match[str], moment: Moment) -> Range | None:
    year = _named_year(match, moment)
    if year is None:
        return None
    last = int(match.groupdict().get("until") or year)
    ahead = moment.ahead if re.search(r"FY|fiscal|full", match[0], re.IGNORECASE) else 0
    return quarters_days(year * 4 - ahead, max(year, last) * 4 + 3 - ahead)


def _relative(match: re.Match[str], moment: Moment) -> Range | None:
    today = moment.today
    if today is None:
        return None
    step = int(lookup("relative_words", "step")[normalize(match["rel"])])
    unit = match["unit"].casefold()
    if unit == "week":
        monday = add_days(today, -today.weekday() + 7 * step)
        return monday, add_days(monday, 6)
    if unit == "month":
        first = add_months(today.replace(day=1), step)
        span: Range = first, add_days(add_months(first, 1), -1)
    elif unit == "quarter":
        span = quarters_days(*(quarter_index(today) + step,) * 2)
    else:
        ahead = moment.ahead if "fiscal" in match[0].casefold() else 0
        base = (quarter_index(today) + ahead) // 4 * 4 - ahead + 4 * step
        span = quarters_days(base, base + 3)
    if match["endword"]:
        last = span[1]
        return (add_days(last, -30) if last else None), last
    return span


def _year_end(match: re.Match[str], moment: Moment) -> Range | None:
    """Resolve "year-end", "midyear" and "full year"."""
    mid = bool(match["mid"])
    end = bool(match["endword"] or match["ending"])
    full = bool(match["full"])
    if not (mid or end or full):
        return None
    if match["year"]:
        year = int(match["year"])
    elif moment.today is None:
        return None
    else:
        early = moment.today.month <= 4
        year = moment.today.year - (1 if moment.future is False and early and not mid else 0)
    ahead = moment.ahead if full else 0
    first, last = quarters_days(year * 4 - ahead, year * 4 + 3 - ahead)
    if mid:
        return date(year, 5, 1), date(year, 8, 31)
    return (add_days(last, -30) if last else None, last) if end else (first, last)


def _season(match: re.Match[str], moment: Moment) -> Range | None:
    month = int(lookup("seasons", "month")[normalize(match["season"])])

    def make(year: int) -> Range:
        first = date(year, month, 1)
        return first, add_days(add_months(first, 3), -1)

    year = _named_year(match, moment)
    return make(year) if year else _choose(moment, make)


def _span(match: re.Match[str], moment: Moment) -> Range | None:
    """Resolve "within 12 months", "the next 18 months or 24 months", "the coming weeks"."""
    if moment.today is None:
        return None
    groups = match.groupdict()
    way = normalize(groups.get("way") or "")
    counted = match["low"] or (way and match["unit"].casefold().endswith("s"))
    if not counted or not (way or groups.get("within") or groups.get("now")):
        return None
    low, high = _counts(match)
    if match["other"]:
        high = max(high, _number(match["other"]))
    past = way in ("past", "last", "previous") and not groups.get("now")
    moved = [
        _moved(moment.today, match["unit"], -count if past else count) for count in (low, high)
    ]
    if past:
        return moved[1], moment.today
    return (moved[0] if low != high and not groups.get("within") else moment.today), moved[1]


def _counts(match: re.Match[str]) -> tuple[int, int]:
    word = re.sub(r"^an?\s+", "", normalize(match["low"] or ""))
    vague = {normalize(row["word"]): row for row in load_table("vague_counts")}
    if word in vague or (word not in _numbers() and not word.isdigit()):
        row = vague.get(word, vague[""])
        return 0, int(row["high"])
    low = _number(word)
    return low, max(low, _number(match["high"])) if match["high"] else low


def _moved(day: date, unit: str, count: int) -> date:
    unit = unit.casefold().rstrip("s")
    if unit in ("month", "quarter", "year", "decade"):
        return add_months(day, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    return add_days(day, count * (7 if unit == "week" else 1))


def _near_day(match: re.Match[str], moment: Moment) -> Range | None:
    if moment.today is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(match["day"].casefold(), 0)
    return (add_days(moment.today, step),) * 2


def _words(table: str) -> str:
    return alternation(row["word"] for row in load_table(table) if row["word"])


def _year_reference() -> str:
    return (
        rf"(?:,?\s*(?:of|in|for|to)?\s*(?:the\s+)?(?:(?:fiscal|calendar|full)\s+)?(?:year\s+)?"
        rf"(?:(?:FY\s?)?(?P<year>{_YEAR})|(?:FY|')(?P<short>\d\d)\b"
        rf"|(?P<yrel>{_words('relative_words')})\s+(?:fiscal\s+|calendar\s+|full\s+)?year\b))?"
    )


def _sources() -> tuple[tuple[str, str, str, Callable[[re.Match[str], Moment], Range | None]], ...]:
    rel, months, ordinal = _words("relative_words"), _words("months"), _words("ordinals")
    count = rf"\d{{1,3}}|{_words('number_words')}|(?:an?\s+)?(?:{_words('vague_counts')})"
    some = (
        rf"(?:(?P<low>{count})(?:\s*(?:to|or|-|–)\s*(?P<high>\d+|{_words('number_words')}))?"
        rf"[-\s]+)?(?P<unit>{_words('time_units')})\b"
        rf"(?:\s+or\s+(?P<other>\d+|{_words('number_words')})\s+(?:{_words('time_units')})\b)?"
    )
    year, short = _year_reference(), r"(?:\s*'?(?P<two>\d\d)\b(?!\s*%))?"
    more = r"\s*(?:and|or|to|through|into|/|-|–)\s*(?:the\s+)?"
    named = rf"(?:(?P<year>{_YEAR})|(?P<yrel>{rel})\s+year\b)"
    return (
        ("month", " ".join(lookup("months", "number")),
         rf"(?P<month>{months})(?:\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|\.\d))?"
         rf"(?:,?\s+(?:of\s+)?{named})?(?P<quarter>\s+quarter)?", _month),
        ("quarter", "quarter quarters q",
         rf"(?:(?P<first>{ordinal})(?:(?:\s+quarter)?{more}(?P<last>{ordinal}))?"
         rf"\s+(?:fiscal\s+|calendar\s+)?quarters?|Q(?P<q>[1-4])(?:{more}Q?(?P<r>[1-4])\b)?"
         rf"|(?P<p>[1-4])Q){short}{year}", _quarter),
        ("half", "half h",
         rf"(?:(?P<first>{ordinal})\s+half|H(?P<q>[12])\b|(?P<p>[12])H){short}{year}",
         _half),
        ("span", "months", rf"first\s+(?P<count>\d+|{_words('number_words')})\s+months{year}",
         _first_months),
        ("span", " ".join(lookup("time_units", "days")),
          r"(?:(?P<within>within|in\s+under)\s+(?:the\s+)?(?:next\s+)?"
         rf"|(?P<way>next|coming|following|upcoming|past|last|previous)\s+){some}", _span),
        ("span", "now today", rf"{some}(?P<now>\s+from\s+(?:now|today))", _span),
        ("year", "year quarter month week",
         rf"(?P<rel>{rel})\s+(?:fiscal\s+|calendar\s+)?(?P<unit>year|quarter|month|week)"
         r"(?:[-\s](?P<endword>end)\b)?", _relative),
        ("year", "year midyear",
         r"(?:(?P<mid>mid[-\s]*)|(?P<ending>end[-\s](?:of[-\s])?)|(?P<full>full[-\s]))?year"
         rf"(?:[-\s](?P<endword>end))?(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?", _year_end),
        ("span", " ".join(lookup("seasons", "month")),
         rf"(?P<season>{_words('seasons')})\s+(?:of\s+)?{named}", _season),
        ("span", " ".join(lookup("seasons", "month")),
         r"(?:(?:(?<=before )|(?<=by )|(?<=until )|(?<=in )|(?<=during )|(?<=over ))the|this)\s+"
         rf"(?P<season>{_words('seasons')})", _season),
        ("year", "0000",
         rf"(?:full[-\s]year\s+|fiscal\s+(?:year\s+)?|calendar\s+(?:year\s+)?|FY\s?)?"
         rf"(?P<year>{_YEAR})(?:\s*(?:-|–|to|through|and|or)\s*(?P<until>{_YEAR}))?(?!-\d)", _year),
        ("year", "fy", r"FY\s?(?P<short>\d\d)", _year),
        ("year", " ".join(map(str, range(20, 50))),
         r"(?<=[a-z] )['’](?P<short>[2-4]\d)\b(?![%-]|\s+(?:percent|season))", _year),
        ("day", "today yesterday tomorrow morning tonight",
         r"(?P<day>today|yesterday|tomorrow|this\s+morning|tonight)", _near_day),
    )  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """Return the forms of time, compiled on first use.

    >>> sorted({rule.unit for rule in rules()})
    ['day', 'half', 'month', 'quarter', 'span', 'year']
    """
    return tuple(
        Rule(
            unit,
            frozenset(hints.replace(".", "").split()),
            re.compile(rf"(?<![\w$€£.])(?:{source})(?!\w)", re.IGNORECASE),
            resolve,
        )
        for unit, hints, source, resolve in _sources()
    )
