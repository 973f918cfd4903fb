"""The spaCy pipeline: a blank English one with our registered components."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from extractors import components, sentences
from extractors.collector import paused_collector
from extractors.errors import ExtractionError
from extractors.mentions import load_vocabulary
from extractors.model import Transcript

_REMEMBERED = 50_000
"""How many words the tokenizer remembers; five calls fill the 10,000 that it does by default."""
_LONGEST_WORD = 40
_LONGEST_TURN = 1 << 30
"""Code points."""
_AT_ONCE = 100
"""Words that are cut in one go: an exception among them, missed here, spoils only these."""
_APOSTROPHE = re.compile("['’]")
_AROUND = "\"',;:?!()[]-–—“”"


def build_nlp(vocab: tuple[Path, ...] = (), spacy_model: str | None = None) -> Language:
    """Return a pipeline that serves any number of calls.

    Args:
        vocab: directories with the user's own vocabulary, added to the packaged one.
        spacy_model: a trained pipeline whose PERSON and ORG entities are further candidates.

    Raises:
        ExtractionError: there is no such trained pipeline.
        LexiconError: a directory of ``vocab`` is missing or a file in it breaks the format.

    >>> nlp = build_nlp()
    >>> nlp.pipe_names
    ['qagraph_sentences', 'qagraph_entities']
    """
    with paused_collector():
        load_vocabulary(*vocab)
        nlp = _trained(spacy_model) if spacy_model else _blank()
        if isinstance(nlp.tokenizer, Tokenizer):
            nlp.tokenizer.max_cache_size = _REMEMBERED
        if not any(name in nlp.pipe_names for name in ("parser", "senter", "sentencizer")):
            nlp.add_pipe(sentences.NAME)
        config = {"vocab": [str(directory) for directory in vocab], "trained": bool(spacy_model)}
        nlp.add_pipe("qagraph_entities", config=config)
    return nlp


def _blank() -> Language:
    nlp = spacy.blank("en")
    # The limit guards the memory of parsers and recognisers, of which there is none here.
    nlp.max_length = _LONGEST_TURN
    return nlp


def _trained(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError as error:
        raise ExtractionError(
            f"{name}: no spaCy pipeline of this name is installed, nor is it a directory with one"
        ) from error


def parse_turns(nlp: Language, transcript: Transcript) -> tuple[Doc, ...]:
    """Return one Doc a turn, in order."""
    if isinstance(nlp.tokenizer, Tokenizer):
        _meet_words(nlp.tokenizer, transcript.text)
    return tuple(nlp.pipe(_docs(nlp, transcript)))


def _meet_words(tokenizer: Tokenizer, text: str) -> None:
    """Let the tokenizer cut every plain word of a call once, apart from the text.

    It remembers how it has cut a word, but in a text only up to the first exception, such as
    "don't", and nearly every turn has one early on: its other words would be cut again each time.
    """
    rules = tokenizer.rules
    plain = [
        word
        for word in sorted(set(text.split()))
        if len(word) <= _LONGEST_WORD
        and not _APOSTROPHE.search(word)
        and rules.keys().isdisjoint((word, word.strip(_AROUND), word.strip(_AROUND + ".")))
    ]
    for first in range(0, len(plain), _AT_ONCE):
        tokenizer(" ".join(plain[first : first + _AT_ONCE]))


def _docs(nlp: Language, transcript: Transcript) -> Iterator[Doc]:
    for turn in transcript.turns:
        doc = nlp.make_doc(transcript.text[turn.start : turn.end])
        components.hand_text(doc, transcript.text[turn.start : turn.end])
        yield doc


__all__ = ["build_nlp", "components", "parse_turns"]
