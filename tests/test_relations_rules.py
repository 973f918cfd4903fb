"""Every rule proves itself on its own examples, which stand beside it in the table."""

from __future__ import annotations

import pytest

from extractors.relations._matching import find_candidates
from extractors.relations._predicates import load_predicates
from extractors.relations._rules import Rule, confidence_of, load_all_rules, read_table
from extractors.relations._view import view_call
from tests.markup import mark_call

RULES = load_all_rules()
NAMES = tuple(row["id"] for row in read_table("resources/cues/relations.tsv"))


def fired(rule: Rule, text: str) -> bool:
    view = view_call(mark_call(text).context)
    return any(found.rule == rule for found in find_candidates(view, rule.predicate))


def test_rule_names_are_unique_and_begin_with_their_predicate() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert {name.partition(".")[0] for name in NAMES} == set(load_predicates())
    assert all(rule.id.startswith(f"{rule.predicate}.") for rule in RULES)


def test_rules_in_code_are_those_without_a_pattern() -> None:
    in_code = set(NAMES) - {rule.id for rule in RULES}
    assert "developedBy.code" in in_code
    assert all(0 < confidence_of(name) < 1 for name in NAMES)


def test_unknown_rule_has_no_confidence() -> None:
    with pytest.raises(KeyError):
        confidence_of("hasTarget.unheard-of")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_an_example_and_counts_that_can_be(rule: Rule) -> None:
    assert rule.positive
    assert 0 <= rule.hits <= rule.found
    assert 0 < rule.confidence < 1


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.positive]
)
def test_rule_fires_on_its_example(rule: Rule, text: str) -> None:
    assert fired(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.negative]
)
def test_rule_keeps_silent_on_its_counterexample(rule: Rule, text: str) -> None:
    assert not fired(rule, text)
