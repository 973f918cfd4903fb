"""Whether an answer answers: a judgement of its words, with the words that decide it.

Cue phrases (``resources/questions/responses.tsv``) mark where a speaker refuses, cannot answer or
promises an answer later. A small linear model (``response_weights.tsv``) weighs them, since "I
don't know" may open a full answer. ``benchmarks/train_responses.py`` fits the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.model import Response
from extractors.questions.phrases import Hit, load_phrases, load_words, read_table, tokenize
from extractors.questions.sentences import split_sentences

_KINDS = {"refuse": "refuse", "unable": "unable", "later": "after the call"}


@dataclass(frozen=True, slots=True)
class ResponseCue:
    """Words that tell how a question is met; code points of the answer, half-open.

    ``kind`` is ``refuse``, ``unable`` or ``after the call``.
    """

    kind: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ResponseAssessment:
    """How an answer meets its question; ``confidence`` (0-1) is that of ``response``."""

    response: Response
    kinds: tuple[str, ...] = ()
    cues: tuple[ResponseCue, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CuedSentence:
    """A sentence with the cues in it; code points half-open."""

    index: int
    start: int
    end: int
    words: int
    hits: tuple[Hit, ...]


def find_response_cues(text: str) -> tuple[CuedSentence, ...]:
    """Return every sentence of a text with the response cues in it.

    >>> [len(s.hits) > 0 for s in find_response_cues("Sales grew. We don't disclose margins.")]
    [False, True]
    """
    book = load_phrases("responses.tsv")
    found = []
    for index, (start, end) in enumerate(split_sentences(text)):
        tokens = tokenize(text[start:end], start)
        found.append(CuedSentence(index, start, end, len(tokens), book.find(tokens)))
    return tuple(found)


def response_features(text: str, sentences: Iterable[CuedSentence]) -> dict[str, float]:
    """Return what the model weighs: which cues, in what kind of sentence, how long the answer.

    >>> features = response_features("We don't know.", find_response_cues("We don't know."))
    >>> features["cue unable.know"], "cue refuse.break" in features
    (1.0, False)
    """
    features: dict[str, float] = {}
    cued = 0
    total = 0
    for sentence in sentences:
        total += sentence.words
        if not sentence.hits:
            continue
        cued += 1
        features.update(_sentence_features(text, sentence))
    features["cued sentences"] = float(min(cued, 4))
    if cued:
        features["cued"] = 1.0
    features["length"] = min(math.log1p(total) - 5.0, 2.0)
    return features


def _sentence_features(text: str, sentence: CuedSentence) -> dict[str, float]:
    words = {token.text for token in tokenize(text[sentence.start : sentence.end])}
    categories = {hit.category for hit in sentence.hits}
    families = {category.split(".")[0] for category in categories}
    names = [f"cue {category}" for category in categories]
    names += [f"pattern {hit.pattern}" for hit in sentence.hits]
    names += [f"family {family}" for family in families]
    if words & load_words("self"):
        names += [f"own {family}" for family in families]
    return dict.fromkeys(names, 1.0)


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("response_weights.tsv")}


def non_answer_probability(features: Mapping[str, float]) -> float:
    """Return the probability that an answer leaves the question, or a part of it, unanswered."""
    weights = _weights()
    score = weights.get("bias", 0.0) + math.fsum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def assess_response(answer: str, question: str | None = None) -> ResponseAssessment:
    """Judge whether an answer answers.

    Args:
        answer: the words of the answer, one speaker or several.
        question: the words of the question; an answer in which no word of it comes back weighs
            a little more as a non-answer.

    Returns:
        ``Declined`` or ``Deferred`` for a non-answer (also where only a part is refused),
        ``NotAddressed`` for an answer without words, else ``Answered``.

    >>> assess_response("We do not disclose margins by region.").response
    <Response.DECLINED: 'Declined'>
    >>> assess_response("Margins were 61% in Europe and 58% in Asia.").response
    <Response.ANSWERED: 'Answered'>
    """
    sentences = find_response_cues(answer)
    if not any(sentence.words for sentence in sentences):
        return ResponseAssessment(Response.NOT_ADDRESSED)
    probability = non_answer_probability(response_features(answer, sentences))
    threshold = _weights().get("threshold", 0.5)
    cues = _cues(answer, sentences)
    kinds = tuple(kind for kind in _KINDS.values() if any(cue.kind == kind for cue in cues))
    if probability < threshold or not cues:
        sure = 1.0 - probability * 0.5 / threshold
        return ResponseAssessment(Response.ANSWERED, kinds, cues, round(sure, 3))
    sure = 0.5 + 0.5 * (probability - threshold) / (1.0 - threshold)
    counts = {kind: sum(cue.kind == kind for cue in cues) for kind in kinds}
    late = counts.get("after the call", 0) or _is_early(sentences)
    declined = counts.get("refuse", 0) > 0 or not late
    response = Response.DECLINED if declined else Response.DEFERRED
    return ResponseAssessment(response, kinds, cues, round(sure, 3))


def _is_early(sentences: Iterable[CuedSentence]) -> bool:
    return any(hit.category == "unable.early" for s in sentences for hit in s.hits)


def _cues(text: str, sentences: Iterable[CuedSentence]) -> tuple[ResponseCue, ...]:
    """Return one cue for each stretch of overlapping hits of a kind, in text order."""
    cues: list[ResponseCue] = []
    for sentence in sentences:
        for hit in sorted(sentence.hits, key=lambda hit: (hit.start, -hit.end)):
            kind = _KINDS[hit.category.split(".")[0]]
            last = cues[-1] if cues else None
            if last is not None and last.kind == kind and hit.start < last.end:
                end = max(last.end, hit.end)
                cues[-1] = ResponseCue(kind, last.start, end, text[last.start : end])
            else:
                cues.append(ResponseCue(kind, hit.start, hit.end, text[hit.start : hit.end]))
    return tuple(cues)
