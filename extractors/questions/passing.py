"""Sentences that moderate: they greet, thank, or pass the question on to somebody."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from extractors.questions.phrases import Hit, load_words
from extractors.questions.terms import has_content
from extractors.questions.tokens import Tokens

_LONGEST, _THANKS, _SHORT = 60, 20, 6
"""Most words of a sentence that hands over, thanks, or only greets."""
NAME = re.compile(r"[^\W\d_][\w'’-]+")
"""A word that may be a name."""


class Passing(NamedTuple):
    """How a sentence moderates: it ``routes`` or greets only, or ``passes`` the question on."""

    routes: bool
    passes: bool


def read_passing(text: str, tokens: Tokens, hits: Iterable[Hit], names: Container[str]) -> Passing:
    """Return whether a sentence only passes the question on, or greets.

    Args:
        text: the sentence.
        tokens: its words.
        hits: the cues in it, those of ``handover.tsv`` among them.
        names: names of those who may be asked to speak.

    >>> from extractors.questions.phrases import load_phrases
    >>> from extractors.questions.tokens import tokenize
    >>> tokens = tokenize("Ida, go ahead.")
    >>> read_passing("Ida, go ahead.", tokens, load_phrases("handover.tsv").find(tokens), {"Ida"})
    Passing(routes=True, passes=True)
    >>> read_passing("The hold was lifted.", tokenize("The hold was lifted."), (), {"Ida"})
    Passing(routes=False, passes=False)
    """
    categories = {hit.category for hit in hits}
    if "pass" in categories and len(tokens) <= _LONGEST:
        return Passing(True, True)
    greets = not load_words("greeting").isdisjoint(tokens.texts[:3])
    if len(tokens) <= _SHORT and (greets or any(part in names for part in NAME.findall(text))):
        return Passing(True, False)
    thanks = "courtesy" in categories and len(tokens) <= _THANKS
    return Passing(thanks or not has_content(tokens), False)
