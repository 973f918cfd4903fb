"""Companies known by a common word, in a list with others: ``Arrowhead and Wave``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.mentions import Candidate, Vocabulary
from extractors.model import EntityType
from extractors.terms import Term

_JOINT = re.compile(r",? (?:and|or|versus|vs\.?) |, |/")
_LONGEST = 9


@lru_cache(maxsize=8)
def _short_forms(vocabulary: Vocabulary) -> tuple[tuple[str, Term], ...]:
    terms = vocabulary.lexicon.of_type(EntityType.COMPANY)
    return tuple(sorted(((form, term) for term in terms for form in term.short_forms), key=_form))


def _form(entry: tuple[str, Term]) -> tuple[str, str]:
    return entry[0], entry[1].id


def find_listed_companies(
    text: str, chosen: Iterable[Candidate], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield short forms of companies that stand in one list with a company.

    A short form such as ``Wave`` is a common word by itself; beside a company it is a name.

    Args:
        text: the whole transcript.
        chosen: candidates without overlaps, with code points of ``text``.
        vocabulary: knows which companies have such short forms.
    """
    companies = [c for c in chosen if c.type is EntityType.COMPANY]
    ends = {c.end: c.name for c in companies}
    starts = {c.start: c.name for c in companies}
    if not companies:
        return
    for form, term in _short_forms(vocabulary):
        if form not in text:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text):
            start, end = match.span()
            beside = _before(text, start, ends) or _after(text, end, starts)
            if beside:
                why = f"{form!r} stands in one list with {beside}"
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
