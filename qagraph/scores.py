"""Precision, recall and F1, with the counts and the misses behind them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How one stage did.

    ``found`` are right, ``extra`` were invented, ``missed`` not found. Where the gold file lists
    only the most important facts, ``extra`` is None: only recall can be told.
    """

    measure: str
    found: int
    extra: int | None
    missed: int
    misses: tuple[str, ...] = ()

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where it cannot be told."""
        if self.extra is None:
            return None
        return self.found / (self.found + self.extra) if self.found + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the truth that was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; recall alone where there is no precision.

        >>> round(Score("targets", 8, 2, 0).f1, 3), Score("deals", 1, None, 1).f1
        (0.889, 0.5)
        """
        if self.precision is None:
            return self.recall
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_text(self) -> str:
        """Write the score as one line of a table."""
        precision = "    -" if self.precision is None else f"{self.precision:.3f}"
        extra = "-" if self.extra is None else self.extra
        return (
            f"{self.measure:<32} P {precision}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"   found {self.found}, extra {extra}, missed {self.missed}"
        )
