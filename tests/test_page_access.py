"""The page for everybody: axe-core finds nothing serious in any view, light or dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.page import page_html
from tests.page_browser import chromium
from tests.sample_calls import first_call, second_call

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
ADDRESSES = (
    "#",
    "#node=program/orv-22",
    "#node=question/orvl-2031q3/1",
    "#view=questions&tab=transcript",
    "#view=pipeline&node=target/cd22",
    "#view=guidance",
    "#view=figures",
    "#view=conflicts",
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run 'npm install'")
    path = tmp_path_factory.mktemp("access") / "page.html"
    path.write_text(page_html([first_call(), second_call()]), encoding="utf-8")
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(path.as_uri())
        page.add_script_tag(path=str(AXE))
        yield page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious(opened: Any, address: str, theme: str) -> None:
    opened.evaluate("address => { location.hash = address; }", f"{address}&theme={theme}")
    opened.wait_for_timeout(150)
    found = opened.evaluate("axe.run({ resultTypes: ['violations'] })")
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
