"""Whether confidence means what it says: how many statements of each confidence are right.

Run ``python -m benchmarks.calibration [GOLD ...]`` from the repository, with gold files beside the
transcripts that they name; without files the invented calls of ``tests/gold`` are read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from extractors.pipeline import build_nlp, extract
from extractors.reading import read_transcript
from qagraph.evaluation import read_gold
from qagraph.measures import judge_statements

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "gold"
EDGES = (0.0, 0.7, 0.8, 0.9, 0.95)
"""The least confidence of each bin."""


def judge(golds: Iterable[Path]) -> list[tuple[float, bool]]:
    """Return the confidence of each statement of the calls, and whether it is right."""
    nlp = build_nlp()
    judged: list[tuple[float, bool]] = []
    for path in golds:
        gold = read_gold(path)
        beside = path.parent / str(gold["file"])
        transcript = read_transcript(beside if beside.exists() else ROOT / str(gold["file"]))
        found = judge_statements(gold, extract(transcript, nlp))
        judged += [(statement.confidence, bool(hits)) for statement, hits in found]
    return judged


def count(judged: Iterable[tuple[float, bool]]) -> dict[float, tuple[int, int]]:
    """Return how many statements of each bin there are, and how many of them are right.

    >>> count([(0.75, True), (0.92, True), (0.99, False)])
    {0.0: (0, 0), 0.7: (1, 1), 0.8: (0, 0), 0.9: (1, 1), 0.95: (1, 0)}
    """
    bins = dict.fromkeys(EDGES, (0, 0))
    for confidence, right in judged:
        edge = max(edge for edge in EDGES if edge <= confidence)
        bins[edge] = (bins[edge][0] + 1, bins[edge][1] + right)
    return bins


def main() -> None:
    """Print the table."""
    golds = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.gold.json"))
    print("| confidence from | statements | right | share |\n|---|---|---|---|")
    for edge, (found, right) in count(judge(golds)).items():
        share = f"{right / found:.2f}" if found else ""
        print(f"| {edge} | {found} | {right} | {share} |")


if __name__ == "__main__":
    main()
