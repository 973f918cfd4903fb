"""The network and its projections, with names that people can read."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.assemble import assemble
from graph.errors import UnknownTermError
from graph.network import network
from graph.projections import PROJECTIONS, centrality, project
from graph.store import Store
from tests.sample_calls import sample_calls


@pytest.fixture(scope="module")
def store() -> Store:
    result = Store.memory()
    for call in sample_calls():
        result.put_call(call.transcript.call.id, assemble(call))
    return result


def test_nodes_have_kinds_and_readable_labels(store: Store) -> None:
    nodes = dict(network(store).nodes(data=True))
    assert nodes["program/orv-22"] == {"kind": "Program", "label": "ORV-22"}
    question = nodes["call/orvl-2031q3/question/001"]
    assert (question["kind"], question["label"]) == ("Question", "Is ORV-70 safe?")
    assert (question["response"], question["call"]) == ("Declined", "orvl-2031q3")


def test_edges_have_the_predicate_the_evidence_and_the_days(store: Store) -> None:
    edges = network(store).get_edge_data("program/orv-22", "org/orivale-bio")
    assert edges == {
        "developedBy": {
            "label": "developedBy",
            "weight": 2,
            "calls": 2,
            "first": "2031-11-04",
            "last": "2032-03-02",
            "quote": "ORV-22 does",
        }
    }


def test_what_does_not_hold_is_no_edge(store: Store) -> None:
    result = network(store)
    assert not result.has_edge("program/orv-22", "target/cd70")
    assert not result.has_edge("program/orv-70", "target/cd22")


def test_an_analyst_is_tied_to_both_firms(store: Store) -> None:
    result = network(store)
    assert result.has_edge("person/petra-vance", "org/quill-street", "affiliation")
    assert result.has_edge("person/petra-vance", "org/larkmoor-capital", "affiliation")


def test_questions_can_be_left_out_and_kinds_chosen(store: Store) -> None:
    assert not [n for n in network(store, questions=False) if "/question/" in n]
    chosen = network(store, kinds=["Program", "Target"])
    assert {kind for _, kind in chosen.nodes(data="kind")} == {"Program", "Target"}
    assert chosen.has_edge("program/orv-22", "target/cd22", "hasTarget")


def test_the_order_is_the_same_each_time(store: Store) -> None:
    first, second = network(store), network(store)
    assert list(first.edges(keys=True)) == list(second.edges(keys=True))
    assert list(first) == list(second)


@pytest.mark.parametrize(
    ("name", "edge", "weight", "calls", "first", "last"),
    [
        (
            "analysts-topics",
            ("person/petra-vance", "program/orv-70"),
            2,
            2,
            "2031-11-04",
            "2032-03-02",
        ),
        (
            "firms-programs",
            ("org/quill-street", "program/orv-22"),
            1,
            1,
            "2031-11-04",
            "2031-11-04",
        ),
        (
            "programs-targets-partners",
            ("program/orv-22", "org/orivale-bio"),
            2,
            2,
            "2031-11-04",
            "2032-03-02",
        ),
        ("co-questions", ("program/orv-22", "program/orv-70"), 2, 2, "2031-11-04", "2032-03-02"),
    ],
)
def test_a_projection_has_weights_calls_and_days(
    name: str, edge: tuple[str, str], weight: int, calls: int, first: str, last: str, store: Store
) -> None:
    found = project(store, name).edges[edge]
    assert found == {"weight": weight, "calls": calls, "first": first, "last": last}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_projection_has_labels_no_loops_and_one_order(name: str, store: Store) -> None:
    projected = project(store, name)
    assert projected.number_of_edges()
    assert all(label for _, label in projected.nodes(data="label"))
    assert not list(nx.selfloop_edges(projected))
    assert list(projected.edges) == list(project(store, name).edges)


def test_an_unknown_projection_is_named(store: Store) -> None:
    with pytest.raises(UnknownTermError, match="'firms'; there are analysts-topics, firms-progra"):
        project(store, "firms")


def test_centrality_ranks_with_names(store: Store) -> None:
    table = centrality(network(store))
    assert table["label"].iloc[0] in ("ORV-22", "Nils Ahrend", "Petra Vance", "Orivale Bio")
    assert table["pagerank"].sum() == pytest.approx(1)
    assert set(table.columns) >= {"label", "kind", "degree", "betweenness", "community"}
    assert centrality(nx.Graph()).empty
