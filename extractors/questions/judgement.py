"""What became of a question: answered, partly, deferred, declined or not addressed.

A refusal counts where it stands in the part that answers the question; what is said besides, and
how, softens it. Of the rest, an answer to a plain yes-or-no question counts as full, and one that
names no amount or time where one was asked for as partial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from extractors.model import Response
from extractors.periods import Calendar, find_periods
from extractors.questions.cues import CuedSentence, non_answer_probability, response_features
from extractors.questions.forms import has_number, question_forms
from extractors.questions.lines import Line
from extractors.questions.phrases import Hit
from extractors.questions.tokens import Tokens

_BESIDE = frozenset({"promise", "early", "open", "concede", "limit", "contrast", "offer"})
_DECISIVE = 0.3
_PROMISE_SHARE = 0.4
_REMARK = 40
_BRIEF = 80
_SHORT = 120
_LONG = 200
_ECHO = 0.085
_COVERING = 150


class Sentence(NamedTuple):
    """A sentence as part of the answer to a question.

    ``own`` if it answers no other question, ``nearer`` if another question it answers is closer.
    """

    line: Line
    own: bool = True
    nearer: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a question and the spans that say so; ``promised`` is when it will be told."""

    response: Response
    confidence: float
    cues: tuple[tuple[int, int], ...] = ()
    promised: date | None = None


class _Read(NamedTuple):
    """A sentence with its cues: what refuses, what puts off, what softens."""

    sentence: Sentence
    words: int
    hits: tuple[Hit, ...]
    puts_off: tuple[Hit, ...]
    softeners: frozenset[str]
    weight: float

    @property
    def family(self) -> str:
        """Return ``refuse``, ``unable``, ``later`` or nothing: what the cues say most firmly."""
        families = {hit.category.split(".")[0] for hit in self.hits}
        return next((name for name in ("refuse", "unable", "later") if name in families), "")

    @property
    def decisive(self) -> bool:
        """Return whether the cues of the sentence weigh enough."""
        return bool(self.hits) and self.weight >= _DECISIVE and not self.sentence.nearer

    @property
    def early(self) -> bool:
        """Return whether the time is said to be too early."""
        return any(hit.category == "early" for hit in self.puts_off)


def _read(sentence: Sentence) -> _Read:
    line = sentence.line
    words = len(line.tokens)
    if not line.hits:
        return _Read(sentence, words, (), (), frozenset(), 0.0)
    hits = tuple(hit for hit in line.hits if "." in hit.category)
    other = [hit for hit in line.hits if hit.category in _BESIDE]
    cued = CuedSentence(line.start, line.end, line.tokens, hits)
    weight = non_answer_probability(response_features([cued])) if hits else 0.0
    first = min((hit.at for hit in hits), default=words)
    softeners = {
        hit.category
        for hit in other
        if hit.category in ("limit", "open", "offer")
        or (hit.category == "concede" and hit.at <= first)
        or (hit.category == "contrast" and hit.at > first)
    }
    if any(hit.category == "contrast" and hit.start < line.start + 4 for hit in other):
        softeners.add("opens with contrast")
    puts_off = tuple(hit for hit in other if hit.category in ("promise", "early"))
    return _Read(sentence, words, hits, puts_off, frozenset(softeners), weight)


def judge(
    question: Tokens, sentences: Sequence[Sentence], echo: float, leads: bool, calendar: Calendar
) -> Judgement:
    """Judge what became of a question.

    Args:
        question: its words.
        sentences: what answers it, in text order.
        echo: how much of the question comes back in the answer (0-1).
        leads: whether one of its answers goes to it first, or it only continues another.
        calendar: what promised times are relative to.

    >>> from extractors.questions.phrases import load_phrases
    >>> from extractors.questions.tokens import tokenize
    >>> said = "We do not disclose prices."
    >>> hits = load_phrases("responses.tsv").find(tokenize(said))
    >>> answer = [Sentence(Line(0, 0, 26, said, tokenize(said), frozenset(), hits))]
    >>> judge(tokenize("What is the price?"), answer, 0.5, True, Calendar()).response
    <Response.DECLINED: 'Declined'>
    >>> judge(tokenize("What is the price?"), [], 0.0, False, Calendar()).response
    <Response.NOT_ADDRESSED: 'NotAddressed'>
    """
    if not sentences:
        return Judgement(Response.NOT_ADDRESSED, 0.8)
    read = [_read(sentence) for sentence in sentences]
    if not leads and echo <= _ECHO and sum(item.words for item in read) <= _COVERING:
        return Judgement(Response.NOT_ADDRESSED, 0.5)
    focus = [item for item in read if item.sentence.own] or read
    refused = _refusal(read, focus, calendar)
    if refused is not None:
        return refused
    return _put_off(focus, calendar) or _plain(question, focus)


def _refusal(read: Sequence[_Read], focus: Sequence[_Read], calendar: Calendar) -> Judgement | None:
    """Return the judgement of an answer in which something is refused or not known."""
    decisive = [item for item in focus if item.decisive]
    if not decisive:
        return None
    firmest = max(decisive, key=lambda item: (item.weight, -item.sentence.line.start))
    spans = tuple((hit.start, hit.end) for item in decisive for hit in item.hits)
    cues = _merge(spans)
    besides = sum(
        item.words
        for item in focus
        if not item.decisive
        and not item.sentence.nearer
        and item.sentence.line.turn == firmest.sentence.line.turn
    )
    if besides > _LONG or _softened(read, firmest, besides, len(decisive)):
        return Judgement(Response.PARTLY_ANSWERED, 0.5, cues)
    early = any(item.early for item in decisive)
    if firmest.family == "refuse" and not early:
        return Judgement(Response.DECLINED, round(firmest.weight, 3), cues)
    late = [item for item in focus if item.puts_off]
    sure = round(0.8 * firmest.weight, 3)
    return Judgement(Response.DEFERRED, sure, cues, _promised(late, calendar))


def _softened(read: Sequence[_Read], firmest: _Read, besides: int, refusals: int) -> bool:
    """Return whether a single refusal is taken back by what stands beside it."""
    after = read[read.index(firmest) + 1 :]
    if any("offer" in item.softeners and not item.decisive for item in after):
        return True
    if refusals > 1:
        return False
    if "concede" in firmest.softeners:
        return True
    if besides <= _REMARK:
        return False
    turns = bool(after) and "opens with contrast" in after[0].softeners
    contrast = firmest.family == "refuse" and ("contrast" in firmest.softeners or turns)
    return contrast or "limit" in firmest.softeners


def _put_off(focus: Sequence[_Read], calendar: Calendar) -> Judgement | None:
    """Return the judgement of a short answer that mostly promises one for later."""
    total = sum(item.words for item in focus)
    late = [item for item in focus if item.puts_off and not item.sentence.nearer]
    share = sum(item.words for item in late) / max(total, 1)
    early = any(item.early for item in late) and total <= _LONG
    if not late or not (early or (share >= _PROMISE_SHARE and total <= _SHORT)):
        return None
    cues = _merge(tuple((hit.start, hit.end) for item in late for hit in item.puts_off))
    return Judgement(
        Response.DEFERRED, round(min(0.9, 0.4 + share), 3), cues, _promised(late, calendar)
    )


def _promised(late: Sequence[_Read], calendar: Calendar) -> date | None:
    """Return the last day of the first time that a promise names."""
    for item in late:
        for period in find_periods(item.sentence.line.text, calendar, future=True):
            if period.not_after is not None and not period.is_past(calendar.today):
                return period.not_after
    return None


def _plain(question: Tokens, focus: Sequence[_Read]) -> Judgement:
    """Tell a full answer from a partial one by what was asked for."""
    forms = question_forms(question)
    if "outlook" in forms:
        return Judgement(Response.PARTLY_ANSWERED, 0.55)
    if "polar" in forms:
        return Judgement(Response.ANSWERED, 0.6)
    brief = sum(item.words for item in focus) <= _BRIEF
    if "amount" in forms and brief:
        told = any(has_number(item.sentence.line.tokens) for item in focus)
    else:
        told = not forms & {"open", "amount"}
    return Judgement(Response.ANSWERED, 0.55) if told else Judgement(Response.PARTLY_ANSWERED, 0.5)


def _merge(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Join spans that overlap, in text order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)
