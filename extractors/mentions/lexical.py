"""Names that the vocabulary knows."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extractors.lexicon import ANY_TYPE, FalseFriend, Term
from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = tuple(EntityType)
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z])")
AROUND = 160
"""How many code points on each side decide what an ambiguous surface means."""


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the terms of the vocabulary. A surface that context decides may come as a doubt."""
    lexicon = vocabulary.lexicon
    phrases = _Phrases(list(vocabulary.ignored.search(words)))
    for start, end, (term, surface) in vocabulary.index.search(words):
        found = words.text[start:end]
        if lexicon.is_ignored(found, term.type) or phrases.hold(start, end, term.type):
            continue
        readings = lexicon.readings(found) or lexicon.readings(surface)
        if readings and not _meant(readings, term, words.text, start, end):
            yield _candidate(start, end, term, "lexicon-doubt", found, weight=0)
        else:
            rule = "lexicon-context" if readings else "lexicon"
            yield _candidate(start, end, term, rule, found, weight=2)


class _Phrases:
    """The places of phrases that are never an entity, in text order."""

    def __init__(self, found: list[tuple[int, int, frozenset[str]]]) -> None:
        self._found = found
        self._starts = [start for start, _, _ in found]
        self._longest = max((end - start for start, end, _ in found), default=0)

    def hold(self, start: int, end: int, kind: EntityType) -> bool:
        """Return whether one of the phrases that count for a type holds a span."""
        first = bisect_left(self._starts, end - self._longest)
        return any(
            end <= right and (ANY_TYPE in kinds or kind.value in kinds)
            for _, right, kinds in self._found[first : bisect_right(self._starts, start)]
        )


def _meant(readings: tuple[FalseFriend, ...], term: Term, text: str, start: int, end: int) -> bool:
    """Ask the sentence first, then a wider window: the next sentence may use the other reading."""
    mine = [r for r in readings if r.type is term.type and r.label in (term.label, "")]
    left, right = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    name = text[start:end]
    sentence = f"{_SENTENCE_END.split(left)[-1]}{name}{_SENTENCE_END.split(right)[0]}"
    for around in (sentence, f"{left}{name}{right}"):
        verdicts = [reading.verdict(around) for reading in mine]
        if True in verdicts or False in verdicts:
            return True in verdicts
    return any(reading.default for reading in mine)


def _candidate(
    start: int, end: int, term: Term, rule: str, found: str, *, weight: int
) -> Candidate:
    how = "the label" if found == term.label else "a name"
    why = f"{found!r} is {how} of {term.label} in the vocabulary ({term.status})"
    confidence = 0.4 if weight == 0 else 1.0
    return Candidate(
        start, end, term.type, term.label, rule, term.id, confidence, why, weight=weight
    )
