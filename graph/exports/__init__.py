"""Formats that other programs read: one module a format, found by its name.

A module has ``SUFFIX`` (of the file; empty where it writes a folder) and
``write(store, path)``. The format's name is the module's, with hyphens.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import shutil
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType

from graph.errors import ExportError
from graph.exports._text import for_spreadsheet
from graph.store import Store

__all__ = ["export", "for_spreadsheet", "formats"]


@cache
def formats() -> MappingProxyType[str, ModuleType]:
    """Return the modules by the name of their format, in name order.

    >>> "turtle" in formats(), "neo4j-csv" in formats()
    (True, True)
    """
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name[0] != "_")
    return MappingProxyType(
        {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}
    )


def export(store: Store, format: str, output: Path) -> Path:
    """Write everything in a store in another format; a file is never left half-written.

    Args:
        store: an open store.
        format: a name of `formats`.
        output: the file to write; or a folder, in which ``graph`` with the format's suffix is
            written, or a folder named like the format where it takes several files.

    Returns:
        What was written, a file or a folder.

    Raises:
        ExportError: there is no such format, or it cannot be written there.
    """
    known = formats()
    if format not in known:
        raise ExportError(f"there is no format {format!r}; there are {', '.join(known)}")
    module = known[format]
    path = output
    if output.is_dir():
        path = output / (f"graph{module.SUFFIX}" if module.SUFFIX else format)
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(beside)
        module.write(store, beside)
        if beside.is_dir():
            _clear(path)
        beside.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with contextlib.suppress(OSError):
            _clear(beside)
    return path


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
