"""A real headless Chromium that opens pages and writes down all that must not happen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("QAGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(slots=True)
class Watched:
    """An open page, with its errors, console lines, dialogs and requests."""

    page: Any
    errors: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def quiet(self) -> bool:
        """Tell whether nothing happened but the loading of the file itself."""
        return not (self.errors or self.console or self.dialogs or self.requests)

    def state(self, name: str) -> Any:
        """Return a part of the page's state."""
        return self.page.evaluate("name => qa.state[name]", name)

    def place_of(self, node: str) -> tuple[float, float]:
        """Return where a node stands, in pixels of the window."""
        at = self.page.evaluate(
            "id => { const p = qa.network().canvasToDOM(qa.spot(id));"
            " const r = qa.byId('canvas').getBoundingClientRect();"
            " return [r.left + p.x, r.top + p.y]; }",
            node,
        )
        return at[0], at[1]


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser; skip the test where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def watch(browser: Any, path: Path, fragment: str = "", **options: Any) -> Watched:
    """Open a file with the network off and watch it."""
    context = browser.new_context(
        offline=True, viewport={"width": 1280, "height": 800}, accept_downloads=True, **options
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    watched = Watched(page)
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("console", lambda line: watched.console.append(line.text))

    def refuse(dialog: Any) -> None:
        watched.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    url = path.as_uri()

    def note(request: Any) -> None:
        if not request.url.startswith((url, "blob:", "data:")):
            watched.requests.append(request.url)

    page.on("request", note)
    page.goto(url + fragment)
    page.wait_for_selector("html[data-ready=true]")
    return watched
