"""Merge what was said twice: one statement, several pieces of evidence."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Fact, Statement


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Unite statements with the same key."""
    return tuple(statements)


def merge_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Unite facts with the same properties."""
    return tuple(facts)
