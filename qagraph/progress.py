"""A progress bar on the terminal, and nothing where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def track_files(total: int, *, shown: bool = True) -> Iterator[Callable[[], None]]:
    """Show how many of ``total`` files are done; call what is yielded after each.

    Nothing is shown for a single file, off a terminal, or when ``shown`` is false.

    >>> with track_files(2) as advance:
    ...     advance()
    """
    if total < 2 or not shown or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("calls", total=total)
        yield lambda: progress.advance(task)
