"""Times in running text: dates, months, quarters, halves, years and spans, as ranges of days.

What is said relative to the call ("the second half of this year") resolves against its date; the
words are kept. A call without a date resolves absolute times only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain

from extractors.model import Call
from extractors.period_days import Range, add_days, narrow, quarter_days, quarter_index
from extractors.period_rules import Moment, Rule, rules
from extractors.tables import (
    Phrases,
    alternation,
    has_digit,
    load_table,
    lookup,
    normalize,
    words_of,
)

_WORD = re.compile(r"[a-z]+|\d+")
_REPORT_DELAY = timedelta(days=8)
"""No company reports a quarter sooner than this after its end."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What times are relative to: the day of the call and how far the fiscal year runs ahead.

    ``ahead`` is the number of quarters by which fiscal quarters are numbered ahead of calendar
    ones: 2 where the fiscal year 2025 began in July 2024. ``reported`` is the calendar quarter that
    the call reports, as `extractors.period_days.quarter_index` counts.
    """

    today: date | None = None
    ahead: int = 0
    reported: int | None = None

    @classmethod
    def of_call(cls, call: Call) -> Calendar:
        """Derive it from the call's date and the fiscal period that it reports.

        >>> Calendar.of_call(Call("x", fiscal_period="2025Q1", held_on=date(2024, 10, 30)))
        Calendar(today=datetime.date(2024, 10, 30), ahead=2, reported=8098)
        >>> Calendar.of_call(Call("x"))
        Calendar(today=None, ahead=0, reported=None)
        """
        match = re.fullmatch(r"(\d{4})Q([1-4])", call.fiscal_period or "")
        if call.held_on is None or match is None:
            return cls(call.held_on)
        ended = quarter_index(call.held_on - _REPORT_DELAY) - 1
        fiscal = int(match[1]) * 4 + int(match[2]) - 1
        ahead = fiscal - ended if 0 <= fiscal - ended <= 4 else 0
        return cls(call.held_on, ahead, fiscal - ahead)

    def reported_quarter(self) -> Range:
        """Return the first and the last day of the quarter that the call reports.

        >>> [str(day) for day in Calendar(reported=8123).reported_quarter()]
        ['2030-10-01', '2030-12-31']
        >>> Calendar().reported_quarter()
        (None, None)
        """
        return quarter_days(self.reported) if self.reported is not None else (None, None)


@dataclass(frozen=True, slots=True)
class Period:
    """A time as said. The span is in code points of the searched text, half-open.

    ``not_before`` and ``not_after`` are the first and the last possible day, None where open.
    ``unit`` is day, month, quarter, half, year, span or open.
    """

    start: int
    end: int
    text: str
    unit: str
    not_before: date | None = None
    not_after: date | None = None

    def is_past(self, today: date | None) -> bool:
        """Tell whether it ended before ``today``; not known is no.

        >>> Period(0, 4, "2019", "year", date(2019, 1, 1), date(2019, 12, 31)).is_past(date.max)
        True
        """
        return bool(today and self.not_after and self.not_after < today)


def find_periods(
    text: str, calendar: Calendar, *, future: bool | None = None
) -> tuple[Period, ...]:
    """Find every time in a text, in text order, and resolve it.

    Args:
        text: usually a sentence; offsets are code points into it.
        calendar: the day of the call and its fiscal year.
        future: what a time without a year ("in November") means: the next one, the last one, or
            with None the nearest.

    >>> spring = Calendar(date(2031, 3, 5))
    >>> [p] = find_periods("batches in the second half of this year", spring)
    >>> p.text, str(p.not_before), str(p.not_after)
    ('in the second half of this year', '2031-07-01', '2031-12-31')
    >>> [p] = find_periods("the hold was lifted in mid November", spring)
    >>> str(p.not_before), str(p.not_after)
    ('2030-11-11', '2030-11-20')
    >>> find_periods("two of 22 patients", spring)
    ()
    """
    sane = calendar.today is not None and 1900 <= calendar.today.year <= 2200
    today = calendar.today if sane else None
    moment = Moment(today, calendar.ahead, future)
    found: list[Period] = []
    for rule, match in _forms(text):
        resolved = rule.resolve(match, moment)
        period = _period(text, match, rule.unit, resolved, today) if resolved else None
        if period:
            found.append(period)
    found.extend(_open_times(text, today))
    return _longest(found)


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """Return what has the form of a time, whatever it is resolved against."""
    hints = _hints_of(text)
    return tuple(
        (rule, match)
        for rule in rules()
        if not hints.isdisjoint(rule.hints)
        for match in rule.pattern.finditer(text)
    )


def _hints_of(text: str) -> frozenset[str]:
    if not has_digit(text):
        return words_of(text)
    return frozenset(chain.from_iterable(map(_hints_within, text.lower().split())))


@lru_cache(maxsize=32768)
def _hints_within(chunk: str) -> tuple[str, ...]:
    """Return the hints in what stands between two spaces, the same few thousand in most calls."""
    words = _WORD.findall(chunk)
    return tuple("0000" if len(word) == 4 and word.isdigit() else word for word in words)


def _period(
    text: str, match: re.Match[str], unit: str, resolved: Range, today: date | None
) -> Period | None:
    start, end = match.span()
    part = _before("period_parts").search(text, max(0, start - 30), start)
    if part:
        start = part.start(1)
        resolved = narrow(resolved, part[1], today)
    elif _vague(match):
        return None
    cue = _before("due_cues").search(text, max(0, start - 30), start)
    if cue:
        start = cue.start(1)
        sense = lookup("due_cues", "sense")[normalize(cue[1])]
        resolved = _apply_cue(sense, resolved, today, bool(match.groupdict().get("until")))
    return Period(start, end, text[start:end], unit, *resolved)


def _vague(match: re.Match[str]) -> bool:
    """Tell whether it is "the year" or "the quarter", a time only with "the end of" before."""
    groups = match.groupdict()
    return normalize(groups.get("rel") or "") == "the" and not groups.get("endword")


def _apply_cue(sense: str, resolved: Range, today: date | None, closed: bool) -> Range:
    first, last = resolved
    if sense in ("by", "through"):
        return (today if today and last and today <= last else None), last
    if sense in ("from", "since") and not closed:
        return first, (today if sense == "since" else None)
    if sense == "after":
        return (add_days(last, 1) if last else None), None
    if sense in ("later", "late", "early") and first and last:
        return narrow(resolved, sense, today)
    return resolved


@cache
def _before(table: str) -> re.Pattern[str]:
    words = alternation(row["word"] for row in load_table(table))
    return re.compile(rf"(?<!\w)({words})[-\s]+(?:the\s+)?$", re.IGNORECASE)


@cache
def _open_phrases() -> Phrases:
    return Phrases(row["word"] for row in load_table("open_times"))


def _open_times(text: str, today: date | None) -> list[Period]:
    return [
        Period(match.start(), match.end(), match[0], "open", today)
        for match in _open_phrases().finditer(text)
    ]


def _longest(found: list[Period]) -> tuple[Period, ...]:
    kept: list[Period] = []
    for period in sorted(found, key=lambda p: (p.start - p.end, p.start)):
        if all(period.end <= other.start or other.end <= period.start for other in kept):
            kept.append(period)
    return tuple(sorted(kept, key=lambda p: p.start))
