"""What a promise is about: a medicine, a trial, a facility, or the company itself."""

from __future__ import annotations

import re

from extractors.cue_patterns import CuePattern
from extractors.facts._metrics import find_metrics
from extractors.facts._passages import PRODUCTS, Passage, names_another
from extractors.facts._promises import promise_kind
from extractors.model import EntityId

_OF_PRODUCTS = ("submission", "approval", "data", "enrollment", "start", "launch", "completion")
_HAS_SUBJECT = re.compile(
    r"(?:we|I|our|you|look|looking|likely|planned|expected|anticipated|happening|coming)\b"
)
_REACH = 60
"""How far before its verb, in code points, the subject of a promise may begin."""
_FRESH = 3
"""How many sentences after a medicine was named a promise without a subject is still about it."""
_PLURAL = CuePattern(
    r"\b(?:(?:multiple|several|two|three|four|five|six|many|all|both|various|number of|range of)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:\w+s|data)\b|(?:our|the) (?:[\w-]+ )?(?:pipeline|portfolio|platform"
    r"|programs|products|company|business|team)\b)",
)
"""What is promised of more than one medicine, or of the company."""
RUNWAY = CuePattern(
    r"\b(?:runway|funded|to fund|cash position|cash balance"
    r"|(?:carry|carries|take|takes|get|gets|fund|funds|last|lasts|go)(?: us)?"
    r" (?:into|through|well into|beyond|past|to (?:the (?:end|middle) of|mid|late|early)))\b",
)
_NEW = CuePattern(
    r"\b(?:new|novel|additional|undisclosed|next)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:programs?|candidates?|INDs?|IND filings?|(?:clinical )?trials)\b",
)
_THIS = CuePattern(
    r"\b(?:this|that|the|these|its|our)\s+(?:[\w-]+\s+)?(?:program|trial|study|cohort|candidate"
    r"|product|asset|molecule|drug|readout|data|dose)\b",
)


def subject_of(passage: Passage, cue: re.Match[str], span: tuple[int, int]) -> EntityId | None:
    """Return what is promised about: named in the promise, else before it, else the topic.

    Args:
        passage: the sentence.
        cue: the words that promise.
        span: where the promise stands in the sentence.
    """
    text = passage.text
    issuer = passage.context.transcript.call.issuer
    if RUNWAY.search(text) or _NEW.search(text, *span):
        return issuer
    metrics = [m for m in find_metrics(text) if span[0] <= m.start < span[1]]
    if metrics and passage.amounts:
        return _owner(passage, span[0], metrics[0].start) or issuer
    named = [(m.start - passage.start, m.entity) for m in passage.subjects()]
    leading = _grammatical_subject(passage, cue, named)
    if leading is not None and span[0] <= cue.start():
        return leading
    among = [(start, entity) for start, entity in named if span[0] <= start < span[1]]
    inside = [e for start, e in among if " including " not in text[cue.end() : start]]
    if among and not inside:
        return issuer
    # What one member of a list of promises names is not what the next is about.
    before = [entity for start, entity in named if start < min(span[0], cue.start())]
    if inside or before:
        return inside[0] if inside else before[-1]
    if find_metrics(text) or not (_THIS.search(text) or _goes_on(passage, span)):
        return issuer
    return passage.continued_topic or issuer


def _grammatical_subject(
    passage: Passage, cue: re.Match[str], named: list[tuple[int, EntityId]]
) -> EntityId | None:
    """Return what is named right before a cue that has no subject of its own."""
    if _HAS_SUBJECT.match(cue[0]):
        return None
    near = [
        (start, entity) for start, entity in named if cue.start() - _REACH <= start < cue.start()
    ]
    if not near or re.search(r"[,;:]|\b(?:we|I|they)\b", passage.text[near[-1][0] : cue.start()]):
        return None
    return near[-1][1]


def _goes_on(passage: Passage, span: tuple[int, int]) -> bool:
    """Tell whether a promise without a subject is about the medicine just spoken of."""
    promise = passage.text[span[0] : span[1]]
    kind = promise_kind(promise) or promise_kind(passage.text[max(0, span[0] - 60) : span[1]])
    if passage.age > _FRESH or kind not in _OF_PRODUCTS:
        return False
    return not (_PLURAL.search(passage.text) or names_another(passage.text))


def _owner(passage: Passage, start: int, metric: int) -> EntityId | None:
    """Return the medicine whose sales are promised: named right before the metric or as subject."""
    for mention in passage.of_type(*PRODUCTS):
        low, high = mention.start - passage.start, mention.end - passage.start
        near = high <= metric <= high + 30 and not re.search(r"[,;.$]", passage.text[high:metric])
        if near or start <= low <= start + 25:
            return mention.entity
    return None
