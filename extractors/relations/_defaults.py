"""What is said of one medicine only, where no rule tells how: the last resort of a family."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Certainty, EntityId, EntityType, Polarity, Statement
from extractors.qualifiers import qualify
from extractors.relations._comparing import is_yardstick
from extractors.relations._masking import LinkedSentence, Slot
from extractors.relations._medicines import MEDICINES, load_aids
from extractors.relations._rules import confidence_of
from extractors.relations._substances import substance_of
from extractors.relations._view import CallView


def sole_medicine(view: CallView, sentence: LinkedSentence) -> Slot | None:
    """Return the one medicine that a sentence is about, said or carried over, if it is one."""
    slots = [s for s in sentence.slots if s.type in MEDICINES]
    if not slots or len({substance_of(view, s.entity) for s in slots}) > 1:
        return None
    slot = slots[0]
    if slot.entity in load_aids():
        return None
    said = not slot.implicit
    return None if said and is_yardstick(view, slot, sentence.sentence.start) else slot


def by_default(
    view: CallView,
    sentence: LinkedSentence,
    medicine: Slot,
    other: Slot,
    rule: str,
    *,
    presupposed: bool = False,
) -> Iterator[Statement]:
    """Yield that a medicine has to do with what else its sentence names, if that is asserted.

    What is ``presupposed`` holds in a question, plan or condition too, but not where it is denied.
    """
    spans = [(s.start, s.end) for s in (medicine, other) if not s.implicit]
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    found = qualify(view.context, sentence.sentence, start, end)
    if found.polarity is not Polarity.AFFIRMED:
        return
    if found.certainty is not Certainty.ASSERTED and not presupposed:
        return
    evidence = {view.quote(sentence.sentence, start, end)}
    for source in (medicine.source, other.source):
        if source is not None and not start <= source.start <= end:
            evidence.add(view.quote_mention(source))
    yield Statement(
        medicine.entity,
        rule.partition(".")[0],
        other.entity,
        tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        rule,
        confidence=round(confidence_of(rule) * medicine.confidence * other.confidence, 4),
    )


def unsaid(
    view: CallView, kind: EntityType, known: set[EntityId]
) -> Iterator[tuple[LinkedSentence, Slot, Slot]]:
    """Yield each sentence with its one medicine and something of a kind, in text order.

    What analysts say is left out, and so is what is ``known``.
    """
    for sentence in view.sentences:
        if view.asking[sentence.sentence.turn] or all(s.type is not kind for s in sentence.slots):
            continue
        medicine = sole_medicine(view, sentence)
        if medicine is None or (medicine.implicit and kind is not EntityType.TRIAL):
            continue
        for slot in sentence.slots:
            if (
                slot.type is kind
                and not slot.implicit
                and not {slot.entity, medicine.entity} & known
            ):
                yield sentence, medicine, slot
