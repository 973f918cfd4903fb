"""The named queries: headers, parameters, expected rows, and the same rows as rdflib gives."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

import qagraph
from graph.assemble import assemble
from graph.convert import to_rdflib
from graph.errors import QueryError, UnknownTermError
from graph.library import (
    bind,
    find_entities,
    get_query,
    parse_named_query,
    plan,
    queries,
    run_named,
)
from graph.namespaces import prefixes
from graph.scans import read_whole
from graph.store import Store
from tests.sample_calls import sample_calls

NAMES = tuple(queries())
ROWS = Path(__file__).parent / "query_rows"


@pytest.fixture(scope="module")
def store() -> Store:
    result = Store.memory()
    for call in sample_calls():
        result.put_call(call.transcript.call.id, assemble(call))
    return result


def merged(store: Store) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in store.triples():
        subject, predicate = to_rdflib(quad.subject), to_rdflib(quad.predicate)
        graph.add((subject, predicate, to_rdflib(quad.object)))
    return graph


@pytest.fixture(scope="module")
def merged_sample(store: Store) -> rdflib.Graph:
    return merged(store)


@pytest.fixture(scope="module")
def merged_examples(kg: qagraph.KnowledgeGraph) -> rdflib.Graph:
    return merged(kg.store())


def test_there_are_enough_queries_and_each_has_its_rows() -> None:
    assert len(NAMES) >= 25
    assert {path.stem for path in ROWS.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_header_tells_the_columns_and_the_question(name: str, store: Store) -> None:
    query = get_query(name)
    assert run_named(store, name).variables == query.columns
    assert query.question.endswith("?")
    assert re.search(r"^ORDER BY", query.text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_are_those_expected(name: str, store: Store) -> None:
    assert run_named(store, name).to_text("tsv") == (ROWS / f"{name}.tsv").read_text("utf-8")


def same_rows(name: str, store: Store, graph: rdflib.Graph) -> None:
    text = bind(store, get_query(name), {})
    own = Counter(
        tuple(None if term is None else to_rdflib(term) for term in row)
        for row in run_named(store, name).rows
    )
    found = graph.query(text, initNs=dict(prefixes()))
    assert own == Counter(tuple(row) for row in found if isinstance(row, ResultRow))


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(name: str, store: Store, merged_sample: rdflib.Graph) -> None:
    same_rows(name, store, merged_sample)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows_on_the_examples(
    name: str, kg: qagraph.KnowledgeGraph, merged_examples: rdflib.Graph
) -> None:
    same_rows(name, kg.store(), merged_examples)


@pytest.mark.parametrize(
    ("name", "params", "rows"),
    [
        ("analysts-by-target", {"target": "CD22"}, 2),
        ("analysts-by-target", {"target": "siglec-2"}, 2),
        ("analysts-by-target", {"target": "target/cd22"}, 2),
        ("analysts-by-target", {"target": "CD70"}, 0),
        ("pipeline", {"target": "CD22"}, 5),
        ("pipeline", {"program": "ORV-70"}, 0),
        ("questions", {"in_call": "orvl-2031q4"}, 2),
        ("unanswered-questions", {"in_call": "orvl-2031q3"}, 1),
        ("partners-and-licences", {"organization": "Tamsin Pharma"}, 1),
        ("partners-and-licences", {"organization": "Quill Street"}, 0),
        ("guidance-by-due-date", {"since": "2032-08-01"}, 1),
        ("guidance-by-due-date", {"thing": "ORV22"}, 2),
        ("executives-by-theme", {"theme": "Safety"}, 1),
        ("financial-figures", {"company": "Orivale"}, 2),
        ("status-changes", {"thing": "ORV-70"}, 0),
        ("guidance-ledger", {"thing": "ORV-22"}, 2),
        ("clinical-results", {"thing": "ORV-22"}, 1),
        ("deal-terms", {"organization": "tamsin pharma"}, 1),
    ],
)
def test_a_parameter_restricts(name: str, params: dict[str, str], rows: int, store: Store) -> None:
    assert len(run_named(store, name, params)) == rows


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_can_be_given(name: str, store: Store) -> None:
    values = {"entity": "ORV-22", "call": "orvl-2031q3", "text": "safety", "date": "2031-01-01"}
    for parameter in get_query(name).parameters:
        everything = len(run_named(store, name))
        given = len(run_named(store, name, {parameter.name: values[parameter.kind]}))
        assert given <= everything


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("pipelin", {}, "there is no query 'pipelin'; did you mean pipeline?"),
        (
            "pipeline",
            {"traget": "x"},
            "pipeline has no parameter 'traget'; it takes program, target",
        ),
        (
            "pipeline",
            {"target": "CD2"},
            "nothing in the store bears the name 'CD2'; did you mean CD22",
        ),
        ("questions", {"in_call": "none"}, "the store has no call 'none'; it holds orvl-2031q3"),
        ("guidance-by-due-date", {"since": "soon"}, "since: 'soon' is no date"),
    ],
)
def test_what_cannot_be_bound_is_named(
    name: str, params: dict[str, str], message: str, store: Store
) -> None:
    with pytest.raises((UnknownTermError, QueryError), match=re.escape(message)):
        run_named(store, name, params)


@pytest.mark.parametrize("name", NAMES)
def test_each_marked_line_becomes_selects_of_one_pattern(name: str) -> None:
    text = read_whole(get_query(name).text)
    assert "# scan" not in text
    for select in re.findall(r"SELECT \* WHERE \{ (.*?) \}", text):
        assert len(select.split()) == 3 or re.fullmatch(r'\S+ \S+ "[^"]*"', select)


@pytest.mark.parametrize(
    ("params", "scans"), [({}, True), ({"since": "2032-01-01"}, True), ({"thing": "ORV-22"}, False)]
)
def test_indexes_are_read_whole_unless_a_thing_is_given(
    params: dict[str, str], scans: bool, store: Store
) -> None:
    query = get_query("guidance-by-due-date")
    text = plan(query, bind(store, query, params), params)
    assert ("SELECT * WHERE" in text) is scans


@pytest.mark.parametrize("value", ['x" } DROP ALL #', "<urn:x>", "a\nb", "}", "\\", "\x00"])
def test_a_hostile_value_is_only_a_value(value: str, store: Store) -> None:
    assert len(run_named(store, "executives-by-theme", {"theme": value})) == 0
    with pytest.raises(UnknownTermError, match="bears the name"):
        find_entities(store, value)


def test_a_name_is_found_before_an_identifier_and_in_any_case(store: Store) -> None:
    expected = (ox.NamedNode("https://w3id.org/qagraph/id/program/orv-22"),)
    for name in ("ORV-22", "orv-22", "ORV22", "program/orv-22", expected[0].value):
        assert find_entities(store, name) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "odd.rq: the header lacks columns, question, title"),
        (
            "# title: a\n# question: b?\n# columns: c\n# param: x\nASK {}",
            "odd.rq: no parameter: 'x'",
        ),
        (
            "# title: a\n# question: b?\n# columns: c\n# param: x text: y\nASK {}",
            "odd.rq: needs a line 'VALUES ?x { UNDEF }'",
        ),
    ],
)
def test_a_broken_header_is_named(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        parse_named_query("odd", text)


def test_the_examples_answer_what_their_text_says(kg: qagraph.KnowledgeGraph) -> None:
    store = kg.store()
    targets = {row[0]: row[1] for row in run_named(store, "target-landscape").to_rows()}
    assert targets["CD22"] == "VRN-122"
    figures = run_named(store, "financial-figures").to_rows()
    assert ("vrno-2031q3", 312000000) in {(row[0], row[3]) for row in figures}


def test_an_identifier_is_looked_up_and_names_are_read_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_entities(store, "orv-22")  # reads all names
    read = Store._literals

    def only_exact(
        self: Store, predicate: ox.NamedNode, wanted: ox.Literal | None
    ) -> list[tuple[str, str]]:
        assert wanted is not None, "all names are read again"
        return read(self, predicate, wanted)

    monkeypatch.setattr(Store, "_literals", only_exact)
    assert find_entities(store, "program/orv-22") == find_entities(store, "oRv-22")


def test_what_is_put_later_is_found_by_name() -> None:
    store = Store.memory()
    graph = "https://w3id.org/qagraph/id/graph/x"
    for name in ("Ostara Bio", "Sable Street"):
        with pytest.raises(UnknownTermError):
            find_entities(store, name.lower())
        label = "http://www.w3.org/2000/01/rdf-schema#label"
        store.put_call("x", [f'<urn:{name[0]}> <{label}> "{name}" <{graph}> .\n'])
        assert find_entities(store, name.lower()) == (ox.NamedNode(f"urn:{name[0]}"),)
