"""What can go wrong on the graph's side."""

from __future__ import annotations


class GraphError(ValueError):
    """Base of all errors of this package; the message is one line that a user can act on.

    >>> str(QueryError("expected a variable", line=2, column=8))
    'line 2, column 8: expected a variable'
    """


class UnknownTermError(GraphError):
    """A term, prefix, query or export that does not exist; the message lists near or all names."""


class ShapeError(GraphError):
    """A shapes file cannot be used."""


class StoreError(GraphError):
    """A store cannot be opened, read or written; the message says what to do."""


class ExportError(GraphError):
    """A format is unknown, or its file cannot be written."""


class QueryError(GraphError):
    """A query was refused, is no SPARQL, or ran into a limit.

    Args:
        message: what is wrong.
        line: 1-based line in the text as given, or None.
        column: 1-based column, or None.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None):
        place = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(place + message)
        self.line = line
        self.column = column


class QueryLimitError(QueryError):
    """A query was stopped at its limit of time, memory or size."""
