"""Where nodes stand: never on each other, in columns from left to right, always the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.drawing import Drawing, DrawnEdge, DrawnNode
from graph.drawing_build import draw_calls
from graph.drawing_choice import FIRST_LOOK, LEAST_ENTITIES, choose_calm
from graph.drawing_style import load_styles
from graph.placement import WIDEST, Box, break_label, measure, place, text_width
from tests.sample_calls import first_call, second_call

KINDS = sorted(load_styles())


def overlap(a: Box, b: Box) -> bool:
    return (
        abs(a.x - b.x) * 2 < a.width + b.width - 2 and abs(a.y - b.y) * 2 < a.height + b.height - 2
    )


def overlapping(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    names = sorted(boxes, key=lambda name: boxes[name].y)
    return [
        (one, other)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        if overlap(boxes[one], boxes[other])
    ]


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """A drawing with nodes of any class and edges of any kind."""
    count = draw(st.integers(1, 40))
    nodes = tuple(
        DrawnNode(
            id=f"{draw(st.sampled_from(['question', 'thing']))}/{i}",
            kind=draw(st.sampled_from(KINDS)),
            label=draw(st.text(max_size=60)),
            weight=draw(st.integers(0, 9)),
            calm=draw(st.booleans()),
        )
        for i in range(count)
    )
    names = st.sampled_from([node.id for node in nodes])
    predicates = st.sampled_from(["asked", "about", "worksFor", "hasTarget"])
    edges = draw(st.lists(st.builds(DrawnEdge, names, names, predicates), max_size=40))
    return Drawing("x", (), nodes, tuple(edges))


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_no_two_nodes_stand_on_each_other(drawing: Drawing) -> None:
    boxes = place(drawing).boxes
    assert set(boxes) == {node.id for node in drawing.nodes}
    assert overlapping(boxes) == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_a_label_takes_at_most_two_lines_of_the_given_width(label: str) -> None:
    lines = break_label(label)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= WIDEST + 20 for line in lines)


def test_a_call_reads_from_the_analysts_to_the_partners() -> None:
    drawing = draw_calls([first_call()])
    boxes = place(drawing).boxes
    order = (
        "person/petra-vance",
        "person/nils-ahrend-orivale-bio",
        "program/orv-22",
        "target/cd22",
    )
    left = [boxes[name].x for name in order]
    assert all(a < b for a, b in pairwise(left))
    questions = [node.id for node in drawing.nodes if node.kind == "Question"]
    assert {boxes[name].y for name in questions} == {boxes["person/petra-vance"].y}


def test_showing_what_is_hidden_moves_nothing() -> None:
    drawing = draw_calls([first_call(), second_call()])
    before = place(drawing).boxes
    fewer = replace(drawing, nodes=tuple(node for node in drawing.nodes if node.calm))
    after = place(fewer).boxes
    assert {name: before[name] for name in after} == after


def test_a_question_is_a_bead_without_words() -> None:
    assert measure(DrawnNode("question/x/1", "Question", "Why?")).lines == ()


def test_the_first_look_of_a_call_is_calm() -> None:
    drawing = draw_calls([first_call()])
    shown = [node for node in drawing.nodes if node.calm]
    assert 0 < len(shown) <= FIRST_LOOK
    assert "person/hugo-lindt" not in {node.id for node in shown}


def test_an_analyst_carries_the_firm_below_the_name() -> None:
    drawing = draw_calls([first_call()])
    analyst = next(node for node in drawing.nodes if node.id == "person/petra-vance")
    box = place(drawing).boxes[analyst.id]
    assert box.note == analyst.note != ""
    assert box.height > measure(replace(analyst, note="")).height


def test_many_questions_leave_room_for_what_they_are_about() -> None:
    asked = tuple(DrawnNode(f"question/{i}", "Question", "Why?") for i in range(90))
    things = tuple(DrawnNode(f"target/{i}", "Target", f"T{i}", weight=i) for i in range(90))
    edges = tuple(DrawnEdge(f"question/{i}", f"target/{i}", "about") for i in range(90))
    chosen = [n for n in choose_calm(Drawing("x", (), asked + things, edges)).nodes if n.calm]
    assert len(chosen) == len(asked) + LEAST_ENTITIES
    assert {"target/89", "target/70"} <= {node.id for node in chosen}


def test_each_of_many_calls_has_a_first_look_of_its_own() -> None:
    drawing = draw_calls([first_call(), second_call()])
    for call in (0, 1):
        first = {node.id for node in drawing.nodes if call in node.first_in}
        asked = {str(one["id"]) for one in drawing.questions if one["c"] == call}
        assert asked == {name for name in first if name.startswith("question/")}
        assert all(call in node.calls for node in drawing.nodes if node.id in first)


def test_where_nothing_is_connected_what_is_spoken_of_most_is_shown() -> None:
    nodes = tuple(DrawnNode(f"target/{i}", "Target", f"T{i}", weight=i) for i in range(40))
    shown = [node.id for node in choose_calm(Drawing("x", (), nodes, ())).nodes if node.calm]
    assert "target/39" in shown
    assert "target/0" not in shown
    assert len(shown) == 15
