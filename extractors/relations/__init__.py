"""Relations between entities, one module a family.

A family is one file of this folder with ``relate(view) -> Iterable[Statement]``; its rules are rows
of ``resources/cues/relations.tsv``. What families share stands in the modules that begin with an
underscore.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.context import CallContext
from extractors.model import EntityId, Statement
from extractors.registry import discover
from extractors.relations._predicates import load_predicates
from extractors.relations._view import view_call


def relate(context: CallContext) -> Iterator[Statement]:
    """Run every relation family of this folder, in name order, over one call.

    Statements said twice come twice; `extractors.merging.merge_statements` unites them.
    """
    view = view_call(context)
    seen: dict[tuple[str, frozenset[EntityId]], EntityId] = {}
    symmetric = frozenset(p.name for p in load_predicates().values() if p.symmetric)
    for module in discover(__name__, "relate").values():
        for statement in module.relate(view):
            if statement.predicate in symmetric:
                yield _directed(statement, view.issuer, seen)
            else:
                yield statement


def _directed(
    statement: Statement,
    issuer: EntityId | None,
    seen: dict[tuple[str, frozenset[EntityId]], EntityId],
) -> Statement:
    """Say a symmetric relation once: the issuer first, else in the order first heard."""
    ends = frozenset({statement.subject, statement.object})
    first = issuer if issuer in ends else statement.subject
    first = seen.setdefault((statement.predicate, ends), first or statement.subject)
    if first == statement.subject:
        return statement
    return replace(statement, subject=statement.object, object=statement.subject)
