"""Companies known by a common word, in a list with others: ``Arrowhead and Wave``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.mentions import Candidate, Vocabulary, words_of
from extractors.mentions._words import TermIndex
from extractors.model import EntityType, Transcript
from extractors.terms import Term

_JOINT = re.compile(r",? (?:and|or|versus|vs\.?) |, |/")
_LONGEST = 9


@lru_cache(maxsize=8)
def _short_forms(vocabulary: Vocabulary) -> TermIndex[Term]:
    terms = vocabulary.lexicon.of_type(EntityType.COMPANY)
    return TermIndex([(form, True, term) for term in terms for form in term.short_forms])


def find_listed_companies(
    transcript: Transcript, chosen: Iterable[Candidate], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield short forms of companies that stand in one list with a company.

    A short form such as ``Wave`` is a common word by itself; beside a company it is a name.

    Args:
        transcript: its turns are searched.
        chosen: candidates without overlaps, with code points of its text.
        vocabulary: knows which companies have such short forms.
    """
    text = transcript.text
    companies = [c for c in chosen if c.type is EntityType.COMPANY]
    ends = {c.end: c.name for c in companies}
    starts = {c.start: c.name for c in companies}
    index = _short_forms(vocabulary)
    for turn in transcript.turns:
        for left, right, term in index.search(words_of(text[turn.start : turn.end])):
            start, end = left + turn.start, right + turn.start
            beside = _before(text, start, ends) or _after(text, end, starts)
            if beside:
                why = f"{text[start:end]!r} stands in one list with {beside}"
                yield Candidate(
                    start, end, term.type, term.label, "company-list", term.id, 0.8, why
                )


def _before(text: str, start: int, ends: dict[int, str]) -> str:
    for place in range(max(0, start - _LONGEST), start):
        if place in ends and _JOINT.fullmatch(text, place, start):
            return ends[place]
    return ""


def _after(text: str, end: int, starts: dict[int, str]) -> str:
    joint = _JOINT.match(text, end)
    return starts.get(joint.end(), "") if joint else ""
