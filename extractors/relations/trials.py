"""Which medicine is given in which trial: ``studiedIn``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import EntityType, Statement
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is studied in which trial."""
    for candidate in find_candidates(view, "studiedIn"):
        if not _is_accompanying(view, candidate):
            yield state(view, candidate)


def _is_accompanying(view: CallView, candidate: Candidate) -> bool:
    """Whether a mere medicine meets "the trial": conditioning or background, not what is tested."""
    entity = view.context.entities.get(candidate.subject)
    trial = candidate.object_slot
    named = trial is not None and trial.source is not None and trial.start == trial.source.start
    return entity is not None and entity.type is EntityType.DRUG and not named
