"""What is said in a stretch of a call: its words, their stems, the things it names; read once."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from extractors.questions.terms import stems_between_blanks
from extractors.questions.tokens import Tokens, lower_case

if TYPE_CHECKING:
    from extractors.context import CallContext


class Speech:
    """The words of a call. Places are code points of its transcript, half-open."""

    __slots__ = ("_context", "_low", "_stems", "_tokens")

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self._low = lower_case(context.transcript.text)
        self._tokens: dict[tuple[int, int], Tokens] = {}
        self._stems: dict[tuple[int, int], tuple[str, ...]] = {}

    def tokens(self, start: int, end: int) -> Tokens:
        """Return the words of a stretch."""
        found = self._tokens.get((start, end))
        if found is None:
            found = self._tokens[start, end] = Tokens(self._low, start, end)
        return found

    def stems(self, start: int, end: int) -> tuple[str, ...]:
        """Return the stems of the words that carry meaning, in order."""
        found = self._stems.get((start, end))
        if found is None:
            chunks = self._low[start:end].split()
            found = tuple(chain.from_iterable(map(stems_between_blanks, chunks)))
            self._stems[start, end] = found
        return found

    def terms(self, start: int, end: int) -> frozenset[str]:
        """Return the stems, and the identifiers of the things that are named."""
        named = [mention.entity for mention in self._context.mentions_between(start, end)]
        return frozenset([*self.stems(start, end), *named])
