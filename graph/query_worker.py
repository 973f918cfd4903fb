"""A process that answers queries and can be killed: ``python query_worker.py``.

It reads requests from stdin and writes answers to stdout, each a line of JSON with, after it, as
many bytes as ``size`` says. It cannot open sockets or start programs, has a limit of memory, and
imports nothing but the standard library and pyoxigraph. Its first line says whether the kernel
keeps it from the network. After that a request either opens a store or asks it.
"""

from __future__ import annotations

import ctypes
import json
import platform
import struct
import sys
from collections.abc import Iterator
from typing import IO, Any

import pyoxigraph as ox

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER, _RETURN = 0x20, 0x15, 0x35, 0x06
_OTHER_NUMBERS = 0x40000000  # the x32 way of calling the same kernel
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13 is EACCES
_MACHINES = {
    # audit number, then socket, connect, execve, execveat, ptrace, io_uring_setup
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _rule(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def close_network() -> bool:
    """Refuse all calls of the kernel that open sockets or start programs, from now on.

    Returns:
        Whether the kernel agreed; False where it is not Linux on x86-64 or ARM64.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    audit, calls = machine
    rules = [
        _rule(_LOAD, 0, 0, 4),
        _rule(_JUMP_IF_EQUAL, 1, 0, audit),
        _rule(_RETURN, 0, 0, _KILL),
        _rule(_LOAD, 0, 0, 0),
        _rule(_JUMP_IF_GREATER, 0, 1, _OTHER_NUMBERS),
        _rule(_RETURN, 0, 0, _KILL),
    ]
    for number in calls:
        rules += [_rule(_JUMP_IF_EQUAL, 0, 1, number), _rule(_RETURN, 0, 0, _REFUSE)]
    rules.append(_rule(_RETURN, 0, 0, _ALLOW))
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(rules), b"".join(rules))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)


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
    sealed = close_network()
    sys.stdout.buffer.write(json.dumps({"sealed": sealed}).encode() + b"\n")
    sys.stdout.buffer.flush()
    serve(sys.stdin.buffer, sys.stdout.buffer)
