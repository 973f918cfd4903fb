"""Apply cues to a span: which of them have it in scope, and what that makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.context import CallContext, Sentence
from extractors.model import Certainty, Polarity
from extractors.qualifiers._cues import CLAUSE, Category, CueMatch, find_cues

_CLAUSE_END = re.compile(r",(?=\s)")
_DENYING = frozenset({Category.NEGATION, Category.EXCLUSION})
_COMMA_BOUND = frozenset({Category.NEGATION, Category.EXCLUSION, Category.ENDED})


@dataclass(frozen=True, slots=True)
class Qualification:
    """How something is said. ``cues`` are the spans (code points) of the words that say so.

    ``attributed`` tells that the words are given as somebody else's ("Allogene has said").
    """

    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.ASSERTED
    cues: tuple[tuple[int, int], ...] = ()
    attributed: bool = False


def qualify_text(text: str, start: int, end: int) -> Qualification:
    """Qualify the span ``start`` to ``end`` (code points, half-open) of one sentence.

    >>> text = "We are not developing it for asthma."
    >>> qualify_text(text, 11, 35).polarity.value, qualify_text(text, 0, 2).polarity.value
    ('negated', 'affirmed')
    >>> qualify_text("We plan to test it.", 11, 15).certainty.value
    'planned'
    >>> qualify_text("It works.", 0, 2)
    Qualification(polarity=<Polarity.AFFIRMED: 'affirmed'>,
        certainty=<Certainty.ASSERTED: 'asserted'>, cues=(), attributed=False)
    """
    cues = find_cues(text)
    stops = [c for c in cues if c.cue.category is Category.TERMINATOR]
    active = [c for c in cues if _in_scope(text, c, start, end, stops)]
    found = {c.cue.category for c in active}
    if Category.CONDITION in found:
        certainty = Certainty.CONDITIONAL
    elif Category.PLAN in found:
        certainty = Certainty.PLANNED
    elif Category.HEDGE in found:
        certainty = Certainty.HEDGED
    else:
        certainty = Certainty.ASSERTED
    negations = sum(c.cue.category in _DENYING for c in active)
    return Qualification(
        polarity=Polarity.NEGATED if negations % 2 else Polarity.AFFIRMED,
        certainty=certainty,
        cues=tuple((c.start, c.end) for c in active),
        attributed=Category.ATTRIBUTION in found,
    )


def _in_scope(text: str, cue: CueMatch, start: int, end: int, stops: list[CueMatch]) -> bool:
    category = cue.cue.category
    if category in (Category.TERMINATOR, Category.PSEUDO):
        return False
    if category is not Category.CONDITION and start <= cue.start and cue.end <= end:
        if category is Category.EXCLUSION:
            # "No" and "without" deny the words right behind them, not the whole sentence.
            return len(text[cue.end : end].split()) <= cue.cue.max_scope
        return not any(start <= s.start < end for s in stops) or category is Category.NEGATION
    low, high = (cue.end, start) if cue.cue.forward else (end, cue.start)
    if low > high or any(low <= s.start < high for s in stops):
        return False
    if category in _COMMA_BOUND and "," in text[low:high]:
        return False
    if cue.cue.max_scope == CLAUSE:
        # A condition holds for its own clause only: "if approved, X for Y" leaves X free.
        return _CLAUSE_END.search(text, low, end) is None
    return len(text[low:high].split()) <= cue.cue.max_scope


def qualify(context: CallContext, sentence: Sentence, start: int, end: int) -> Qualification:
    """Qualify a span of a call (code points into the transcript's text, half-open).

    What an analyst says, and what anybody asks, is asked and not asserted.

    Args:
        context: the call.
        sentence: the sentence that the span lies in, of `CallContext.sentences`.
        start: first code point of the span.
        end: code point after the span.
    """
    offset = sentence.start
    found = qualify_text(
        sentence.text, max(0, start - offset), min(len(sentence.text), end - offset)
    )
    certainty = Certainty.ASKED if asks(context, sentence) else found.certainty
    return Qualification(
        found.polarity,
        certainty,
        tuple((a + offset, b + offset) for a, b in found.cues),
        found.attributed,
    )


def asks(context: CallContext, sentence: Sentence) -> bool:
    """Return whether a sentence is a question, or said by somebody who is here to ask."""
    return context.is_asking(sentence.turn) or sentence.text.rstrip(" \"'”’)").endswith("?")
