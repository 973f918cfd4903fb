from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model import Extraction, Transcript
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

Dara Quist

Thank you, Petra. We are pleased with what we have seen, and we go on as we said before.

Operator

This ends the call. Thank you.
"""


def topics(tmp_path: Path, asked: str) -> list[set[str]]:
    path = tmp_path / "call.txt"
    path.write_text(TEXT.format(question=asked), encoding="utf-8")
    transcript: Transcript = read_transcript(path)
    call: Extraction = extract(transcript, build_nlp())
    return [set(question.about) for question in call.questions]


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
    assert topics(tmp_path, asked) == about
