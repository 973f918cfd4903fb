"""Run the rules of one predicate over the masked sentences of a call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from extractors.model import Certainty, EntityId, Polarity, Statement
from extractors.qualifiers import qualify
from extractors.relations._masking import MaskedSentence, Slot
from extractors.relations._rules import Rule, Side, load_rules, load_words
from extractors.relations._view import CallView

_RESPECTIVELY = "respectively"
_TRIED = frozenset({"studiedIn", "forIndication"})
"""What also holds where a medicine did not work."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that fired: two ends and the words (code points, half-open) that it spans.

    A slot is None where the end is "we" or a literal.
    """

    rule: Rule
    subject: EntityId
    object: str
    subject_slot: Slot | None
    object_slot: Slot | None
    sentence: MaskedSentence
    start: int
    end: int

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of both ends."""
        return tuple(s for s in (self.subject_slot, self.object_slot) if s is not None)


def find_candidates(view: CallView, predicate: str) -> Iterator[Candidate]:
    """Yield what the rules of a predicate find: rule by rule, each in text order."""
    for rule in load_rules(predicate):
        for sentence in view.index.get(rule.id, ()):
            us = view.us[sentence.sentence.turn]
            for match in rule.pattern.finditer(sentence.text):
                yield from _candidates(sentence, rule, match, us)


def _candidates(
    sentence: MaskedSentence, rule: Rule, match: re.Match[str], us: EntityId | None
) -> Iterator[Candidate]:
    start, end = sentence.offset(match.start()), sentence.offset(match.end())
    objects: list[tuple[str, Slot | None]] = [(match["literal"], None)] if rule.literal else []
    objects = objects or list(_ends(sentence, match["o"], rule.object, us))
    subjects = list(_ends(sentence, match["s"], rule.subject, us))
    pairs: Iterable[tuple[tuple[EntityId, Slot | None], tuple[str, Slot | None]]]
    pairs = product(subjects, objects)
    if len(subjects) == len(objects) > 1 and _RESPECTIVELY in sentence.sentence.text:
        pairs = zip(subjects, objects, strict=True)
    for (subject, subject_slot), (value, object_slot) in pairs:
        if subject != value:
            yield Candidate(rule, subject, value, subject_slot, object_slot, sentence, start, end)


def _ends(
    sentence: MaskedSentence, text: str, side: Side, us: EntityId | None
) -> Iterator[tuple[EntityId, Slot | None]]:
    slots = tuple(slot for slot in sentence.slots_in(text) if slot.type in side.types)
    for slot in slots:
        yield slot.entity, slot
    if not slots and us is not None:
        yield us, None


def state(view: CallView, candidate: Candidate, *, presupposed: bool = False) -> Statement:
    """Make a statement of a candidate: how it is said, its evidence, how sure it is.

    Args:
        view: the call.
        candidate: what a rule found.
        presupposed: the relation is taken for granted ("our X" in "we plan to launch our X"), so
            that plans and hedges do not touch it.
    """
    sentence = candidate.sentence.sentence
    spans = [(s.start, s.end) for s in candidate.slots if not s.implicit]
    start = min([candidate.start, *(a for a, _ in spans)])
    end = max([candidate.end, *(b for _, b in spans)])
    found = qualify(view.context, sentence, start, end)
    certainty = Certainty.ASKED if view.asking[sentence.turn] else found.certainty
    if presupposed and certainty in (Certainty.PLANNED, Certainty.HEDGED):
        certainty = Certainty.ASSERTED
    evidence = [view.quote(sentence, start, end)]
    polarity = found.polarity
    words = view.context.transcript.text[start:end]
    if candidate.rule.predicate in _TRIED and _missed_pattern().search(words):
        polarity = Polarity.AFFIRMED
    confidence = candidate.rule.confidence
    for slot in candidate.slots:
        confidence *= slot.confidence
        source = slot.source
        if source is not None and not sentence.start <= source.start < sentence.end:
            evidence.append(view.quote_mention(source))
    return Statement(
        subject=candidate.subject,
        predicate=candidate.rule.predicate,
        object=candidate.object,
        evidence=tuple(sorted(set(evidence), key=lambda e: (e.start, e.end))),
        rule=candidate.rule.id,
        polarity=polarity,
        certainty=certainty,
        confidence=round(confidence, 4),
    )


@cache
def _missed_pattern() -> re.Pattern[str]:
    return re.compile(load_words()["missed"], re.IGNORECASE)


def relate_by_rules(
    view: CallView, predicate: str, *, presupposed: bool = False
) -> Iterator[Statement]:
    """Yield the statements of all rules of a predicate; see `state` for ``presupposed``."""
    for candidate in find_candidates(view, predicate):
        yield state(view, candidate, presupposed=presupposed)
