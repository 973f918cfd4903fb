"""Companies known by a common word, in a list with others: ``Arrowhead and Wave``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.mentions import Candidate, Vocabulary
from extractors.model import EntityId, EntityType
from extractors.terms import Term

_JOINT = re.compile(r",? (?:and|or|versus|vs\.?) |, |/")
_LONGEST = 9


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8)
def _short_forms(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, Term], ...]]:
    """Return the short forms of companies by their first word."""
    forms: dict[str, tuple[tuple[str, Term], ...]] = {}
    for term in vocabulary.lexicon.of_type(EntityType.COMPANY):
        for form in term.short_forms:
            first = _WORD.match(form)
            if first is not None:
                forms[first.group()] = (*forms.get(first.group(), ()), (form, term))
    return forms


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
    for form, term, start in _beside(text, companies, vocabulary):
        end = start + len(form)
        beside = _before(text, start, ends) or _after(text, end, starts)
        if beside:
            why = f"{form!r} stands in one list with {beside}"
            yield Candidate(start, end, term.type, term.label, "company-list", term.id, 0.8, why)


def _beside(
    text: str, companies: Iterable[Candidate], vocabulary: Vocabulary
) -> list[tuple[str, Term, int]]:
    """Return the short forms that stand near a company, and where; by form, then in text order."""
    forms = _short_forms(vocabulary)
    near = _LONGEST + max((len(f) for listed in forms.values() for f, _ in listed), default=0)
    found: dict[tuple[str, EntityId, int], Term] = {}
    for company in companies:
        left = max(0, company.start - near)
        for begin, stop in ((left, company.start), (company.end, company.end + near)):
            for word in _WORD.finditer(text, begin, stop):
                for form, term in forms.get(word.group(), ()):
                    if _is_whole(text, word.start(), form):
                        found[form, term.id, word.start()] = term
    return [(form, found[form, i, start], start) for form, i, start in sorted(found)]


def _is_whole(text: str, start: int, form: str) -> bool:
    end = start + len(form)
    sides = text[max(0, start - 1) : start] + text[end : end + 1]
    return text.startswith(form, start) and not any(c.isalnum() or c in "_-" for c in sides)


def _before(text: str, start: int, ends: dict[int, str]) -> str:
    for place in range(max(0, start - _LONGEST), start):
        if place in ends and _JOINT.fullmatch(text, place, start):
            return ends[place]
    return ""


def _after(text: str, end: int, starts: dict[int, str]) -> str:
    joint = _JOINT.match(text, end)
    return starts.get(joint.end(), "") if joint else ""
