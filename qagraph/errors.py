"""What can go wrong while many files are built."""

from __future__ import annotations

from collections.abc import Sequence


class BuildError(ValueError):
    """Some files could not be built; the others were. ``problems`` has one line for each.

    >>> BuildError(["a.txt: is empty"]).problems
    ('a.txt: is empty',)
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class EngineError(ValueError):
    """The engine is unknown, absent or has broken; the message says what to do."""
