"""The sentences of an answer turn with all that pairing reads from them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.model import Turn
from extractors.questions.passing import read_passing
from extractors.questions.phrases import Hit, Token, load_phrases, tokenize
from extractors.questions.sentences import split_sentences
from extractors.questions.terms import content_words, entity_terms

if TYPE_CHECKING:
    from extractors.context import CallContext


_TABLES = ("pairing.tsv", "handover.tsv", "responses.tsv", "promises.tsv")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer turn with every cue in it; code points half-open."""

    turn: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    terms: frozenset[str]
    hits: tuple[Hit, ...] = ()
    routes: bool = False
    passes: bool = False


def read_lines(context: CallContext, turn: Turn, names: Container[str]) -> tuple[Line, ...]:
    """Split an answer turn into sentences with their terms, pairing cues and whether they route."""
    text = context.transcript.text
    book = load_phrases(*_TABLES)
    lines = []
    for start, end in split_sentences(text[turn.start : turn.end], turn.start):
        tokens = tokenize(text[start:end], start)
        words = content_words(tokens)
        terms = frozenset([*words, *entity_terms(context, start, end)])
        hits = book.find(tokens)
        passing = read_passing(text[start:end], tokens, hits, names)
        lines.append(Line(turn.index, start, end, tokens, terms, hits, *passing))
    return tuple(lines)
