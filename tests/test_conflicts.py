"""What disagrees inside a call, and what only seems to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.conflicts import find_conflicts
from extractors.facts import find_facts
from extractors.model import (
    Affiliation,
    Attributed,
    Conflict,
    Extraction,
    Participant,
    ParticipantKind,
)
from tests.markup import mark_call


def conflicts(*turns: str) -> tuple[Conflict, ...]:
    call = mark_call(*turns)
    facts = tuple(find_facts(call.context))
    return find_conflicts(Extraction(call.transcript, facts=facts))


def with_person(kind: ParticipantKind, titles: list[str], firms: list[str]) -> Extraction:
    transcript = mark_call("Ana Ruiz: Good day to all of you here.").transcript
    spans = [transcript.evidence(i, i + 1) for i in range(len(titles) + len(firms))]
    person = Participant(
        "person/x",
        "X",
        kind,
        titles=tuple(Attributed(t, (spans[i],)) for i, t in enumerate(titles)),
        affiliations=tuple(
            Affiliation(f"org/{i}", name, (spans[i],)) for i, name in enumerate(firms)
        ),
    )
    return Extraction(replace(transcript, participants=(person,)))


def test_two_totals_of_one_deal_disagree_and_are_quoted_as_said() -> None:
    [conflict] = conflicts(
        "Our deal with [Ostara Bio]{company} brings up to $540 million in milestones.",
        "Boris Lind: With [Ostara Bio]{company} we can earn up to $450 million in milestones.",
    )
    assert (conflict.about, conflict.property) == ("org/ostara-bio", "milestone")
    assert conflict.values == ("$540 million", "$450 million")
    assert len(conflict.evidence) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("up to $540 million in milestones", "over $500 million in milestones"),
        ("up to $540 million in milestones", "up to $540 million in milestones"),
        ("up to $540 million in milestones", "up to €450 million in milestones"),
        ("an upfront payment of $60 million", "up to $540 million in milestones"),
        ("a milestone payment of $10 million", "a milestone payment of $20 million"),
    ],
)
def test_looser_other_and_equal_terms_agree(first: str, second: str) -> None:
    assert (
        conflicts(
            f"Our deal with [Ostara Bio]{{company}} brings {first}.",
            f"Boris Lind: With [Ostara Bio]{{company}} we receive {second}.",
        )
        == ()
    )


def test_tranches_told_together_agree() -> None:
    text = (
        "Our deal with [Ostara Bio]{company} brings up to $5 million in development milestones"
        " and up to $7 million in sales milestones."
    )
    assert conflicts(text) == ()


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (["SVP, Corporate Strategy and Finance", "Chief Investment Officer"], 1),
        (["Chief Executive Officer", "CEO"], 0),
        (["CEO & Director", "Chief Executive Officer"], 0),
        (["President", "Chief Operating Officer"], 0),
        (["SVP of Investor Relations", "Head of Investor Relations"], 0),
        (["EVP and CFO", "Chief Financial Officer"], 0),
        (["Chief Medical Officer", "Head of Clinical Development"], 0),
        (["CEO", "and he'll be followed by CFO"], 0),
    ],
)
def test_titles_disagree_only_when_their_functions_differ(titles: list[str], count: int) -> None:
    found = find_conflicts(with_person(ParticipantKind.EXECUTIVE, titles, []))
    assert [c.values for c in found] == [tuple(titles)] * count


@pytest.mark.parametrize(
    ("firms", "count"),
    [
        (["Harrow Pine", "Blackmere Securities"], 1),
        (["Harrow Pine Securities LLC", "Harrow Pine"], 0),
        (["Harrow Pine Securities", "HPS"], 0),
    ],
)
def test_an_analyst_with_two_firms_is_a_conflict_unless_they_are_spellings(
    firms: list[str], count: int
) -> None:
    assert len(find_conflicts(with_person(ParticipantKind.ANALYST, [], firms))) == count


def test_two_figures_for_one_period_disagree() -> None:
    [conflict] = conflicts(
        "Total product sales were $71 million in 2030.",
        "Boris Lind: Total product sales were $84 million in 2030.",
    )
    assert conflict.values == ("$71 million", "$84 million")


@pytest.mark.parametrize(
    "second",
    [
        "Total product sales were $84 million in 2029.",
        "Total product sales excluding Orla were $84 million in 2030.",
        "Total product sales were about $70 million in 2030.",
        "Net product sales were $84 million in 2030.",
    ],
)
def test_other_periods_scopes_and_roundings_agree(second: str) -> None:
    first = "Total product sales were $71 million in 2030."
    assert conflicts(first, f"Boris Lind: {second}") == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["$540 million", "$450 million", "$1 billion"]), max_size=5))
def test_each_conflicting_value_is_named_once_and_stands_in_its_evidence(
    amounts: list[str],
) -> None:
    turns = [
        f"Our deal with [Ostara Bio]{{company}} brings up to {amount} in milestones."
        for amount in amounts
    ]
    for conflict in conflicts(*(turns or ["Good day."])):
        assert len(set(conflict.values)) == len(conflict.values) == len(conflict.evidence)
        for value, evidence in zip(conflict.values, conflict.evidence, strict=True):
            assert value in evidence.quote
