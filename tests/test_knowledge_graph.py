"""The Python face: tables with types, networks, datasets, pages."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib

import qagraph
from extractors.model import Response
from graph.errors import QueryError, StoreError


def test_questions_have_one_row_each_with_all_that_became_of_them(
    kg: qagraph.KnowledgeGraph,
) -> None:
    table = kg.questions()
    assert not table.duplicated(["call", "number"]).any()
    stand_in = table[table.analyst == "Lee Tran"]
    assert set(stand_in.firm) == {"Harrow Pine"}
    assert set(stand_in.answered_by) == {"Priya Raman"}
    assert set(table.response) <= {
        "Answered",
        "PartlyAnswered",
        "Deferred",
        "Declined",
        "NotAddressed",
    }


@pytest.mark.parametrize(
    ("method", "column", "value"),
    [
        ("programs", "target", "CD22"),
        ("participants", "name", "Priya Raman"),
        ("guidance", "subject", "VRN-122"),
        ("deals", "amount", 540_000_000),
        ("conflicts", "value", "$540 million"),
        ("calls", "call", "vrno-2031q4"),
    ],
)
def test_a_table_holds_what_was_said(
    kg: qagraph.KnowledgeGraph, method: str, column: str, value: object
) -> None:
    table = getattr(kg, method)()
    assert isinstance(table, pd.DataFrame)
    assert value in set(table[column])


def test_a_query_is_either_text_or_a_name(kg: qagraph.KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="give a query"):
        kg.query()
    with pytest.raises(QueryError, match="give a query"):
        kg.query("ASK { ?s ?p ?o }", name="pipeline")


def test_counts_are_right_over_several_calls(kg: qagraph.KnowledgeGraph) -> None:
    counted = kg.query("SELECT (COUNT(*) AS ?n) { ?x rdfs:label 'CD22' }")
    assert list(counted.n) == [1]


def test_the_dataset_has_one_named_graph_a_call(kg: qagraph.KnowledgeGraph) -> None:
    dataset = kg.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    named = {str(g.identifier) for g in dataset.graphs() if len(g)}
    assert {name.rpartition("/")[2] for name in named} >= {"vrno-2031q3", "vrno-2031q4"}


def test_the_network_names_its_nodes(kg: qagraph.KnowledgeGraph, tmp_path: Path) -> None:
    network = kg.network()
    assert isinstance(network, nx.MultiDiGraph)
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert {"CD22", "VRN-122", "Priya Raman", "Lee Tran"} <= labels
    path = tmp_path / "network.graphml"
    nx.write_graphml(network, path)
    assert len(nx.read_graphml(path, force_multigraph=True)) == len(network)


def test_what_was_extracted_can_be_read_back(kg: qagraph.KnowledgeGraph) -> None:
    extraction = kg.extraction("vrno-2031q3")
    text = extraction.transcript.text
    assert all(text[e.start : e.end] == e.quote for e in extraction.evidence())
    with pytest.raises(StoreError, match="no such call"):
        kg.extraction("nope")


def test_a_page_shows_inline_and_can_be_saved(kg: qagraph.KnowledgeGraph, tmp_path: Path) -> None:
    page = kg.draw(call="vrno-2031q3", height=500)
    inline = page._repr_html_()
    assert re.match(r"<iframe [^>]*srcdoc=", inline)
    assert "allow-scripts" in inline
    assert page.save(tmp_path / "page.html").read_text(encoding="utf-8") == page.html


def test_the_graph_says_what_it_is(kg: qagraph.KnowledgeGraph) -> None:
    assert "2 calls: vrno-2031q3, vrno-2031q4" in repr(kg)
    assert len(kg) == 2


def test_the_queries_are_a_table() -> None:
    table = qagraph.queries()
    assert list(table.columns) == ["name", "question", "parameters", "columns"]
    assert len(table) >= 25


def test_pressure_counts_what_is_asked_dodged_and_asked_again(kg: qagraph.KnowledgeGraph) -> None:
    dodges = {Response.DEFERRED, Response.DECLINED, Response.NOT_ADDRESSED}
    asked: dict[str, list[tuple[str, bool]]] = {}
    for call in kg.calls().sort_values("held_on").call:
        extraction = kg.extraction(call)
        labels = {entity.id: entity.label for entity in extraction.entities}
        for question in extraction.questions:
            for thing in question.about:
                asked.setdefault(labels[thing], []).append((call, question.response in dodges))
    table = kg.pressure().set_index("topic")
    assert dict(table.questions) == {name: len(items) for name, items in asked.items()}
    assert dict(table.dodged) == {name: sum(d for _, d in items) for name, items in asked.items()}
    for name, items in asked.items():
        dodged_in = [call for call, dodged in items if dodged]
        again = [call for call, _ in items if dodged_in and call > min(dodged_in)]
        assert table.asked_again[name] == len(again), name
    assert table.asked_again.max() > 0


@pytest.mark.parametrize(
    ("by", "column"), [("theme", "theme"), ("firm", "firm"), ("executive", "executive")]
)
def test_pressure_has_other_views(kg: qagraph.KnowledgeGraph, by: str, column: str) -> None:
    table = kg.pressure(by)
    assert len(table) > 2
    assert column in table.columns


def test_pressure_can_be_of_one_company_and_names_its_views(kg: qagraph.KnowledgeGraph) -> None:
    assert len(kg.pressure(company="Verrano Therapeutics")) == len(kg.pressure())
    with pytest.raises(QueryError, match="it is topic, theme, firm, executive"):
        kg.pressure("mood")


def test_projections_and_their_central_nodes_have_names(kg: qagraph.KnowledgeGraph) -> None:
    firms = kg.network("firms-programs")
    assert not firms.is_multigraph()
    assert {kind for _, kind in firms.nodes(data="kind")} <= {"Firm", "Program"}
    table = kg.centrality("firms-programs")
    assert set(table.label) == {label for _, label in firms.nodes(data="label")}
    assert len(kg.centrality()) == kg.network().number_of_nodes()
