"""Typed facts: deal terms, guidance, clinical results, financial facts, status changes."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.context import CallContext
from extractors.facts._passages import read_passages
from extractors.model import Fact
from extractors.registry import discover


def find_facts(context: CallContext) -> Iterable[Fact]:
    """Run every fact finder of this folder, in name order.

    A finder is a module with ``find(passages) -> Iterable[Fact]``, where passages are the sentences
    of the call with their speakers and topics.
    """
    passages = read_passages(context)
    for module in discover(__name__, "find").values():
        yield from module.find(passages)
