"""Things with two names, and versions of a thing: ``sameAs``, ``variantOf``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield what is the same as, or a version of, what."""
    yield from relate_by_rules(view, "sameAs")
    yield from relate_by_rules(view, "variantOf")
