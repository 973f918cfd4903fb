"""Which medicine is given in which trial: ``studiedIn``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.model import EntityId, EntityType, Statement
from extractors.relations._defaults import by_default, unsaid
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._medicines import load_aids
from extractors.relations._rules import load_words
from extractors.relations._view import CallView

_STUDIED = "studiedIn"
_REACH = 50


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is studied in which trial."""
    if _STUDIED not in view.told:
        view.told[_STUDIED] = tuple(_relate(view))
    yield from view.told[_STUDIED]


def _relate(view: CallView) -> Iterator[Statement]:
    known: set[EntityId] = set()
    for candidate in find_candidates(view, _STUDIED):
        # Chemotherapy and such are given in a trial, but are not what it tests.
        if candidate.subject not in load_aids() and not _is_prior(view, candidate):
            statement = state(view, candidate)
            if not view.asking[candidate.sentence.sentence.turn]:
                known.add(statement.object)
            yield statement
    for sentence, medicine, trial in unsaid(view, EntityType.TRIAL, known):
        for statement in by_default(view, sentence, medicine, trial, "studiedIn.default"):
            known.add(statement.object)
            yield statement


def _is_prior(view: CallView, candidate: Candidate) -> bool:
    """Tell whether patients of the trial had the medicine before it."""
    slot = candidate.subject_slot
    if slot is None or slot.implicit:
        return False
    start = max(slot.start - _REACH, candidate.sentence.sentence.start)
    return _prior_pattern().search(view.context.transcript.text[start : slot.start]) is not None


@cache
def _prior_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{load_words()['prior']}\W+(?:[\w-]+ ){{0,2}}$", re.IGNORECASE)


def sole_medicines(view: CallView) -> dict[EntityId, Statement]:
    """Return the statement that ties each trial to the one medicine that it tests.

    A trial that is told of several medicines is left out: what is said of it is not said of one.
    """
    tested: dict[str, Statement] = {}
    medicines: dict[str, set[EntityId]] = {}
    for statement in relate(view):
        if statement.holds:
            medicines.setdefault(statement.object, set()).add(statement.subject)
            best = tested.get(statement.object)
            if best is None or best.confidence < statement.confidence:
                tested[statement.object] = statement
    return {trial: tested[trial] for trial, names in medicines.items() if len(names) == 1}
