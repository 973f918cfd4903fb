"""The notebooks run from top to bottom in a fresh kernel, and leave nothing beside themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.name))
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = tmp_path / "notebooks"
    folder.mkdir()
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=180, resources={"metadata": {"path": str(folder)}}).execute()
    assert list(folder.iterdir()) == []
    shown = [o for cell in book.cells for o in cell.get("outputs", []) if "data" in o]
    assert any("srcdoc" in str(o["data"].get("text/html", "")) for o in shown)
    assert sum("<table" in str(o["data"].get("text/html", "")) for o in shown) >= 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.name))
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    assert [c for c in book.cells if c.get("outputs") or c.get("execution_count")] == []
