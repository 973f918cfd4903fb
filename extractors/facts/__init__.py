"""Typed facts: deal terms, guidance, clinical results, financial facts, status changes."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.context import CallContext
from extractors.model import Fact
from extractors.registry import discover


def find_facts(context: CallContext) -> Iterable[Fact]:
    """Run every fact finder of this folder, in name order."""
    for module in discover(__name__, "find").values():
        yield from module.find(context)
