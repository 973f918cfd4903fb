"""Split what an analyst says into separately answerable questions with exact spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from extractors.questions.phrases import Token, load_phrases, load_words, tokenize
from extractors.questions.sentences import split_sentences


class Kind(Enum):
    """What a sentence of an analyst does."""

    ASK = "ask"
    WEAK = "weak"
    PLEA = "plea"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Segment:
    """One question; code points half-open. ``context_start`` is where its preamble begins."""

    start: int
    end: int
    context_start: int


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    kind: Kind
    marked: bool
    text: str
    tokens: tuple[Token, ...]


_SPLIT = re.compile(
    r",\s+and,?\s+(?=(?:then\s+|also\s+|longer[- ]term,?\s+|perhaps\s+|maybe\s+)?"
    r"(?:(?:with|given)\b[^.?]{0,80}?,\s+)?"
    r"(?:how|what|when|where|why|do|does|are|is|will|can|could|should)\b)",
    re.IGNORECASE,
)


def split_questions(text: str, base: int = 0) -> tuple[Segment, ...]:
    """Split the words of one turn into its questions, in text order.

    Args:
        text: the speech of an analyst.
        base: what to add to the offsets, e.g. the start of the turn.

    >>> text = "Thanks. When will VT-7 be filed? And then, any color on pricing? Great quarter."
    >>> [text[s.start:s.end] for s in split_questions(text)]
    ['When will VT-7 be filed?', 'And then, any color on pricing?']
    >>> split_questions("Thank you, that is all from me.")
    ()
    """
    parts = [
        _part(text, start, end)
        for sentence in split_sentences(text)
        for start, end in _clauses(text, *sentence)
    ]
    groups = _group(parts)
    segments = []
    context = 0
    for first, last in groups:
        segments.append(Segment(base + parts[first].start, base + parts[last].end, base + context))
        context = parts[last].end
    return tuple(segments)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence where a second question begins after a comma and ``and``."""
    cuts = [start]
    for found in _SPLIT.finditer(text, start, end):
        left = tokenize(text[cuts[-1] : found.start()])
        if len(left) >= 5 and _asks(left, False):
            cuts.append(found.end())
    ends = [*cuts[1:], end]
    return [(a, b) for a, b in zip(cuts, ends, strict=True)]


def _part(text: str, start: int, end: int) -> _Part:
    words = text[start:end]
    tokens = tokenize(words)
    return _Part(start, end, _kind(words, tokens), _marked(tokens), words, tokens)


def _asks(tokens: Sequence[Token], questioned: bool) -> bool:
    categories = {hit.category for hit in load_phrases("asking.tsv").find(tokens)}
    return questioned or "ask" in categories or _inverted(tokens)


def _kind(words: str, tokens: Sequence[Token]) -> Kind:
    questioned = words.rstrip("\"'”’)]").endswith("?")
    hits = load_phrases("asking.tsv").find(tokens)
    categories = {hit.category for hit in hits}
    if not tokens:
        return Kind.REST
    if "tag" in categories and len(tokens) <= 9:
        return Kind.REST
    if "plea" in categories and len(tokens) <= 14 and not _inverted(tokens):
        return Kind.PLEA
    if questioned:
        return Kind.ASK
    if "ask" in categories:
        return Kind.ASK
    if _inverted(tokens):
        return Kind.ASK
    if "weak" in categories:
        return Kind.WEAK
    return Kind.REST


def _core(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop the words that only connect: and, then, so, okay."""
    skip = load_words("discourse")
    for i, token in enumerate(tokens):
        if token.text not in skip:
            return tokens[i:]
    return ()


def _inverted(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence begins as a question does: ``is there``, ``how do you``."""
    core = _core(tokens)
    if len(core) < 3:
        return False
    aux, subject, question = load_words("aux"), load_words("subject"), load_words("question")
    if core[0].text in aux:
        return core[1].text in subject or core[1].text in load_words("determiner")
    return core[0].text in question and core[1].text in aux


def _marked(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence opens something new: ``and then``, ``secondly``, ``but``."""
    if not tokens:
        return False
    first = tokens[0].text
    return first in {"and", "but", "also", "then", "so"} or first in load_words("ordinal")


def _group(parts: Sequence[_Part]) -> list[tuple[int, int]]:
    """Return first and last part of each question."""
    groups: list[list[int]] = []
    pending: int | None = None
    for i, part in enumerate(parts):
        if part.kind is Kind.WEAK:
            pending = i if pending is None else pending
            continue
        if part.kind is Kind.PLEA:
            if groups and groups[-1][1] == i - 1:
                groups[-1][1] = i
            continue
        if part.kind is not Kind.ASK:
            continue
        if groups and _continues(parts, groups[-1], i):
            groups[-1][1] = i
        else:
            groups.append([i, i])
        pending = None
    if pending is not None:
        groups.append([pending, pending])
    return [(a, b) for a, b in groups]


def _continues(parts: Sequence[_Part], group: Sequence[int], i: int) -> bool:
    """Return whether an asking part only restates or completes the question before it."""
    part, last = parts[i], parts[group[1]]
    core = _core(part.tokens)
    if len(core) <= 3:
        return True
    first = part.tokens[0].text
    if first == "or":
        return core[0].text not in {"how", "what", "when"}
    if i != group[1] + 1 or part.marked:
        return _overlap(part, last) > 0.6
    hits = load_phrases("asking.tsv").find(part.tokens)
    return any(h.category == "restate" and h.start == core[0].start for h in hits) or (
        _overlap(part, last) > 0.6
    )


def _overlap(part: _Part, other: _Part) -> float:
    """Return the share of the content words of a part that the other holds too."""
    words = {t.text for t in part.tokens if len(t.text) > 4}
    before = {t.text for t in other.tokens}
    return len(words & before) / len(words) if words else 0.0
