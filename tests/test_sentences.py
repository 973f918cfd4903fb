"""Our sentence starts are those of spaCy's sentencizer."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractors.sentences import NAME, cut_sentences

PIECES = ("We", "dosed", "2", "p.m.", "Dr.", ".", "...", "?!", ")", "(", '"', "\n", "  ", "。", ",")

OURS, THEIRS = spacy.blank("en"), spacy.blank("en")
OURS.add_pipe(NAME)
THEIRS.add_pipe("sentencizer")


def starts(doc: Doc) -> list[bool | None]:
    return [token.is_sent_start for token in doc]


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from(("", " ")))
def test_sentences_start_where_the_sentencizer_lets_them(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert starts(OURS(text)) == starts(THEIRS(text))


def test_sentences_that_are_set_stay() -> None:
    doc = THEIRS("We dosed. It went well.")
    doc[1].is_sent_start = True
    before = starts(doc)
    assert starts(cut_sentences(doc)) == before
