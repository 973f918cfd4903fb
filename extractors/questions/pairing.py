"""Which part of which answer turn replies to which question.

Every sentence of the answers is laid to one question, by the cheapest path through all of them:
shared words and things speak for a question, "on your second question" and a hand-over decide, and
an answer tends to stay with its question or to go on to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from extractors.questions.handover import Hint
from extractors.questions.lines import Line
from extractors.questions.phrases import Hit, load_words
from extractors.questions.segments import Segment
from extractors.questions.terms import Rarity, overlap

_MARKS = frozenset({"shift", "lead", "reply"})
_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3}
_NUMBERED = 8.0
_HANDED = 3.0
_LASTING = 0.2
_ECHO = 9.0
_PREAMBLE = 0.8
_LEAVE = 0.8
_LATER = 0.9
_NEXT = 1.6
_AHEAD = 2.2
_BACK = 3.0
_INSIDE = 0.8
_ASIDE = 0.5
_MARKED = 0.35
_BLOCK = 6.0
_FIRST = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what an answer to it may echo: its own words, and those of its preamble."""

    segment: Segment
    turn: int
    terms: frozenset[str]
    preamble: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A run of sentences of one turn that replies to the same questions (indices of a group).

    ``leads`` is the question that the run was laid to; the others share it.
    """

    turn: int
    start: int
    end: int
    questions: tuple[int, ...]
    leads: int
    lines: tuple[Line, ...] = field(repr=False, default=())


def pair(
    asked: Sequence[Asked],
    lines: Sequence[Line],
    rarity: Rarity,
    hints: Mapping[int, Sequence[Hint]],
) -> tuple[Part, ...]:
    """Lay the sentences of the answers to the questions of one question turn.

    Args:
        asked: the questions, in order.
        lines: the sentences of all turns that answer them, in order.
        rarity: how much a shared term tells in this call.
        hints: for a turn, what its speaker was asked to speak about.

    Returns:
        The parts in text order, without sentences that only route or greet; ``questions`` are
        positions in ``asked``.
    """
    if not asked or not lines:
        return ()
    path = _cheapest(_apart(asked), lines, rarity, hints)
    aside = not all(line.routes for line in lines)
    told = [
        (line, question)
        for line, question in zip(lines, path, strict=True)
        if not (aside and line.routes)
    ]
    parts = [
        _close([line for line, _ in run], question)
        for (_, question), run in groupby(told, key=lambda item: (item[0].turn, item[1]))
    ]
    return _share(asked, tuple(parts), rarity)


def _apart(asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """Take out of each preamble what other questions speak of: "two questions, on A and on B"."""
    apart = []
    for i, item in enumerate(asked):
        others = [other.terms | other.preamble for j, other in enumerate(asked) if j != i]
        preamble = item.preamble.difference(item.terms, *others)
        apart.append(replace(item, preamble=preamble))
    return tuple(apart)


def _close(run: list[Line], question: int) -> Part:
    return Part(run[0].turn, run[0].start, run[-1].end, (question,), question, tuple(run))


def _cheapest(
    asked: Sequence[Asked],
    lines: Sequence[Line],
    rarity: Rarity,
    hints: Mapping[int, Sequence[Hint]],
) -> list[int]:
    """Return the question of each sentence on the path that costs least."""
    if len(asked) == 1:
        return [0] * len(lines)
    states = range(len(asked))
    cost = [0.0] * len(asked)
    back: list[list[int]] = []
    hinted: list[float] = []
    tables: dict[_Turning, list[list[float]]] = {}
    for i, line in enumerate(lines):
        opens = i == 0 or line.turn != lines[i - 1].turn
        opening = _opening(line)
        gains = [
            (_gain(item, line, rarity) + _ordinal(asked, opening, q))
            * (_ASIDE if line.routes else 1.0)
            for q, item in enumerate(asked)
        ]
        share = 1.0 if opens else _LASTING
        if opens:
            given = hints.get(line.turn, ())
            hinted = [_hinted(asked, q, given, rarity) for q in states]
        for q in states:
            gains[q] += share * hinted[q]
        if i == 0:
            cost = [_LATER * q - gains[q] for q in states]
            continue
        turning = _turning(line, opens, opening)
        if turning not in tables:
            tables[turning] = _steps(asked, turning)
        steps = tables[turning]
        ways = [min([(cost[p] + steps[p][q], abs(p - q), p) for p in states]) for q in states]
        cost = [way[0] - gain for way, gain in zip(ways, gains, strict=True)]
        back.append([way[2] for way in ways])
    state = min(states, key=lambda q: (cost[q], q))
    path = [state]
    for choice in reversed(back):
        state = choice[state]
        path.append(state)
    return path[::-1]


class _Turning(NamedTuple):
    """How a sentence may turn to another question: by a cue, as a new turn, inside a block."""

    marked: bool
    opens: bool
    within: bool


def _turning(line: Line, opens: bool, opening: Sequence[Hit]) -> _Turning:
    marks = [hit.category for hit in line.hits if hit.category in _MARKS and _leads(line, hit)]
    within = bool(marks) and not (opens or "reply" in marks or opening)
    return _Turning(bool(marks), opens, within)


def _steps(asked: Sequence[Asked], turning: _Turning) -> list[list[float]]:
    """Return what it costs to go from one question to another at a sentence."""
    marked, opens, within = turning
    ease = _MARKED if marked or opens else 1.0
    stay = _LEAVE if marked else 0.0
    back = _BACK if not opens else _BACK * _MARKED
    blocks = [item.segment.block for item in asked]
    table = []
    for p, block in enumerate(blocks):
        ahead = [_ahead(p, q, within and blocks[q] == block) for q in range(len(blocks))]
        table.append(
            [stay if q == p else (ease * ahead[q] if q > p else back) for q in range(len(blocks))]
        )
    return table


def _leads(line: Line, hit: Hit) -> bool:
    """Return whether a cue opens its sentence: after nothing but ``and``, ``so``, ``then``."""
    if hit.category in ("shift", "reply"):
        return hit.start < line.start + 25
    return hit.at <= 2 and load_words("discourse").issuperset(line.tokens.texts[: hit.at])


def _ahead(before: int, after: int, inside: bool) -> float:
    """Return the cost of going on; a marked change seldom stays ``inside`` what was numbered."""
    cost = _NEXT if after == before + 1 else _AHEAD
    return cost + _INSIDE * inside


def _gain(item: Asked, line: Line, rarity: Rarity) -> float:
    """Return how much a sentence echoes a question; its preamble counts less."""
    shared = overlap(line.terms, item.terms, rarity)
    if item.preamble:
        shared += _PREAMBLE * overlap(line.terms, item.preamble, rarity)
    return min(shared, _ECHO) / 3.0


def _opening(line: Line) -> list[Hit]:
    """Return the ordinals near the beginning of a sentence; later ones count nothing."""
    return [
        hit
        for hit in line.hits
        if (hit.category in _ORDINALS or hit.category == "last") and hit.start < line.start + 80
    ]


def numbers(asked: Sequence[Asked], part: Part, question: int) -> bool:
    """Return whether a part opens with the number of the block that a question stands in."""
    same = asked[part.leads].segment.block == asked[question].segment.block
    return same and any(_opening(line) for line in part.lines[:_FIRST])


def _ordinal(asked: Sequence[Asked], hits: Sequence[Hit], question: int) -> float:
    if not hits:
        return 0.0
    return _NUMBERED * any(question in _numbered(hit.category, asked) for hit in hits)


def _hinted(asked: Sequence[Asked], question: int, hints: Sequence[Hint], rarity: Rarity) -> float:
    """Return how clearly the speaker was asked to take a question."""
    item = asked[question]
    gain = 0.0
    for hint in hints:
        gain += 0.6 * _ordinal(asked, hint.hits, question)
        shared = overlap(hint.terms, item.terms | item.preamble, rarity)
        gain += _HANDED * min(shared, 6.0) / 6.0
    return gain


def _numbered(category: str, asked: Sequence[Asked]) -> Iterable[int]:
    """Return the questions that an ordinal may mean: those of the block, else the one itself."""
    blocks = [item.segment.block for item in asked]
    if category == "last":
        first = blocks[0]
        return [
            q
            for q, block in enumerate(blocks)
            if block == blocks[-1] and (block != first or q + 1 == len(blocks))
        ]
    if category not in _ORDINALS:
        return []
    wanted = _ORDINALS[category]
    if len(set(blocks)) > max(wanted, 1):
        return [q for q, block in enumerate(blocks) if block == sorted(set(blocks))[wanted]]
    return [wanted] if wanted < len(asked) else []


def _share(asked: Sequence[Asked], parts: tuple[Part, ...], rarity: Rarity) -> tuple[Part, ...]:
    """Let a question without a part of its own share that of a neighbour it resembles."""
    taken = {q for part in parts for q in part.questions}
    extra: dict[int, list[int]] = {}
    for q in range(len(asked)):
        if q in taken:
            continue
        scores = []
        for i, part in enumerate(parts):
            terms = frozenset(term for line in part.lines for term in line.terms)
            near = min(abs(q - other) for other in part.questions)
            same = any(
                asked[other].segment.block == asked[q].segment.block for other in part.questions
            )
            scores.append((overlap(terms, asked[q].terms, rarity) + _BLOCK * same - near, -i))
        if scores:
            extra.setdefault(-max(scores)[1], []).append(q)
    return tuple(
        replace(part, questions=tuple(sorted({*part.questions, *extra.get(i, ())})))
        for i, part in enumerate(parts)
    )
