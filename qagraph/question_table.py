"""One row a question, with its topics, who answered, and the words that decided the judgement."""

from __future__ import annotations

from graph.endpoint import Endpoint
from graph.library import run_named
from graph.results import Cell
from graph.store import Store

COLUMNS = (
    "call",
    "number",
    "analyst",
    "firm",
    "question",
    "topics",
    "answered_by",
    "response",
    "cue",
)


def question_rows(store: Store | Endpoint) -> list[tuple[Cell, ...]]:
    """Return the rows of `COLUMNS`; several topics or people stand in one cell, with ``;``."""
    topics = _joined(store, "question-topics", "topic")
    answered = _joined(store, "question-answers", "answered_by")
    cues = _joined(store, "question-cues", "cue")
    rows: list[tuple[Cell, ...]] = []
    for call, number, analyst, firm, question, response in run_named(store, "questions").to_rows():
        key = (call, number)
        rows.append(
            (
                *(call, number, analyst, firm, question),
                *("; ".join(found.get(key, ())) for found in (topics, answered)),
                response,
                " ... ".join(cues.get(key, ())),
            )
        )
    return rows


def _joined(store: Store | Endpoint, query: str, column: str) -> dict[tuple[Cell, Cell], list[str]]:
    result = run_named(store, query)
    at = result.columns().index(column)
    found: dict[tuple[Cell, Cell], list[str]] = {}
    for row in result.to_rows():
        values = found.setdefault((row[0], row[1]), [])
        if str(row[at]) not in values:
            values.append(str(row[at]))
    return found
