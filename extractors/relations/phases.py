"""The clinical phase of a medicine or a trial: ``phase``, a literal such as ``1/2``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.model import Statement
from extractors.relations._matching import find_candidates, state
from extractors.relations._view import CallView

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PART = re.compile(r"(iv|i{1,3}|[1-4])[abc]?", re.IGNORECASE)


def normalize_phase(words: str) -> str:
    """Write a phase in digits, without the letter of its part.

    >>> normalize_phase("I/II"), normalize_phase("2b"), normalize_phase("1/2a")
    ('1/2', '2', '1/2')
    >>> normalize_phase("zero")
    ''
    """
    parts = [part.lower() for part in _PART.findall(words)]
    return "/".join(dict.fromkeys(_ROMAN.get(part, part) for part in parts))


def relate(view: CallView) -> Iterator[Statement]:
    """Yield in which phase a medicine or a trial is."""
    for candidate in find_candidates(view, "phase"):
        phase = normalize_phase(candidate.object)
        if phase:
            yield state(view, replace(candidate, object=phase))
