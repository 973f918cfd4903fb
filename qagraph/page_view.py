"""A drawn page: shown inline by a notebook, saved to a file by anybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.page import page_iframe
from qagraph.call_folder import replace_text


@dataclass(frozen=True, slots=True)
class Page:
    """One self-contained HTML page. ``height`` is that of the frame in a notebook, in pixels."""

    html: str
    height: int = 720

    def __repr__(self) -> str:
        return f"Page({len(self.html):,} characters; .save(FILE) writes it)"

    def _repr_html_(self) -> str:
        return page_iframe(self.html, height=self.height)

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path."""
        return replace_text(Path(path), self.html)
