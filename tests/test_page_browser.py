"""The page in a real browser: it draws, it is quiet, and every way through it works."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.drawing import Drawing, DrawnEdge, DrawnNode
from graph.page import drawing_html, page_html, page_iframe
from tests.page_browser import Watched, chromium, watch
from tests.sample_calls import first_call, second_call
from tests.test_page import HOSTILE, hostile_call

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROGRAM = "program/orv-22"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {
        "one": page_html([first_call()]),
        "two": page_html([first_call(), second_call()]),
        "hostile": page_html([hostile_call()], title=HOSTILE),
    }
    pages["framed"] = f"<!DOCTYPE html><title>x</title>{page_iframe(pages['one'])}"
    paths = {name: folder / f"{name}.html" for name in pages}
    for name, path in paths.items():
        path.write_text(pages[name], encoding="utf-8")
    return paths


@pytest.fixture
def one(browser: Any, files: dict[str, Path]) -> Iterator[Watched]:
    watched = watch(browser, files["one"])
    yield watched
    assert watched.quiet(), watched
    watched.page.context.close()


def test_a_click_on_a_node_shows_what_it_is_and_every_quote(one: Watched) -> None:
    one.page.mouse.click(*one.place_of(PROGRAM))
    details = one.page.locator("#details")
    assert details.locator("h2").inner_text() == "ORV-22"
    assert "Program" in details.locator(".kind").inner_text()
    assert "ORV22" in details.inner_text()
    assert one.page.locator("#details blockquote").count() > 0
    assert "Nils Ahrend" in details.inner_text()
    assert "Chief Executive Officer" in details.inner_text()


def test_a_click_on_an_edge_shows_its_evidence(one: Watched) -> None:
    (x0, y0), (x1, y1) = one.place_of(PROGRAM), one.place_of("target/cd22")
    one.page.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)
    text = one.page.locator("#details").inner_text()
    assert "has target" in text
    assert "directed against CD22" in text
    assert "%" in text


def test_identifiers_lead_to_https_only(one: Watched) -> None:
    one.page.evaluate("qa.showNode('target/cd22')")
    links = one.page.eval_on_selector_all("#details a", "all => all.map(a => a.href)")
    assert "https://bioregistry.io/HGNC:1643" in links
    assert one.page.evaluate("qa.link('x', 'javascript:alert(1)').tagName") == "SPAN"


def test_a_question_shows_who_asked_what_and_the_deciding_words(one: Watched) -> None:
    one.page.keyboard.press("2")
    row = one.page.locator("#view-table tbody tr").filter(has_text="Is ORV-70 safe?")
    assert "Petra Vance" in row.inner_text()
    row.locator("button.bead").click()
    text = one.page.locator("#details").inner_text()
    assert "Is ORV-70 safe?" in text
    assert "ORV-70" in text
    assert "Hugo Lindt" in text


def test_words_lead_into_the_transcript_and_mentions_lead_back(one: Watched) -> None:
    one.page.evaluate("qa.showNode('target/cd22')")
    one.page.locator("#details").get_by_text("Read there").first.click()
    assert one.page.locator("#transcript mark.lit").count() > 0
    assert "directed against CD22" in one.page.locator("#transcript").inner_text()
    one.page.locator("#transcript .mention", has_text="ORV-22").first.click()
    assert one.state("node") == PROGRAM
    assert one.state("tab") == "transcript"


def test_search_finds_names_and_spoken_words_by_keyboard(one: Watched) -> None:
    one.page.keyboard.press("/")
    one.page.keyboard.type("siglec")
    assert one.page.locator("#hits .hit").count() == 1
    one.page.keyboard.press("Enter")
    assert one.state("node") == "target/cd22"
    one.page.fill("#search", "seven of ten")
    one.page.locator("#hits .hit", has_text="seven of ten").dispatch_event("mousedown")
    assert one.page.locator("#transcript mark.lit").inner_text() == "seven of ten"


def test_the_legend_counts_and_hides_a_class(one: Watched) -> None:
    button = one.page.locator("#legend .kind-toggle", has_text="Targets")
    before = one.page.evaluate("qa.shown().nodes.size")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    button = one.page.locator("#legend .kind-toggle", has_text="Targets")
    assert button.get_attribute("aria-pressed") == "false"
    assert one.page.evaluate("qa.shown().nodes.size") < before
    assert not one.page.evaluate("qa.shown().nodes.has('target/cd22')")


def test_filters_keep_what_passes(one: Watched) -> None:
    one.page.locator("#legend summary").click()
    one.page.select_option("#legend label:has-text('Speaker') select", label="Dara Quist")
    shown = one.page.evaluate("[...qa.shown().nodes]")
    assert "trial/harbor-1" in shown or "program/orv-22" in shown
    assert "org/tamsin-pharma" not in shown
    one.page.get_by_role("button", name="Clear").click()
    assert len(one.page.evaluate("[...qa.shown().nodes]")) > len(shown)


def test_steps_around_a_node_and_the_way_to_another(one: Watched) -> None:
    one.page.evaluate("qa.showNode('target/cd22')")
    one.page.locator("#details .segment button", has_text="1").click()
    near = set(one.page.evaluate("[...qa.shown().nodes]"))
    assert PROGRAM in near
    assert "org/quill-street" not in near
    one.page.keyboard.press("Escape")
    one.page.evaluate("qa.showNode('target/cd22')")
    one.page.select_option("#details select", "org/quill-street")
    steps = one.page.locator("#details .way li").all_inner_texts()
    assert steps[0] == "CD22"
    assert steps[-1] == "Quill Street"


def test_the_address_keeps_selection_view_and_filters(browser: Any, files: dict[str, Path]) -> None:
    fragment = "#view=pipeline&node=target/cd22&off=Firm&theme=dark&hops=1"
    watched = watch(browser, files["one"], fragment)
    assert watched.state("view") == "pipeline"
    assert watched.state("off") == ["Firm"]
    assert watched.page.locator("#details h2").inner_text() == "CD22"
    assert watched.page.evaluate("document.documentElement.dataset.dark") == "true"
    watched.page.keyboard.press("1")
    assert watched.page.evaluate("location.hash") == "#node=target/cd22&off=Firm&hops=1&theme=dark"
    assert watched.quiet(), watched


@pytest.mark.parametrize(
    "fragment",
    ["#node=nobody", "#view=nowhere", "#edge=999999", "#at=9:1-2&tab=transcript", "#%E0"],
)
def test_a_wrong_address_is_no_error(browser: Any, files: dict[str, Path], fragment: str) -> None:
    watched = watch(browser, files["one"], fragment)
    assert watched.page.locator("#details").count() == 1
    assert watched.quiet(), watched


def test_every_view_shows_its_rows_and_leads_to_the_words(one: Watched) -> None:
    for view in ("questions", "pipeline", "guidance", "figures"):
        one.page.evaluate("view => qa.set({ view })", view)
        assert one.page.locator("#view-table tbody tr").count() > 0, view
        one.page.locator("#view-table tbody button").first.click()
        assert one.page.locator("#details h2").count() == 1
    pipeline = one.page.evaluate("qa.set({ view: 'pipeline' }) ?? qa.csvRows().rows")
    assert pipeline[0][0] == "Program"
    assert "CD22" in next(row for row in pipeline if row[0] == "ORV-22")[1]


def test_the_pipeline_can_be_seen_as_a_graph(one: Watched) -> None:
    one.page.evaluate("qa.set({ view: 'pipeline' })")
    one.page.get_by_text("Show as a graph").click()
    kinds = one.page.evaluate("[...qa.shown().nodes].map(id => qa.nodes.get(id).kind)")
    assert set(kinds) <= {"Program", "Target", "Indication", "Trial", "Company", "Issuer"}
    assert PROGRAM in one.page.evaluate("[...qa.shown().nodes]")


@pytest.mark.parametrize(
    ("name", "start"), [("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", "\ufeffFrom".encode())]
)
def test_the_picture_and_the_rows_can_be_taken_along(one: Watched, name: str, start: bytes) -> None:
    one.page.get_by_text("Export", exact=True).click()
    with one.page.expect_download() as download:
        one.page.locator("#tools button", has_text=name).click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(start)
    if name == "SVG":
        assert b"ORV-22</text>" in content


def test_everything_can_be_reached_with_keys(one: Watched) -> None:
    one.page.focus("#canvas")
    one.page.keyboard.press("ArrowRight")
    first = one.state("node")
    assert first
    one.page.keyboard.press("ArrowRight")
    assert one.state("node") != first
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.id") == "details"
    one.page.keyboard.press("t")
    assert one.state("tab") == "transcript"
    one.page.keyboard.press("Escape")
    assert one.state("node") == ""
    one.page.keyboard.press("?")
    assert one.page.locator("#help").is_visible()


def test_hostile_labels_are_shown_as_plain_text(browser: Any, files: dict[str, Path]) -> None:
    watched = watch(browser, files["hostile"])
    page = watched.page
    assert page.locator("h1").text_content() == HOSTILE
    page.evaluate("id => qa.showNode(id)", PROGRAM)
    assert page.locator("#details h2").text_content() == HOSTILE
    x, y = watched.place_of(PROGRAM)
    page.mouse.move(x, y)
    page.wait_for_selector("#tip:not([hidden])")
    assert page.locator("#tip strong").text_content() == HOSTILE
    for view in ("questions", "pipeline", "guidance", "figures", "conflicts"):
        page.evaluate("view => qa.set({ view })", view)
    page.evaluate("qa.set({ tab: 'transcript' })")
    page.fill("#search", "alert")
    assert page.locator("#hits .hit-name").first.text_content() == HOSTILE
    assert page.locator("img").count() == 0
    assert watched.quiet(), watched


def test_naughty_strings_come_through_unchanged(browser: Any, tmp_path: Path, shared: Path) -> None:
    naughty = json.loads((shared / "benchmarks" / "naughty-strings.json").read_text("utf-8"))
    watched = watch(browser, _page_of_labels(tmp_path, [text for text in naughty if text.strip()]))
    wrong = watched.page.evaluate(
        "() => [...qa.nodes.values()].filter((node) => {"
        " if (!node.id.startsWith('target/n')) return false;"
        " qa.showNode(node.id);"
        " return qa.byId('details').querySelector('h2').textContent !== node.label;"
        "}).map((node) => node.label)"
    )
    labels = watched.page.evaluate(
        "[...qa.nodes.values()].filter(n => n.id.startsWith('target/n')).map(n => n.label)"
    )
    assert wrong == []
    assert labels == [text for text in naughty if text.strip()]
    assert watched.quiet(), watched


def _page_of_labels(folder: Path, labels: list[str]) -> Path:
    from dataclasses import replace

    from extractors.model import Entity, EntityType

    call = first_call()
    more = tuple(Entity(f"target/n{i}", EntityType.TARGET, label) for i, label in enumerate(labels))
    path = folder / "naughty.html"
    page = page_html([replace(call, entities=(*call.entities, *more))])
    path.write_text(page, encoding="utf-8", errors="surrogatepass")
    return path


def test_it_works_inside_a_notebooks_frame(browser: Any, files: dict[str, Path]) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(files["framed"].as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready=true]")
    frame.evaluate("qa.showNode('target/cd22')")
    assert frame.locator("#details h2").inner_text() == "CD22"
    assert errors == []
    context.close()


def test_many_calls_open_on_an_overview(browser: Any, files: dict[str, Path]) -> None:
    watched = watch(browser, files["two"])
    kinds = watched.page.evaluate("[...qa.shown().nodes].map(id => qa.nodes.get(id).kind)")
    assert "Question" not in kinds
    assert "Issuer" in kinds
    watched.page.evaluate("qa.set({ view: 'guidance' })")
    assert "Q3 2031" in watched.page.locator("#view-table").inner_text()
    watched.page.evaluate("qa.set({ view: 'questions', call: '1' })")
    assert "price of ORV-22" in watched.page.locator("#view-table").inner_text()
    assert "ORV-70 safe" not in watched.page.locator("#view-table").inner_text()
    watched.page.evaluate("qa.set({ view: 'graph' })")
    shown = watched.page.evaluate("[...qa.shown().nodes]")
    assert "question/orvl-2031q4/0" in shown
    assert "question/orvl-2031q3/0" not in shown
    assert "Q4 2031" in watched.page.locator("#details .names").inner_text()
    watched.page.get_by_text("← All calls").click()
    assert "question/orvl-2031q4/0" not in watched.page.evaluate("[...qa.shown().nodes]")
    assert watched.quiet(), watched


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (820, 1180), (390, 844)])
def test_nothing_is_wider_than_the_window(
    browser: Any, files: dict[str, Path], width: int, height: int
) -> None:
    watched = watch(browser, files["one"])
    watched.page.set_viewport_size({"width": width, "height": height})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.page.evaluate("document.documentElement.scrollHeight") <= height
    canvas = watched.page.locator("#canvas canvas").bounding_box()
    assert canvas["height"] > 150
    assert watched.quiet(), watched


def test_the_frame_source_is_the_page(files: dict[str, Path]) -> None:
    framed = files["framed"].read_text("utf-8")
    source = framed.split('srcdoc="')[1].split('" sandbox')[0]
    assert html.unescape(source) == files["one"].read_text("utf-8")


def test_the_first_picture_is_there_before_the_drawing_library(one: Watched) -> None:
    marks = one.page.evaluate(
        "['picture', 'ready'].map(name => performance.getEntriesByName(name)[0].startTime)"
    )
    assert marks[0] < marks[1]
    assert one.page.locator("#canvas .sketch").count() == 0
    assert one.page.locator("#engine").count() == 0


def test_many_lines_are_left_out_while_the_picture_is_dragged(browser: Any, tmp_path: Path) -> None:
    nodes = tuple(DrawnNode(f"target/{i}", "Target", f"T{i}", calm=True) for i in range(80))
    edges = tuple(
        DrawnEdge(f"target/{i}", f"target/{j}", "broader") for i in range(80) for j in range(i)
    )
    path = tmp_path / "many.html"
    path.write_text(drawing_html(Drawing("Many", (), nodes, edges)), encoding="utf-8")
    watched = watch(browser, path)
    assert watched.page.evaluate("qa.manyLines()")
    watched.page.mouse.move(40, 300)
    watched.page.mouse.down()
    watched.page.mouse.move(90, 340)
    watched.page.wait_for_timeout(100)
    assert watched.page.evaluate("qa.scene.moving")
    watched.page.mouse.up()
    watched.page.wait_for_timeout(100)
    assert not watched.page.evaluate("qa.scene.moving")
    assert watched.quiet(), watched


def test_a_page_with_a_focus_speaks_of_everything_by_name(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "focus.html"
    path.write_text(page_html([first_call()], focus="CD22"), encoding="utf-8")
    watched = watch(browser, path)
    page = watched.page
    assert page.locator("#details h2").inner_text() == "CD22"
    assert page.evaluate("qa.shown().nodes.size") < page.evaluate("qa.nodes.size")
    for view in ("questions", "pipeline", "guidance", "figures"):
        page.evaluate("view => qa.set({ view })", view)
        assert "person/" not in page.locator("#view-table").inner_text()
        page.locator("#view-table tbody button").last.click()
    page.evaluate("qa.set({ tab: 'transcript', view: 'graph' })")
    assert "person/" not in page.locator("#transcript").inner_text()
    page.locator("#legend button", has_text="Show all").click()
    assert page.evaluate("qa.shown().nodes.size") == page.evaluate("qa.nodes.size")
    assert watched.quiet(), watched


def test_the_call_at_a_glance_says_what_was_asked_about_most(one: Watched) -> None:
    topics = one.page.locator("#details .topics")
    assert "ORV-" in topics.first.inner_text()
    assert "×" in topics.first.inner_text()
    assert "by" in one.page.locator("#subtitle").inner_text()


def test_a_line_tells_what_it_says_when_the_pointer_rests_on_it(one: Watched) -> None:
    (x0, y0), (x1, y1) = one.place_of(PROGRAM), one.place_of("target/cd22")
    one.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    one.page.wait_for_selector("#tip:not([hidden])")
    assert one.page.locator("#tip").inner_text().split("\n") == ["ORV-22", "has target", "CD22"]
