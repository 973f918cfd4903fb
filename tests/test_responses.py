from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Response
from extractors.questions.cues import decision_threshold, find_response_cues
from extractors.questions.phrases import read_table
from extractors.responses import assess_response

NON_ANSWERS = {
    "We do not disclose sales by region.": "refuse",
    "I am not going to get into the details of that contract.": "refuse",
    "We'd rather not comment on a competitor.": "refuse",
    "We haven't given any guidance on spending for that year.": "refuse",
    "We do not give out single payments.": "refuse",
    "It is their study, and I cannot speak on their behalf.": "refuse",
    "I won't compare across trials.": "refuse",
    "They asked us to keep the terms confidential, so I can't go into that.": "refuse",
    "I don't have that number in front of me.": "unable",
    "We don't know yet how many sites will open.": "unable",
    "I can't give you an exact figure for the plant.": "unable",
    "I would be glad to take that offline with you after the call.": "after the call",
}
ANSWERS = (
    "The plant runs at 80% and will be full by June.",
    "Yes. We dosed nine patients, and six of them responded.",
    "Demand was strong in all regions, and prices held up well.",
    "Thank you. The board raised the dividend by four cents.",
    "I know that the team in Durham is ahead of its plan.",
)


@pytest.mark.parametrize(("answer", "kind"), NON_ANSWERS.items(), ids=range(len(NON_ANSWERS)))
def test_a_non_answer_is_told_with_its_kind_and_words(answer: str, kind: str) -> None:
    assessment = assess_response(answer)
    assert assessment.response in (Response.DECLINED, Response.DEFERRED)
    assert kind in assessment.kinds
    assert all(answer[cue.start : cue.end] == cue.quote for cue in assessment.cues)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_an_answer(answer: str) -> None:
    assert assess_response(answer).response is Response.ANSWERED


def test_an_answer_without_words_addresses_nothing() -> None:
    assert assess_response(" ... ").response is Response.NOT_ADDRESSED


def test_a_number_asked_for_and_not_given_makes_an_answer_partial() -> None:
    question = "How many patients have you dosed?"
    assert assess_response("A good number of them.", question).response is Response.PARTLY_ANSWERED
    assert assess_response("We have dosed nine.", question).response is Response.ANSWERED


def test_a_refusal_inside_a_long_answer_still_counts() -> None:
    answer = " ".join([*ANSWERS, "We do not break that out by product.", *ANSWERS])
    assert assess_response(answer).response is Response.DECLINED


def test_weights_name_only_cues_that_exist() -> None:
    patterns = {row["pattern"] for row in read_table("responses.tsv")}
    weighed = {row["feature"] for row in read_table("response_weights.tsv")}
    stale = {name for name in weighed if name.startswith("pattern ")} - {
        f"pattern {pattern}" for pattern in patterns
    }
    assert not stale
    assert 0.0 < decision_threshold() < 1.0


@settings(deadline=None)  # the first one loads the cues
@given(st.text(max_size=300))
def test_cues_always_slice_the_answer(answer: str) -> None:
    assessment = assess_response(answer)
    assert 0.0 <= assessment.confidence <= 1.0
    assert all(answer[cue.start : cue.end] == cue.quote for cue in assessment.cues)
    assert all(answer[s.start : s.end] for s in find_response_cues(answer))
