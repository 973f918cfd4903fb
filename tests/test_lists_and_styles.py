"""Diseases of a list that share a word, and trials told by how their names are written."""

from __future__ import annotations

import pytest

from extractors.mentions import joined_indications, load_vocabulary, styled_trials
from extractors.mentions._words import Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in ovarian, endometrial and lung cancers", {"ovarian", "endometrial", "lung"}),
        ("pancreatic or biliary tract cancer", {"pancreatic", "biliary tract"}),
        ("people with type 1 and type 2 diabetes", {"type 1"}),
        ("type 1 or 2 diabetes", {"type 1", "2 diabetes"}),
        ("hemophilia A and B", {"B"}),
        ("lung cancer", set()),
        ("breast tissue and lung function", set()),
    ],
)
def test_parts_of_a_list_are_diseases_each(text: str, expected: set[str]) -> None:
    found = joined_indications.find(Words(text), load_vocabulary())
    assert {text[c.start : c.end] for c in found} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the calmORA readout of patients", {"calmORA"}),
        ("after what was seen in HELORA-Lung02, less so", {"HELORA-Lung02"}),
        ("results of brightORA-2 are near", {"brightORA-2"}),
        ("It is with LUM-4, which is in TERRAVOR and ASCENORA, so far", {"TERRAVOR", "ASCENORA"}),
        ("patients with circRNA and antiTNF data", set()),
        ("sales of the brightORA label", set()),
        ("it is in EMEA, and it grows", set()),
    ],
)
def test_the_style_of_a_name_tells_a_trial(text: str, expected: set[str]) -> None:
    found = styled_trials.find(Words(text), load_vocabulary())
    assert {text[c.start : c.end] for c in found} == expected
