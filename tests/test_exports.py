"""Every export is read again by another library, also when the text is hostile."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from extractors import model as m
from graph.assemble import assemble
from graph.convert import to_graph
from graph.errors import ExportError
from graph.exports import export, formats
from graph.network import network
from graph.store import Store
from tests.sample_calls import sample_calls

HOSTILE = '=cmd|" /C calc"!A1\x00\x0b\ufffe</node><script>alert(1)</script>&\u202e\n,;\t@"\\'
# rdflib warns of its own names inside its own code
pytestmark = pytest.mark.filterwarnings("ignore:.*:DeprecationWarning:rdflib.*")


def hostile_calls() -> list[m.Extraction]:
    first, second = sample_calls()
    renamed = tuple(
        replace(entity, label=HOSTILE, alt_labels=(HOSTILE[1:],))
        if entity.id == "program/orv-22"
        else entity
        for entity in first.entities
    )
    question = replace(first.questions[0], text=HOSTILE)
    return [replace(first, entities=renamed, questions=(question,)), second]


@pytest.fixture(scope="module", params=["plain", "hostile"])
def store(request: pytest.FixtureRequest) -> Store:
    result = Store.memory()
    for call in hostile_calls() if request.param == "hostile" else sample_calls():
        result.put_call(call.transcript.call.id, assemble(call))
    return result


def all_lines(store: Store) -> list[str]:
    return [line for call in store.calls() for line in store.lines(call)]


def quads(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads()}


def test_every_format_of_the_command_is_there() -> None:
    wanted = {"turtle", "trig", "jsonld", "nquads", "graphml", "gexf", "parquet", "neo4j-csv"}
    assert wanted | {"csv-tables"} <= set(formats())


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_says_what_it_writes(name: str, store: Store, tmp_path: Path) -> None:
    module = formats()[name]
    assert module.__doc__
    path = export(store, name, tmp_path)
    assert path.is_file() == bool(module.SUFFIX)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", sorted(formats()))
def test_the_same_bytes_each_time(name: str, store: Store, tmp_path: Path) -> None:
    contents = []
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        path = export(store, name, tmp_path / part)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        contents.append([file.read_bytes() for file in files])
    assert contents[0] == contents[1]


def test_rdflib_reads_the_turtle(store: Store, tmp_path: Path) -> None:
    path = export(store, "turtle", tmp_path / "graph.ttl")
    parsed = rdflib.Graph().parse(path, format="turtle")
    assert isomorphic(parsed, to_graph(all_lines(store)))


@pytest.mark.parametrize(("name", "format"), [("trig", "trig"), ("nquads", "nquads")])
def test_rdflib_reads_the_graphs(name: str, format: str, store: Store, tmp_path: Path) -> None:
    path = export(store, name, tmp_path)
    parsed, expected = rdflib.Dataset(), rdflib.Dataset()
    parsed.parse(path, format=format)
    expected.parse(data="".join(all_lines(store)), format="nquads")
    assert quads(parsed) == quads(expected)


def test_pyoxigraph_and_rdflib_read_the_json_ld(store: Store, tmp_path: Path) -> None:
    path = export(store, "jsonld", tmp_path)
    parsed = {f"{quad} .\n" for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.JSON_LD)}
    assert parsed == set(all_lines(store))
    dataset = rdflib.Dataset()
    dataset.parse(path, format="json-ld")
    assert len(quads(dataset)) == len(parsed)
    document = json.loads(path.read_text("utf-8"))
    assert document["@context"]["askedBy"] == {"@id": "qa:askedBy", "@type": "@id"}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_network(name: str, store: Store, tmp_path: Path) -> None:
    path = export(store, name, tmp_path)
    reader = nx.read_graphml if name == "graphml" else nx.read_gexf
    parsed, expected = reader(path), network(store)
    assert set(parsed) == set(expected)
    assert parsed.number_of_edges() == expected.number_of_edges()
    label = expected.nodes["program/orv-22"]["label"].replace("\x00", "\ufffd")
    assert parsed.nodes["program/orv-22"]["label"][:20] == label[:20].replace("\x0b", "\ufffd")


def test_gexf_holds_no_date_of_today(store: Store, tmp_path: Path) -> None:
    assert "lastmodifieddate" not in export(store, "gexf", tmp_path).read_text("utf-8")


def test_pandas_reads_the_tables(store: Store, tmp_path: Path) -> None:
    plain = export(store, "csv-tables", tmp_path / "tables")
    typed = export(store, "parquet", tmp_path / "parquet")
    assert {path.stem for path in plain.iterdir()} == {path.stem for path in typed.iterdir()}
    for path in plain.iterdir():
        frame = pd.read_csv(path)
        same = pd.read_parquet(typed / f"{path.stem}.parquet")
        assert list(frame.columns) == list(same.columns)
        assert len(frame) == len(same)
    calls = pd.read_parquet(typed / "Call.parquet")
    assert str(calls["heldOn"].iloc[0]) == "2031-11-04"
    deals = pd.read_parquet(typed / "DealTerm.parquet")
    assert deals["amount"].tolist() == [410000000.0]


def test_no_cell_is_a_formula(store: Store, tmp_path: Path) -> None:
    folder = export(store, "csv-tables", tmp_path / "tables")
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_neo4j_gets_its_headers_and_every_edge_its_ends(store: Store, tmp_path: Path) -> None:
    folder = export(store, "neo4j-csv", tmp_path / "neo4j")
    nodes = pd.read_csv(folder / "nodes.csv", dtype=str)
    edges = pd.read_csv(folder / "relationships.csv", dtype=str)
    assert [name for name in nodes.columns if ":" in str(name)] == ["id:ID", ":LABEL"]
    ends = set(edges[":START_ID"]) | set(edges[":END_ID"])
    assert ends <= set(nodes["id:ID"])
    assert nodes["id:ID"].is_unique
    assert len(edges) == network(store).number_of_edges()
    assert "\n" not in (folder / "nodes.csv").read_text("utf-8").splitlines()[1]


def test_an_unknown_format_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no format 'rdfxml'; there are csv-tables"):
        export(store, "rdfxml", tmp_path)


def test_an_old_export_is_replaced_and_a_bad_place_is_named(store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        export(store, "csv-tables", tmp_path)
        export(store, "turtle", tmp_path)
    assert {item.name for item in tmp_path.iterdir()} == {"csv-tables", "graph.ttl"}
    file = tmp_path / "graph.ttl"
    with pytest.raises(ExportError, match="cannot be written"):
        export(store, "turtle", file / "below" / "x.ttl")


def test_annotations_give_words_and_place(store: Store, tmp_path: Path) -> None:
    path = export(store, "web-annotation", tmp_path / "spans.jsonld")
    graph = rdflib.Graph().parse(path, format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    found = list(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(found) == len(set(found)) > 5
    texts = {}
    for extraction in sample_calls():
        call = f"{store.ids.call(extraction.transcript.call.id)}/transcript.txt"
        texts[rdflib.URIRef(call)] = extraction.transcript.text
    checked = 0
    for annotation in found:
        assert list(graph.objects(annotation, oa.hasBody))
        target = graph.value(annotation, oa.hasTarget)
        text = texts[rdflib.URIRef(str(graph.value(target, oa.hasSource)))]
        selectors = set(graph.objects(target, oa.hasSelector))
        spot = {s: graph.value(s, oa.start) for s in selectors}
        place = next(s for s, start in spot.items() if start is not None)
        words = next(s for s, start in spot.items() if start is None)
        start, end = int(str(spot[place])), int(str(graph.value(place, oa.end)))
        assert text[start:end] == str(graph.value(words, oa.exact))
        prefix = str(graph.value(words, oa.prefix) or "")
        suffix = str(graph.value(words, oa.suffix) or "")
        assert text[start - len(prefix) : end + len(suffix)].startswith(prefix)
        checked += bool(prefix or suffix)
    assert checked
