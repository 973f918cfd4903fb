"""The documents are true: links lead somewhere, commands and names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qagraph
from graph.library import queries
from qagraph.cli import app
from qagraph.knowledge_graph import KnowledgeGraph

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
IDS = [page.name for page in PAGES]
COMMANDS = {
    command.name or str(getattr(command.callback, "__name__", ""))
    for command in app.registered_commands
} | {"vocab"}


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_that_are_shown_exist(page: Path) -> None:
    for command in re.findall(r"(?:`|/bin/)qagraph ([a-z]+)\b", page.read_text(encoding="utf-8")):
        assert command in COMMANDS, command


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_named_queries_that_are_shown_exist(page: Path) -> None:
    for name in re.findall(r"--name ([a-z-]+)", page.read_text(encoding="utf-8")):
        assert name in queries()


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_methods_that_are_shown_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"\bkg\.([a-z_]+)\(|`KnowledgeGraph\.([a-z_]+)`", text):
        assert hasattr(KnowledgeGraph, name[0] or name[1])
    for name in re.findall(r"`qagraph\.([a-z_]+)`", text):
        assert hasattr(qagraph, name)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_the_readme_leads_to_every_page(page: Path) -> None:
    assert f"](docs/{page.name})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_begins_with_what_it_is_then_a_picture_then_two_commands() -> None:
    lines = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line]
    assert lines[0].startswith("# qagraph: ")
    assert lines[1].startswith("![")
    text = "\n".join(lines)
    assert text.index("make graph") < text.index("make test") < text.index("qagraph build")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_example_of_use_is_python(page: Path) -> None:
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        compile(block, page.name, "exec")
