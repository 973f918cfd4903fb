"""Find statements and facts that disagree."""

from __future__ import annotations

from extractors.model import Conflict, Extraction


def find_conflicts(extraction: Extraction) -> tuple[Conflict, ...]:
    """Return the disagreements of one call."""
    return ()
