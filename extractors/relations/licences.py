"""Who holds and who granted a licence: ``licensedTo``, ``licensedFrom``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield licences."""
    yield from relate_by_rules(view, "licensedTo")
    yield from relate_by_rules(view, "licensedFrom")
