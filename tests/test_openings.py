"""A search that starts only at some words finds what a search of the whole text finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.introductions import call_pattern
from extractors.openings import find_from, find_phrases, group_phrases, lower_case
from extractors.speech import cue_pattern, find_cue, has_cue, load_cues, load_rows

TESTS = Path(__file__).parent
TEXTS = sorted([*TESTS.glob("calls/*.txt"), *TESTS.glob("gold/*.txt")])
CATEGORIES = sorted({row["category"] for row in load_rows("cues.tsv")})
NAMES = ("Ida Brandt", "Ida Maria Brandt", "Lee Tran", "Dana O'Hale", "Zoë de Vries")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("strong", [True, False])
def test_calls_to_ask_begin_with_their_words(path: Path, strong: bool) -> None:
    text = path.read_text(encoding="utf-8")
    words, pattern = call_pattern(strong=strong)
    found = [match.span() for match in find_from(words, pattern, text, 0, len(text))]
    assert found == [match.span() for match in pattern.finditer(text)]


@given(st.text(st.sampled_from("İIiſσΣé ,'’.A"), max_size=40))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lower_case(text)) == len(text)


@given(st.lists(st.sampled_from([*NAMES, "Ida", "and", "\n", " ", "  ", ",", "IDA BRANDT", "x"])))
def test_phrases_stand_where_a_pattern_of_them_matches(parts: list[str]) -> None:
    text = " ".join(parts)
    joined = "|".join(r"\s+".join(map(re.escape, name.split())) for name in sorted(NAMES))
    pattern = re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)
    found = list(find_phrases(group_phrases(sorted(NAMES)), text, 0, len(text)))
    assert found == [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_cue_is_found(category: str) -> None:
    for cue in load_cues(category):
        text = f"Well, {cue.upper()}."
        assert has_cue(category, text.lower()), cue
        assert find_cue(category, text, 0, len(text)), cue


@given(
    st.sampled_from(CATEGORIES),
    st.lists(st.sampled_from(["take", "that", "call", "the", "a", "line"])),
)
def test_a_cue_is_found_where_its_pattern_matches(category: str, words: list[str]) -> None:
    text = " ".join(words)
    assert has_cue(category, text) == bool(cue_pattern(category).search(text))
