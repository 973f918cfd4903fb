"""Start a module of this package in a process of its own, and end it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path


def start(module: str, *arguments: str, piped: bool = False) -> subprocess.Popen[bytes]:
    """Run ``python -m module`` with the modules that this process sees.

    Args:
        module: dotted name.
        arguments: of the command line.
        piped: whether stdin and stdout are pipes to this process, and stderr is dropped.
    """
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    pipe = subprocess.PIPE if piped else None
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL if piped else None,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, close its pipes and wait until it is gone. Twice is harmless."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    process.wait()
