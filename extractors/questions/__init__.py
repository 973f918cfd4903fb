"""Questions: split, topics, pairing with answers, judgement."""

from __future__ import annotations

from extractors.context import CallContext
from extractors.model import Answer, Exchange, Question


def thread_questions(
    context: CallContext,
) -> tuple[tuple[Question, ...], tuple[Answer, ...], tuple[Exchange, ...]]:
    """Return the questions, their answers, and the exchanges with who answered."""
    return (), (), context.exchanges
