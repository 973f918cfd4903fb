"""FactSet CallStreet text: names with titles below them, parted by dotted rules."""

from __future__ import annotations

from extractors.drafts import Draft, Source
from extractors.layouts import sp_global
from extractors.lines import short_lines

NAME = "factset"


def sniff(source: Source) -> float:
    """Score the text: its list headings and its name for the prepared remarks."""
    lines = short_lines(source.text)
    if "corporate participants" not in lines or "management discussion section" not in lines:
        return 0.0
    return 0.9 if "=====" not in source.text[:5000] else 0.3


def parse(source: Source) -> Draft:
    """Read it as blocks, as S&P Global's text is."""
    return sp_global.parse(source)
