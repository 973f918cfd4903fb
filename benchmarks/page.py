"""Size and first draw of our page beside the stock pyvis page of the same nodes and edges.

Run ``python benchmarks/page.py [FILE ...]``; without files the example calls are read. Needs
playwright and a Chromium (``QAGRAPH_CHROMIUM`` names another one). Times are the median of three
openings with an empty cache, ours and the stock page in turn, counted by the browser from the start
of the navigation: until the first frame with ink on the graph's canvas has been painted, and until
everything can be clicked. The stock page runs with the network off, so what it cannot fetch does
not slow it down.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from pyvis.network import Network

from extractors.model import Extraction
from extractors.pipeline import build_nlp, extract
from extractors.reading import read_transcript
from graph.drawing import Drawing, DrawnEdge, DrawnNode
from graph.drawing_build import draw_calls
from graph.drawing_choice import choose_calm
from graph.page import drawing_html

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
CAP_MS = 60_000


def stock_html(drawing: Drawing, folder: Path) -> str:
    """Write the same nodes and edges as pyvis does out of the box."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in drawing.nodes:
        network.add_node(node.id, label=node.label, group=node.kind, title=node.label)
    for edge in drawing.edges:
        network.add_edge(edge.source, edge.target, title=edge.predicate)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return str(network.generate_html())
    finally:
        os.chdir(before)


INK = """(() => {
  const ink = (name) => {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...all) {
      if (!window.ink) {
        window.ink = performance.now();
        requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
      }
      return draw.apply(this, all);
    };
  };
  ink("stroke");
  ink("fill");
})()"""
"""Notes when a canvas gets its first ink and when the frame with it has been painted."""


def open_once(browser: Any, path: Path, done: str, fragment: str) -> tuple[float, float, set[str]]:
    """Return the milliseconds until the first picture, until ``done``, and what was asked for."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(INK)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(path.as_uri() + fragment, wait_until="commit")
    deadline = time.monotonic() + CAP_MS / 1000
    finished = float("inf")
    while time.monotonic() < deadline:
        at = page.evaluate(f"window.painted && ({done}) ? ({done}) : 0")
        if at:
            finished = at
            break
        page.wait_for_timeout(20)
    painted = page.evaluate("window.painted") or float("inf")
    context.close()
    return painted, finished, asked


OURS = "performance.getEntriesByName('ready')[0]?.startTime"
STOCK = "typeof network !== 'undefined' && network.body !== undefined && window.painted"
READY = "html[data-ready=true]"

FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = (now) => {
    window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def drag(browser: Any, path: Path, fragment: str) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds a frame takes in a drag."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector(READY, timeout=CAP_MS)
    page.mouse.move(600, 250)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(25):
        page.mouse.move(600 - 8 * step, 250 + 6 * step)
        page.wait_for_timeout(60)
    frames = sorted(page.evaluate("window.frames_"))
    context.close()
    return statistics.median(frames), frames[int(len(frames) * 0.95)]


def synthetic(count: int) -> Drawing:
    """A drawing with ``count`` nodes and half as many edges again."""
    kinds = ("Program", "Target", "Company", "Analyst", "Indication")
    nodes = tuple(DrawnNode(f"n/{i}", kinds[i % 5], f"Name {i}") for i in range(count))
    edges = tuple(
        DrawnEdge(f"n/{i % count}", f"n/{(i * 7 + 13) % count}", "about")
        for i in range(count * 3 // 2)
    )
    return Drawing(f"{count} nodes", (), nodes, edges)


def report(browser: Any, folder: Path, name: str, drawing: Drawing, *, fragment: str = "") -> None:
    """Print one line for our page, and one for the stock page, opened in turn."""
    start = time.perf_counter()
    page = drawing_html(drawing)
    built = time.perf_counter() - start
    pages = {"ours": (page, OURS, fragment)}
    if len(drawing.calls) == 1:  # of more, the stock page shows nothing for minutes
        pages["pyvis"] = (stock_html(drawing, folder), STOCK, "")
    runs: dict[str, list[tuple[float, float, set[str]]]] = {which: [] for which in pages}
    for which, (text, _, _) in pages.items():
        (folder / f"{which}.html").write_text(text, encoding="utf-8")
    for _ in range(RUNS):
        for which, (_, done, place) in pages.items():
            runs[which].append(open_once(browser, folder / f"{which}.html", done, place))
    print(f"{name}: {len(drawing.nodes)} nodes, {len(drawing.edges)} edges, {built:.2f} s to write")
    for which, (text, _, _) in pages.items():
        painted, finished = (statistics.median(run[i] for run in runs[which]) for i in (0, 1))
        requests = max(len(run[2]) for run in runs[which]) - 1
        ready = f"{finished:6.0f} ms until all can be used" if which == "ours" else "(still moving)"
        print(
            f"  {which:6} {len(text.encode()):10,} bytes {painted:6.0f} ms to the first picture "
            f"{ready:32} {requests} requests"
        )


def read(paths: Sequence[str]) -> list[Extraction]:
    """Extract the calls."""
    nlp = build_nlp()
    return [extract(read_transcript(Path(path)), nlp) for path in paths]


def main(arguments: Sequence[str]) -> None:
    """Measure the calls given, all of them together, and 5,000 nodes."""
    calls = read(arguments or sorted(map(str, (ROOT / "examples").glob("*.txt"))))
    chromium = os.environ.get("QAGRAPH_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        browser.new_page().goto("about:blank")  # the first page starts the browser
        for call in calls:
            drawing = draw_calls([call])
            report(browser, Path(folder), call.transcript.call.id, drawing)
        if len(calls) > 1:
            together = choose_calm(draw_calls(calls))
            report(browser, Path(folder), f"{len(calls)} calls", together)
        report(browser, Path(folder), "all of 5,000", synthetic(5000), fragment="#all=true")
        middle, p95 = drag(browser, Path(folder) / "ours.html", "#all=true")
        print(f"all of 5,000: a frame while dragging takes {middle:.0f} ms, p95 {p95:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
