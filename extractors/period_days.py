"""Days of quarters, months and parts of them, and the word tables that name them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from extractors.tables import lookup, normalize

Range = tuple[date | None, date | None]
"""First and last possible day."""


def quarter_index(day: date) -> int:
    """Count quarters since year 0, so that neighbours differ by one.

    >>> quarter_index(date(2030, 12, 31)), quarter_index(date(2031, 1, 1))
    (8123, 8124)
    """
    return day.year * 4 + (day.month - 1) // 3


def add_days(day: date, count: int) -> date:
    """Move a date; beyond the calendar it stays at its end.

    >>> add_days(date(2031, 12, 31), 1), add_days(date.max, 9) == date.max
    (datetime.date(2032, 1, 1), True)
    """
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def add_months(day: date, count: int) -> date:
    """Move a date by months; the 31st becomes the last day of a shorter month.

    >>> add_months(date(2031, 8, 31), 18)
    datetime.date(2033, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarters_days(first: int, last: int) -> Range:
    """Return the days of the quarters ``first`` to ``last``, counted as `quarter_index` does."""
    start = date(first // 4, first % 4 * 3 + 1, 1)
    end = date(last // 4, last % 4 * 3 + 3, 1)
    return start, end.replace(day=monthrange(end.year, end.month)[1])


def quarter_days(index: int) -> Range:
    """Return the first and the last day of a quarter, counted as `quarter_index` does.

    >>> [str(day) for day in quarter_days(8124)]
    ['2031-01-01', '2031-03-31']
    """
    return quarters_days(index, index)


def narrow(span: Range, word: str, today: date | None) -> Range:
    """Apply "early", "mid", "late", "later" or "the end of" to a range.

    >>> narrow((date(2031, 1, 1), date(2031, 12, 31)), "late", None)
    (datetime.date(2031, 9, 1), datetime.date(2031, 12, 31))
    >>> narrow((None, date(2031, 12, 31)), "late", None)
    (None, datetime.date(2031, 12, 31))
    """
    first, last = span
    if first is None or last is None:
        return span
    part = lookup("period_parts", "part")[normalize(word)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % 3 == 0:
        one, two = add_months(first, months // 3), add_months(first, months // 3 * 2)
    else:
        third = ((last - first).days + 1) // 3
        one, two = add_days(first, third), add_days(first, 2 * third)
    thirds = {
        "early": (first, add_days(one, -1)),
        "mid": (one, add_days(two, -1)),
        "late": (two, last),
        "end": (max(two, add_days(last, -30)), last),
        "earlier": (first, min(last, today or last)),
        "later": (max(first, min(today or first, last)), last),
    }
    return thirds[part]
