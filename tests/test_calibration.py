"""A confidence is a promise: of what is said with nine in ten, nine in ten are right."""

from __future__ import annotations

import pytest

from benchmarks.calibration import FOLDER, count, judge
from extractors.relations._rules import Rule, load_all_rules

ENOUGH = 5
"""How few statements tell nothing about their share."""


@pytest.fixture(scope="module")
def judged() -> list[tuple[float, bool]]:
    return judge(sorted(FOLDER.glob("*.gold.json")))


def test_of_what_is_nearly_sure_nine_in_ten_are_right(judged: list[tuple[float, bool]]) -> None:
    sure = [right for confidence, right in judged if confidence >= 0.9]
    assert len(sure) > len(judged) / 4
    assert sum(sure) >= 0.9 * len(sure)


def test_each_bin_is_right_at_least_as_often_as_it_says(judged: list[tuple[float, bool]]) -> None:
    for edge, (found, right) in count(judged).items():
        assert found < ENOUGH or right >= edge * found


@pytest.mark.parametrize("rule", [r for r in load_all_rules() if not r.found], ids=lambda r: r.id)
def test_a_rule_that_was_never_counted_is_not_nearly_sure(rule: Rule) -> None:
    assert rule.confidence < 0.9
