"""The store: one graph a call, their merge without repeats, crash-safe, one writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.errors import StoreError
from graph.store import Store
from tests.sample_calls import first_call, sample_calls, second_call

ROOT = Path(__file__).resolve().parent.parent
GRAPH = "https://w3id.org/qagraph/id/graph/"


Spo = tuple[str, str, str]


def lines(call: str, *facts: Spo) -> list[str]:
    return [f"<urn:{s}> <urn:{p}> <urn:{o}> <{GRAPH}{call}> .\n" for s, p, o in facts]


def count(store: Store) -> int:
    rows = store.inner.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(rows, ox.QuerySolutions)
    return int(next(rows)["n"].value)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", write=True) as store:
        for call in sample_calls():
            store.put_call(call.transcript.call.id, assemble(call))
        yield store


def test_a_query_without_graph_sees_each_triple_once(both: Store) -> None:
    merged = {line.rsplit(" <", 1)[0] for call in sample_calls() for line in assemble(call)}
    assert count(both) == len(merged) == len(both)
    assert both.difference() == (0, 0)


def test_the_graph_of_a_call_comes_back_as_it_was(both: Store) -> None:
    assert both.calls() == ("orvl-2031q3", "orvl-2031q4")
    assert both.lines("orvl-2031q3") == assemble(first_call())


def test_building_a_call_again_changes_nothing(both: Store) -> None:
    before = both.version
    both.put_call("orvl-2031q3", assemble(first_call()))
    assert both.version == before
    assert both.difference() == (0, 0)


def test_replacing_a_call_leaves_the_others(both: Store) -> None:
    label = f"<urn:a> <urn:b> <urn:c> <{GRAPH}orvl-2031q3> .\n"
    both.put_call("orvl-2031q3", [label])
    assert both.lines("orvl-2031q3") == (label,)
    assert both.lines("orvl-2031q4") == assemble(second_call())
    assert both.difference() == (0, 0)


def test_several_calls_are_put_at_once_and_a_later_one_of_the_same_id_wins() -> None:
    store = Store.memory()
    first, second = ("a", "b", "c"), ("d", "e", "f")
    store.put_calls([("x", lines("x", first)), ("y", lines("y", first))])
    store.put_calls([("z", lines("z", first)), ("x", lines("x", second)), ("x", lines("x", first))])
    assert store.calls() == ("x", "y", "z")
    assert count(store) == 1
    assert store.difference() == (0, 0)


def test_removing_a_call_keeps_what_another_states(both: Store) -> None:
    both.remove_call("orvl-2031q3")
    assert both.calls() == ("orvl-2031q4",)
    assert count(both) == len(assemble(second_call()))
    assert both.difference() == (0, 0)


FACTS = st.lists(st.tuples(*[st.sampled_from("abc")] * 3), max_size=6)
STEPS = st.lists(st.tuples(st.sampled_from(["x", "y", "z"]), st.none() | FACTS), max_size=12)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_the_merge_is_right_after_any_steps(
    steps: list[tuple[str, list[Spo] | None]],
) -> None:
    store = Store.memory()
    truth: dict[str, set[Spo]] = {}
    for call, facts in steps:
        if facts is None:
            if call in store:
                store.remove_call(call)
                truth.pop(call)
        elif facts:
            store.put_call(call, lines(call, *facts))
            truth[call] = set(facts)
    assert store.calls() == tuple(sorted(truth))
    assert count(store) == len(set().union(*truth.values()))
    assert store.difference() == (0, 0)


@pytest.mark.parametrize(
    ("given_lines", "message"),
    [
        (["no quads at all\n"], "x: no N-Quads"),
        (lines("y", ("a", "b", "c")), "x: a quad is in"),
        (["<urn:a> <urn:b> _:c <" + GRAPH + "x> .\n"], "no blank nodes"),
    ],
)
def test_what_does_not_belong_in_a_calls_graph_is_refused(
    given_lines: list[str], message: str
) -> None:
    store = Store.memory()
    with pytest.raises(StoreError, match=message):
        store.put_call("x", given_lines)
    assert store.calls() == ()


def test_hostile_text_survives_replacing(tmp_path: Path) -> None:
    hostile = '"}} ; DROP ALL ; INSERT DATA { \\u0000 \\" \\\\ \\n"'
    with Store.open(tmp_path / "s", write=True) as store:
        for text in ('"first"', hostile, '"last"', hostile):
            store.put_call("x", [f"<urn:a> <urn:b> {text} <{GRAPH}x> .\n"])
        assert count(store) == 1
        assert store.difference() == (0, 0)


def test_a_store_keeps_the_base_it_was_made_with(tmp_path: Path) -> None:
    base = "https://example.org/calls/"
    with Store.open(tmp_path / "s", write=True, base=base) as store:
        store.put_call("orvl-2031q3", assemble(first_call(), base=base))
    with Store.open(tmp_path / "s") as store:
        assert store.ids.base == base
        assert store.calls() == ("orvl-2031q3",)


def test_a_missing_store_and_a_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store is here"):
        Store.open(tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StoreError, match=r"cannot be opened|no store is here"):
        Store.open(file)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(file, write=True)


def test_a_reader_cannot_write_and_a_closed_store_says_so(both: Store, tmp_path: Path) -> None:
    reader = Store.open(tmp_path / "store")
    with pytest.raises(StoreError, match="open for reading only"):
        reader.put_call("x", lines("x", ("a", "b", "c")))
    reader.close()
    with pytest.raises(StoreError, match="is closed"):
        reader.calls()


def test_a_second_writer_is_told_and_a_reader_is_not_disturbed(both: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is being written by another process"):
        Store.open(tmp_path / "store", write=True)
    with Store.open(tmp_path / "store") as reader:
        assert reader.calls() == both.calls()


def test_a_second_process_that_writes_is_told(both: Store, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from graph.store import Store\n"
        "try: Store.open(Path(sys.argv[1]), write=True)\n"
        "except ValueError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store")],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert "is being written by another process" in done.stdout
    assert done.stdout.count("\n") == 1


KILLED = """
import sys
from pathlib import Path
from graph.store import Store
def lines(version):
    graph = "<https://w3id.org/qagraph/id/graph/x>"
    return [f"<urn:s{i}> <urn:v> <urn:{version}> {graph} .\\n" for i in range(4000)]
with Store.open(Path(sys.argv[1]), write=True) as store:
    print("open", flush=True)
    for round in range(1000):
        store.put_call("x", lines(round % 2))
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_graph(tmp_path: Path) -> None:
    path = tmp_path / "store"
    seen = set()
    for attempt in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + 0.11 * attempt)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Store.open(path) as store:
            found = store.lines("x")
            assert len({line.split()[2] for line in found}) <= 1
            assert len(found) in (0, 4000)
            assert count(store) == len(found)
            seen.add(len(found))
    assert 4000 in seen


def test_a_bad_call_among_several_is_named_and_none_is_put() -> None:
    store = Store.memory()
    good, bad = lines("x", ("a", "b", "c")), [f"<urn:a> <urn b> <urn:c> <{GRAPH}y> .\n"]
    with pytest.raises(StoreError, match="y: no N-Quads"):
        store.put_calls([("x", good), ("y", bad)])
    assert store.calls() == ()


@pytest.mark.parametrize("value", ['"a\\"b . <x>"', '"é\\u00e9"@fr-CA', '"1"^^<urn:t>', "<urn:o>"])
def test_what_is_loaded_comes_back_as_what_is_put_again(value: str, tmp_path: Path) -> None:
    line = f"<urn:s> <urn:p> {value} <{GRAPH}x> .\n"
    with Store.open(tmp_path / "store", write=True) as store:
        store.put_call("x", [line.replace(" <urn:p> ", "\t<urn:p>  ")])
        spaced = store.lines("x")
        store.put_call("x", [line])
        assert store.lines("x") == spaced
        assert count(store) == 1
        assert store.version == 1


def test_many_new_calls_are_compacted(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", write=True) as store:
        store.put_calls((f"c{n}", lines(f"c{n}", ("a", "b", str(n)))) for n in range(25))
        assert len(store.calls()) == count(store) == 25
        assert store.difference() == (0, 0)
