"""Times in running text, resolved against the day of a call."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Call
from extractors.periods import Calendar, find_periods

SPRING = Calendar(date(2031, 3, 5))

CASES = [
    ("in Q4 2030", "2030-10-01", "2030-12-31"),
    ("the fourth quarter of 2030", "2030-10-01", "2030-12-31"),
    ("Q3'31", "2031-07-01", "2031-09-30"),
    ("in the second half of this year", "2031-07-01", "2031-12-31"),
    ("2H31", "2031-07-01", "2031-12-31"),
    ("H1 2032", "2032-01-01", "2032-06-30"),
    ("in the first half", "2031-01-01", "2031-06-30"),
    ("by year end", "2031-03-05", "2031-12-31"),
    ("by the end of this year", "2031-03-05", "2031-12-31"),
    ("later this year", "2031-03-05", "2031-12-31"),
    ("early next year", "2032-01-01", "2032-04-30"),
    ("into late 2032", "2032-09-01", "2032-12-31"),
    ("into mid-2039", "2039-05-01", "2039-08-31"),
    ("as early as year-end", "2031-12-01", None),
    ("in the second and third quarter of this year", "2031-04-01", "2031-09-30"),
    ("over the next 18 months or 24 months", "2032-09-05", "2033-03-05"),
    ("within 12 months", "2031-03-05", "2032-03-05"),
    ("in the coming months", "2031-03-05", "2031-09-05"),
    ("next quarter", "2031-04-01", "2031-06-30"),
    ("last year", "2030-01-01", "2030-12-31"),
    ("as of December 31, 2030", "2030-12-31", "2030-12-31"),
    ("in September 2033", "2033-09-01", "2033-09-30"),
    ("the first six months of 2033", "2033-01-01", "2033-06-30"),
    ("2036 through 2038", "2036-01-01", "2038-12-31"),
    ("in the fall of 2031", "2031-09-01", "2031-11-30"),
    ("the March quarter", "2031-01-01", "2031-03-31"),
    ("when available", "2031-03-05", None),
    ("after 2035", "2036-01-01", None),
    ("tomorrow", "2031-03-06", "2031-03-06"),
]


@pytest.mark.parametrize(("text", "first", "last"), CASES)
def test_a_time_is_resolved_and_its_words_kept(
    text: str, first: str | None, last: str | None
) -> None:
    [period] = find_periods(text, SPRING, future=True)
    assert text.endswith(period.text)
    assert period.not_before == (date.fromisoformat(first) if first else None)
    assert period.not_after == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("future", "year"), [(True, 2031), (False, 2030), (None, 2030)], ids=["next", "last", "nearest"]
)
def test_a_month_without_a_year_takes_the_direction_of_its_sentence(
    future: bool | None, year: int
) -> None:
    [period] = find_periods("in mid November", SPRING, future=future)
    assert (period.not_before, period.not_after) == (date(year, 11, 11), date(year, 11, 20))


@pytest.mark.parametrize(
    "text",
    [
        "at week 52",
        "12 months of follow-up",
        "we may expect",
        "$2030",
        "a year",
        "the year",
        "CD19",
    ],
)
def test_what_is_no_time_is_left(text: str) -> None:
    assert find_periods(text, SPRING) == ()


def test_a_fiscal_year_that_runs_ahead_is_learned_from_the_reported_quarter() -> None:
    calendar = Calendar.of_call(Call("x", fiscal_period="2031Q1", held_on=date(2030, 10, 30)))
    [period] = find_periods("in the fourth quarter of fiscal 2031", calendar)
    assert (period.not_before, period.not_after) == (date(2031, 4, 1), date(2031, 6, 30))
    assert calendar.reported_quarter() == (date(2030, 7, 1), date(2030, 9, 30))


def test_without_the_day_of_the_call_only_absolute_times_have_dates() -> None:
    [absolute] = find_periods("by the end of 2032", Calendar())
    assert absolute.not_after == date(2032, 12, 31)
    assert find_periods("later this year", Calendar()) == ()


@settings(deadline=None)
@given(st.text(max_size=120), st.dates(), st.sampled_from([None, True, False]))
def test_every_period_is_a_slice_with_its_days_in_order(
    text: str, today: date, future: bool | None
) -> None:
    end = 0
    for period in find_periods(text, Calendar(today), future=future):
        assert end <= period.start < period.end <= len(text)
        assert text[period.start : period.end] == period.text
        if period.not_before and period.not_after:
            assert period.not_before <= period.not_after
        end = period.end


@settings(deadline=None)
@given(
    st.sampled_from(["early", "mid", "late", "the end of", "the beginning of", "later in", ""]),
    st.sampled_from(["this year", "Q3 2031", "the second half of 2032", "May 2031", "2033"]),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)),
)
def test_parts_lie_inside_the_whole(part: str, whole: str, today: date) -> None:
    found = find_periods(f"{part} {whole}", Calendar(today))
    outer = find_periods(whole, Calendar(today))
    if found and outer and found[-1].not_before and outer[-1].not_before:
        assert found[-1].not_before >= outer[-1].not_before
