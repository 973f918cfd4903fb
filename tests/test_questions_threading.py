from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractors.model import Extraction, Question, Response
from extractors.nlp import build_nlp
from extractors.pipeline import extract
from extractors.reading import read_transcript

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("verrano-2031q3", "verrano-2031q4")


@cache
def read_call(name: str) -> Extraction:
    return extract(read_transcript(EXAMPLES / f"{name}.txt"), build_nlp())


def find(words: str, name: str = NAMES[0]) -> Question:
    (found,) = (question for question in read_call(name).questions if words in question.text)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_questions_and_answers_hold_together(name: str) -> None:
    call = read_call(name)
    text = call.transcript.text
    assert call.questions
    for number, question in enumerate(call.questions):
        assert question.index == number
        assert text[question.start : question.end] == question.text
        assert question.turn in call.exchanges[question.exchange].question_turns
        assert question.asked_by == call.transcript.turns[question.turn].speaker
        for answer in (call.answers[n] for n in question.answers):
            assert answer.exchange == question.exchange
            assert answer.turn > question.turn
            assert answer.given_by in question.answered_by
        for cue in question.response_cues:
            assert text[cue.start : cue.end] == cue.quote
        assert (question.response is Response.NOT_ADDRESSED) or question.answers
    for number, answer in enumerate(call.answers):
        assert answer.index == number
        assert text[answer.start : answer.end] == answer.text


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("what exactly has the FDA asked", ["priya-raman"]),
        ("how are the milestones split", ["marco-tellaro", "tomas-lindqvist"]),
        ("could you give us a feel for the size", ["priya-raman"]),
        ("how should we think about spending", ["tomas-lindqvist"]),
        ("replace CRISPR", ["noor-haddad"]),
    ],
)
def test_a_question_goes_to_those_who_answer_it(words: str, who: list[str]) -> None:
    answered = [person.split("/")[1] for person in find(words).answered_by]
    assert all(any(person.startswith(name) for person in answered) for name in who)


@pytest.mark.parametrize(
    ("words", "response", "cue"),
    [
        ("how are the milestones split", Response.PARTLY_ANSWERED, "not disclosed"),
        ("what share of capacity", Response.DECLINED, "not able to share"),
        ("a feel for the size", Response.DECLINED, "rather not give"),
        ("is the budget for it still", Response.ANSWERED, None),
        ("loss of CD22", Response.ANSWERED, None),
    ],
)
def test_what_became_of_a_question_is_told_with_its_words(
    words: str, response: Response, cue: str | None
) -> None:
    question = find(words)
    assert question.response is response
    if cue is not None:
        assert any(cue in evidence.quote for evidence in question.response_cues)


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("what exactly has the FDA asked", {"program/vrn-319"}),
        ("how are the milestones split", {"org/corvane-pharma"}),
        ("loss of CD22", {"target/cd22"}),
        ("would you stop the program", {"program/vrn-319"}),
        ("a feel for the size of the data set", {"program/vrn-123"}),
    ],
)
def test_a_question_is_about_what_it_names_or_refers_to(words: str, about: set[str]) -> None:
    assert about <= set(find(words).about)


def test_money_without_a_reference_inherits_no_topic() -> None:
    assert find("how should we think about spending in 2032").about == ()


def test_who_only_hands_over_gets_no_credit() -> None:
    for exchange in read_call(NAMES[0]).exchanges:
        assert set(exchange.answered_by) <= {
            read_call(NAMES[0]).transcript.turns[turn].speaker for turn in exchange.answer_turns
        }
