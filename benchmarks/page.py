"""Size and first draw of our page beside the stock pyvis page of the same nodes and edges.

Run ``python benchmarks/page.py [FILE ...]``; without files the example calls are read. Needs
playwright and a Chromium (``QAGRAPH_CHROMIUM`` names another one). Times are the median of three
openings with an empty cache: from navigation until the picture is on the screen. The stock page
runs with the network off, so what it cannot fetch does not slow it down.
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


def first_draw(browser: Any, path: Path, done: str, fragment: str = "") -> tuple[float, int]:
    """Return milliseconds until the picture stands still, and how many requests were tried."""
    times, asked = [], set()
    for _ in range(RUNS):
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.on("request", lambda request: asked.add(request.url))
        start = time.perf_counter()
        page.goto(path.as_uri() + fragment, wait_until="commit")
        try:
            # Our policy forbids the evaluation that waiting for a function needs.
            if done == OURS:
                page.wait_for_selector(done, timeout=CAP_MS)
            else:
                page.wait_for_function(done, timeout=CAP_MS)
            page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
        except Exception:
            context.close()
            return float("inf"), len(asked) - 1
        times.append((time.perf_counter() - start) * 1000)
        context.close()
    return statistics.median(times), len(asked) - 1


OURS = "html[data-ready=true]"
STOCK_DRAWN = "typeof network !== 'undefined' && network.body !== undefined"
STOCK_STILL = """() => { if (typeof network === 'undefined') return false;
  window.stillAt ??= (network.on('stabilized', () => { window.still = true; }), 1);
  return window.still === true || network.physics.stabilized === true; }"""


FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = (now) => {
    window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def drag(browser: Any, path: Path, fragment: str) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds a frame takes in a drag."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector(OURS, timeout=CAP_MS)
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
    """Print one line for our page, and one for the stock page."""
    start = time.perf_counter()
    page = drawing_html(drawing)
    built = time.perf_counter() - start
    path = folder / "ours.html"
    path.write_text(page, encoding="utf-8")
    ready, asked = first_draw(browser, path, OURS, fragment)
    size = len(drawing.nodes), len(drawing.edges)
    print(
        f"{name:24} ours   {size[0]:6} nodes {size[1]:6} edges {len(page.encode()):10,} bytes "
        f"{built:6.2f} s to write {ready:8.0f} ms to the picture {asked:3} requests"
    )
    if len(drawing.calls) != 1:
        return  # with physics on, the stock page does not come to rest here
    page = stock_html(drawing, folder)
    path = folder / "stock.html"
    path.write_text(page, encoding="utf-8")
    drawn, asked = first_draw(browser, path, STOCK_DRAWN)
    still, _ = first_draw(browser, path, STOCK_STILL)
    print(
        f"{name:24} pyvis  {size[0]:6} nodes {size[1]:6} edges {len(page.encode()):10,} bytes "
        f"{'':17} {drawn:8.0f} ms to the first dots, {still:.0f} ms until it stands still "
        f"{asked:3} requests"
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
        first_draw(browser, _blank(Path(folder)), "() => true")  # the first page starts the browser
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


def _blank(folder: Path) -> Path:
    path = folder / "blank.html"
    path.write_text("<title>x</title>", encoding="utf-8")
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
