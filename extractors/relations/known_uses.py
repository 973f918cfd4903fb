"""What known medicines are for: ``hasTarget`` and ``forIndication`` of what is common knowledge.

A sentence that names a medicine of the market beside its known target, or a disease that it is
known to be for, takes for granted that they belong together, also in a question. What each is for
stands in ``resources/medicine_uses.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, EntityType, Statement
from extractors.relations._defaults import by_default
from extractors.relations._masking import LinkedSentence, Slot
from extractors.relations._medicines import MEDICINES, load_substances
from extractors.relations._risks import is_risk, load_events
from extractors.relations._rules import read_table
from extractors.relations._view import CallView

_USES = "resources/medicine_uses.tsv"
_RULES = {
    EntityType.TARGET: ("targets", "hasTarget.known"),
    EntityType.INDICATION: ("indications", "forIndication.known"),
}


def relate(view: CallView) -> Iterator[Statement]:
    """Yield what a known medicine acts on and is for, where a sentence names both."""
    seen: set[tuple[EntityId, EntityId]] = set()
    for sentence in view.sentences:
        others = [s for s in sentence.slots if s.type in _RULES]
        if not others:
            continue
        medicines = [s for s in sentence.slots if s.type in MEDICINES and s.source is not None]
        for medicine in medicines:
            uses = _uses_of(view.context.entities[medicine.entity].label)
            for other in others if uses else ():
                pair = (medicine.entity, other.entity)
                said = not (medicine.implicit and other.implicit)
                if other.entity in uses and said and pair not in seen:
                    statement = _state(view, sentence, medicine, other)
                    if statement is not None:
                        seen.add(pair)
                        yield statement


def _state(
    view: CallView, sentence: LinkedSentence, medicine: Slot, other: Slot
) -> Statement | None:
    """State a known relation, but not where it is denied or the disease is named as a risk."""
    if other.entity in load_events() or is_risk(view, other, sentence.sentence):
        return None
    rule = _RULES[other.type][1]
    return next(by_default(view, sentence, medicine, other, rule, presupposed=True), None)


def _uses_of(name: str) -> frozenset[EntityId]:
    """Return what the medicine, else the substance in it, is known to be for and to act on."""
    uses, substances = load_uses(), load_substances()
    name, seen = name.casefold(), set[str]()
    while name not in uses and name in substances and name not in seen:
        seen.add(name)
        name = substances[name]
    return uses.get(name, frozenset())


@cache
def load_uses() -> Mapping[str, frozenset[EntityId]]:
    """Return the targets and indications of medicines in lower case, also all narrower ones.

    >>> "target/glp-1-receptor" in load_uses()["wegovy"], "indication/gout" in load_uses()["wegovy"]
    (True, False)
    """
    lexicon = load_lexicon()
    narrower: dict[EntityId, list[EntityId]] = {}
    for term in lexicon.terms:
        for broad in term.broader:
            narrower.setdefault(broad, []).append(term.id)
    uses: dict[str, frozenset[EntityId]] = {}
    for row in read_table(_USES):
        named = {
            term.id
            for kind, (column, _) in _RULES.items()
            for label in filter(None, row[column].split(";"))
            for term in lexicon.find(label, kind)
        }
        uses[row["medicine"].casefold()] = frozenset(
            named | {part for whole in named for part in narrower.get(whole, ())}
        )
    return uses
