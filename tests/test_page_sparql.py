"""SPARQL inside the page: the vendored engine is what it says, and answers in a real browser."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import graph.page_sparql
from graph.assemble import assemble
from graph.drawing_build import draw_calls
from graph.errors import GraphError
from graph.page import drawing_html
from graph.page_sparql import sparql_kit
from tests.page_browser import Watched, chromium, watch
from tests.sample_calls import first_call, second_call

VENDOR = files("graph").joinpath("resources/page/vendor")


def nquads() -> str:
    return "".join(sorted({*assemble(first_call()), *assemble(second_call())}))


def test_the_engine_is_vendored_with_version_checksum_and_licences() -> None:
    record = tomllib.loads(VENDOR.joinpath("oxigraph.toml").read_text("utf-8"))
    assert record["version"] == "0.5.11"
    script = VENDOR.joinpath("oxigraph.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == record["file"][0]["sha256"]
    assert "MIT" in record["licence"]
    for name in ("OXIGRAPH-LICENSE-MIT", "OXIGRAPH-LICENSE-APACHE"):
        assert len(VENDOR.joinpath(name).read_text("utf-8")) > 900


def test_a_changed_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def __init__(self, data: bytes) -> None:
            self.hexdigest = lambda: "0" * 64

    graph.page_sparql._engine.cache_clear()
    monkeypatch.setattr("graph.page_sparql.hashlib.sha256", Other)
    with pytest.raises(GraphError, match=r"is not the file of oxigraph 0\.5\.11"):
        graph.page_sparql._engine()
    graph.page_sparql._engine.cache_clear()


def test_questions_and_entities_are_known_by_their_iris() -> None:
    kit = sparql_kit(draw_calls([first_call()]), nquads())
    known = {iri for iri, _ in kit["nodes"]}
    dataset = nquads()
    assert "https://w3id.org/qagraph/id/target/cd22" in known
    assert all(f"<{iri}>" in dataset for iri in known)
    assert not any(query["text"].lstrip().startswith("# title") for query in kit["queries"])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    drawing = draw_calls([first_call(), second_call()])
    kit: dict[str, Any] = sparql_kit(drawing, nquads()) | {"seconds": 4}
    path: Path = tmp_path_factory.mktemp("sparql") / "page.html"
    path.write_text(drawing_html(drawing, kit), encoding="utf-8")
    with chromium() as browser:
        watched = watch(browser, path, "#view=sparql")
        watched.page.set_default_timeout(30_000)
        yield watched
        assert watched.quiet(), watched


def ask(watched: Watched, query: str) -> Any:
    return watched.page.evaluate("query => qa.query(query)", query)


@pytest.mark.browser
@pytest.mark.slow
def test_a_query_is_answered_and_leads_to_the_nodes(asked: Watched) -> None:
    page = asked.page
    page.fill("#query", "SELECT ?p ?t { ?p qa:hasTarget ?t }")
    page.get_by_role("button", name="Run").click()
    page.wait_for_selector("#answer tbody tr")
    assert "ORV-22" in page.locator("#answer tbody").inner_text()
    page.locator("#answer button", has_text="in the graph").click()
    assert asked.state("view") == "graph"
    assert page.evaluate("qa.shown().nodes.has('target/cd22')")
    page.evaluate("qa.set({ view: 'sparql' })")


@pytest.mark.browser
@pytest.mark.slow
def test_each_triple_counts_once_whatever_the_number_of_calls(asked: Watched) -> None:
    counted = ask(asked, "SELECT (COUNT(*) AS ?n) { id:program/orv-22 a qa:Program }".replace(
        "id:program/orv-22", "<https://w3id.org/qagraph/id/program/orv-22>"
    ))  # fmt: skip
    assert counted["rows"][0][0]["text"] == "1"
    in_graphs = ask(
        asked,
        "SELECT ?g { GRAPH ?g { <https://w3id.org/qagraph/id/program/orv-22> a qa:Program } }",
    )
    assert in_graphs["total"] == 2


@pytest.mark.browser
@pytest.mark.slow
def test_every_example_of_the_library_runs(asked: Watched) -> None:
    queries = asked.page.evaluate(
        "JSON.parse(qa.byId('sparql').textContent).queries.map(query => query.text)"
    )
    assert len(queries) > 10
    found = [ask(asked, query)["total"] for query in queries]
    assert sum(total > 0 for total in found) > len(found) / 2


@pytest.mark.browser
@pytest.mark.slow
def test_a_mistake_is_told_in_words(asked: Watched) -> None:
    asked.page.fill("#query", "SELECT nonsense")
    asked.page.get_by_role("button", name="Run").click()
    asked.page.wait_for_selector("#answer .error")
    assert "expected" in asked.page.locator("#answer .error").inner_text()


@pytest.mark.browser
@pytest.mark.slow
def test_a_query_without_end_is_stopped_and_the_next_one_works(asked: Watched) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    asked.page.fill("#query", endless)
    asked.page.get_by_role("button", name="Run").click()
    asked.page.wait_for_selector("#answer .error")
    assert "stopped after 4 seconds" in asked.page.locator("#answer .error").inner_text()
    assert ask(asked, "ASK { ?s ?p ?o }")["rows"][0][0]["text"] == "true"
