"""Diseases that are named as a side effect, a risk, a history or an exclusion."""

from __future__ import annotations

import re
from functools import cache

from extractors.context import Sentence
from extractors.folding import fold
from extractors.lexicon import load_lexicon
from extractors.model import EntityId
from extractors.relations._masking import Slot
from extractors.relations._rules import in_lower_case, load_words
from extractors.relations._view import CallView

_EVENT = "event"
_REACH = 60


@cache
def load_events() -> frozenset[EntityId]:
    """Return the terms that the vocabulary knows as side effects rather than diseases.

    >>> "indication/hypoglycemia" in load_events(), "indication/psoriasis" in load_events()
    (True, False)
    """
    return frozenset(term.id for term in load_lexicon().terms if term.kind == _EVENT)


def is_risk(view: CallView, disease: Slot, sentence: Sentence) -> bool:
    """Tell whether the words before a disease make it a risk, a history or an exclusion."""
    start = max(disease.start - _REACH, sentence.start)
    words = fold(view.context.transcript.text[start : disease.start])
    return _risk_pattern().search(words) is not None


@cache
def _risk_pattern() -> re.Pattern[str]:
    aside = in_lower_case(load_words()["aside"])
    return re.compile(rf"\b{aside}(?<=[\w-])(?!\w)\W*(?:[\w-]+ ){{0,2}}$")
