from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model import Extraction, Response
from extractors.nlp import build_nlp
from extractors.pipeline import extract
from extractors.reading import read_transcript

TEXT = """Orvanta Bio, Inc. (NASDAQ:ORVB) Q3 2032 Earnings Call November 4, 2032 8:30 AM ET

Company Participants

Nils Ahrend - Chief Executive Officer
Dara Quist - Chief Medical Officer

Conference Call Participants

Petra Vance - Quill Street

Operator

Good morning, and welcome to the call of Orvanta Bio. Please go ahead, Nils.

Nils Ahrend

Thank you. Our ORV-22 treats phenylketonuria, and ORV-22 went well in phenylketonuria this year.
ORV-22 has now been given to thirty patients with phenylketonuria. ORV-31 treats sickle cell
disease, and ORV-31 is our first medicine against sickle cell disease.

Operator

Thank you. Our first question comes from Petra Vance with Quill Street. Your line is open.

Petra Vance

{question}

{answer}

Operator

This ends the call. Thank you.
"""


PLEASED = (
    "Dara Quist\n\nThank you, Petra. We are pleased with all this and go on as we said before."
)


def read_exchange(tmp_path: Path, asked: str, answer: str = PLEASED) -> Extraction:
    path = tmp_path / "call.txt"
    path.write_text(TEXT.format(question=asked, answer=answer), encoding="utf-8")
    return extract(read_transcript(path), build_nlp())


PKU, SICKLE = "indication/phenylketonuria", "indication/sickle-cell-disease"


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        (
            "Thanks. How many patients with phenylketonuria were dosed with ORV-22? And how does "
            "the rate compare with sickle cell disease?",
            [{PKU, "program/orv-22"}, {PKU, "program/orv-22", SICKLE}],
        ),
        (
            "Thanks. When do you file ORV-31? And how fast will the other programs come?",
            [{"program/orv-31"}, set()],
        ),
        (
            "Thanks. On phenylketonuria, when is the readout of ORV-22? And what dose goes into "
            "the pivotal? And who will be enrolled?",
            [{PKU, "program/orv-22"}, {"program/orv-22"}, {PKU, "program/orv-22"}],
        ),
    ],
    ids=["what is only compared with", "other programs", "a study has its indication behind it"],
)
def test_a_follow_up_takes_over_what_it_means(
    tmp_path: Path, asked: str, about: list[set[str]]
) -> None:
    call = read_exchange(tmp_path, asked)
    assert [set(question.about) for question in call.questions] == about


def test_an_answer_by_number_goes_to_all_that_was_asked_under_it(tmp_path: Path) -> None:
    call = read_exchange(
        tmp_path,
        "I have two questions. First, how many new filings will there be this year? And for the "
        "rare diseases, which direction do you take? And then secondly, what is the margin?",
        "Nils Ahrend\n\nOn the first question, we will give more details on our filings in the "
        "second quarter.\n\nDara Quist\n\nAnd on the second question, the margin was 61%.",
    )
    assert [q.response for q in call.questions][:2] == [Response.DEFERRED, Response.DEFERRED]
    names = [person for question in call.questions for person in question.answered_by]
    assert [name.split("/")[1].split("-")[0] for name in names] == ["nils", "nils", "dara"]


def test_a_question_without_a_reply_of_its_own_shares_that_of_its_block(tmp_path: Path) -> None:
    call = read_exchange(
        tmp_path,
        "Why is demand for the clinics weak? Are there patients who wait longer than before? And "
        "then secondly, what will the antibody study of patients show before longer treatment?",
        "Nils Ahrend\n\nDemand for the clinics is weak and we work on it.\n\nDara Quist\n\nThe "
        "antibody study will show how patients do before longer treatment, and patients go on.",
    )
    answers = [{call.answers[n].given_by for n in q.answers} for q in call.questions]
    assert answers[0] == answers[1] != answers[2]
