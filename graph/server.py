"""Run the Oxigraph server on a store: read-only, for this machine alone, reaching nobody."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from graph.errors import StoreError
from graph.processes import end, start
from graph.sealing import OUTWARD, refuse

_HOST = "127.0.0.1"


def find_server() -> Path:
    """Return the program of the package ``oxigraph``.

    Raises:
        StoreError: it is not installed.
    """
    scripts = sysconfig.get_path("scripts")
    found = shutil.which("oxigraph", path=scripts) or shutil.which("oxigraph")
    if found is None:
        raise StoreError("the server is not installed: pip install 'qagraph[server]'")
    return Path(found)


def start_server(path: Path, *, port: int = 7878, seconds: float = 30.0) -> subprocess.Popen[bytes]:
    """Start a read-only SPARQL 1.1 server on loopback and return when it answers.

    ``http://127.0.0.1:PORT/`` is a page to write queries on, ``/query`` the endpoint. The server
    cannot reach other servers (where the kernel lets a process give that up), so SERVICE fails.

    Args:
        path: the folder of the store.
        port: where to listen.
        seconds: the longest that a query may run.

    Raises:
        StoreError: there is no store or no server, the port is taken, or it does not start.
    """
    if not (path / "CURRENT").exists():
        raise StoreError(f"{path}: no store is here; build one with 'qagraph build'")
    server = find_server()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise StoreError(f"port {port} is taken; choose another with --port") from error
    process = start("graph.server", str(server), str(path), str(port), str(int(seconds)))
    try:
        _wait(process, port)
    except BaseException:
        end(process)
        raise
    return process


def _wait(process: subprocess.Popen[bytes], port: int, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StoreError(f"the server ended with status {process.returncode}")
        try:
            url = f"http://{_HOST}:{port}/query?query=ASK%7B%7D"
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise StoreError(f"the server did not answer within {seconds:g} seconds")


def serve(path: Path, *, port: int = 7878, announce: Callable[[str], None] = print) -> None:
    """Serve a store until Ctrl-C, or until this process is told to end.

    To be called in the main thread, where signals arrive.

    Args:
        path: the folder of the store.
        port: where to listen, on 127.0.0.1.
        announce: is told, in one line each, where to look.

    Raises:
        StoreError: as `start_server`.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the server would live on
    process = start_server(path, port=port)
    announce(f"SPARQL 1.1 (read-only): http://{_HOST}:{port}/query")
    announce(f"page to write queries on: http://{_HOST}:{port}/ (Ctrl-C stops)")
    try:
        process.wait()
    except KeyboardInterrupt:
        announce("stopped")
    finally:
        end(process)


def _become(server: str, path: str, port: str, seconds: str) -> None:
    refuse(OUTWARD)
    command = [server, "serve-read-only", "--location", path, "--bind", f"{_HOST}:{port}"]
    os.execv(server, [*command, "--timeout-s", seconds])  # noqa: S606 - the server itself


if __name__ == "__main__":
    _become(*sys.argv[1:5])
