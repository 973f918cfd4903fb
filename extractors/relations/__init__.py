"""Relations between entities, one module a family."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.context import CallContext
from extractors.model import Statement
from extractors.registry import discover


def relate(context: CallContext) -> Iterable[Statement]:
    """Run every relation family of this folder, in name order."""
    for module in discover(__name__, "relate").values():
        yield from module.relate(context)
