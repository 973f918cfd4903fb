"""Where the work of many files is done: here, in several processes, or by Dask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qagraph.errors import EngineError

if TYPE_CHECKING:
    from qagraph.run import Built, Settings

BATCH = 20
"""Files per Dask task: its overhead of 6.7 ms is then well under one per cent of the work."""

ENGINES = ("local", "dask")


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each file; it can be sent to another process."""

    build_file: Callable[[Path, Path, Settings, bool], Built]
    output: Path
    settings: Settings
    resume: bool

    def __call__(self, path: Path) -> Built:
        """Build one file."""
        return self.build_file(path, self.output, self.settings, self.resume)


def map_files(
    work: Work,
    files: Sequence[Path],
    workers: int = 1,
    engine: str = "local",
    scheduler: str | None = None,
) -> Iterator[Built]:
    """Build every file and yield what became of each, in the order of ``files``.

    Raises:
        EngineError: the engine is unknown, not installed, or lost its workers.
    """
    if engine not in ENGINES:
        raise EngineError(f"there is no engine {engine!r}; take one of {', '.join(ENGINES)}")
    if engine == "dask":
        yield from _by_dask(work, files, workers, scheduler)
    elif workers <= 1 or len(files) <= 1:
        yield from map(work, files)
    else:
        yield from _by_processes(work, files, workers)


def _by_processes(work: Work, files: Sequence[Path], workers: int) -> Iterator[Built]:
    # Fork is unsafe beside threads, and spawned workers start from the same state everywhere.
    pool = ProcessPoolExecutor(min(workers, len(files)), mp_context=get_context("spawn"))
    try:
        yield from pool.map(work, files)
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker process died (out of memory?); run again with --resume and fewer --workers"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _by_dask(
    work: Work, files: Sequence[Path], workers: int, scheduler: str | None
) -> Iterator[Built]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise EngineError("Dask is not installed; pip install 'qagraph[dask]'") from error
    own: Any = None
    if scheduler is None:
        own = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    # Workers have folders of their own to stand in, so paths must not depend on it.
    everywhere = replace(work, output=work.output.resolve())
    paths = [path.resolve() for path in files]
    try:
        with _client(Client, own or scheduler) as client:
            batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
            futures = client.map(_build_batch, [everywhere] * len(batches), batches, retries=2)
            for future in futures:
                yield from future.result()
    except OSError as error:
        raise EngineError(
            f"the Dask scheduler is lost; run again with --resume: {error}"
        ) from error
    finally:
        if own is not None:
            own.close()


def _client(make: Callable[..., Any], scheduler: Any) -> Any:
    try:
        return make(scheduler)
    except (OSError, ValueError) as error:
        raise EngineError(f"no Dask scheduler answers at {scheduler}: {error}") from error


def _build_batch(work: Work, files: Sequence[Path]) -> list[Built]:
    return [work(path) for path in files]
