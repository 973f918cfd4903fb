"""The sentences of an answer turn with all that pairing reads from them."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from extractors.model import Turn
from extractors.questions.passing import read_passing
from extractors.questions.phrases import Hit, load_phrases
from extractors.questions.sentences import split_sentences
from extractors.questions.speech import Speech
from extractors.questions.tokens import Tokens

_TABLES = ("pairing.tsv", "handover.tsv", "responses.tsv", "promises.tsv")


class Line(NamedTuple):
    """A sentence of an answer turn with every cue in it; code points half-open."""

    turn: int
    start: int
    end: int
    text: str
    tokens: Tokens
    terms: frozenset[str]
    hits: tuple[Hit, ...] = ()
    routes: bool = False
    passes: bool = False


def read_lines(text: str, speech: Speech, turn: Turn, names: Container[str]) -> tuple[Line, ...]:
    """Split an answer turn into sentences with their terms, pairing cues and whether they route.

    Args:
        text: of the transcript.
        speech: its words.
        turn: the turn.
        names: names of those who may be asked to speak.
    """
    book = load_phrases(*_TABLES)
    lines = []
    for start, end in split_sentences(text[turn.start : turn.end], turn.start):
        words, tokens, terms = text[start:end], speech.tokens(start, end), speech.terms(start, end)
        hits = book.find(tokens)
        passing = read_passing(words, tokens, hits, names)
        lines.append(Line(turn.index, start, end, words, tokens, terms, hits, *passing))
    return tuple(lines)
