"""The kind of a promise, so that the promises of several calls can be compared."""

from __future__ import annotations

import re
from functools import cache

from extractors.tables import load_table


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], re.compile(row["pattern"], re.IGNORECASE))
        for row in load_table("promise_kinds")
    )


def promise_kind(promise: str) -> str | None:
    """Return what is promised: the kind whose words come first, None where there are none.

    >>> promise_kind("expect to file the application, with a launch to follow")
    'submission'
    >>> promise_kind("will start to see data")
    'data'
    >>> promise_kind("expect revenue to grow")
    """
    found = [(m.start(), kind) for kind, pattern in _patterns() if (m := pattern.search(promise))]
    return min(found)[1] if found else None
