from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import LexiconError
from extractors.questions.phrases import (
    PhraseBook,
    compile_phrase,
    load_phrases,
    read_table,
    tokenize,
    words_of,
)

TABLES = (
    "asking.tsv",
    "blocks.tsv",
    "forms.tsv",
    "handover.tsv",
    "pairing.tsv",
    "promises.tsv",
    "references.tsv",
    "responses.tsv",
)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("curious if|whether", "I am curious whether it holds", "curious whether"),
        ("could you ~2 talk", "could you maybe talk", "could you maybe talk"),
        ("could you ~2 talk", "could you all now please talk", None),
        ("not disclos*", "we do not disclose it", "not disclose"),
        ("know !if|that", "I know it", "know"),
        ("know !if|that", "I know that", None),
        ("take that? one", "take one", "take one"),
        ("take that? one", "take that one", "take that one"),
        ("don't know", "we don’t know", "don’t know"),
    ],
)
def test_a_pattern_finds_its_words(pattern: str, text: str, found: str | None) -> None:
    hits = PhraseBook([compile_phrase(pattern, "x")]).find(tokenize(text))
    assert [text[hit.start : hit.end] for hit in hits] == ([] if found is None else [found])


@pytest.mark.parametrize("pattern", ["", "~2 know", "just? know", "disclos*", "a ~99 b", "a @none"])
def test_a_broken_pattern_is_refused_with_its_words(pattern: str) -> None:
    with pytest.raises(LexiconError, match="cue pattern"):
        compile_phrase(pattern, "x")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_compiles_and_has_no_double_row(name: str) -> None:
    load_phrases(name)
    rows = [(row["pattern"], row["category"]) for row in read_table(name)]
    assert len(rows) == len(set(rows))
    assert all(pattern and category for pattern, category in rows)


@given(st.text(max_size=120))
def test_tokens_slice_the_text_and_agree_with_their_words(text: str) -> None:
    tokens = tokenize(text)
    assert all(token.start < token.end <= len(text) for token in tokens)
    if len(text.lower()) == len(text):
        assert [token.text for token in tokens] == words_of(text)


def test_hostile_repetition_is_read_in_linear_time() -> None:
    text = "we do not " * 20_000 + "we could could could " * 5_000
    started = time.process_time()
    for name in TABLES:
        load_phrases(name).find(tokenize(text))
    assert time.process_time() - started < 20
