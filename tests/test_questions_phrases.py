from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import LexiconError
from extractors.questions.phrases import (
    PhraseBook,
    compile_phrase,
    load_phrases,
    read_table,
)
from extractors.questions.tokens import lower_case, tokenize, words_between_blanks

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
    tokens = tokenize(text, 7)
    low = lower_case(text)
    spans = [tokens.span(i, i) for i in range(len(tokens))]
    assert len(low) == len(text)
    assert [low[start - 7 : end - 7] for start, end in spans] == list(tokens.texts)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


@given(st.text("ab.' -\n\u2003\x1f_", max_size=60))
def test_words_between_blanks_are_the_words_of_the_whole(text: str) -> None:
    assert tokenize(text).texts == words_between_blanks(text)


@given(st.text("ab.' -", max_size=60), st.integers(1, 6))
def test_cues_among_the_first_words_end_there(text: str, number: int) -> None:
    book = PhraseBook([compile_phrase("a|b ~2 b", "x"), compile_phrase("a !b", "x")])
    words = tokenize(text).texts
    alone = book.find(tokenize(" ".join(words[:number])))
    found = book.find(tokenize(" ".join(words)), number)
    assert [hit[-2:] for hit in found] == [hit[-2:] for hit in alone]


@given(st.lists(st.sampled_from(["we", "can", "not", "say", "more", "that"]), max_size=12))
def test_a_book_finds_what_each_pattern_finds_alone(words: list[str]) -> None:
    patterns = ("can|we ~2 say", "not say", "more", "we !not ~1 say", "can not? say")
    phrases = [compile_phrase(pattern, "x") for pattern in patterns]
    tokens = tokenize(" ".join(words))
    alone = [hit for phrase in phrases for hit in PhraseBook([phrase]).find(tokens)]
    order = {phrase.pattern: i for i, phrase in enumerate(phrases)}
    assert list(PhraseBook(phrases).find(tokens)) == sorted(
        alone, key=lambda hit: (hit.start, order[hit.pattern])
    )


def test_hostile_repetition_is_read_in_linear_time() -> None:
    text = "we do not " * 20_000 + "we could could could " * 5_000
    started = time.process_time()
    for name in TABLES:
        load_phrases(name).find(tokenize(text))
    assert time.process_time() - started < 20
