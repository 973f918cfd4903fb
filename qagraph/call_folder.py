"""The folder of one call: written beside its place, then renamed: old or new, never half."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from extractors.model import Extraction
from extractors.records import write_records
from graph.assemble import assemble
from graph.errors import StoreError
from graph.exports import export, for_spreadsheet
from graph.library import run_named
from graph.page import page_html
from graph.results import Cell
from graph.store import Store
from qagraph.question_table import COLUMNS, question_rows

RUN_FILE = "run.json"
EXPORTS = (("trig", "graph.trig"), ("graphml", "graph.graphml"))
TABLES = (
    "clinical-results",
    "conflicts",
    "deal-terms",
    "exchanges",
    "financial-figures",
    "guidance-by-due-date",
    "participants",
    "pipeline",
    "status-changes",
)
"""The named queries that are written as ``tables/*.csv``, beside the questions."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a folder was made; equal runs give byte-identical folders, so one can be kept.

    ``source`` is the file's name without its folder, ``sha256`` of its bytes, ``settings`` a hash
    of vocabulary, model and corrections.
    """

    source: str
    sha256: str
    version: str
    settings: str


def read_run(folder: Path) -> Run | None:
    """Return how a call's folder was made, or None where there is none.

    >>> read_run(Path("no-such-folder")) is None
    True
    """
    try:
        return Run(**json.loads((folder / RUN_FILE).read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return None


def write_folder(extraction: Extraction, output: Path, run: Run) -> Path:
    """Write all files of a call to ``output/<call-id>`` and return that folder.

    A folder that was there before is replaced in one rename; what else lies in ``output`` stays.
    """
    folder = output / extraction.transcript.call.id
    new = output / f".{folder.name}.{os.getpid()}.new"  # two files of one call may be at work
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    (new / "transcript.txt").write_text(
        extraction.transcript.text, encoding="utf-8", errors="replace", newline=""
    )
    write_records(extraction, new / "statements.jsonl")
    lines = assemble(extraction)
    (new / "graph.nq").write_text("".join(lines), encoding="utf-8", newline="")
    with Store.memory() as store:
        store.put_call(folder.name, lines)
        for format, name in EXPORTS:
            export(store, format, new / name)
        _write_tables(store, new / "tables")
    (new / "graph.html").write_text(page_html([extraction]), encoding="utf-8", newline="\n")
    (new / RUN_FILE).write_text(json.dumps(asdict(run), indent=1) + "\n", encoding="utf-8")
    _replace(new, folder)
    return folder


def _write_tables(store: Store, folder: Path) -> None:
    folder.mkdir()
    _write_table(folder / "questions.csv", COLUMNS, question_rows(store))
    for name in TABLES:
        result = run_named(store, name)
        _write_table(folder / f"{name}.csv", result.columns(), result.to_rows())


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = ("" if cell is None else str(cell) for cell in row)
            writer.writerow([for_spreadsheet(cell) for cell in cells])


def _replace(new: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.replace(old)
    new.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def mend_folders(output: Path) -> None:
    """Put back what a run left that was stopped between its two renames, and clear its remains."""
    for old in sorted(output.glob(".*.old")):
        folder = old.with_name(old.name[1:-4])
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.replace(folder)
    for new in sorted(output.glob(".*.new")):
        shutil.rmtree(new, ignore_errors=True)


def replace_text(path: Path, text: str) -> Path:
    """Write a file beside its place and rename it, so that it is never half-written.

    Raises:
        StoreError: a folder has that name.
    """
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
    return path
