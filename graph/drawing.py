"""What the page shows, as plain values: no colours, no positions, nothing of RDF or HTML.

Offsets in a drawing are UTF-16 units, because the page's script counts so; `utf16_offsets` converts
the code points of the model. `drawing_build.draw_calls` makes a `Drawing` from extractions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def utf16_offsets(text: str) -> Callable[[int], int]:
    r"""Return a function from code point offsets of ``text`` to UTF-16 offsets.

    >>> at = utf16_offsets("a\N{DNA DOUBLE HELIX}b")
    >>> at(1), at(2), at(3)
    (1, 3, 4)
    """
    wide = [i for i, character in enumerate(text) if ord(character) > 0xFFFF]
    return lambda offset: offset + bisect_left(wide, offset)


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node: an entity, a participant or a question.

    ``kind`` is a class of ``style.toml``, ``note`` a second line below the name, such as an
    analyst's firm. ``calm`` says whether the first look shows it, ``first_in`` the calls whose own
    first look shows it, ``weight`` how much is said about it; calls are indices of `DrawnCall`.
    """

    id: str
    kind: str
    label: str
    alt_labels: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    calls: tuple[int, ...] = ()
    weight: int = 0
    calm: bool = False
    note: str = ""
    first_in: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Return what the page reads about the node beside its place in the picture."""
        data: dict[str, Json] = {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "alt": list(self.alt_labels),
            "same": list(self.exact_match),
            "calls": list(self.calls),
            "weight": self.weight,
            "calm": self.calm,
        }
        if self.note:
            data["note"] = self.note
        if self.first_in:
            data["first"] = list(self.first_in)
        return data


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """One line of the picture, with all that supports it, by index into the drawing's lists.

    ``holds`` is False where the words only deny, ask or suppose it.
    """

    source: str
    target: str
    predicate: str
    statements: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()
    holds: bool = True

    def to_json(self) -> dict[str, Json]:
        """Return the edge for the page, without what is empty."""
        data: dict[str, Json] = {"from": self.source, "to": self.target, "p": self.predicate}
        if self.statements:
            data["st"] = list(self.statements)
        if self.questions:
            data["qs"] = list(self.questions)
        if self.facts:
            data["fa"] = list(self.facts)
        if not self.holds:
            data["weak"] = True
        return data


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """A call: its head, its turns and, where it is not too long, its text.

    A turn is ``(speaker, section, start, end)``, a mention ``(entity, start, end)``.
    """

    id: str
    company: str
    ticker: str
    period: str
    held_on: str
    issuer: str | None
    text: str | None
    turns: tuple[tuple[str, str, int, int], ...]
    mentions: tuple[tuple[str, int, int], ...]
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Return the call for the page."""
        return {
            "id": self.id,
            "company": self.company,
            "ticker": self.ticker,
            "period": self.period,
            "date": self.held_on,
            "issuer": self.issuer,
            "text": self.text,
            "turns": [list(turn) for turn in self.turns],
            "mentions": [list(mention) for mention in self.mentions],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything one page shows. The lists of dictionaries are ready for JSON."""

    title: str
    calls: tuple[DrawnCall, ...]
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    evidence: tuple[dict[str, Json], ...] = ()
    participants: tuple[dict[str, Json], ...] = ()
    statements: tuple[dict[str, Json], ...] = ()
    questions: tuple[dict[str, Json], ...] = ()
    facts: tuple[dict[str, Json], ...] = ()
    conflicts: tuple[dict[str, Json], ...] = ()
    focus: str | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the drawing as one JSON object, without nodes and edges.

        >>> Drawing("One call", (), (), ()).to_json()["title"]
        'One call'
        """
        return {
            "title": self.title,
            "focus": self.focus,
            "calls": [call.to_json() for call in self.calls],
            "evidence": list(self.evidence),
            "participants": list(self.participants),
            "statements": list(self.statements),
            "questions": list(self.questions),
            "facts": list(self.facts),
            "conflicts": list(self.conflicts),
        }
