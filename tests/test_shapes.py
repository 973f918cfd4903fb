"""The shapes: good examples conform, each bad one is told as what its first line says."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

import qagraph
from extractors import model as m
from graph.assemble import assemble
from graph.namespaces import QA, ontology
from graph.store import Store
from graph.validate import Violation, shapes_text, validate, validate_lines
from tests.sample_calls import sample_calls

HERE = Path(__file__).parent / "shapes"
GRAPH = "<https://w3id.org/qagraph/id/graph/orvl-2031q3>"
SH = "http://www.w3.org/ns/shacl#"
PREDICATES = files("extractors") / "resources" / "predicates.tsv"


def quads(path: Path) -> list[str]:
    triples = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return [f"{t.subject} {t.predicate} {t.object} {GRAPH} .\n" for t in triples]


def examples(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.ttl"))


@pytest.mark.parametrize("path", examples("good"), ids=lambda path: path.stem)
def test_a_good_example_conforms(path: Path) -> None:
    report = validate_lines(quads(path), "good")
    assert report.conforms, report.to_text()


@pytest.mark.parametrize("path", examples("bad"), ids=lambda path: path.stem)
def test_a_bad_example_is_told_what_is_wrong(path: Path) -> None:
    expected = path.read_text("utf-8").splitlines()[0].removeprefix("# violates: ")
    report = validate_lines(quads(path), "bad")
    assert expected in {violation.message for violation in report.violations}


def test_every_class_of_a_call_has_a_shape_and_a_bad_example() -> None:
    parts = {path.stem.partition(".")[0].replace("-", "") for path in examples("bad")}
    names = {path.name for path in (files("graph") / "resources" / "shapes").iterdir()}
    things = {kind.value.lower() for kind in m.EntityType}
    shaped = {name.removesuffix(".ttl").replace("-", "") for name in names} - {"relations"}
    assert things <= shaped
    assert (shaped - things) <= parts


def targets() -> Iterator[str]:
    for triple in ox.parse(shapes_text().encode(), format=ox.RdfFormat.TURTLE):
        if str(triple.predicate).startswith(f"<{SH}target") and isinstance(
            triple.object, ox.NamedNode
        ):
            yield triple.object.value.removeprefix(QA)


def test_shapes_name_only_terms_of_the_ontology() -> None:
    terms = {
        node.value.removeprefix(QA)
        for triple in ox.parse(shapes_text().encode(), format=ox.RdfFormat.TURTLE)
        for node in (triple.predicate, triple.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(QA)
    }
    assert terms <= set(ontology())


def test_every_relation_has_a_shape_for_both_of_its_ends() -> None:
    rows = [line.split("\t")[0] for line in PREDICATES.read_text("utf-8").splitlines()[1:]]
    assert set(rows) <= set(targets())


def test_the_samples_conform_and_the_merge_is_checked() -> None:
    store = Store.memory()
    for call in sample_calls():
        store.put_call(call.transcript.call.id, assemble(call))
    report = validate(store)
    assert report.conforms, report.to_text()
    assert report.to_text() == "2 calls conform\n"
    store.inner.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")))
    report = validate(store)
    assert "holds 1 that no call states" in report.to_text()


@pytest.mark.slow
def test_the_examples_conform(kg: qagraph.KnowledgeGraph) -> None:
    report = validate(kg.store())
    assert report.conforms, report.to_text()


def test_a_violation_shows_the_node_and_the_words() -> None:
    path = HERE / "bad" / "statement.polarity.ttl"
    report = validate_lines(quads(path), "bad")
    assert report.violations == (
        Violation(
            "bad", "id:statement", "is affirmed or negated", "qa:polarity", "yes",
            "ORV-22 binds CD22",
        ),
    )  # fmt: skip
    assert report.to_frame()["focus"].tolist() == ["id:statement"]
    assert "1 violation in 1 call" in report.to_text()
