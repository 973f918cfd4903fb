"""A user's query: answered, explained when wrong, stopped at its limits, kept from the network."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from graph.assemble import assemble
from graph.errors import QueryError, QueryLimitError
from graph.query import Limits, _workers, run_query
from graph.query_text import check_query_text, check_with_parser
from graph.results import FORMATS
from graph.store import Store
from tests.sample_calls import first_call, second_call

QUICK = Limits(seconds=1.0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("queries") / "store"
    with Store.open(path, write=True) as writer:
        writer.put_call("orvl-2031q3", assemble(first_call()))
    with Store.open(path) as reader:
        yield reader


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that notes who calls."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(5)

    def listen() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with peer:
                heard.append(peer.recv(100))

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], heard
    server.close()


def test_select_gives_rows_with_the_prefixes_bound(store: Store) -> None:
    result = run_query(store, "SELECT ?name { id:program\\/orv-22 rdfs:label ?name }")
    assert result.variables == ("name",)
    assert result.to_rows() == [("ORV-22",)]


def test_ask_construct_and_describe(store: Store) -> None:
    assert run_query(store, "ASK { ?call a qa:Call }").boolean is True
    made = run_query(store, "CONSTRUCT { ?p qa:hasTarget ?t } WHERE { ?p qa:hasTarget ?t }")
    assert [str(t.object) for t in made.triples] == ["<https://w3id.org/qagraph/id/target/cd22>"]
    assert "qa:hasTarget" in made.to_text()
    told = run_query(store, "DESCRIBE <https://w3id.org/qagraph/id/target/cd22>")
    assert {"CD22", "Siglec-2"} <= {getattr(t.object, "value", "") for t in told.triples}


def test_a_call_can_be_asked_by_its_graph(store: Store) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/qagraph/id/graph/{}> { ?s ?p ?o } }"
    whole = len(assemble(first_call()))
    assert run_query(store, query.replace("{}", "orvl-2031q3", 1)).to_rows() == [(whole,)]
    assert run_query(store, query.replace("{}", "none", 1)).to_rows() == [(0,)]


def test_a_frame_keeps_numbers_and_days(store: Store) -> None:
    frame = run_query(
        store, "SELECT ?day ?n ?on { ?c qa:heldOn ?day . ?t qa:amount ?n . ?p qa:spoke ?on }"
    ).to_frame()
    assert frame["n"].tolist()[0] == 410000000
    assert str(frame["day"].tolist()[0]) == "2031-11-04"
    assert set(frame["on"]) == {True, False}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_can_be_written(format: str, store: Store) -> None:
    text = run_query(store, 'SELECT ?a ?b { VALUES (?a ?b) { ("x<&\\t\\u0000" 1) (UNDEF 2) } }')
    written = text.to_text(format)
    assert "1" in written
    if format in ("tsv", "json"):
        kind = getattr(ox.QueryResultsFormat, format.upper())
        rows = ox.parse_query_results(written.encode(), format=kind)
        assert isinstance(rows, ox.QuerySolutions)
        assert len(list(rows)) == 2
    if format == "xml":
        assert "\x00" not in written
        assert len(ElementTree.fromstring(written).findall(".//{*}result")) == 2


@pytest.mark.parametrize("format", FORMATS)
def test_a_yes_or_no_can_be_written(format: str, store: Store) -> None:
    text = run_query(store, "ASK {}").to_text(format)
    assert "yes" in text or "true" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?call {\n ?call a }", "line 2, column 10: no SPARQL: unexpected '}'"),
        (
            "SELECT * {\n ?p qa:hasTarget id:t/cd22 . ?p ?x }",
            r"line 2, column 18: no SPARQL: a '/' in a short name takes a backslash: id:t\/cd22",
        ),
        ("SELECT * { ?s ?p", "line 1, column 17: no SPARQL: something is missing here"),
        ("SELECT * { ?s foo:bar ?o }", "line 1, column 22: no SPARQL: a prefix before here"),
        ("", "line 1, column 1: no SPARQL: something is missing here"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "only SELECT, ASK, CONSTRUCT and DESCRIBE"),
        ("DROP ALL", "no SPARQL"),
        ("LOAD <file:///etc/passwd>", "line 1, column 1: LOAD is closed"),
        ("SELECT * { SERVICE <urn:x> {} }", "line 1, column 12: SERVICE is closed"),
        ("ASK { ?a ?b ?c }\x00", "holds a NUL character"),
        ("ASK { ?a ?b '\ud800' }", "half of a surrogate pair"),
    ],
)
def test_what_is_no_query_is_explained(text: str, message: str, store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { ?service rdfs:label "SERVICE <urn:x>" }',
        "SELECT * { ?s <urn:service> ?o } # SERVICE <urn:x>",
        "SELECT * { ?s qa:service ?o ; qa:load.service ?p }",
        "SELECT * { ?s ?p '''it's a SERVICE <x>''' }",
    ],
)
def test_a_name_with_the_word_is_no_service(text: str, store: Store) -> None:
    run_query(store, text)


FEDERATED = (
    "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { SERVICE SILENT <URL> { ?a ?b ?c } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o.SERVICE<URL>{ ?a ?b ?c } } LIMIT 1",
    "SELECT * { FILTER EXISTS { service<URL>{ ?a ?b ?c } } }",
    "SELECT * { BIND(1SERVICE<URL>{ ?a ?b ?c } AS ?x) }",
    "SELECT * { SERV\\u0049CE <URL> { ?a ?b ?c } }",
    "SELECT * FROM <URL> { ?a ?b ?c }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?a ?b ?c } }",
    "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }",
)


@pytest.mark.parametrize("text", FEDERATED)
@pytest.mark.parametrize("checked", [True, False], ids=["checked", "kernel only"])
def test_no_query_reaches_a_server(
    text: str,
    checked: bool,
    store: Store,
    listener: tuple[int, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, heard = listener
    if not checked:
        monkeypatch.setattr("graph.query.check_query_text", lambda text: None)
    try:
        result = run_query(store, text.replace("URL", f"http://127.0.0.1:{port}/"))
        assert len(result) <= 1
    except QueryError as error:
        assert "root:" not in str(error)
    time.sleep(0.05)
    assert heard == []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <urn:x> { ?a ?b ?c } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <urn:x> {} } }",
        "SELECT * { SERV\\u0049CE <urn:x> { ?a ?b ?c } }",
        "PREFIX s: <urn:x> SELECT * { { SELECT * { SERVICE s:a { ?a ?b ?c } } } }",
        "no query",
    ],
)
def test_without_the_kernel_the_parser_refuses(text: str) -> None:
    with pytest.raises(QueryError):
        check_with_parser(text)


def test_an_unsealed_worker_is_helped_by_the_parser(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_query(store, "ASK {}")
    monkeypatch.setattr(_workers[store], "sealed", False)
    monkeypatch.setattr("graph.query.check_query_text", lambda text: None)
    assert run_query(store, "ASK {}").boolean is True
    with pytest.raises(QueryError, match="SERVICE is closed"):
        run_query(store, "SELECT * { SERVICE <urn:x> { ?a ?b ?c } }")


CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_that_does_not_end_is_stopped(store: Store) -> None:
    start = time.monotonic()
    with pytest.raises(QueryLimitError, match="stopped after 1 seconds"):
        run_query(store, CROSS, limits=QUICK)
    assert time.monotonic() - start < 3
    assert run_query(store, "ASK {}").boolean is True


def test_ctrl_c_stops_a_query_and_leaves_the_session(store: Store) -> None:
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        run_query(store, CROSS)
    assert run_query(store, "ASK {}").boolean is True


def test_memory_is_limited(store: Store) -> None:
    grow = "?v0" + "".join(
        f" BIND(CONCAT({', '.join([f'?v{i}'] * 10)}) AS ?v{i + 1})" for i in range(9)
    ).replace("?v0", "", 0)
    text = f"SELECT (STRLEN(?v9) AS ?n) {{ BIND('0123456789' AS ?v0) {grow[3:]} }}"
    with pytest.raises(QueryLimitError, match="memory"):
        run_query(store, text, limits=Limits(seconds=20, memory=2**30))
    assert run_query(store, "ASK {}").boolean is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * " + "{" * 5000 + "}" * 5000, "brackets are nested over 100 deep"),
        ("SELECT * { ?a ?b '" + "x" * 70_000 + "' }", "at most 65,536"),
        ("SELECT * { FILTER(" + "!" * 60_000 + "true) }", "ended its process"),
        ("SELECT * { ?a " + "^" * 60_000 + "<urn:p> ?b }", "no SPARQL"),
        ("SELECT * { FILTER(" + "-" * 20_000 + "1) }", "no SPARQL"),
    ],
    ids=["braces", "length", "not", "inverse", "minus"],
)
def test_a_query_that_is_too_deep_or_long_ends_in_an_error(
    text: str, message: str, store: Store
) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(store, text, limits=Limits(seconds=10))
    assert run_query(store, "ASK {}").boolean is True


def test_brackets_in_texts_do_not_count() -> None:
    check_query_text(f"SELECT * {{ ?a ?b '{'(' * 500}' }} # {'{' * 500}")


def test_rows_beyond_the_limit_are_cut_and_it_is_said(store: Store) -> None:
    whole = run_query(store, "SELECT * { ?s ?p ?o }")
    cut = run_query(store, "SELECT * { ?s ?p ?o }", limits=Limits(rows=5))
    assert (len(cut), cut.truncated, whole.truncated) == (5, "rows", "")
    exact = run_query(store, "SELECT * { ?s ?p ?o } LIMIT 5", limits=Limits(rows=5))
    assert (len(exact), exact.truncated) == (5, "")
    made = run_query(store, "CONSTRUCT WHERE { ?s ?p ?o }", limits=Limits(rows=5))
    assert (len(made), made.truncated) == (5, "rows")
    small = run_query(store, "SELECT * { ?s ?p ?o }", limits=Limits(bytes=2000))
    assert 0 < len(small) < len(whole)
    assert small.truncated == "bytes"


def test_the_worker_is_used_again_and_sees_what_was_written(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?c a qa:Call }"
    with Store.open(tmp_path / "s", write=True) as store:
        store.put_call("orvl-2031q3", assemble(first_call()))
        assert run_query(store, count).to_rows() == [(1,)]
        worker = _workers[store]
        assert run_query(store, count).to_rows() == [(1,)]
        assert _workers[store] is worker
        store.put_call("orvl-2031q4", assemble(second_call()))
        assert run_query(store, count).to_rows() == [(2,)]


def test_a_store_in_memory_is_answered_too() -> None:
    store = Store.memory()
    store.put_call("orvl-2031q3", assemble(first_call()))
    store.put_call("orvl-2031q4", assemble(second_call()))
    assert run_query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").to_rows() == [(len(store),)]
    store.remove_call("orvl-2031q4")
    assert run_query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").to_rows() == [(len(store),)]


def test_the_table_shows_one_line_a_row(store: Store) -> None:
    text = run_query(
        store, 'SELECT ?a { VALUES ?a { "a\\nb" qa:Deferred "\\u001b[31m" } }'
    ).to_text()
    assert text.splitlines() == ["a", "-----------", "a b", "qa:Deferred", "�[31m"]
