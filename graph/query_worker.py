"""A process that answers queries and can be killed: ``python -m graph.query_worker``.

It reads requests from stdin and writes answers to stdout, each a line of JSON with, after it, as
many bytes as ``size`` says. It cannot open sockets or start programs, has a limit of memory, and
imports nothing heavier than pyoxigraph. Its first line says whether the kernel keeps it from the
network. After that a request either opens a store or asks it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, Any

import pyoxigraph as ox

from graph.sealing import EVERYTHING, refuse


def limit_memory(size: int) -> None:
    """Let this process have at most ``size`` bytes of address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(solutions: ox.QuerySolutions, limit: int) -> Iterator[str]:
    names = solutions.variables
    yield "\t".join(f"?{name.value}" for name in names)
    for number, solution in enumerate(solutions):
        if number == limit:
            raise OverflowError
        yield "\t".join("" if value is None else str(value) for value in solution)


def _collect(lines: Iterator[str], max_bytes: int) -> tuple[bytes, str]:
    """Join lines until there are no more, or too many (``rows``) or too long ones (``bytes``)."""
    parts: list[bytes] = []
    size = 0
    try:
        for line in lines:
            part = line.encode() + b"\n"
            size += len(part)
            if size > max_bytes:
                return b"".join(parts), "bytes"
            parts.append(part)
    except OverflowError:
        return b"".join(parts), "rows"
    return b"".join(parts), ""


def _answer(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    result = store.query(request["query"], prefixes=request["prefixes"])
    if isinstance(result, ox.QueryBoolean):
        return {"kind": "ask"}, json.dumps(bool(result)).encode()
    if isinstance(result, ox.QuerySolutions):
        body, cut = _collect(_rows(result, request["max_rows"]), request["max_bytes"])
        return {"kind": "select", "cut": cut}, body
    lines = (f"{triple} ." for triple in _first(result, request["max_rows"]))
    body, cut = _collect(lines, request["max_bytes"])
    return {"kind": "graph", "cut": cut}, body


def _first(items: ox.QueryTriples, limit: int) -> Iterator[ox.Triple]:
    for number, item in enumerate(items):
        if number == limit:
            raise OverflowError
        yield item


def _open(request: dict[str, Any], body: bytes) -> ox.Store:
    if request["path"] is not None:
        return ox.Store.read_only(request["path"])
    store = ox.Store()
    store.bulk_load(body, format=ox.RdfFormat.N_QUADS)
    return store


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer requests until the source ends."""
    store: ox.Store | None = None
    while line := source.readline():
        request = json.loads(line)
        body = source.read(request["size"])
        try:
            if request["do"] == "open":
                store, head, answer = _open(request, body), {"kind": "opened"}, b""
            else:
                if store is None:
                    raise RuntimeError("no store is open")
                head, answer = _answer(store, request)
        except SyntaxError as error:
            head, answer = {"kind": "syntax"}, str(error).encode()
        except MemoryError:
            head, answer = {"kind": "memory"}, b""
        except (OSError, RuntimeError, ValueError) as error:
            head, answer = {"kind": "failed"}, str(error).encode()
        sink.write(json.dumps(head | {"size": len(answer)}).encode() + b"\n" + answer)
        sink.flush()


if __name__ == "__main__":
    limit_memory(int(sys.argv[1]))
    sealed = refuse(EVERYTHING)
    sys.stdout.buffer.write(json.dumps({"sealed": sealed}).encode() + b"\n")
    sys.stdout.buffer.flush()
    serve(sys.stdin.buffer, sys.stdout.buffer)
