"""The invented calls with hand-made truth: how well each stage does over all of them.

They were written without looking at the rules. The floors lie a little below what
was measured, so that a rule which helps one call and hurts the others is seen.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from extractors.model import Extraction
from extractors.pipeline import build_nlp, extract
from extractors.reading import read_transcript
from qagraph.evaluation import evaluate_call, read_gold
from qagraph.scores import Score

FOLDER = Path(__file__).parent / "gold"
ROOT = FOLDER.parent.parent
FLOORS: dict[str, float] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
GOLD = sorted(FOLDER.glob("*.gold.json"))


def transcript_of(gold: Path) -> Path:
    named = str(read_gold(gold)["file"])
    return FOLDER / named if (FOLDER / named).exists() else ROOT / named


@pytest.fixture(scope="module")
def extractions() -> dict[str, Extraction]:
    nlp = build_nlp()
    return {gold.stem: extract(read_transcript(transcript_of(gold)), nlp) for gold in GOLD}


@pytest.fixture(scope="module")
def scores(extractions: dict[str, Extraction]) -> dict[str, Score]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for gold in GOLD:
        for score in evaluate_call(read_gold(gold), extractions[gold.stem]):
            for i, number in enumerate((score.found, score.extra or 0, score.missed)):
                counts[score.measure][i] += number
    return {name: Score(name, n[0], n[1], n[2]) for name, n in sorted(counts.items())}


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_a_stage_does_not_fall_below_its_floor(measure: str, scores: dict[str, Score]) -> None:
    assert scores[measure].f1 >= FLOORS[measure], scores[measure].to_text()


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: str(path.stem))
def test_every_quote_is_the_text_at_its_offsets(
    gold: Path, extractions: dict[str, Extraction]
) -> None:
    extraction = extractions[gold.stem]
    text = extraction.transcript.text
    quotes = list(extraction.evidence())
    assert quotes
    assert all(text[e.start : e.end] == e.quote for e in quotes)


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: str(path.stem))
def test_every_statement_and_fact_has_evidence(
    gold: Path, extractions: dict[str, Extraction]
) -> None:
    extraction = extractions[gold.stem]
    assert extraction.statements
    assert all(statement.evidence for statement in extraction.statements)
    assert all(fact.evidence for fact in extraction.facts)
