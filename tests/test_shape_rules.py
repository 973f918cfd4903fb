"""The plain rules never call a graph good that the SHACL engine does not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.namespaces import QA
from graph.shape_rules import read_shapes
from graph.validate import ask_engine, shapes_text, surely_conforms
from tests.sample_calls import first_call, second_call

HERE = Path(__file__).parent / "shapes"
GRAPH = "<https://w3id.org/qagraph/id/graph/orvl-2031q3>"
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix qa: <https://w3id.org/qagraph/ontology#> .
"""


def quads(path: Path) -> tuple[str, ...]:
    triples = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return tuple(f"{t.subject} {t.predicate} {t.object} {GRAPH} .\n" for t in triples)


@cache
def sample() -> tuple[str, ...]:
    return assemble(first_call())


@pytest.mark.parametrize("lines", [sample(), assemble(second_call())], ids=["first", "second"])
def test_the_sample_calls_surely_conform(lines: tuple[str, ...]) -> None:
    assert surely_conforms(lines)


@pytest.mark.parametrize("path", sorted(HERE.glob("*/*.ttl")), ids=lambda path: path.stem)
def test_each_example_is_judged_as_the_engine_judges_it(path: Path) -> None:
    sound = path.parent.name == "good" or path.stem.endswith(".not-the-text")
    assert surely_conforms(quads(path)) == sound


def test_all_shapes_are_read() -> None:
    shapes = read_shapes(shapes_text())
    assert shapes is not None
    assert {shape.target for shape in shapes} == {
        "targetClass",
        "targetSubjectsOf",
        "targetObjectsOf",
    }
    assert f"<{QA}Question>" in {shape.name for shape in shapes}


@pytest.mark.parametrize(
    "constraint",
    ["sh:minCount 1 ; sh:uniqueLang true", "sh:maxLength 3", "sh:or ( [ sh:in ( 1 ) ] )"],
)
def test_a_shape_that_is_not_understood_is_left_to_the_engine(constraint: str) -> None:
    text = f"{PREFIXES} qa:S a sh:NodeShape ; sh:targetClass qa:Call ; "
    assert read_shapes(f"{text} sh:property [ sh:path qa:ticker ; {constraint} ] .") is None
    assert read_shapes(f"{text} sh:property [ sh:path [ sh:inversePath qa:x ] ] .") is None


@pytest.mark.parametrize(
    "line", ["", "_:b <urn:p> <urn:o> <urn:g> .\n", "<urn:s>  <urn:p> <urn:o> <urn:g> .\n"]
)
def test_what_is_not_written_in_the_plain_form_is_left_to_the_engine(line: str) -> None:
    assert not surely_conforms((*sample(), line))


def change(lines: tuple[str, ...], number: int, way: str, other: int) -> tuple[str, ...]:
    """Drop a line, or give it another line's object, another datatype or another subject."""
    index = number % len(lines)
    left, found = lines[index], lines[other % len(lines)]
    subject, predicate, rest = left.split(" ", 2)
    value = rest[: rest.rindex(" <")]
    if way == "drop":
        return (*lines[:index], *lines[index + 1 :])
    if way == "object":
        value = found.split(" ", 2)[2]
        value = value[: value.rindex(" <")]
    elif way == "subject":
        subject = found.split(" ", 1)[0]
    elif value.startswith('"'):
        text = value[1 : value.rindex('"')]
        value = f'"{text}"^^<http://www.w3.org/2001/XMLSchema#{way}>'
    return tuple(sorted({*lines, f"{subject} {predicate} {value} {GRAPH} .\n"} - {left}))


@pytest.mark.slow
@given(
    st.integers(0, 10_000),
    st.sampled_from(["drop", "object", "subject", "integer", "decimal", "date", "boolean"]),
    st.integers(0, 10_000),
)
@example(0, "drop", 0)
@settings(max_examples=25, deadline=None)
def test_what_the_rules_call_good_the_engine_calls_good(number: int, way: str, other: int) -> None:
    lines = change(sample(), number, way, other)
    if surely_conforms(lines):
        assert not list(ask_engine(lines, "x"))
    else:
        assert list(ask_engine(lines, "x")), "the engine was asked in vain"
