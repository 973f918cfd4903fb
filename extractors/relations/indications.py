"""What a medicine is studied in, meant for or sold for: ``forIndication``.

A side effect, a risk or a reason for exclusion is named like a disease but is none of these. What
is said of the patients of a trial holds for the one medicine that the trial tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.model import EntityId, EntityType, Statement
from extractors.relations._defaults import by_default, unsaid
from extractors.relations._masking import Slot
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._risks import is_risk, load_events
from extractors.relations._rules import load_words
from extractors.relations._view import CallView
from extractors.relations.trials import sole_medicines

_SOLD = frozenset({"forIndication.sales_in", "forIndication.driven"})
"""Rules on sales: what is expected is how much is sold, not what the medicine is for."""


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is for which indication."""
    said = tuple(_by_rules(view))
    yield from said
    known = {s.subject for s in said if s.holds}
    taken: set[EntityId] = set()
    for sentence, medicine, disease in unsaid(view, EntityType.INDICATION, known):
        if medicine.entity in taken or disease.entity in load_events():
            continue
        if not is_risk(view, disease, sentence.sentence) and not _is_market(view, disease):
            taken.add(medicine.entity)
            yield from by_default(view, sentence, medicine, disease, "forIndication.default")


def _by_rules(view: CallView) -> Iterator[Statement]:
    tested = sole_medicines(view)
    for candidate in find_candidates(view, "forIndication"):
        if candidate.object in load_events() or _is_aside(view, candidate):
            continue
        statement = state(view, candidate, presupposed=candidate.rule.id in _SOLD)
        if EntityType.TRIAL not in candidate.rule.subject.types:
            yield statement
        elif candidate.subject in tested:
            yield _through_trial(statement, tested[candidate.subject])


def _through_trial(of_trial: Statement, tested: Statement) -> Statement:
    """Say of the medicine that a trial tests what is said of the trial; both are evidence."""
    evidence = {*of_trial.evidence, *tested.evidence}
    return replace(
        of_trial,
        subject=tested.subject,
        evidence=tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        confidence=round(of_trial.confidence * tested.confidence, 4),
    )


def _is_market(view: CallView, disease: Slot) -> bool:
    """Whether a disease is named for its market or its experts only."""
    return _market_pattern().match(view.context.transcript.text, disease.end) is not None


@cache
def _market_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s+{load_words()['market']}\b", re.IGNORECASE)


def _is_aside(view: CallView, candidate: Candidate) -> bool:
    """Whether the words before the disease make it a risk, a history or an exclusion."""
    slot = candidate.object_slot
    if slot is None or slot.implicit:
        return False
    return is_risk(view, slot, candidate.sentence.sentence)
