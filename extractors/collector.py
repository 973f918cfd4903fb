"""Keep Python's cycle collector from walking the loaded vocabulary over and over."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Hold the cycle collector while one call is read; what it found before, it finds again after.

    A call makes many objects and hardly a cycle, but each full collection walks all of the loaded
    vocabulary: a third of the time of an extraction (``benchmarks/extraction.py``). Inside another
    pause, and where the caller has switched the collector off, nothing changes.

    >>> with paused_collector():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
