"""How a medicine is made or delivered: ``usesTechnology``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine uses which technology."""
    yield from relate_by_rules(view, "usesTechnology", presupposed=True)
