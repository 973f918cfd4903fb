"""A call's quads: canonical, closed in their names, equal in both libraries, safe for any text."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import model as m
from extractors.questions.themes import load_themes
from graph.assemble import assemble, write_nquads
from graph.convert import from_rdflib, to_dataset, to_graph, to_rdflib
from graph.errors import GraphError, UnknownTermError
from graph.identifiers import Identifiers
from graph.namespaces import QA, ontology
from graph.themes import theme_path
from tests.sample_calls import first_call, sample_calls, second_call

ID = "https://w3id.org/qagraph/id/"
# rdflib warns of its own names inside its own code
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
ROOT = Path(__file__).resolve().parent.parent


def triples(extraction: m.Extraction) -> set[tuple[str, str, str]]:
    quads = ox.parse("".join(assemble(extraction)).encode(), format=ox.RdfFormat.N_QUADS)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def edge(subject: str, predicate: str, value: str) -> tuple[str, str, str]:
    return f"<{ID}{subject}>", f"<{QA}{predicate}>", f"<{ID}{value}>"


def test_lines_are_sorted_and_each_is_there_once() -> None:
    lines = assemble(first_call())
    assert list(lines) == sorted(set(lines))
    assert all(line.endswith(" .\n") for line in lines)


def test_all_quads_are_in_the_graph_of_the_call_and_none_has_a_blank_node() -> None:
    for quad in ox.parse("".join(assemble(first_call())).encode(), format=ox.RdfFormat.N_QUADS):
        assert quad.graph_name == ox.NamedNode(f"{ID}graph/orvl-2031q3")
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_the_lines_are_what_pyoxigraph_itself_writes() -> None:
    lines = assemble(first_call())
    quads = ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    assert sorted(f"{quad} .\n" for quad in quads) == list(lines)


def test_every_name_is_in_the_ontology() -> None:
    known = {f"<{QA}{name}>" for name in ontology()}
    used = {part for call in sample_calls() for triple in triples(call) for part in triple}
    assert {part for part in used if part.startswith(f"<{QA}")} <= known


def test_the_samples_use_every_class_that_a_call_can_hold() -> None:
    used = {
        value for call in sample_calls() for _, p, value in triples(call) if p.endswith("#type>")
    }
    named = {"Theme", "Run", "Call", *(kind.value for kind in m.FactKind)}
    parts = {"Participation", "Turn", "Exchange", "Question", "Answer", "Mention", "Evidence"}
    assert {f"<{QA}{name}>" for name in named | parts | {"Statement", "Conflict"}} <= used


def test_string_writing_and_the_dataset_hold_equal_quads() -> None:
    lines = [line for call in sample_calls() for line in assemble(call)]
    own = {(s, p, o, g) for s, p, o, g in to_dataset(lines).quads()}
    parsed = rdflib.Dataset()
    parsed.parse(data="".join(lines), format="nquads")
    assert own == set(parsed.quads())
    assert len(own) == len(lines)


def test_the_default_graph_of_the_dataset_is_the_merge() -> None:
    dataset = to_dataset([line for call in sample_calls() for line in assemble(call)])
    label = (rdflib.URIRef(f"{ID}program/orv-22"), rdflib.RDFS.label, rdflib.Literal("ORV-22"))
    assert len(list(dataset.triples(label))) == 1
    assert len([g for g in dataset.graphs() if label in g and len(g) < len(dataset)]) == 2


@pytest.mark.parametrize("call", [first_call(), second_call()], ids=["first", "second"])
def test_terms_survive_both_libraries(call: m.Extraction) -> None:
    for quad in ox.parse("".join(assemble(call)).encode(), format=ox.RdfFormat.N_QUADS):
        assert from_rdflib(to_rdflib(quad.object)) == quad.object


def test_only_what_holds_makes_a_direct_edge() -> None:
    first, second = (triples(call) for call in sample_calls())
    assert edge("program/orv-22", "hasTarget", "target/cd22") in first
    assert edge("program/orv-22", "hasTarget", "target/cd70") not in second
    assert edge("program/orv-70", "hasTarget", "target/cd22") not in second


def test_a_literal_relation_gives_a_literal() -> None:
    assert (f"<{ID}program/orv-22>", f"<{QA}phase>", '"1/2"') in triples(first_call())


def test_checked_identifiers_become_iris() -> None:
    match = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
    found = {value for _, predicate, value in triples(first_call()) if predicate == match}
    assert found == {
        "<https://identifiers.org/hgnc:1643>",
        "<http://purl.uniprot.org/uniprot/P20273>",
        "<https://clinicaltrials.gov/study/NCT01234567>",
    }


def test_the_exchange_is_tied_to_the_analysts_participation() -> None:
    exchange = "call/orvl-2031q3/exchange/000"
    part = "call/orvl-2031q3/participation/petra-vance"
    assert edge(exchange, "analystParticipation", part) in triples(first_call())


def test_equal_spans_share_one_evidence_node() -> None:
    first = first_call()
    twice = replace(first, statements=(*first.statements, replace(first.statements[0], rule="b")))
    kind = f"<{QA}Evidence>"
    nodes = [s for s, _, value in triples(twice) if value == kind]
    assert len(nodes) == len({s for s, _, value in triples(first) if value == kind})


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from graph.assemble import write_nquads; "
        "from tests.sample_calls import first_call; "
        "write_nquads(first_call(), Path(sys.argv[1]))"
    )
    for seed in ("0", "1", "977"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)],
            check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed},
        )  # fmt: skip
    write_nquads(first_call(), tmp_path / "here")
    contents = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(contents) == 1


def test_the_base_can_be_chosen() -> None:
    lines = assemble(first_call(), base="https://example.org/calls/")
    assert not any(ID in line for line in lines)
    assert any(line.startswith("<https://example.org/calls/program/orv-22>") for line in lines)


@pytest.mark.parametrize("base", ["", "calls/", "https://example.org/a b/", "https://exämple.org/"])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="is no base"):
        Identifiers(base)


@pytest.mark.parametrize("name", ["../up", "program/ORV 22", "a/<b>", "", "a//b", "person/é"])
def test_an_identifier_that_could_break_an_iri_is_refused(name: str) -> None:
    with pytest.raises(GraphError, match="is no local identifier"):
        Identifiers().entity(name)


def test_a_relation_that_the_ontology_lacks_is_named() -> None:
    first = first_call()
    odd = replace(first, statements=(replace(first.statements[0], predicate="hasTargt"),))
    with pytest.raises(UnknownTermError, match="did you mean hasTarget"):
        assemble(odd)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(blacklist_categories=()), min_size=1, max_size=40))
def test_any_text_becomes_one_literal_that_both_libraries_read(text: str) -> None:
    call = m.Call("any", company=text)
    turn = m.Turn(0, "person/a", m.Section.PREPARED_REMARKS, 0, len(text))
    lines = assemble(m.Extraction(m.Transcript(call, text, (), (turn,), "example")))
    kept = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    said = f"{QA}text"
    found = [
        quad.object.value
        for quad in ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        if quad.predicate.value == said and isinstance(quad.object, ox.Literal)
    ]
    assert found == [kept]
    assert len(to_graph(lines)) == len(lines)


def test_themes_are_a_scheme_with_definitions_and_broader_themes() -> None:
    found = triples(first_call())
    skos = "http://www.w3.org/2004/02/skos/core#"
    scheme, safety, top = (
        f"<{ID}{n}>" for n in ("scheme/themes", "theme/safety", "theme/development")
    )
    assert (safety, f"<{skos}broader>", top) in found
    assert (top, f"<{skos}topConceptOf>", scheme) in found
    assert (scheme, f"<{skos}hasTopConcept>", top) in found
    own = f"<{ID}theme/data-timing>"
    assert (own, f"<{skos}topConceptOf>", scheme) in found
    defined = {s for s, p, _ in found if p == f"<{skos}definition>"}
    assert {safety, top} <= defined
    assert own not in defined


def test_every_theme_of_the_package_is_defined() -> None:
    for theme in load_themes():
        first, *broader = theme_path(theme.id)
        assert first.definition.endswith(".")
        assert first.label == theme.label.lower()
        assert broader
        assert not broader[-1].broader
