"""Whether an answer answers: a judgement of its words, with the words that decide it.

Cue phrases (``resources/questions/responses.tsv``) mark where a speaker refuses, cannot answer or
promises an answer later. A small linear model (``response_weights.tsv``) weighs them, since "I
don't know" may open a full answer. ``benchmarks/train_responses.py`` fits the weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.model import Response
from extractors.questions.cues import (
    CuedSentence,
    decision_threshold,
    find_response_cues,
    non_answer_probability,
    response_features,
)
from extractors.questions.forms import has_number, question_forms
from extractors.questions.tokens import tokenize

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


def assess_response(answer: str, question: str | None = None) -> ResponseAssessment:
    """Judge whether an answer answers.

    Args:
        answer: the words of the answer, one speaker or several.
        question: the words of the question, if known.

    Returns:
        ``Declined`` or ``Deferred`` for a non-answer (also where only a part is refused),
        ``NotAddressed`` for an answer without words, ``PartlyAnswered`` where the question asks
        for an amount or a time and the answer holds no number, else ``Answered``.

    >>> assess_response("We do not disclose margins by region.").response
    <Response.DECLINED: 'Declined'>
    >>> assess_response("Margins were 61% in Europe and 58% in Asia.").response
    <Response.ANSWERED: 'Answered'>
    """
    sentences = find_response_cues(answer)
    if not any(sentence.tokens for sentence in sentences):
        return ResponseAssessment(Response.NOT_ADDRESSED)
    probability = non_answer_probability(response_features(sentences))
    threshold = decision_threshold()
    cues = _cues(answer, sentences)
    kinds = tuple(kind for kind in _KINDS.values() if any(cue.kind == kind for cue in cues))
    if probability < threshold or not cues:
        sure = 1.0 - probability * 0.5 / threshold
        lacking = question is not None and _lacks_number(question, sentences)
        response = Response.PARTLY_ANSWERED if lacking else Response.ANSWERED
        return ResponseAssessment(response, kinds, cues, round(sure, 3))
    sure = 0.5 + 0.5 * (probability - threshold) / (1.0 - threshold)
    counts = {kind: sum(cue.kind == kind for cue in cues) for kind in kinds}
    late = counts.get("after the call", 0) or _is_early(sentences)
    declined = counts.get("refuse", 0) > 0 or not late
    response = Response.DECLINED if declined else Response.DEFERRED
    return ResponseAssessment(response, kinds, cues, round(sure, 3))


def _lacks_number(question: str, sentences: Iterable[CuedSentence]) -> bool:
    return "amount" in question_forms(tokenize(question)) and not any(
        has_number(sentence.tokens) for sentence in sentences
    )


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
