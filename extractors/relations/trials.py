"""Which medicine is given in which trial: ``studiedIn``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import find_candidates, state
from extractors.relations._medicines import load_aids
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is studied in which trial."""
    for candidate in find_candidates(view, "studiedIn"):
        # Chemotherapy and such are given in a trial, but are not what it tests.
        if candidate.subject not in load_aids():
            yield state(view, candidate)
