"""The house: who may import whom, how large a thing may grow, what every public function has."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extractors", "graph", "qagraph")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in MODULES]

FORBIDDEN = {
    "extractors": ("graph", "qagraph", "rdflib", "pyoxigraph", "networkx", "pyvis"),
    "graph": ("qagraph", "spacy"),
    "qagraph": (),
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_run_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for name in imported(path):
        assert not any(name == bad or name.startswith(bad + ".") for bad in FORBIDDEN[package])
        if package == "graph" and name.split(".")[0] == "extractors":
            assert name == "extractors.model"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_holds_one_concept_in_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_function_fits_on_one_screen(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions(path)
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_public_functions_are_documented_and_annotated(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and (
            ast.get_docstring(node) is None
            or (isinstance(node, ast.FunctionDef) and node.returns is None)
        )
    ]
    assert bare == []


def test_folders_are_at_most_three_deep() -> None:
    assert {str(path) for path in MODULES if len(path.relative_to(ROOT).parts) > 4} == set()


def test_the_packages_are_those_of_this_folder() -> None:
    """Their names are common words: another distribution must not shadow them."""
    for name in PACKAGES:
        assert Path(str(__import__(name).__file__)).is_relative_to(ROOT)


@pytest.mark.parametrize(
    ("package", "absent"),
    [
        ("graph", ("spacy", "pandas", "pyvis")),
        ("graph.page", ("spacy", "pandas", "pyvis", "networkx", "jinja2", "IPython")),
        ("extractors.model", ("spacy", "rdflib")),
        ("extractors.pipeline", ("rdflib", "pyoxigraph", "networkx")),
        ("qagraph.cli", ("spacy", "pandas", "rdflib", "pyvis")),
        ("qagraph.call_folder", ("pyvis", "networkx", "jinja2", "IPython")),
    ],
)
def test_importing_a_package_loads_no_more_than_it_needs(
    package: str, absent: tuple[str, ...]
) -> None:
    code = f"import sys, {package}; print([m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
