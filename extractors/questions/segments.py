"""Split what an analyst says into separately answerable questions with exact spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from extractors.questions.phrases import load_phrases, load_words
from extractors.questions.sentences import split_sentences
from extractors.questions.terms import content_words
from extractors.questions.tokens import Tokens, tokenize


class Kind(Enum):
    """What a sentence of an analyst does."""

    ASK = "ask"
    WEAK = "weak"
    PLEA = "plea"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Segment:
    """One question; code points half-open.

    ``context_start`` is where its preamble begins; ``block`` counts what the analyst numbers:
    several questions of one block share "my second question". ``follows`` marks one that only
    continues: "and if not, how".
    """

    start: int
    end: int
    context_start: int
    block: int = 0
    follows: bool = False


class _Part(NamedTuple):
    start: int
    end: int
    kind: Kind
    marked: bool
    text: str
    tokens: Tokens


_SPLIT = re.compile(
    r"(?:,\s+and,?|\s+and,)\s+(?=(?:then\s+|also\s+|longer[- ]term,?\s+|perhaps\s+|maybe\s+)?"
    r"(?:(?:with|given|as)\b[^.?,]{0,80},\s+){0,2}"
    r"(?:(?:how|what|when|where|why|who|do|does|are|is|will|can|could|should)\b"
    r"|(?:which|would|did|has|have|was|were|whether)\s+(?:you|we|they|it|this|that|there|the|any"
    r"|your|these|those|of)\b))",
    re.IGNORECASE,
)


_OPENING, _NEAR = 12, 3
"""Words at the beginning of a sentence in which a turn to the next matter, an ordinal, may be."""
_CLAUSE = re.compile(
    r"(?:(?<=[.?!,–-]\s)|(?<=\n)|^)(?:and\s+|but\s+|so\s+|then\s+){0,2}"
    r"(?:how|what|when|where|why|who|which)\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"[,-]\s+(?:is|are|do|does|did|can|could|will|would|should|has|have)"
    r"\s+(?:you|we|there|that|it|this|they)\b(?!\s*[.?!]|,)"
)


def split_questions(text: str, base: int = 0, *, insist: bool = False) -> tuple[Segment, ...]:
    """Split the words of one turn into its questions, in text order.

    Args:
        text: the speech of an analyst.
        base: what to add to the offsets, e.g. the start of the turn.
        insist: take the last sentence with content where nothing asks.

    >>> text = "Thanks. When will VT-7 be filed? And then, any color on pricing? Great quarter."
    >>> [text[s.start:s.end] for s in split_questions(text)]
    ['When will VT-7 be filed?', 'And then, any color on pricing?']
    >>> split_questions("Thank you, that is all from me.")
    ()
    >>> split_questions("Thanks. The margin in Europe, please. Great.", insist=True)
    (Segment(start=8, end=37, context_start=0, block=0, follows=False),)
    """
    parts = [part for sentence in split_sentences(text) for part in _parts(text, *sentence)]
    parts = [
        part._replace(kind=Kind.REST) if _seeks_assent(part, i + 1 == len(parts)) else part
        for i, part in enumerate(parts)
    ]
    segments: list[Segment] = []
    context = block = following = 0
    groups = _group(parts)
    if insist and not groups:
        groups = [(i, i) for i, part in enumerate(parts) if len(content_words(part.tokens)) > 1][
            -1:
        ]
    for first, last in groups:
        if segments and any(_opens_block(part) for part in parts[following : first + 1]):
            block += 1
        start, end = parts[first].start, parts[last].end
        core = _core(parts[first].tokens)
        follows = bool(segments) and not load_words("condition").isdisjoint(core[:1])
        segments.append(Segment(base + start, base + end, base + context, block, follows))
        context, following = end, last + 1
    return tuple(segments)


def _seeks_assent(part: _Part, last: bool) -> bool:
    """Return whether a statement only ends in ``right?`` while the analyst talks on."""
    if last or not part.tokens or part.tokens.texts[-1] not in load_words("assent"):
        return False
    return part.text.endswith("?") and not _asks(part.tokens, False)


def _opens_block(part: _Part) -> bool:
    """Return whether a sentence turns to the next matter: ``and then``, ``secondly``."""
    hits = load_phrases("blocks.tsv").find(part.tokens, _OPENING)
    return any(hit.category == "block" or hit.at < _NEAR for hit in hits)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence where a second question begins after a comma and ``and``."""
    spans: list[tuple[int, int]] = []
    for found in _SPLIT.finditer(text, start, end):
        left = tokenize(text[start : found.start()])
        asked = text[end - 1] == "?" and _CLAUSE.search(text, start, found.start())
        if len(left) >= 5 and (asked or _asks(left, False)):
            spans.append((start, found.start()))
            start = found.end()
    return [*spans, (start, end)]


def _parts(text: str, start: int, end: int) -> list[_Part]:
    """Read a sentence, or each of the questions that it joins."""
    parts = [_part(text, *clause) for clause in _clauses(text, start, end)]
    return parts if len(parts) < 2 else [part._replace(kind=Kind.ASK) for part in parts]


def _part(text: str, start: int, end: int) -> _Part:
    words = text[start:end]
    tokens = tokenize(words)
    return _Part(start, end, _kind(words, tokens), _marked(tokens), words, tokens)


def _asks(tokens: Tokens, questioned: bool) -> bool:
    categories = {hit.category for hit in load_phrases("asking.tsv").find(tokens)}
    return questioned or "ask" in categories or _inverted(tokens)


def _kind(words: str, tokens: Tokens) -> Kind:
    categories = {hit.category for hit in load_phrases("asking.tsv").find(tokens)}
    questioned = words.rstrip("\"'”’)]").endswith("?")
    if not tokens or ("tag" in categories and len(tokens) <= 9):
        return Kind.REST
    if "plea" in categories and "ask" not in categories and not _inverted(tokens):
        return Kind.PLEA
    if questioned:
        return Kind.ASK
    if "announce" in categories and ("ask" not in categories or "bare" in categories):
        return Kind.WEAK if "weak" in categories else Kind.REST
    if _inverted(tokens) or _LATE.search(words):
        return Kind.ASK
    if "ask" in categories or "any" in categories:
        return Kind.REST if "bare" in categories else Kind.ASK
    return Kind.WEAK if "weak" in categories else Kind.REST


def _core(tokens: Tokens) -> tuple[str, ...]:
    """Drop the words that only connect: and, then, so, okay, I guess."""
    skip, words = load_words("discourse"), tokens.texts
    i = 0
    while i < len(words):
        if words[i] == "i" and not load_words("mull").isdisjoint(words[i + 1 : i + 2]):
            i += 2
        elif words[i] in skip:
            i += 1
        else:
            break
    return words[i:]


def _inverted(tokens: Tokens) -> bool:
    """Return whether a sentence begins as a question does: ``is there``, ``how do you``."""
    core = _core(tokens)
    if len(core) < 3:
        return False
    aux, subject, question = load_words("aux"), load_words("subject"), load_words("question")
    if core[0] in aux:
        return core[1] in subject or core[1] in load_words("determiner")
    return core[0] in question and core[1] in aux


def _marked(tokens: Tokens) -> bool:
    """Return whether a sentence opens something new: ``and then``, ``secondly``, ``but``."""
    return _opens_with(tokens, "opener") or _opens_with(tokens, "ordinal")


def _opens_with(tokens: Tokens, words: str) -> bool:
    return not load_words(words).isdisjoint(tokens.texts[:1])


def _group(parts: Sequence[_Part]) -> list[tuple[int, int]]:
    """Return first and last part of each question."""
    groups: list[tuple[int, int]] = []
    pending: int | None = None
    for i, part in enumerate(parts):
        if part.kind is Kind.WEAK:
            pending = i if pending is None else pending
        asks = part.kind is Kind.ASK or (part.kind is Kind.PLEA and not groups)
        if asks and groups and _continues(parts, groups[-1][1], i):
            groups[-1] = (groups[-1][0], i)
        elif asks:
            if pending is not None and pending < i - 1 and _opens_with(part.tokens, "opener"):
                groups.append((pending, pending))
            groups.append((pending if pending == i - 1 and pending is not None else i, i))
        elif part.kind is Kind.PLEA and groups[-1][1] == i - 1:
            groups[-1] = (groups[-1][0], i)
        if asks:
            pending = None
    if pending is not None:
        groups.append((pending, pending))
    return groups


def _continues(parts: Sequence[_Part], last: int, i: int) -> bool:
    """Return whether an asking part only restates or completes the question before it."""
    part = parts[i]
    core = _core(part.tokens)
    if len(core) <= 3 or (len(core) <= 5 and core[0] == "if"):
        return True
    if any(_opens_block(between) for between in parts[last + 1 : i + 1]):
        return False
    if part.tokens.texts[0] == "or":
        return core[0] not in load_words("question")
    said = content_words(part.tokens)
    if len(said) <= 3 and not part.marked and load_words("pointing").intersection(core):
        return True
    if i != last + 1:
        return False
    hits = load_phrases("asking.tsv").find(part.tokens)
    opening = len(part.tokens) - len(core)
    if not part.marked and any(hit.category == "restate" and hit.at == opening for hit in hits):
        return True
    before = set(content_words(parts[last].tokens))
    return bool(said) and sum(word in before for word in said) >= 0.6 * len(said)
