"""Cues that an answer refuses, cannot answer or puts off, and how much they weigh together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.questions.phrases import Hit, load_phrases, load_words, read_table
from extractors.questions.sentences import split_sentences
from extractors.questions.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class CuedSentence:
    """A sentence with the cues in it; code points half-open."""

    start: int
    end: int
    tokens: Tokens
    hits: tuple[Hit, ...]


def find_response_cues(text: str) -> tuple[CuedSentence, ...]:
    """Return every sentence of a text with the response cues in it.

    >>> [len(s.hits) > 0 for s in find_response_cues("Sales grew. We don't disclose margins.")]
    [False, True]
    """
    book = load_phrases("responses.tsv")
    found = []
    for start, end in split_sentences(text):
        tokens = tokenize(text[start:end], start)
        found.append(CuedSentence(start, end, tokens, book.find(tokens)))
    return tuple(found)


def response_features(sentences: Iterable[CuedSentence]) -> dict[str, float]:
    """Return what the model weighs: which cues, in what kind of sentence, how long the answer.

    >>> features = response_features(find_response_cues("We don't know."))
    >>> features["cue unable.know"], "cue refuse.break" in features
    (1.0, False)
    """
    features: dict[str, float] = {}
    cued = 0
    total = 0
    for sentence in sentences:
        total += len(sentence.tokens)
        if not sentence.hits:
            continue
        cued += 1
        features.update(_sentence_features(sentence))
    features["cued sentences"] = float(min(cued, 4))
    if cued:
        features["cued"] = 1.0
    features["length"] = min(math.log1p(total) - 5.0, 2.0)
    return features


def _sentence_features(sentence: CuedSentence) -> dict[str, float]:
    categories = {hit.category for hit in sentence.hits}
    families = {category.split(".")[0] for category in categories}
    names = [f"cue {category}" for category in categories]
    names += [f"pattern {hit.pattern}" for hit in sentence.hits]
    names += [f"family {family}" for family in families]
    if not load_words("self").isdisjoint(sentence.tokens.texts):
        names += [f"own {family}" for family in families]
    return dict.fromkeys(names, 1.0)


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("response_weights.tsv")}


def decision_threshold() -> float:
    """Return the probability from which an answer counts as a non-answer."""
    return _weights()["threshold"]


def non_answer_probability(features: Mapping[str, float]) -> float:
    """Return the probability that an answer leaves the question, or a part of it, unanswered."""
    weights = _weights()
    score = weights.get("bias", 0.0) + math.fsum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
