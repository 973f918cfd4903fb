"""Sentences of speech, by punctuation alone: robust against ``U.S.``, dashes and broken lines."""

from __future__ import annotations

import re

from extractors.questions.phrases import load_words

# One set of characters to begin with, so that the places where none stands are soon passed.
_BREAK = re.compile(
    r"[.!?…\n](?:(?<!\n)[.!?…]*[\"'”’)\]]*|(?<=\n)[ \t]*\n)(?=\s|$)(?=[\s\"'“‘(\[]*(.?))",
    re.DOTALL,
)
_LAST_WORD = re.compile(r"[\w.]+$")


def split_sentences(text: str, base: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the code points of each sentence, half-open, without blanks around.

    Args:
        text: the words of a turn, or of any text.
        base: what to add to the offsets.

    >>> text = "Sales in the U.S. grew. Will they go on? Yes."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Sales in the U.S. grew.', 'Will they go on?', 'Yes.']
    >>> split_sentences("   ")
    ()
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if text[found.start()] == "." and not _ends(text, start, found.start(), found[1]):
            continue
        _append(spans, text, start, found.end(), base)
        start = found.end()
    _append(spans, text, start, len(text), base)
    return tuple(spans)


def _ends(text: str, start: int, dot: int, following: str) -> bool:
    """Return whether a full stop ends a sentence, by the first letter or figure after it."""
    if not following:
        return True
    if following.islower():
        return False
    word = _LAST_WORD.search(text, max(start, dot - 12), dot)
    return word is None or word.group().lower() not in load_words("title")


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int, base: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((base + start, base + end))
