"""The real server: asked by somebody else's client, read-only, pushed to, reaching nobody."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

from graph.assemble import assemble
from graph.endpoint import Endpoint, push
from graph.errors import QueryError, StoreError, UnknownTermError
from graph.library import queries, run_named
from graph.processes import end
from graph.query import run_query
from graph.server import find_server, start_server
from graph.store import Store
from tests.sample_calls import sample_calls


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    with Store.open(folder, write=True) as store:
        for call in sample_calls():
            store.put_call(call.transcript.call.id, assemble(call))
    return folder


@pytest.fixture(scope="module")
def url(path: Path) -> Iterator[str]:
    port = free_port()
    process = start_server(path, port=port)
    yield f"http://127.0.0.1:{port}"
    end(process)


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of nobody's that takes what is pushed."""
    port = free_port()
    folder = tmp_path_factory.mktemp("other")
    command = [str(find_server()), "serve", "--location", str(folder)]
    process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{address}/query?query=ASK%7B%7D"):
                break
        except urllib.error.URLError:
            time.sleep(0.05)
    yield address
    end(process)


def test_another_client_gets_the_rows(url: str, path: Path) -> None:
    client = SPARQLWrapper(f"{url}/query")
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    with Store.open(path) as store:
        assert int(found["results"]["bindings"][0]["n"]["value"]) == len(store)


def test_the_page_to_write_queries_on_is_there(url: str) -> None:
    with urllib.request.urlopen(f"{url}/") as reply:
        assert b"yasgui" in reply.read().lower()


def test_the_server_takes_no_update(url: str) -> None:
    request = urllib.request.Request(
        f"{url}/update",
        data=b"INSERT DATA { <urn:a> <urn:b> 1 }",
        headers={"Content-Type": "application/sparql-update"},
    )
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(request)


def test_the_server_reaches_nobody(url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        port = listener.getsockname()[1]
        client = SPARQLWrapper(f"{url}/query")
        client.setQuery(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?a ?b ?c }} }}")
        client.setTimeout(5)
        with contextlib.suppress(Exception):  # the server breaks its answer off
            client.query().response.read()
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_server_listens_on_loopback_only(url: str) -> None:
    port = int(url.rpartition(":")[2])
    with socket.socket() as outside:
        outside.settimeout(1)
        host = socket.gethostbyname(socket.gethostname())
        if host.startswith("127."):
            pytest.skip("this machine has no other address")
        with pytest.raises(OSError):
            outside.connect((host, port))


@pytest.mark.parametrize("name", sorted(queries()))
def test_named_queries_answer_from_a_server_as_from_the_store(
    name: str, url: str, path: Path
) -> None:
    with Store.open(path) as store:
        here = run_named(store, name)
    there = run_named(Endpoint(f"{url}/query"), name)
    assert there.variables == here.variables
    assert sorted(map(str, there.rows)) == sorted(map(str, here.rows))


def test_an_endpoint_stands_where_a_store_is_read(url: str) -> None:
    endpoint = Endpoint(f"{url}/query")
    assert endpoint.calls() == ("orvl-2031q3", "orvl-2031q4")
    assert len(run_named(endpoint, "analysts-by-target", {"target": "siglec-2"})) == 2
    assert run_query(endpoint, "ASK { ?c a qa:Call }").boolean is True
    made = run_query(endpoint, "CONSTRUCT { ?p qa:phase ?v } WHERE { ?p qa:phase ?v }")
    assert [str(triple.object) for triple in made.triples] == ['"1/2"']
    with pytest.raises(UnknownTermError, match="bears the name"):
        run_named(endpoint, "pipeline", {"target": "no such"})


def test_the_servers_words_about_a_wrong_query_are_passed_on(url: str) -> None:
    endpoint = Endpoint(f"{url}/query")
    with pytest.raises(QueryError, match="the server refuses"):
        run_query(endpoint, "SELECT * { ?s ?p")
    with pytest.raises(QueryError, match="SERVICE is closed"):
        run_query(endpoint, "SELECT * { SERVICE <urn:x> {} }")


def test_a_push_gives_the_same_answers_and_can_be_repeated(writable: str, path: Path) -> None:
    with Store.open(path) as store:
        for _ in range(2):
            assert push(store, f"{writable}/store") == 2
        endpoint = Endpoint(f"{writable}/query")
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert run_query(endpoint, count).to_rows() == [(len(store),)]
        graphs = run_query(endpoint, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert len(graphs) == 2
        for name in ("pipeline", "guidance-ledger"):
            assert run_named(endpoint, name).to_rows() == run_named(store, name).to_rows()


def test_what_cannot_be_reached_or_started_is_named(url: str, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        Endpoint(f"http://127.0.0.1:{free_port()}/query").calls()
    with pytest.raises(StoreError, match="no store is here"):
        start_server(tmp_path)
    with pytest.raises(StoreError, match=r"port \d+ is taken"):
        start_server(path, port=int(url.rpartition(":")[2]))
    with pytest.raises(StoreError, match="no address of a server"):
        Endpoint("file:///etc/passwd")


def test_a_server_ends_with_the_process_that_serves(path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "qagraph", "serve", str(path.parent), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("read-only" in line for line in process.stderr)
        process.terminate()
        assert process.wait(timeout=20) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
