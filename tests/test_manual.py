"""The manual builds without a warning, and asks the network for nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import typer.main

from qagraph.cli import app

ROOT = Path(__file__).resolve().parent.parent
_LOADED = re.compile(r"<(?:script|link|img)\b[^>]*(?:src|href)=\"([^\"]+)\"")


def test_the_manual_builds_and_needs_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "docs", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = sorted(tmp_path.glob("*.html"))
    assert {"index.html", "api.html", "queries.html"} <= {page.name for page in pages}
    loaded = [link for page in pages for link in _LOADED.findall(page.read_text("utf-8"))]
    assert loaded
    assert not [link for link in loaded if "//" in link]


def test_every_command_and_option_is_told() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"## `qagraph {name}`" in page, "run 'make reference'"
        for option in (o for p in command.params for o in p.opts if o.startswith("--")):
            assert option in page, "run 'make reference'"
