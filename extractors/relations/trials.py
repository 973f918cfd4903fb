"""Which medicine is given in which trial: ``studiedIn``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._medicines import load_aids
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is studied in which trial."""
    for candidate in find_candidates(view, "studiedIn"):
        if not _is_accompanying(candidate):
            yield state(view, candidate)


def _is_accompanying(candidate: Candidate) -> bool:
    """Whether chemotherapy or such meets "the trial": background, not what is tested."""
    trial = candidate.object_slot
    named = trial is not None and trial.source is not None and trial.start == trial.source.start
    return candidate.subject in load_aids() and not named
