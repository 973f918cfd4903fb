"""The store and the named queries on generated calls: time, growth, and other engines beside it.

Run ``python -m benchmarks.store`` from the repository; ``--calls 10 100 1000`` for the large one.
Times are processor time where it is not said otherwise, so that other work on the machine does not
count; all data fit the page cache. Bare pyoxigraph gets the text that the library sends, RDFLib the
query as it stands in its file. A query runs three times, a fast one nine times, after one run
that does not count; the median is printed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from benchmarks.synthetic_calls import CallMaker, call_id, example_lines
from graph.library import bind, plan, queries, run_named
from graph.namespaces import prefixes
from graph.query import Limits, run_query
from graph.store import Store

VALUES = {
    "analyst": "Joon Castellan-a0-0",
    "company": "Verrano Therapeutics c1",
    "in_call": call_id(3),
    "organization": "Corvane Pharma p0",
    "program": "VRN-319 c1",
    "target": "CD22 f1",
    "theme": "regulatory",
    "thing": "VRN-319 c1",
}
"""What a query is restricted to, by parameter; the first that a query has is used."""
ROUNDS = 3
FAST_MS = 100
RDFLIB_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: of the library, of bare pyoxigraph, and of the library restricted."""

    rows: int
    ours: float
    bare: float
    restricted: float | None


def median_ms(run: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the median of three runs, or of nine fast ones, after one that does not count."""
    run()
    times: list[float] = []
    while len(times) < ROUNDS or (len(times) < 3 * ROUNDS and sum(times) < FAST_MS):
        start = clock()
        run()
        times.append((clock() - start) * 1000)
    return statistics.median(times)


def geomean(values: Sequence[float]) -> float:
    """Return the geometric mean."""
    return math.exp(statistics.fmean(map(math.log, values))) if values else math.nan


def _bare(inner: ox.Store, text: str, base: str) -> list[tuple[Any, ...]]:
    solutions = inner.query(text, prefixes=dict(prefixes()) | {"id": base})
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("only a SELECT is measured")
    return [tuple(row) for row in solutions]


def measure_query(store: Store, name: str) -> Timing:
    """Time one named query."""
    query = queries()[name]
    text = plan(query, bind(store, query, {}), {})
    rows = len(run_named(store, name))
    ours = median_ms(lambda: run_named(store, name))
    bare = median_ms(lambda: _bare(store.inner, text, store.ids.base))
    known = [p.name for p in query.parameters if p.name in VALUES]
    restricted = None
    if known:
        params = {known[0]: VALUES[known[0]]}
        restricted = median_ms(lambda: run_named(store, name, params))
    return Timing(rows, ours, bare, restricted)


def measure_queries(folder: Path, names: Sequence[str]) -> None:
    """Print a line of JSON a query, as soon as it is measured."""
    with Store.open(folder) as store:
        for name in names:
            timing = measure_query(store, name)
            values = {field: getattr(timing, field) for field in Timing.__slots__}
            print(json.dumps(values), flush=True)


def measure_apart(folder: Path, names: Sequence[str], seconds: float) -> dict[str, Timing | None]:
    """Time named queries in another process, which is ended when one takes too long."""
    found: dict[str, Timing | None] = {}
    while left := [name for name in names if name not in found]:
        command = [sys.executable, "-m", "benchmarks.store", "--measure", str(folder), *left]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for name in left:
                ready, _, _ = select.select([process.stdout], [], [], seconds)
                line = process.stdout.readline() if ready else ""
                found[name] = Timing(**json.loads(line)) if line else None
                if not line:
                    process.kill()
                    break
    return found


@contextmanager
def timed(label: str, store: Store | None = None) -> Iterator[None]:
    """Print processor and wall time of what stands in the block, and of making it durable."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    if store is not None:
        store.inner.flush()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{label:32} {cpu:8.2f} s processor {wall:8.2f} s wall", flush=True)


def build(folder: Path, maker: CallMaker, count: int) -> None:
    """Load the calls, unless an earlier run left them here."""
    if (folder / "CURRENT").exists():
        with Store.open(folder) as store:
            if len(store.calls()) == count:
                print(f"{folder}: kept from an earlier run")
                return
        shutil.rmtree(folder)
    with (
        timed(f"generate and load {count} calls"),
        Store.open(folder, write=True) as store,
    ):
        store.put_calls(maker.calls(count))


def measure_changes(folder: Path, maker: CallMaker, count: int) -> None:
    """Add, replace and remove one call; afterwards the store is as it was."""
    new, again, changed = maker.lines(count), maker.lines(1), maker.lines(1, edition="b")
    differ = len(set(changed) - set(again))
    with Store.open(folder, write=True) as store:
        with timed(f"add a call of {len(new):,} quads", store):
            store.put_call(call_id(count), new)
        with timed("put the same call again", store):
            store.put_call(call_id(count), new)
        with timed(f"replace {differ:,} of its quads", store):
            store.put_call(call_id(1), changed)
        with timed("remove a call", store):
            store.remove_call(call_id(count))
        store.put_call(call_id(1), again)


class LateError(Exception):
    """A query of the slow engine took too long."""


def _stop(*_: object) -> None:
    raise LateError


def measure_rdflib(folder: Path, names: Sequence[str]) -> dict[str, tuple[float, float, bool]]:
    """Return for each query RDFLib's milliseconds, plain and prepared, and whether rows are ours.

    Plain is preparing and answering, as RDFLib does with a text. What takes too long is left out.
    """
    import rdflib
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.query import ResultRow

    from graph.convert import to_rdflib

    found: dict[str, tuple[float, float, bool]] = {}
    signal.signal(signal.SIGALRM, _stop)
    with Store.open(folder) as store:
        memory = rdflib.Graph()
        for quad in store.triples():
            subject, predicate = to_rdflib(quad.subject), to_rdflib(quad.predicate)
            memory.add((subject, predicate, to_rdflib(quad.object)))
        bound = dict(prefixes()) | {"id": store.ids.base}
        for name in names:
            text = bind(store, queries()[name], {})
            own = Counter(
                tuple(None if term is None else to_rdflib(term) for term in row)
                for row in run_named(store, name).rows
            )
            signal.alarm(RDFLIB_SECONDS)
            try:
                start = time.process_time()
                ready = prepareQuery(text, initNs=bound)
                parsed = time.process_time()
                rows = list(memory.query(ready))
                end = time.process_time()
            except LateError:
                continue
            finally:
                signal.alarm(0)
            same = own == Counter(tuple(row) for row in rows if isinstance(row, ResultRow))
            found[name] = ((end - start) * 1000, (end - parsed) * 1000, same)
    return found


def measure_sealed(folder: Path, names: Sequence[str]) -> float:
    """Return how much longer `run_query` takes than bare pyoxigraph: wall time, geometric mean."""
    limits = Limits(seconds=120)
    ratios = []
    with Store.open(folder) as store:
        for name in names:
            text = plan(queries()[name], bind(store, queries()[name], {}), {})
            sealed = partial(run_query, store, text, limits=limits)
            bare = partial(_bare, store.inner, text, store.ids.base)
            times = [median_ms(run, time.perf_counter) for run in (sealed, bare)]
            ratios.append(times[0] / times[1])
    return geomean(ratios)


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Return how time grows from the smallest to the largest size: 1 is in proportion."""
    return math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])


def print_queries(sizes: Sequence[int], found: dict[int, dict[str, Timing | None]]) -> None:
    """Print one line a query."""
    heads = "".join(f"{f'{size} calls':>12}" for size in sizes)
    print(f"\n{'ms':28}{heads}{'growth':>8}{'rows':>9}{'restricted':>12}{'growth':>8}")
    grown = []
    for name in found[sizes[0]]:
        timings = [found[size][name] for size in sizes]
        cells = "".join(f"{t.ours:12.1f}" if t else f"{'stopped':>12}" for t in timings)
        done = [t for t in timings if t]
        if len(done) < len(timings) or len(done) < 2:
            print(f"{name:28}{cells}")
            continue
        growth = exponent(sizes, [t.ours for t in done])
        grown.append(growth)
        line = f"{name:28}{cells}{growth:8.2f}{done[-1].rows:9}"
        few = [t.restricted for t in done if t.restricted is not None]
        if few:
            line += f"{few[-1]:12.1f}{exponent(sizes, few):8.2f}"
        print(line)
    if grown:
        met = sum(growth <= 1.1 for growth in grown)
        print(f"largest growth {max(grown):.2f}; {met} of {len(grown)} grow by at most 1.1")
    for size in sizes:
        ratios = [t.ours / t.bare for t in found[size].values() if t]
        print(f"{size} calls: ours / bare pyoxigraph, geometric mean {geomean(ratios):.2f}")


def measure_memory(folder: Path, names: Sequence[str]) -> dict[str, float]:
    """Return the milliseconds of each query on the same calls in a store in memory."""
    with Store.open(folder) as disk, Store.memory() as memory:
        memory.put_calls((call, disk.lines(call)) for call in disk.calls())
        return {name: median_ms(partial(run_named, memory, name)) for name in names}


def print_rdflib(
    timings: dict[str, Timing | None], memory: dict[str, float], theirs: dict[str, Any]
) -> None:
    """Print RDFLib's times beside ours."""
    heads = f"{'disk ms':>10}{'memory ms':>11}{'RDFLib ms':>11}{'prepared':>11}{'times':>8}  rows"
    print(f"\n{'':28}{heads}")
    disk = {name: timing.ours for name, timing in timings.items() if timing and name in theirs}
    for name in disk:
        plain, prepared, same = theirs[name]
        print(
            f"{name:28}{disk[name]:10.1f}{memory[name]:11.1f}{plain:11.0f}{prepared:11.0f}"
            f"{plain / disk[name]:8.0f}  {'same' if same else 'DIFFERENT'}"
        )
    for name in sorted(set(timings) - set(disk)):
        print(f"{name:28} was stopped after {RDFLIB_SECONDS} s")
    for kind, own in (("disk", disk), ("memory", memory)):
        plain, prepared = (geomean([theirs[n][i] / own[n] for n in disk]) for i in (0, 1))
        print(
            f"on {kind}: {plain:.0f} times faster than RDFLib, {prepared:.0f} than prepared RDFLib"
        )


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--calls", type=int, nargs="+", default=[10, 100], metavar="N")
    parser.add_argument("--folder", type=Path, help="keep the stores here for the next run")
    parser.add_argument("--seconds", type=float, default=120, help="for one query; 120")
    parser.add_argument("--no-rdflib", action="store_true", help="leave the slow engine out")
    parser.add_argument("--no-changes", action="store_true", help="leave out adding and removing")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Build the stores and print the tables."""
    arguments = parse_arguments()
    if arguments.measure:
        measure_queries(Path(arguments.measure[0]), arguments.measure[1:])
        return
    sizes = sorted(arguments.calls)
    maker = CallMaker(example_lines())
    with tempfile.TemporaryDirectory() as scratch:
        root = arguments.folder or Path(scratch)
        found: dict[int, dict[str, Timing | None]] = {}
        print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for size in sizes:
            folder = root / str(size)
            build(folder, maker, size)
            if not arguments.no_changes:
                measure_changes(folder, maker, size)
            found[size] = measure_apart(folder, tuple(queries()), arguments.seconds)
        print_queries(sizes, found)
        smallest = root / str(sizes[0])
        ratio = measure_sealed(smallest, tuple(queries()))
        print(f"{sizes[0]} calls: run_query in its own process / bare, wall time {ratio:.2f}")
        if not arguments.no_rdflib:
            names = tuple(queries())
            memory = measure_memory(smallest, names)
            print_rdflib(found[sizes[0]], memory, measure_rdflib(smallest, names))


if __name__ == "__main__":
    main()
