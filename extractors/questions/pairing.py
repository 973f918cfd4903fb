"""Which part of which answer turn replies to which question.

Every sentence of the answers is laid to one question, by the cheapest path through all of them:
shared words and things speak for a question, "on your second question" and a hand-over decide, and
an answer tends to stay with its question or to go on to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.model import Turn
from extractors.questions.phrases import Hit, Token, load_phrases, tokenize
from extractors.questions.segments import Segment
from extractors.questions.sentences import split_sentences
from extractors.questions.terms import Rarity, content_words, entity_terms, overlap

if TYPE_CHECKING:
    from extractors.context import CallContext

_ORDINALS = {"1": 0, "2": 1, "3": 2, "4": 3}
_NUMBERED = 8.0
_HANDED = 3.0
_NEXT = 1.6
_AHEAD = 2.2
_BACK = 3.0
_MARKED = 0.35
_TURN = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that an answer to it may echo."""

    segment: Segment
    turn: int
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer turn; code points half-open."""

    turn: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    terms: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A run of sentences of one turn that replies to the same questions (indices of a group)."""

    turn: int
    start: int
    end: int
    questions: tuple[int, ...]
    lines: tuple[Line, ...] = field(repr=False, default=())


def read_lines(context: CallContext, turn: Turn) -> tuple[Line, ...]:
    """Split an answer turn into sentences with their terms and pairing cues."""
    text = context.transcript.text
    book = load_phrases("pairing.tsv")
    lines = []
    for start, end in split_sentences(text[turn.start : turn.end], turn.start):
        tokens = tokenize(text[start:end], start)
        words = content_words(tokens)
        terms = (*words, *entity_terms(context, start, end))
        lines.append(Line(turn.index, start, end, tokens, terms, book.find(tokens), len(words) < 2))
    return tuple(lines)


def pair(asked: Sequence[Asked], lines: Sequence[Line], rarity: Rarity) -> tuple[Part, ...]:
    """Lay the sentences of the answers to the questions of one question turn.

    Args:
        asked: the questions, in order.
        lines: the sentences of all turns that answer them, in order.
        rarity: how much a shared term tells in this call.

    Returns:
        The parts in text order; ``questions`` are positions in ``asked``.
    """
    if not asked or not lines:
        return ()
    path = _cheapest(asked, lines, rarity)
    parts: list[Part] = []
    run: list[Line] = []
    for i, line in enumerate(lines):
        if run and (path[i] != path[i - 1] or line.turn != run[-1].turn):
            parts.append(_close(run, path[i - 1]))
            run = []
        run.append(line)
    parts.append(_close(run, path[len(lines) - 1]))
    return _share(asked, tuple(parts), rarity)


def _close(run: Sequence[Line], question: int) -> Part:
    return Part(run[0].turn, run[0].start, run[-1].end, (question,), tuple(run))


def _cheapest(asked: Sequence[Asked], lines: Sequence[Line], rarity: Rarity) -> list[int]:
    count = len(asked)
    states = range(count)
    cost = [0.4 * q - _gain(asked, lines[0], rarity, q, None) for q in states]
    back: list[list[int]] = []
    for i, line in enumerate(lines[1:], 1):
        previous = lines[i - 1]
        gains = [_gain(asked, line, rarity, q, previous) for q in states]
        factor = _ease(line, previous)
        choice, following = [], []
        for q in states:
            best = min(states, key=lambda p: (cost[p] + factor * _step(p, q), abs(p - q), p))
            choice.append(best)
            following.append(cost[best] + factor * _step(best, q) - gains[q])
        back.append(choice)
        cost = following
    state = min(states, key=lambda q: (cost[q], q))
    path = [state]
    for choice in reversed(back):
        state = choice[state]
        path.append(state)
    return path[::-1]


def _step(before: int, after: int) -> float:
    if before == after:
        return 0.0
    if after == before + 1:
        return _NEXT
    return _AHEAD if after > before else _BACK


def _ease(line: Line, previous: Line) -> float:
    """Return how cheap it is to change the question here: at a new turn, after "and then"."""
    opening = line.start + 40
    if line.turn != previous.turn:
        return _MARKED
    if any(hit.start < opening for hit in line.hits):
        return _MARKED
    return 1.0


def _gain(
    asked: Sequence[Asked], line: Line, rarity: Rarity, question: int, previous: Line | None
) -> float:
    gain = min(overlap(line.terms, asked[question].terms, rarity), 9.0) / 3.0
    for hit in line.hits:
        if hit.start > line.start + 80:
            continue
        if question in _numbered(hit.category, asked):
            gain += _NUMBERED
    if previous is not None and previous.turn != line.turn and previous.empty is False:
        gain += _HANDED * min(overlap(previous.terms, asked[question].terms, rarity), 6.0) / 6.0
    return gain


def _numbered(category: str, asked: Sequence[Asked]) -> Iterable[int]:
    """Return the questions that an ordinal may mean: those of the block, else the one itself."""
    blocks = [item.segment.block for item in asked]
    if category == "last":
        return [q for q, block in enumerate(blocks) if block == blocks[-1]]
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
            terms = [term for line in part.lines for term in line.terms]
            near = min(abs(q - other) for other in part.questions)
            same = any(
                asked[other].segment.block == asked[q].segment.block for other in part.questions
            )
            scores.append((overlap(terms, asked[q].terms, rarity) + 2.0 * same - near, -i))
        best, i = max(scores)
        if best > 0.0:
            extra.setdefault(-i, []).append(q)
    return tuple(
        Part(p.turn, p.start, p.end, tuple(sorted({*p.questions, *extra.get(i, ())})), p.lines)
        for i, p in enumerate(parts)
    )
