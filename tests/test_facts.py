"""Typed facts out of single sentences: what is found, whose it is, and what is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import find_facts
from extractors.facts._counts import read_count
from extractors.model import EntityType, Fact, FactKind, Polarity, Reference
from tests.markup import mark_call

DEAL = FactKind.DEAL_TERM
GUIDANCE = FactKind.GUIDANCE
RESULT = FactKind.CLINICAL_RESULT
MONEY = FactKind.FINANCIAL_FACT
STATUS = FactKind.STATUS_CHANGE


def facts(*turns: str, kind: FactKind | None = None) -> list[Fact]:
    found = find_facts(mark_call(*turns).context)
    return [fact for fact in found if kind in (None, fact.kind)]


def shown(fact: Fact, *names: str) -> tuple[object, ...]:
    values = (fact.get(name) for name in names)
    return tuple(v.id if isinstance(v, Reference) else v for v in values)


DEALS = [
    (
        "[Ostara Bio]{company} pays us up to $540 million in sales milestones.",
        ("milestone", "org/ostara-bio", Decimal(540_000_000), "USD", "upTo", None),
    ),
    (
        "Our licence agreement with [Ostara Bio]{company} brings low double-digit royalties.",
        ("royalty", "org/ostara-bio", None, None, None, "low double-digit"),
    ),
    (
        "We took an equity stake of €15 million in [Ostara Bio]{company}.",
        ("equity", "org/ostara-bio", Decimal(15_000_000), "EUR", "exactly", None),
    ),
    (
        "We announced the acquisition of [Ostara Bio]{company} in May.",
        ("acquisition", "org/ostara-bio", None, None, None, None),
    ),
    (
        "We received an upfront payment of $60 million from [Ostara Bio]{company}.",
        ("upfront", "org/ostara-bio", Decimal(60_000_000), "USD", "exactly", None),
    ),
    (
        "We signed a financing agreement with [Sable Street]{company} that provides up to"
        " $90 million in non-dilutive capital.",
        ("financing", "org/sable-street", Decimal(90_000_000), "USD", "upTo", None),
    ),
    (
        "[Ostara Bio]{company} bought shares of ours for $8 million.",
        ("equity", "org/ostara-bio", Decimal(8_000_000), "USD", "exactly", None),
    ),
    (
        "The royalty that [Ostara Bio]{company} pays on LUM-3 rose from the high single digits"
        " to the low teens.",
        ("royalty", "org/ostara-bio", None, None, None, "low teens"),
    ),
    (
        "[Ostara Bio]{company} took the Asian rights. They paid us $20 million for that right.",
        ("upfront", "org/ostara-bio", Decimal(20_000_000), "USD", "exactly", None),
    ),
    (
        "[Ostara Bio]{company} is our partner. We are due another $35 million once a patient is"
        " dosed.",
        ("milestone", "org/ostara-bio", Decimal(35_000_000), "USD", "exactly", None),
    ),
    (
        "[Ostara Bio]{company} paid us a $9 million option fee.",
        ("option", "org/ostara-bio", Decimal(9_000_000), "USD", "exactly", None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), DEALS, ids=[e[0] for _, e in DEALS])
def test_a_deal_term_has_its_partner_and_amount(text: str, expected: tuple[object, ...]) -> None:
    names = ("termKind", "counterparty", "amount", "currency", "bound", "tier")
    found = facts(text, kind=DEAL)
    assert expected in [shown(fact, *names) for fact in found]


def test_a_deal_without_a_partner_in_its_sentence_takes_that_of_the_turn() -> None:
    found = facts(
        "In July we signed with [Ostara Bio]{company}. We are eligible for up to $4 million in"
        " milestones.",
        kind=DEAL,
    )
    assert [shown(fact, "counterparty") for fact in found] == [("org/ostara-bio",)]


def test_an_amended_agreement_is_known_by_the_other_sentence_about_it() -> None:
    found = facts(
        "We have partners such as [Ostara Bio]{company} and [Kelp Bio]{company}."
        " The agreement on [CD30]{target} was amended and brings up to $41 million in milestones.",
        "Boris Lind: We had an amendment of our agreement with [Ostara Bio]{company} last year.",
        kind=DEAL,
    )
    assert shown(found[0], "counterparty", "amount") == ("org/ostara-bio", 41_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "Milestones are important to us.",
        "[Ostara Bio]{company} reported milestone expense of $4 million.",
        "We closed the quarter with 40 people.",
    ],
)
def test_talk_of_terms_is_no_deal(text: str) -> None:
    assert facts(text, kind=DEAL) == []


FIGURES = [
    (
        "Revenue in the fourth quarter of 2030 was $71 million.",
        [("revenue", Decimal(71_000_000), "USD", None, "in the fourth quarter of 2030", None)],
    ),
    (
        "Net loss was $9 million, or $0.41 per share.",
        [
            ("net loss", Decimal(9_000_000), "USD", None, None, None),
            ("net loss", Decimal("0.41"), "USD", None, None, True),
        ],
    ),
    (
        "Sales grew by 12%.",
        [("sales", Decimal(12), None, "increase", None, None)],
    ),
    (
        "R&D expenses were $5 million, a decrease of 4%.",
        [
            ("R&D expenses", Decimal(5_000_000), "USD", None, None, None),
            ("R&D expenses", Decimal(4), None, "decrease", None, None),
        ],
    ),
    (
        "We ended with $312 million in cash and investments.",
        [("cash position", Decimal(312_000_000), "USD", None, None, None)],
    ),
    (
        "Net loss was $7 million in 2030 -- in 2029.",
        [("net loss", Decimal(7_000_000), "USD", None, "2029", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[t for t, _ in FIGURES])
def test_a_figure_has_its_metric_period_and_change(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    names = ("metric", "value", "currency", "change", "period", "perShare")
    assert [shown(fact, *names) for fact in facts(text, kind=MONEY)] == expected


def test_a_compared_value_is_a_fact_with_its_own_period() -> None:
    found = facts("Revenue was $9 million in 2030 compared to $4 million in 2029.", kind=MONEY)
    assert [shown(f, "value", "period") for f in found] == [
        (9_000_000, "in 2030"),
        (4_000_000, "in 2029"),
    ]
    assert found[1].get("notAfter") == date(2029, 12, 31)


def test_a_scope_and_a_segment_are_kept() -> None:
    [first] = facts("Cash position excluding Orla was $9 million.", kind=MONEY)
    assert first.get("scope") == "excluding Orla"
    found = facts("Turning to our Harbor Cloud segment. Revenue was $9 million.", kind=MONEY)
    assert [fact.get("scope") for fact in found] == ["Harbor Cloud"]
    *_, last = facts(
        "Now to our segment results. Revenue from Quay Tools was $3 million."
        " Operating income rose 2%.",
        kind=MONEY,
    )
    assert last.get("scope") == "Quay Tools"


def test_a_heading_sets_a_segment_or_a_product() -> None:
    found = facts("Finally, turning to harbor tools. Revenue was $9 million.", kind=MONEY)
    assert [fact.get("scope") for fact in found] == ["harbor tools"]
    talk = "We sell [Lumora]{program}. Turning to Lumora. It did well. Revenue was $9 million."
    found = facts(talk, kind=MONEY)
    assert [(fact.subject, fact.get("scope")) for fact in found] == [("program/lumora", None)]


def test_the_scope_at_the_head_of_a_sentence_is_kept() -> None:
    [fact] = facts("Internationally, our sales rose 7%.", kind=MONEY)
    assert fact.get("scope") == "Internationally"
    [promise] = facts("In optics, we expect sales of $3 million.", kind=GUIDANCE)
    assert promise.get("scope") == "In optics"


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Tools and repair services revenue grew 3%.", "Tools and repair services revenue"),
        ("Tools, parts, and repair revenue grew 3%.", "Tools, parts, and repair revenue"),
        ("We booked $4 million of inventory write-offs.", "inventory write-offs"),
        ("Our combined R&D and SG&A expenses were $9 million.", "combined R&D and SG&A expenses"),
    ],
)
def test_a_metric_keeps_all_its_words(text: str, metric: str) -> None:
    assert [fact.get("metric") for fact in facts(text, kind=MONEY)] == [metric]


@pytest.mark.parametrize(
    ("sentences", "scope"),
    [
        ("Moving to harbor lights. Revenue of $8 million was up 5%.", "harbor lights"),
        ("The HCB reported net income of $3 million. Revenue of $9 million rose.", "HCB"),
        ("Our services set a record of $19 million in revenue.", "services"),
        ("Let's start with our pumps business. Revenue grew to $81 million.", "pumps"),
        ("Sales of VLP-3 kits in the U.S. increased by 10%.", "of VLP-3 kits in the U.S."),
        ("Revenue for pumps, lamps, and cables was $13 million.", "for pumps, lamps, and cables"),
        ("Pump sales fell 4%, driven by a 25% sales decline in Nordic operations.",
         "in Nordic operations"),
        ("For example, in Norway, our pump sales were up 56%.", "in Norway"),
    ],
)  # fmt: skip
def test_a_part_of_the_business_keeps_its_figures(sentences: str, scope: str) -> None:
    assert shown(facts(sentences, kind=MONEY)[-1], "scope") == (scope,)


def test_a_heading_for_all_ends_a_part_of_the_business() -> None:
    told = facts(
        "Turning to pumps. Revenue rose 5%. Operating expenses rose 2%. Turning to the full year."
        " Revenue rose 3%.",
        kind=MONEY,
    )
    assert [fact.get("scope") for fact in told] == ["pumps", "pumps", None]


@pytest.mark.parametrize(
    "text",
    [
        "This was driven by sales growth of 4%.",
        "Our revenue outlook had assumed $90 million.",
        "The upfront payment is $62 per share in cash.",
        "We saw strong cash flow, and we were able to return $27 million.",
        "We are poised to deliver up to 10% revenue growth.",
    ],
)
def test_what_the_text_leaves_open_is_no_figure_of_the_company(text: str) -> None:
    assert facts(text, kind=MONEY) == []


def test_a_figure_of_another_thing_is_not_given_to_the_metric_before() -> None:
    found = facts("Inventory was flat at $270 million, payables at $300 million.", kind=MONEY)
    assert [fact.get("value") for fact in found] == [Decimal(270_000_000)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[Zelvom]{drug}, our cream, delivered $2 billion.", 2_000_000_000),
        ("The erosion of [Zelvom]{drug} went on, and sales fell 61% to $88 million.", 61),
        ("[Zelvom]{drug} does well with total sales of $9 million.", 9_000_000),
    ],
)
def test_sales_are_those_of_the_product_that_a_sentence_tells_of(text: str, value: int) -> None:
    found = facts(text, kind=MONEY)
    assert ("drug/zelvom", "sales", value) in [
        (f.subject, str(f.get("metric")).split()[-1], f.get("value")) for f in found
    ]


def test_sales_belong_to_the_product_named_before_them() -> None:
    [fact] = facts("[Zelvora]{drug} global sales were $9 million.", kind=MONEY)
    assert (fact.subject, fact.get("metric")) == ("drug/zelvora", "global sales")


@pytest.mark.parametrize(
    "text",
    [
        "We expect revenue of $9 million.",
        "The market is worth $9 billion.",
        "Ida Bern (analyst): Revenue was $9 million.",
        "Patients pay $20 a month.",
        "Net loss includes $4 million of other things that were driven by sales.",
    ],
)
def test_outlooks_markets_and_analysts_give_no_financial_fact(text: str) -> None:
    assert facts(text, kind=MONEY) == []


PROMISES = [
    ("We plan to submit the IND in the second half of this year.", "2031-07-01", "2031-12-31"),
    ("We expect topline data by year end.", "2031-03-05", "2031-12-31"),
    ("Our cash is sufficient to fund operations into late 2032.", "2032-09-01", "2032-12-31"),
    ("We will share more data in the second quarter.", "2031-04-01", "2031-06-30"),
    ("The plant is going to go operational this year.", "2031-01-01", "2031-12-31"),
    ("We look forward to sharing this data when available.", "2031-03-05", None),
    ("There will be data on this program mid this year.", "2031-05-01", "2031-08-31"),
    ("Our cash will carry us into the first half of 2034.", "2034-01-01", "2034-06-30"),
    ("If it works, we would start a trial in the third quarter.", "2031-07-01", "2031-09-30"),
    ("It will be tested next year.", "2032-01-01", "2032-12-31"),
    ("We remain on schedule to open the plant this year.", "2031-01-01", "2031-12-31"),
    ("Our cash of $210 million gets us to the end of 2035.", "2035-12-01", "2035-12-31"),
    ("We have runway into 2035.", "2035-01-01", "2035-12-31"),
    ("We expect that readout around the middle of 2034.", "2034-05-01", "2034-08-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), PROMISES)
def test_a_promise_is_guidance_with_resolved_dates(text: str, first: str, last: str | None) -> None:
    [fact] = facts(text, kind=GUIDANCE)
    assert fact.get("notBefore") == date.fromisoformat(first)
    assert fact.get("notAfter") == (date.fromisoformat(last) if last else None)
    assert str(fact.get("dueText")) in text


def test_an_outlook_carries_its_figure() -> None:
    [fact] = facts("We expect revenue of between $3.0 and $3.2 billion in 2031.", kind=GUIDANCE)
    names = ("metric", "amount", "upperAmount", "currency")
    assert shown(fact, *names) == ("revenue", 3_000_000_000, 3_200_000_000, "USD")


def test_a_list_of_promises_is_split_and_each_has_its_program() -> None:
    found = facts(
        "We expect to file the IND for [LUM-3]{program}, report data on [LUM-4]{program} and"
        " complete the [LUM-5]{program} study this year.",
        kind=GUIDANCE,
    )
    assert [fact.subject for fact in found] == ["program/lum-3", "program/lum-4", "program/lum-5"]
    assert {fact.get("dueText") for fact in found} == {"this year"}


def test_a_passive_outlook_has_its_metric_and_a_reason_gives_no_time() -> None:
    (first,) = facts("Capital expenditures are projected to be $20 million.", kind=GUIDANCE)
    assert shown(first, "metric", "amount") == ("capital expenditure", Decimal(20_000_000))
    (second,) = facts(
        "We expect sales of $7 million, reflecting rebates in the first half.", kind=GUIDANCE
    )
    assert shown(second, "metric", "dueText") == ("sales", None)


def test_recognized_speech_without_marks_gives_no_guidance() -> None:
    assert facts(f"we expect data in 2034 {'and then we go on ' * 25}", kind=GUIDANCE) == []


def test_a_denied_expectation_is_negated() -> None:
    [fact] = facts("It is a sale that we don't expect anytime soon.", kind=GUIDANCE)
    assert fact.polarity is Polarity.NEGATED


@pytest.mark.parametrize(
    "text",
    [
        "This call will include forward-looking statements about this year.",
        "I will now turn the call over to Ana for the second half of this year.",
        "Ida Bern (analyst): We expect data this year.",
        "We expected data in 2029.",
        "Sales were above our guidance midpoint.",
        "Customers plan to buy phones in the next six months.",
    ],
)
def test_boilerplate_questions_and_the_past_are_no_guidance(text: str) -> None:
    assert facts(text, kind=GUIDANCE) == []


RESULTS = [
    ("Seven patients were enrolled.", ("enrolled", 7, "patients", None, None)),
    ("19 of 22 patients had a response.", ("had a response", None, None, 19, 22)),
    (
        "Of the twelve patients treated, seven had a remission.",
        ("had a remission", None, None, 7, 12),
    ),
    ("The study showed an ORR of 54%.", ("objective response rate", 54, "percent", None, None)),
    (
        "Weight loss was 22.7% in the trial.",
        ("weight loss", Decimal("22.7"), "percent", None, None),
    ),
    (
        "The mean HbA1c reduction in the trial was 2.1 percentage points.",
        ("HbA1c", Decimal("2.1"), "points", None, None),
    ),
    (
        "No patient experienced dose limiting toxicity.",
        ("patient experienced dose limiting toxicity", 0, "patients", None, None),
    ),
    ("The trial met its primary endpoint.", ("primary endpoint met", None, None, None, None)),
    (
        "Median duration of response in the study was 7.4 months.",
        ("duration of response", Decimal("7.4"), "months", None, None),
    ),
    (
        "A rash was reported by 12% of patients, itching by 9%.",
        ("itching", 9, "percent", None, None),
    ),
    (
        "In the trial of [LUM-3]{program}, 3.5% withdrew because of a rash.",
        ("withdrew because of a rash", Decimal("3.5"), "percent", None, None),
    ),
    ("The study randomized 1,310 adults.", ("randomized adults", 1310, "patients", None, None)),
    (
        "One patient out of 410 developed a rash.",
        ("developed a rash", None, None, 1, 410),
    ),
    (
        "Against placebo, migraine days fell by 41%.",
        ("migraine days fell by", 41, "percent", None, None),
    ),
    (
        "On [LUM-3]{program}, patients gained 12.5 letters over baseline.",
        ("gained over baseline", Decimal("12.5"), "letters", None, None),
    ),
    (
        "In the study of [LUM-3]{program} there were three cases of mild hair loss.",
        ("cases of mild hair loss", 3, "cases", None, None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS, ids=[t for t, _ in RESULTS])
def test_a_result_has_its_measure_and_numbers(text: str, expected: tuple[object, ...]) -> None:
    names = ("measure", "value", "unit", "numerator", "denominator")
    found = facts(text, kind=RESULT)
    assert expected in [shown(fact, *names) for fact in found]


def test_two_values_of_a_measure_keep_their_time_points() -> None:
    found = facts(
        "One patient on [LUM-3]{program} had a reduction in blasts of 60% at screening to 13% at"
        " day 28.",
        kind=RESULT,
    )
    rates = [shown(f, "value", "timepoint") for f in found if f.rule == "result.rate"]
    assert rates == [(60, "at screening"), (13, "at day 28")]
    assert {fact.subject for fact in found} == {"program/lum-3"}


@pytest.mark.parametrize(
    "text",
    [
        "About 20,000 patients in the country suffer from it.",
        "We expect an ORR of 54% in the trial.",
        "Sales to patients grew 54%.",
        "Ida Bern (analyst): Seven patients were enrolled.",
    ],
)
def test_populations_hopes_and_sales_are_no_results(text: str) -> None:
    assert facts(text, kind=RESULT) == []


STATUSES = [
    ("The FDA placed a clinical hold on [LUM-3]{program} last year.", "hold placed"),
    ("The hold on [LUM-3]{program} was lifted in mid November.", "hold lifted"),
    ("[LUM-3]{program} is enrolling patients.", "enrolling"),
    ("We filed the IND for [LUM-3]{program} in December.", "IND filed"),
    ("[LUM-3]{program} was granted fast track designation.", "fast track designation"),
    ("[LUM-3]{program} was approved in Japan.", "approved"),
    ("We launched [LUM-3]{program} in May.", "launched"),
    ("We have discontinued the [LUM-3]{program} program.", "discontinued"),
    ("We initiated a Phase 2 trial of [LUM-3]{program}.", "phase started"),
    ("The first patient was dosed with [LUM-3]{program}.", "dosing"),
    ("We received a complete response letter for [LUM-3]{program}.", "complete response letter"),
    ("The [LUM-3]{program} cohort is on hold for now.", "on hold"),
    ("They treated the first patient with [LUM-3]{program}.", "dosing"),
    ("The trial of [LUM-3]{program} succeeded.", "trial succeeded"),
    ("They ended our agreement on [LUM-3]{program}.", "agreement ended"),
    ("The BLA for [LUM-3]{program} was submitted.", "submitted"),
    ("We stopped [LUM-3]{program} in asthma for futility.", "discontinued"),
    ("[LUM-3]{program} will not be developed further.", "discontinued"),
    ("We will not develop [LUM-3]{program} any further.", "discontinued"),
    ("[LUM-3]{program} missed its endpoint.", "primary endpoint not met"),
    ("We opened the second cohort of [LUM-3]{program}.", "phase started"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES, ids=[t for t, _ in STATUSES])
def test_a_status_has_its_program(text: str, status: str) -> None:
    found = facts(text, kind=STATUS)
    assert ("program/lum-3", status) in [(f.subject, f.get("status")) for f in found]


def test_the_outlook_of_a_part_is_not_that_of_the_whole() -> None:
    (fact,) = facts("We expect revenue in Harbor Cloud to be $4 million.", kind=GUIDANCE)
    assert shown(fact, "metric", "scope") == ("revenue", "in Harbor Cloud")


@pytest.mark.parametrize(
    "text",
    [
        "It got a 30% approval in survival.",
        "Our norovirus vaccine is fully enrolled.",
        "We started a phase 1 trial with our lipid kinase inhibitor.",
        "We anticipate, in the coming weeks, the initiation of a Phase 3 study.",
    ],
)
def test_another_thing_has_not_the_status_of_the_topic(text: str) -> None:
    assert facts(f"[LUM-22]{{program}} is our lead. {text}", kind=STATUS) == []


def test_the_time_of_a_status_lies_in_the_past() -> None:
    [fact] = facts("The hold on [LUM-3]{program} was lifted in mid November.", kind=STATUS)
    assert (fact.get("notBefore"), fact.get("notAfter")) == (date(2030, 11, 11), date(2030, 11, 20))
    [fact] = facts(
        "The [LUM-3]{program} trial is fully enrolled, so we could read out this year.",
        kind=STATUS,
    )
    assert fact.get("when") is None


def test_a_later_sentence_of_the_turn_is_about_its_program() -> None:
    found = facts("Coming to [LUM-3]{program}. The trial is enrolling well.", kind=STATUS)
    assert [fact.subject for fact in found] == ["program/lum-3"]


def test_a_combination_partner_is_not_what_a_sentence_is_about() -> None:
    found = facts(
        "[LUM-3]{program} is our lead. We are enrolling patients in combination with"
        " [zelvomab]{program}.",
        kind=STATUS,
    )
    assert [fact.subject for fact in found] == ["program/lum-3"]


@pytest.mark.parametrize(
    "text",
    [
        "We plan to initiate a Phase 2 trial of [LUM-3]{program}.",
        "If [LUM-3]{program} was approved, we would celebrate.",
        "[LUM-3]{program} has not been approved.",
        "Ida Bern (analyst): Is [LUM-3]{program} enrolling patients?",
    ],
)
def test_plans_conditions_and_questions_are_no_status(text: str) -> None:
    assert facts(text, kind=STATUS) == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_speech_gives_facts_whose_evidence_is_the_text(speech: str) -> None:
    call = mark_call(f"Ana Ruiz: {speech or '.'}")
    for fact in find_facts(call.context):
        for item in fact.evidence:
            assert call.transcript.text[item.start : item.end] == item.quote
        assert 0 < fact.confidence <= 1


@settings(deadline=None)
@given(st.lists(st.sampled_from([t for t, *_ in [*DEALS, *STATUSES, *PROMISES]]), max_size=6))
def test_finding_is_deterministic(sentences: list[str]) -> None:
    call = mark_call(" ".join(sentences) or "Good day.")
    assert list(find_facts(call.context)) == list(find_facts(call.context))


@pytest.mark.parametrize(
    ("words", "number"), [("seven", 7), ("forty-two", 42), ("1,204", 1204), ("a hundred", None)]
)
def test_counts_are_read_in_words_and_digits(words: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match="is no number"):
            read_count(words)
    else:
        assert read_count(words) == number


def test_products_are_programs_and_drugs() -> None:
    found = facts("[Zelvora]{drug} was approved in Japan.", kind=STATUS)
    assert [fact.subject for fact in found] == [f"{EntityType.DRUG.value.lower()}/zelvora"]


@pytest.mark.parametrize(
    "speech",
    ["will " * 9000, "$9 " * 9000, "1" * 30000, "we expect data " * 4000, "seven patients " * 4000],
    ids=["will", "dollars", "digits", "expect", "patients"],
)
def test_endless_sentences_are_read_in_time(speech: str) -> None:
    call = mark_call(f"Ana Ruiz: {speech}")
    assert all(len(e.quote) <= 1300 for fact in find_facts(call.context) for e in fact.evidence)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[TORVA-2]{trial} and [TORVA-3]{trial} are both enrolling.", STATUS),
        ("[LUM-20]{program} has been deprioritized.", STATUS),
        ("We are winding [LUM-20]{program} down after the dose escalation.", STATUS),
        ("Last week we closed a $150 million offering.", STATUS),
        ("We are pleased to have launched [LUM-20]{program} in [Japan]{place}.", STATUS),
        ("[LUM-20]{program} is approved in 39 countries.", STATUS),
        ("[LUM-20]{program} has a PDUFA date of December 26.", GUIDANCE),
        ("Topline data of [LUM-20]{program} could come by the end of the year.", GUIDANCE),
        ("We anticipate data from [TORVA-2]{trial} early next year.", GUIDANCE),
        ("[LUM-20]{program} cut monthly seizures by a median of 52.8%.", RESULT),
        ("[LUM-20]{program} was generally well tolerated.", RESULT),
        ("With [LUM-20]{program} the bleed rate fell from 9.1 to 0.7.", RESULT),
        ("Half of the patients on [LUM-20]{program} reached clinical remission.", RESULT),
    ],
)
def test_what_calls_say_in_many_words_is_a_fact(text: str, kind: FactKind) -> None:
    assert facts(text, kind=kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We are pleased to launch [LUM-20]{program} one day.", STATUS),
        ("[LUM-20]{program} may be approved in 39 countries.", STATUS),
        ("We are well positioned to deliver on [LUM-20]{program}.", GUIDANCE),
        ("Our expenses fell by $4 million while [LUM-20]{program} patients grew.", RESULT),
    ],
)
def test_what_is_no_fact_is_left_alone(text: str, kind: FactKind) -> None:
    assert not facts(text, kind=kind)
