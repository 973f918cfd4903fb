"""Text in lower case, in which every offset is still that of the text."""

from __future__ import annotations


def fold(text: str) -> str:
    """Return a text in lower case and of the same length in code points.

    A letter whose lower case is longer than it stays as it is.

    >>> fold("No, NOT yet"), fold("\u0130stanbul")[1:]
    ('no, not yet', 'stanbul')
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
