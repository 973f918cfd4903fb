"""What people say in plain words on a call: sales without the word, two promises in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.facts import find_facts
from extractors.model import Fact, FactKind, Reference
from tests.markup import mark_call

DEAL = FactKind.DEAL_TERM
GUIDANCE = FactKind.GUIDANCE
RESULT = FactKind.CLINICAL_RESULT
MONEY = FactKind.FINANCIAL_FACT
STATUS = FactKind.STATUS_CHANGE


def facts(text: str, kind: FactKind) -> list[Fact]:
    return [fact for fact in find_facts(mark_call(text).context) if fact.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "[Velzura]{program} did $198 million in the quarter.",
        "[Velzura]{program}, in lung, had sales of $198 million.",
        "[Velzura]{program} was $198 million, with some price pressure abroad.",
        "[Velzura]{program} kept growing, up 7%, delivering $198 million.",
    ],
)
def test_a_product_is_told_to_have_sold(text: str) -> None:
    [fact] = [f for f in facts(text, MONEY) if f.get("value") == Decimal(198_000_000)]
    assert (fact.subject, fact.get("metric")) == ("program/velzura", "sales")


def test_a_part_of_the_world_is_the_scope_of_its_sales() -> None:
    found = facts("The US was $54 million, and China was $7 million.", MONEY)
    assert [(f.get("value"), f.get("scope")) for f in found] == [
        (Decimal(54_000_000), "US"),
        (Decimal(7_000_000), "China"),
    ]


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("Cash stood at $516 million at June 30.", "cash position", 516_000_000),
        ("Stock comp was $6 million.", "stock-based compensation", 6_000_000),
        ("First quarter revenue, $112 million, was ahead of our plan.", "revenue", 112_000_000),
        ("We burned $14 million in the quarter.", "net cash used", 14_000_000),
    ],
)
def test_a_figure_may_follow_its_metric_at_once(text: str, metric: str, value: int) -> None:
    assert (metric, Decimal(value)) in [
        (f.get("metric"), f.get("value")) for f in facts(text, MONEY)
    ]


def test_a_figure_that_one_is_compared_with_has_a_time_of_its_own() -> None:
    _, earlier = facts("SG&A was $96 million, compared to $88 million a year ago.", MONEY)
    assert (earlier.get("value"), earlier.get("period")) == (Decimal(88_000_000), "a year ago")


def test_the_parts_of_an_outlook_are_no_report() -> None:
    text = (
        "We expect revenue of $60 million this year. This includes [Velzura]{program} revenue of"
        " $40 million, driven by demand."
    )
    assert facts(text, MONEY) == []
    assert [f.get("amount") for f in facts(text, GUIDANCE)] == [60_000_000, 40_000_000]


def test_each_promise_of_a_sentence_has_its_own_time() -> None:
    found = facts(
        "We expect to dose the last patient in May 2031, and we will report data from"
        " [LUM-3]{program} in the first half of 2032.",
        GUIDANCE,
    )
    assert [f.get("notBefore") for f in found] == [date(2031, 5, 1), date(2032, 1, 1)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("[LUM-3]{program} is in lupus. We'll resubmit in the first half.", "program/lum-3"),
        (
            "[LUM-12]{program} for cystinosis should have an IND by year-end, while"
            " [LUM-3]{program} waits.",
            "program/lum-12",
        ),
        (
            "[LUM-3]{program} is in lupus. We'll present data from several programs in May.",
            "org/lumenta",
        ),
    ],
)
def test_a_promise_goes_on_with_what_was_just_named(text: str, subject: str) -> None:
    found = facts(text, GUIDANCE)
    assert [f.subject for f in found] == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "EBITDA should be in the range of $340 million to $355 million.",
        "CapEx will be less than $10 million.",
        "Stock-based compensation would be around $45 million.",
    ],
)
def test_a_metric_that_should_be_is_an_outlook(text: str) -> None:
    assert len(facts(text, GUIDANCE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We used to say the second half of next year for that study.",
        "As to the guide, in February we said $470 million to $485 million.",
    ],
)
def test_what_was_promised_before_is_no_promise(text: str) -> None:
    assert facts(text, GUIDANCE) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We've since restarted dosing in [SAND-2]{trial}.", "resumed"),
        ("[LUM-3]{program} is our lead. Last week we resubmitted.", "submitted"),
        ("We've terminated [LUM-3]{program} in lupus.", "discontinued"),
        ("We got the IND for [LUM-3]{program} cleared in August.", "IND cleared"),
        ("We've put [LUM-3]{program} on the back burner.", "on hold"),
        ("[LUM-3]{program} is our lead. We initiated the Phase 3, AVONDALE.", "phase started"),
    ],
)
def test_a_status_in_plain_words(text: str, status: str) -> None:
    assert status in [f.get("status") for f in facts(text, STATUS)]


def test_a_time_beside_a_time_is_no_timepoint() -> None:
    found = facts(
        "In the [LUM-3]{program} trial median PFS was 17 months compared with 9 months on placebo.",
        RESULT,
    )
    assert [(f.get("value"), f.get("timepoint")) for f in found] == [(17, None), (9, None)]


def test_the_result_of_another_company_is_not_that_of_the_topic() -> None:
    found = facts(
        "[LUM-3]{program} had an ORR of 41% in the trial. [Alogia]{company}'s own antibody had"
        " reported an ORR of 33%.",
        RESULT,
    )
    assert [f.subject for f in found] == ["program/lum-3", None]


def test_one_of_two_payments_may_be_named_by_its_order() -> None:
    found = facts(
        "[Ostara Bio]{company} paid us $25 million upfront and another $75 million on the first"
        " approval.",
        DEAL,
    )
    assert [f.get("amount") for f in found] == [25_000_000, 75_000_000]
    assert all(isinstance(f.get("counterparty"), Reference) for f in found)


def test_what_a_promise_only_includes_is_not_what_it_is_about() -> None:
    [fact] = facts(
        "After [LUM-3]{program} we are targeting four launches this year, including"
        " [LUM-12]{program} in lupus.",
        GUIDANCE,
    )
    assert fact.subject == "org/lumenta"
