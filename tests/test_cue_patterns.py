"""Cue patterns: the words that a pattern needs, and that looking for them loses no match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cue_patterns import CuePattern, CueTable
from extractors.required_words import required_words
from extractors.tables import load_table

CALLS = Path(__file__).parent


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bstud(?:y|ies)\b", [[["studies", "study"]]]),
        (r"\bend ?points?\b", [[["end", "endpoint", "endpoints"]]]),
        (r"\b(?:are|is)\s+(?:now )?(?:open|closed)\b", [[["are", "is"], ["closed", "open"]]]),
        (r"\bmoving(?: forward)?\b", [[["moving"]]]),
        (r"\bhold\b[^.;]{0,40}\blifted\b|\bresumed\b", [[["hold"], ["lifted"]], [["resumed"]]]),
        (r"(?P<what>[a-z]+) rose by (?:\d+)%", [[["rose"], ["by"], ["%*"]]]),
        (r"\blaunch\w*", [[["launch*"]]]),
        (r"(?<!\w)dosed(?!\w)", [[["dosed"]]]),
        (r"\d+", [[]]),
        (r"(?:approved)?", [[]]),
    ],
)
def test_the_words_that_a_pattern_needs_are_read_from_it(
    pattern: str, needs: list[list[list[str]]]
) -> None:
    found = [[sorted(words) for words in way] for way in required_words(pattern)]
    assert [sorted(way) for way in found] == [sorted(way) for way in needs]


WORDS = ("the", "Trial", "trials", "is", "now", "open", "re-opened", "end", "points", "endpoint")
PIECES = ("trial", "s?", r"\b", r"\s+", "(?:is|was)", "(?:now )?", "open", r"\w*", "[- ]?", "end")


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.sampled_from([" ", "-", "", ", "]),
)
def test_what_a_pattern_matches_holds_the_words_that_it_needs(
    pattern: str, words: list[str], between: str
) -> None:
    text = between.join(words)
    if re.search(pattern, text, re.IGNORECASE):
        assert CuePattern(pattern).fits(text)


def test_looking_for_words_first_loses_no_status() -> None:
    patterns = [CuePattern(row["pattern"]) for row in load_table("status_cues")]
    texts = [p.read_text(encoding="utf-8") for p in sorted(CALLS.glob("gold/*.txt"))]
    sentences = [part for text in texts for part in re.split(r"(?<=[.?!])\s", text)]
    assert sentences
    for pattern in patterns:
        for sentence in sentences:
            if pattern.pattern.search(sentence):
                assert pattern.fits(sentence), (pattern.pattern.pattern, sentence)


def test_a_table_tries_its_patterns_in_order_and_always_those_that_need_no_word() -> None:
    table = CueTable(
        (CuePattern(pattern), pattern) for pattern in (r"\bfell\b", r"\d+", r"\brose\b")
    )
    assert [told for _, told in table.fitting("It rose and fell")] == [
        r"\bfell\b",
        r"\d+",
        r"\brose\b",
    ]
    assert [told for _, told in table.fitting("It held")] == [r"\d+"]
