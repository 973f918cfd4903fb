"""Fit the weights of `extractors.questions.cues` and report F1 by five-fold evaluation.

usage: python -m benchmarks.train_responses FILE.jsonl [--write]

FILE.jsonl holds one answer a line: ``turns`` (list of texts) and ``non_answer`` (boolean). Weights
are the L2-regularised logistic regression's optimum, so a run gives the same file each time. The
texts themselves do not enter the weights: only cue categories and patterns of the data files do.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import extractors
from extractors.questions.cues import find_response_cues, response_features

FOLDS = 5
SEEDS = (0, 1, 2)
STRENGTH = 0.1
ROOT = Path(extractors.__file__).parent
WEIGHTS = ROOT / "resources" / "questions" / "response_weights.tsv"

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def read_examples(path: Path) -> tuple[list[dict[str, float]], Vector]:
    """Return features and labels (0 or 1) of the answers."""
    features, labels = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = "\n".join(row["turns"])
        features.append(response_features(find_response_cues(text)))
        labels.append(float(row["non_answer"]))
    return features, np.array(labels)


def tabulate(features: Sequence[dict[str, float]], names: Sequence[str]) -> Matrix:
    """Lay the features of each answer in one row; the last column is the bias."""
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(features), len(names) + 1))
    table[:, -1] = 1.0
    for i, row in enumerate(features):
        for name, value in row.items():
            if name in column:
                table[i, column[name]] = value
    return table


def fit(table: Matrix, labels: Vector) -> Vector:
    """Return the weights with the least regularised logistic loss."""
    signs = 2 * labels - 1

    def loss(weights: Vector) -> tuple[float, Vector]:
        margin = signs * (table @ weights)
        penalty = np.append(weights[:-1], 0.0)
        value = float(STRENGTH * np.logaddexp(0, -margin).sum() + 0.5 * penalty @ penalty)
        slope = STRENGTH * table.T @ (-signs / (1 + np.exp(margin))) + penalty
        return value, slope

    start = np.zeros(table.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x


def f1(scores: Vector, labels: Vector, threshold: float) -> float:
    """Return the F1 of the positives above a threshold."""
    found = scores > threshold
    hits = float(labels[found].sum())
    return 2 * hits / (float(found.sum()) + float(labels.sum()))


def best_threshold(scores: Vector, labels: Vector) -> float:
    """Return the middle of the thresholds, in steps of 0.01, that are nearly the best."""
    steps = np.arange(0.1, 0.7, 0.01)
    values = np.array([f1(scores, labels, step) for step in steps])
    return float(np.median(steps[values >= values.max() - 0.005]))


def probabilities(table: Matrix, weights: Vector) -> Vector:
    """Return the probability of each row."""
    return 1 / (1 + np.exp(-(table @ weights)))


def cross_validate(
    features: Sequence[dict[str, float]], labels: Vector, seed: int
) -> tuple[float, Vector]:
    """Return F1 and the scores; weights, names and threshold come from the other folds alone."""
    order = np.random.default_rng(seed).permutation(len(labels))
    scores, found = np.zeros(len(labels)), np.zeros(len(labels), bool)
    for part in range(FOLDS):
        test = order[part::FOLDS]
        train = np.setdiff1d(order, test)
        names = sorted({name for i in train for name in features[i]})
        seen = tabulate([features[i] for i in train], names)
        weights = fit(seen, labels[train])
        threshold = best_threshold(probabilities(seen, weights), labels[train])
        scores[test] = probabilities(tabulate([features[i] for i in test], names), weights)
        found[test] = scores[test] > threshold
    hits = float(labels[found].sum())
    return 2 * hits / (float(found.sum()) + float(labels.sum())), scores


def main() -> None:
    """Evaluate, and write the weights fitted on the whole file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    arguments = parser.parse_args()
    features, labels = read_examples(arguments.path)
    results = [cross_validate(features, labels, seed) for seed in SEEDS]
    for seed, (value, _) in zip(SEEDS, results, strict=True):
        print(f"five folds, seed {seed}: F1 {value:.3f}")
    threshold = best_threshold(np.mean([scores for _, scores in results], axis=0), labels)
    print(f"{len(labels)} answers, {int(labels.sum())} non-answers, threshold {threshold:.2f}")
    if arguments.write:
        names = sorted({name for row in features for name in row})
        weights = fit(tabulate(features, names), labels)
        rows = [("bias", weights[-1]), ("threshold", threshold)]
        rows += list(zip(names, weights, strict=False))
        lines = [f"{name}\t{weight:.4f}" for name, weight in rows if abs(weight) >= 0.0005]
        WEIGHTS.write_text("\n".join(["feature\tweight", *lines]) + "\n", encoding="utf-8")
        print(f"wrote {len(lines)} weights to {WEIGHTS}")


if __name__ == "__main__":
    main()
