"""What a layout hands on: where names, roles and speech stand in the text, before who is who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractors.model import ParticipantKind, Section

Span = tuple[int, int]
"""Code points of the transcript's text, half-open."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its name for messages, its words, and its values where it is JSON."""

    name: str
    text: str
    sha256: str
    data: Any = None

    @property
    def stem(self) -> str:
        """The file's name without folder and ending.

        >>> Source("calls/LMRA-2031Q3.txt", "", "").stem
        'LMRA-2031Q3'
        """
        return Path(self.name).stem


@dataclass(frozen=True, slots=True)
class Heading:
    """What the title of a transcript says of the call; unknown values are None."""

    company: str | None = None
    ticker: str | None = None
    exchange_code: str | None = None
    fiscal_period: str | None = None
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a participant list: a name and the title or firm beside it."""

    name: Span
    kind: ParticipantKind
    title: Span | None = None
    firm: Span | None = None


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """Speech under a printed speaker label.

    ``label`` is where the name is printed, None where a layout has none; ``section`` is None where
    the layout does not say in which section the turn stands.
    """

    name: str
    start: int
    end: int
    label: Span | None = None
    title: Span | None = None
    firm: Span | None = None
    kind: ParticipantKind | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Why the printed speaker of a turn is doubtful, and the words that show it."""

    turn: int
    note: str
    cue: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A transcript as printed."""

    text: str
    turns: tuple[DraftTurn, ...]
    listed: tuple[Listed, ...] = ()
    heading: Heading = Heading()
    warnings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
