"""Companies that own others, and where they have sites."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield equity, subsidiaries and facilities."""
    yield from relate_by_rules(view, "holdsEquityIn")
    yield from relate_by_rules(view, "subsidiaryOf")
    yield from relate_by_rules(view, "hasFacility")
