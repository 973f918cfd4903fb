"""What a medicine is studied in, meant for or sold for: ``forIndication``.

A side effect, a risk or a reason for exclusion is named like a disease but is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, Statement
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._rules import load_words
from extractors.relations._view import CallView

_EVENT = "event"
_REACH = 60


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is for which indication."""
    for candidate in find_candidates(view, "forIndication"):
        if candidate.object not in _events() and not _is_aside(view, candidate):
            yield state(view, candidate)


@cache
def _events() -> frozenset[EntityId]:
    """The terms that the vocabulary knows as side effects rather than diseases."""
    return frozenset(term.id for term in load_lexicon().terms if term.kind == _EVENT)


@cache
def _aside_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b{load_words()['aside']}(?<=[\w-])(?!\w)\W*(?:[\w-]+ ){{0,2}}$", re.IGNORECASE
    )


def _is_aside(view: CallView, candidate: Candidate) -> bool:
    """Whether the words before the disease make it a risk, a history or an exclusion."""
    slot = candidate.object_slot
    if slot is None or slot.implicit:
        return False
    start = max(slot.start - _REACH, candidate.sentence.sentence.start)
    return _aside_pattern().search(view.context.transcript.text[start : slot.start]) is not None
