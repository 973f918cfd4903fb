"""Which medicine is given in which trial: ``studiedIn``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import EntityId, EntityType, Statement
from extractors.relations._defaults import by_default, unsaid
from extractors.relations._matching import find_candidates, state
from extractors.relations._medicines import load_aids
from extractors.relations._view import CallView

_STUDIED = "studiedIn"


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is studied in which trial."""
    if _STUDIED not in view.told:
        view.told[_STUDIED] = tuple(_relate(view))
    yield from view.told[_STUDIED]


def _relate(view: CallView) -> Iterator[Statement]:
    known: set[EntityId] = set()
    for candidate in find_candidates(view, _STUDIED):
        # Chemotherapy and such are given in a trial, but are not what it tests.
        if candidate.subject not in load_aids():
            statement = state(view, candidate)
            if not view.asking[candidate.sentence.sentence.turn]:
                known.add(statement.object)
            yield statement
    for sentence, medicine, trial in unsaid(view, EntityType.TRIAL, known):
        for statement in by_default(view, sentence, medicine, trial, "studiedIn.default"):
            known.add(statement.object)
            yield statement


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
