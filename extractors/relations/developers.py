"""Whose medicine it is: ``developedBy``.

"Our X" of an executive makes the issuer the developer, "Alogia's X" makes it Alogia. A competitor's
medicine, named for comparison, gets nobody, and a medicine that the vocabulary knows as somebody
else's never gets the issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, EntityType, Statement
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._rules import load_words
from extractors.relations._view import CallView

_REACH = 60


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is whose."""
    candidates = [
        candidate
        for candidate in find_candidates(view, "developedBy")
        if _is_fit(view, candidate) and not _is_compared(view, candidate)
    ]
    owned = {c.subject for c in candidates if c.object != view.issuer and c.object_slot is not None}
    for candidate in candidates:
        ours = candidate.object == view.issuer and candidate.object_slot is None
        if not (ours and candidate.subject in owned and _is_weak(candidate)):
            yield state(view, candidate)


def _is_weak(candidate: Candidate) -> bool:
    return candidate.rule.id in {"developedBy.we_verb", "developedBy.sales"}


def _is_fit(view: CallView, candidate: Candidate) -> bool:
    if candidate.object != view.issuer:
        return True
    maker = _makers().get(candidate.subject)
    issuer = view.context.entities.get(candidate.object)
    if maker:
        names = (issuer.label, *issuer.alt_labels) if issuer else ()
        return any(_same_company(maker, name) for name in names)
    entity = view.context.entities.get(candidate.subject)
    return entity is None or entity.type is EntityType.PROGRAM


@cache
def _makers() -> dict[EntityId, str]:
    return {term.id: term.maker for term in load_lexicon().terms if term.maker}


def _same_company(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


@cache
def _compared_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{load_words()['compared']}\W*(?:[\w-]+ ){{0,3}}$", re.IGNORECASE)


def _is_compared(view: CallView, candidate: Candidate) -> bool:
    """Whether the words before the medicine make it the yardstick for another."""
    slot = candidate.subject_slot
    if slot is None or slot.implicit:
        return False
    start = max(slot.start - _REACH, candidate.sentence.sentence.start)
    return _compared_pattern().search(view.context.transcript.text[start : slot.start]) is not None
