"""Merging: one statement per key, all its evidence, whatever the order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.merging import combine_confidence, merge_facts, merge_statements
from extractors.model import Certainty, Evidence, Fact, FactKind, Statement

EVIDENCE = st.builds(
    lambda start, length: Evidence(start, start + length, "x" * length),
    st.integers(0, 9),
    st.integers(1, 3),
)
STATEMENTS = st.lists(
    st.builds(
        Statement,
        subject=st.sampled_from(["program/a", "program/b"]),
        predicate=st.just("hasTarget"),
        object=st.sampled_from(["target/x", "target/y"]),
        evidence=st.lists(EVIDENCE, min_size=1, max_size=3).map(tuple),
        rule=st.sampled_from(["r1", "r2"]),
        certainty=st.sampled_from([Certainty.ASSERTED, Certainty.ASKED]),
        confidence=st.sampled_from([0.5, 0.7, 0.9]),
    ),
    max_size=8,
)


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(statements: list[Statement], random: object) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_statements(shuffled) == merge_statements(statements)


@given(STATEMENTS)
def test_merging_twice_changes_nothing_more(statements: list[Statement]) -> None:
    once = merge_statements(statements)
    assert {s.key for s in once} == {s.key for s in statements}
    assert merge_statements(once) == once


@given(STATEMENTS)
def test_all_evidence_is_kept_once_and_in_order(statements: list[Statement]) -> None:
    for merged in merge_statements(statements):
        same = [s for s in statements if s.key == merged.key]
        assert set(merged.evidence) == {e for s in same for e in s.evidence}
        assert list(merged.evidence) == sorted(set(merged.evidence), key=lambda e: (e.start, e.end))
        assert max(s.confidence for s in same) <= merged.confidence <= 0.99


@pytest.mark.parametrize(
    ("single", "combined"),
    [([0.5], 0.5), ([0.5, 0.5], 0.75), ([0.9, 0.9, 0.9], 0.99), ([], 0.0)],
)
def test_confidences_combine(single: list[float], combined: float) -> None:
    assert combine_confidence(single) == combined


def test_two_rules_on_the_same_words_are_one_sign() -> None:
    words = (Evidence(0, 4, "Good"),)
    one = Statement("program/a", "hasTarget", "target/x", words, "r1", confidence=0.8)
    (merged,) = merge_statements([one, replace(one, rule="r2", confidence=0.7)])
    assert (merged.confidence, merged.rule) == (0.8, "r1")


def test_facts_merge_only_when_every_value_agrees() -> None:
    first = (Evidence(0, 4, "Good"),)
    second = (Evidence(5, 9, "day."),)
    fact = Fact(FactKind.DEAL_TERM, None, (("amount", 716),), first, "r")
    again = replace(fact, evidence=second)
    other = replace(fact, properties=(("amount", 760),))
    merged = merge_facts([fact, again, other])
    assert [(f.get("amount"), len(f.evidence)) for f in merged] == [(716, 2), (760, 1)]
