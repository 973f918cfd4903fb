"""Positions of the nodes: columns that read from left to right, computed once and always the same.

One call reads: analysts with their firms | their questions, one row each | executives | the company
and its programs | targets and indications | partners, trials and the rest. Inside a column the
order follows the neighbours (barycentres), so lines cross little. What the first look hides stands
in a second band below, so that showing it moves nothing. Units are CSS pixels at zoom 1.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.drawing import Drawing, DrawnEdge, DrawnNode
from graph.drawing_style import load_styles, style_of

FONT = 13.0
LINE = 16.0
SMALL = 0.85
NOTE = 14.0
CAPTION = 8.6
GAP = 10.0
COLUMN_GAP = 52.0
HEADING = 34.0
BEAD = 26.0
BEADS_PER_LINE = 5
WIDEST = 132.0
SWEEPS = 4
WASTE = 1.8
"""How much more room blocks of unequal height take than their nodes."""

ASPECT = 1.4
"""Width by height that the first look aims at; a window beside the reading panel has about this."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands: its centre, its size, its label broken into lines, and its note."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A caption over the nodes of one class; ``band`` 0 is the first look, 1 what it hides."""

    kind: str
    band: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Placement:
    """The whole picture."""

    boxes: dict[str, Box]
    headings: tuple[Heading, ...]


def text_width(text: str) -> float:
    """Estimate how wide a text is in the page's 13 px font, in pixels.

    >>> text_width("") == 0 and text_width("WW") > text_width("ii")
    True
    """
    return sum(_advance(character) for character in text) * FONT


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character in "iljtfrI.,:;'|!()[] -":
        return 0.33
    if character in "mwMW@%":
        return 0.9
    return 0.67 if character.isupper() or character.isdigit() else 0.56


def break_label(label: str, widest: float = WIDEST) -> tuple[str, ...]:
    """Break a label into at most two lines no wider than ``widest`` pixels, cut with an ellipsis.

    >>> break_label("CD22"), break_label("B-cell acute lymphoblastic leukemia")
    (('CD22',), ('B-cell acute', 'lymphoblastic…'))
    """
    words = " ".join(label.split()).split(" ")
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined) <= widest:
            lines[-1] = joined
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] += " …"
            break
    return tuple(_cut(line, widest) for line in lines)


def _cut(line: str, widest: float) -> str:
    cut = line.endswith(" …")
    line = line.removesuffix(" …")
    if not cut and text_width(line) <= widest:
        return line
    while line and text_width(line) > widest - FONT:
        line = line[:-1]
    return f"{line.rstrip()}…"


def measure(node: DrawnNode) -> Box:
    """Return the box of a node at the origin."""
    return _measure(node.kind, node.label, node.note)


@lru_cache(maxsize=65536)
def _measure(kind: str, label: str, note: str) -> Box:
    if kind == "Question":
        return Box(0, 0, BEAD - 4, BEAD - 4, ())
    lines = break_label(label)
    width = max(text_width(line) for line in lines)
    height = LINE * len(lines) + 8
    if note:
        note = _cut(" ".join(note.split()), WIDEST / SMALL)
        width = max(width, text_width(note) * SMALL)
        height += NOTE
    return Box(0, 0, round(width + 32), round(height), lines, note)


def place(drawing: Drawing) -> Placement:
    """Place all nodes of a drawing.

    >>> drawing = Drawing("", (), (DrawnNode("target/cd22", "Target", "CD22", calm=True),), ())
    >>> sorted(place(drawing).boxes)
    ['target/cd22']
    """
    shown = [node for node in drawing.nodes if node.calm]
    hidden = [node for node in drawing.nodes if not node.calm]
    boxes, headings, bottom = _place_columns(drawing, shown)
    _place_band(drawing, hidden, boxes, headings, bottom + 90)
    return Placement(boxes, tuple(headings))


def _column(node: DrawnNode, many: bool) -> int:
    style = style_of(node.kind)
    return style.overview if many else style.call


def _place_columns(
    drawing: Drawing, shown: Sequence[DrawnNode]
) -> tuple[dict[str, Box], list[Heading], float]:
    many = len(drawing.calls) > 1
    rows = _rows(drawing, shown)
    columns: dict[int, list[list[DrawnNode]]] = defaultdict(list)
    kinds = [*load_styles(), *sorted({n.kind for n in shown} - set(load_styles()))]
    for kind in kinds:
        group = [n for n in shown if n.kind == kind and n.id not in rows]
        if group:
            columns[_column(group[0], many)].append(group)
    heights = {c: sum(_group_height(group) for group in groups) for c, groups in columns.items()}
    row_height = _rows_height(rows, shown)
    width = sum(_widest(groups) + COLUMN_GAP for groups in columns.values()) + (300 if rows else 0)
    height = max([row_height, *heights.values(), width / ASPECT])
    boxes: dict[str, Box] = {}
    headings: list[Heading] = []
    left = _place_rows(shown, rows, boxes, headings, height) if rows else 0.0
    order = _order(drawing.edges, columns, boxes)
    for index in sorted(columns):
        groups = [
            [node for node in order[index] if node.kind == group[0].kind]
            for group in columns[index]
        ]
        spare = min((height - heights[index]) / max(1, sum(len(g) + 1 for g in groups)), GAP * 2.6)
        y = (height - heights[index] - spare * sum(len(g) for g in groups)) / 2
        for group in groups:
            headings.append(Heading(group[0].kind, 0, left, round(y + HEADING / 2)))
            y += HEADING
            for node in group:
                box = measure(node)
                boxes[node.id] = _at(box, left + box.width / 2, y + box.height / 2)
                y += box.height + GAP + spare
        left += _widest(groups) + COLUMN_GAP
    return boxes, headings, height


def _widest(groups: Sequence[Sequence[DrawnNode]]) -> float:
    boxes = max(measure(node).width for group in groups for node in group)
    return max(boxes, *(_caption_width(group[0].kind) for group in groups))


def _caption_width(kind: str) -> float:
    """Estimate how wide a caption is: small bold capitals with a little space between them."""
    return len(style_of(kind).plural) * CAPTION - COLUMN_GAP / 2


def _at(box: Box, x: float, y: float) -> Box:
    return replace(box, x=round(x), y=round(y))


def _group_height(group: Sequence[DrawnNode]) -> float:
    return HEADING + sum(measure(node).height + GAP for node in group)


@dataclass(frozen=True, slots=True)
class _Row:
    """An analyst, and the questions to the right."""

    analyst: str
    questions: tuple[str, ...]


def _rows(drawing: Drawing, shown: Sequence[DrawnNode]) -> dict[str, _Row]:
    """Give each analyst a row, in the order of the call; the questions lead to it too."""
    kinds = {node.id: node.kind for node in shown}
    asked: dict[str, list[str]] = {}
    for edge in drawing.edges:
        if edge.predicate == "asked" and kinds.get(edge.target) == "Question":
            asked.setdefault(edge.source, []).append(edge.target)
    if not asked:
        return {}
    asked |= {n.id: [] for n in shown if n.kind == "Analyst" and n.id not in asked}
    rows: dict[str, _Row] = {}
    for analyst, questions in asked.items():
        if analyst not in kinds:
            continue
        row = _Row(analyst, tuple(questions))
        rows |= dict.fromkeys((analyst, *questions), row)
    return rows


def _row_height(row: _Row, measured: dict[str, Box]) -> float:
    beads = BEAD * -(-len(row.questions) // BEADS_PER_LINE)
    return max(measured[row.analyst].height, beads) + GAP


def _rows_height(rows: dict[str, _Row], shown: Sequence[DrawnNode]) -> float:
    measured = {node.id: measure(node) for node in shown if node.id in rows}
    unique = {row.analyst: row for row in rows.values()}
    return HEADING + sum(_row_height(row, measured) for row in unique.values()) if unique else 0.0


def _place_rows(
    shown: Sequence[DrawnNode],
    rows: dict[str, _Row],
    boxes: dict[str, Box],
    headings: list[Heading],
    height: float,
) -> float:
    """Place analysts and questions; return where the next column begins."""
    measured = {node.id: measure(node) for node in shown if node.id in rows}
    unique = {row.analyst: row for row in rows.values()}
    widest = max(measured[name].width for name in unique)
    spare = (height - _rows_height(rows, shown)) / max(1, len(unique))
    spare = min(spare, GAP * 2.6)
    y = (height - _rows_height(rows, shown) - spare * len(unique)) / 2
    beads = widest + COLUMN_GAP * 0.7
    headings.append(Heading("Analyst", 0, 0, round(y + HEADING / 2)))
    headings.append(Heading("Question", 0, beads, round(y + HEADING / 2)))
    y += HEADING
    for row in unique.values():
        analyst = measured[row.analyst]
        tall = _row_height(row, measured)
        boxes[row.analyst] = _at(analyst, analyst.width / 2, y + analyst.height / 2)
        for i, name in enumerate(row.questions):
            line, place_in_line = divmod(i, BEADS_PER_LINE)
            x = beads + BEAD * (place_in_line + 0.5)
            boxes[name] = _at(measured[name], x, y + analyst.height / 2 + BEAD * line)
        y += tall + spare
    most = max(min(len(row.questions), BEADS_PER_LINE) for row in unique.values())
    return beads + max(BEAD * most, 62) + COLUMN_GAP


def _order(
    edges: Sequence[DrawnEdge],
    columns: dict[int, list[list[DrawnNode]]],
    placed: dict[str, Box],
) -> dict[int, list[DrawnNode]]:
    """Order each column by the mean height of its nodes' neighbours, sweeping there and back."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.holds:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    order = {
        index: [n for group in groups for n in sorted(group, key=lambda n: (-n.weight, n.id))]
        for index, groups in columns.items()
    }
    heights = {name: box.y for name, box in placed.items()}
    span = max([*heights.values(), 600.0])
    for nodes in order.values():
        heights |= {node.id: span * (i + 0.5) / len(nodes) for i, node in enumerate(nodes)}
    kinds = {n.id: i for groups in columns.values() for i, g in enumerate(groups) for n in g}
    for sweep in range(SWEEPS):
        for index in sorted(order, reverse=sweep % 2 == 1):
            means = {
                node.id: sum(heights[o] for o in near[node.id] if o in heights)
                / max(1, sum(o in heights for o in near[node.id]))
                for node in order[index]
            }
            order[index].sort(key=lambda n: (kinds[n.id], n.kind != "Issuer", means[n.id], n.id))
            count = len(order[index])
            heights |= {node.id: span * (i + 0.5) / count for i, node in enumerate(order[index])}
    return order


def _place_band(
    drawing: Drawing,
    hidden: Sequence[DrawnNode],
    boxes: dict[str, Box],
    headings: list[Heading],
    top: float,
) -> None:
    """Place what the first look hides: one block a class, in rows no wider than the picture."""
    many = len(drawing.calls) > 1
    groups: dict[tuple[int, str], list[DrawnNode]] = defaultdict(list)
    for node in hidden:
        groups[(_column(node, many), node.kind)].append(node)
    area = WASTE * sum(
        (box.width + COLUMN_GAP) * (box.height + GAP) for box in map(measure, hidden)
    )
    # So wide that the picture and the band below it together have the aspect aimed at.
    widest = ASPECT * (top + (top**2 + 4 * area / ASPECT) ** 0.5) / 2
    deep = max(6, round(0.6 * (widest / ASPECT - top) / (LINE + 8 + GAP)))
    left, row, below = 0.0, top, top
    for (_, kind), nodes in sorted(groups.items()):
        block, width, height = _block(nodes, deep)
        width = max(width, len(style_of(kind).plural) * CAPTION * 1.4)
        if left and left + width > widest:
            left, row = 0.0, below + COLUMN_GAP
        headings.append(Heading(kind, 1, left, round(row + HEADING / 2)))
        for name, box in block.items():
            boxes[name] = _at(box, box.x + left, box.y + row + HEADING)
        left += width + COLUMN_GAP
        below = max(below, row + HEADING + height)


def _block(nodes: Sequence[DrawnNode], deep: int) -> tuple[dict[str, Box], float, float]:
    """Place nodes in columns of ``deep``, what is spoken of most first; return width and height."""
    ranked = sorted(nodes, key=lambda node: (-node.weight, node.id))
    boxes: dict[str, Box] = {}
    left = height = 0.0
    for start in range(0, len(ranked), deep):
        y = width = 0.0
        for node in ranked[start : start + deep]:
            box = measure(node)
            boxes[node.id] = replace(box, x=left + box.width / 2, y=y + box.height / 2)
            y += box.height + GAP
            width = max(width, box.width)
        left += width + COLUMN_GAP * 0.6
        height = max(height, y)
    return boxes, left - COLUMN_GAP * 0.6, height
