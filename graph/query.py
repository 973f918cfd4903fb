"""Answer a user's SPARQL in a process of its own, which can be stopped and has no network."""

from __future__ import annotations

import json
import re
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import QueryError, QueryLimitError
from graph.namespaces import prefixes
from graph.processes import end, start
from graph.query_text import check_query_text, check_with_parser
from graph.results import QueryResult
from graph.store import Store

_SLASHED = re.compile(r"(?<![\w:<'\"])id:\w+(?:/[\w.-]+)+")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^\n]*\n\s*)*(?:INSERT|DELETE|DROP|LOAD|CLEAR|CREATE|COPY|MOVE|ADD)\b",
    re.IGNORECASE,
)
_workers: weakref.WeakKeyDictionary[Store, _Worker] = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use.

    Args:
        seconds: wall-clock time.
        rows: rows or triples of the result; what is beyond is cut, and the result says so.
        bytes: size of the result.
        memory: address space of the worker, in bytes.
    """

    seconds: float = 30.0
    rows: int = 100_000
    bytes: int = 256 * 2**20
    memory: int = 4 * 2**30


DEFAULT_LIMITS = Limits()
ONLY_QUERIES = "only SELECT, ASK, CONSTRUCT and DESCRIBE are taken"


class _Worker:
    """A running `graph.query_worker`, with the state of a store as it was at ``version``."""

    def __init__(self, memory: int):
        self.memory = memory
        self.process = start("graph.query_worker", str(memory), piped=True)
        self.opened: object = None
        self._end = weakref.finalize(self, end, self.process)
        self.sealed = bool(json.loads(self._output.readline() or b"{}").get("sealed"))

    @property
    def _output(self) -> IO[bytes]:
        assert self.process.stdout is not None  # noqa: S101 - made with a pipe
        return self.process.stdout

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        self._end()

    def ask(self, request: dict[str, Any], body: bytes, seconds: float) -> tuple[str, str, bytes]:
        """Send a request; return kind, cut and body. The worker is dead after any error."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            head = self._exchange(request, body)
            if head is not None:
                answer = self._output.read(head["size"])
                if len(answer) == head["size"]:
                    return head["kind"], head.get("cut", ""), answer
        except BaseException:  # Ctrl-C too: the query must end with the call
            self.stop()
            raise
        finally:
            timer.cancel()
        self.stop()
        if late.is_set():
            raise QueryLimitError(f"the query was stopped after {seconds:g} seconds")
        raise QueryLimitError(
            f"the query ended its process; it may need more than {self.memory >> 20} MiB of memory"
        )

    def _exchange(self, request: dict[str, Any], body: bytes) -> dict[str, Any] | None:
        assert self.process.stdin is not None  # noqa: S101 - made with a pipe
        head = json.dumps(request | {"size": len(body)}).encode() + b"\n"
        try:
            self.process.stdin.write(head + body)
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        line = self._output.readline()
        return json.loads(line) if line.endswith(b"\n") else None


def run_query(
    store: Store | Endpoint, text: str, *, limits: Limits = DEFAULT_LIMITS
) -> QueryResult:
    r"""Answer SELECT, ASK, CONSTRUCT or DESCRIBE over the merge of all calls.

    The known prefixes are bound. ``GRAPH <.../graph/clls-2020q4>`` asks one call. The query runs in
    another process that has no network and is killed at its limits, or by Ctrl-C; the store and
    this process are not touched.

    Args:
        store: an open store, in memory or on disk, or a server.
        text: one query of SPARQL 1.1 or 1.2; updates are refused.
        limits: time, memory and size.

    Raises:
        QueryError: it is no query, with line and column; or it asks for what is closed.
        QueryLimitError: it was stopped at a limit.

    >>> store = Store.memory()
    >>> run_query(store, "ASK { ?call a qa:Call }").boolean
    False
    >>> run_query(store, "SELECT ?call {\n ?call a }")
    Traceback (most recent call last):
        ...
    graph.errors.QueryError: line 2, column 10: no SPARQL: unexpected '}'
    """
    check_query_text(text)
    if isinstance(store, Endpoint):
        return store.answer(text, max_rows=limits.rows)
    worker = _worker_for(store, limits)
    if not worker.sealed:
        check_with_parser(text)
    request = {
        "do": "query",
        "query": text,
        "prefixes": dict(prefixes()) | {"id": store.ids.base},
        "max_rows": limits.rows,
        "max_bytes": limits.bytes,
    }
    kind, cut, body = worker.ask(request, b"", limits.seconds)
    if kind == "syntax":
        raise syntax_error(body.decode(), text)
    if kind == "memory":
        raise QueryLimitError(f"the query needs more than {limits.memory >> 20} MiB of memory")
    if kind == "failed":
        raise QueryError(body.decode().splitlines()[0] if body else "the query failed")
    return _read(kind, cut, body)


def _worker_for(store: Store, limits: Limits) -> _Worker:
    state = _state(store)
    worker = _workers.get(store)
    if worker is not None:
        if worker.alive and worker.memory == limits.memory and worker.opened == state:
            return worker
        worker.stop()
    worker = _workers[store] = _Worker(limits.memory)
    body = b""
    if store.path is None:
        body = store.dump()
    path = None if store.path is None else str(store.path)
    kind, _, answer = worker.ask({"do": "open", "path": path}, body, max(limits.seconds, 60))
    if kind != "opened":
        worker.stop()
        raise QueryError(f"the store cannot be opened for the query: {answer.decode()}")
    worker.opened = state
    return worker


def _state(store: Store) -> object:
    """Tell states of a store apart, also when another process writes it."""
    if store.path is None:
        return store.version
    parts = sorted(Path(store.path).glob("[M0-9]*"))  # manifest, tables, journals
    sizes = []
    for part in parts:
        try:
            sizes.append((part.name, part.stat().st_size))
        except FileNotFoundError:  # taken away by a compaction meanwhile
            continue
    return tuple(sizes)


def _read(kind: str, cut: str, body: bytes) -> QueryResult:
    if kind == "ask":
        return QueryResult("ask", boolean=json.loads(body))
    if kind == "graph":
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return QueryResult("graph", triples=tuple(quad.triple for quad in quads), truncated=cut)
    solutions = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
    if not isinstance(solutions, ox.QuerySolutions):
        raise QueryError("the worker's answer cannot be read")
    names = tuple(variable.value for variable in solutions.variables)
    rows = tuple(tuple(solution) for solution in solutions)
    return QueryResult("select", names, rows, truncated=cut)


def syntax_error(message: str, text: str) -> QueryError:
    r"""Turn the engine's message, which lists all it could take, into one line for people.

    >>> syntax_error("error at 1:8: expected one of '$', [_]", "SELECT }")
    QueryError("line 1, column 8: no SPARQL: unexpected '}'")
    >>> print(syntax_error("error at 1:19: expected '{'", "DESCRIBE id:target/cd22"))
    line 1, column 10: no SPARQL: a '/' in a short name takes a backslash: id:target\/cd22
    """
    match = _PLACE.match(message)
    if match is None:
        return QueryError(f"no SPARQL: {message.splitlines()[0] if message else 'empty'}")
    line, column = int(match[1]), int(match[2])
    if _UPDATE.match(text):
        return QueryError(f"no SPARQL: {ONLY_QUERIES}", line=1, column=1)
    lines = text.split("\n")
    broken = lines[line - 1] if line <= len(lines) else ""
    if slashed := _SLASHED.search(broken):
        escaped = slashed[0].replace("/", "\\/")
        return QueryError(
            f"no SPARQL: a '/' in a short name takes a backslash: {escaped}",
            line=line,
            column=slashed.start() + 1,
        )
    rest = broken[column - 1 :]
    for known, said in (
        ("Prefix not found", "a prefix before here is not bound; see 'qagraph explain'"),
        ("IRI parsing failed", "no valid IRI"),
        ("expected CONSTRUCT", ONLY_QUERIES),
    ):
        if known in match[3] and (known != "expected CONSTRUCT" or match[3] == known):
            return QueryError(f"no SPARQL: {said}", line=line, column=column)
    word = re.match(r"\w+|\S", rest)
    found = f"unexpected {word.group()!r}" if word else "something is missing here"
    return QueryError(f"no SPARQL: {found}", line=line, column=column)
