"""The kind of a promise, so that the promises of several calls can be compared."""

from __future__ import annotations

from functools import cache

from extractors.cue_patterns import CuePattern, CueTable
from extractors.tables import load_table


@cache
def _kinds() -> CueTable[str]:
    return CueTable(
        (CuePattern(row["pattern"]), row["kind"]) for row in load_table("promise_kinds")
    )


def promise_kind(promise: str) -> str | None:
    """Return what is promised: the kind whose words come first, None where there are none.

    >>> promise_kind("expect to file the application, with a launch to follow")
    'submission'
    >>> promise_kind("will start to see data")
    'data'
    >>> promise_kind("expect revenue to grow")
    """
    found = [
        (match.start(), kind)
        for cue, kind in _kinds().fitting(promise)
        if (match := cue.pattern.search(promise))
    ]
    return min(found)[1] if found else None
