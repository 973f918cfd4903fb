"""The spaCy pipeline: a blank English one with our registered components."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.model import Transcript


def build_nlp() -> Language:
    """Return a pipeline that serves any number of calls."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def parse_turns(nlp: Language, transcript: Transcript) -> tuple[Doc, ...]:
    """Return one Doc a turn, in order."""
    texts = (transcript.text[turn.start : turn.end] for turn in transcript.turns)
    return tuple(nlp.pipe(texts))
