"""The page as a file: what it holds, what it must never hold, and that it is always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import graph.drawing_build
from extractors.model import (
    Call,
    Entity,
    EntityType,
    Extraction,
    Section,
    Statement,
    Transcript,
    Turn,
)
from graph.drawing_style import load_styles
from graph.errors import GraphError
from graph.page import page_html, page_iframe, payload
from tests.sample_calls import first_call, second_call

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\u2028&amp;"


@pytest.fixture(scope="module")
def page() -> str:
    return page_html([first_call()])


def hostile_call() -> Extraction:
    """The first call, with a label that would be script wherever it is not text."""
    call = first_call()
    entities = tuple(
        replace(entity, label=HOSTILE, alt_labels=(HOSTILE, "javascript:alert(3)"))
        if entity.type is EntityType.PROGRAM
        else entity
        for entity in call.entities
    )
    return replace(call, entities=entities)


def scripts(page: str) -> list[str]:
    """Return what may run; the drawing library waits as plain text and is run by the page."""
    return re.findall(r"""<script(?: type="text/plain" id="engine")?>(.*?)</script>""", page, re.S)


def test_every_script_and_the_style_run_by_hash_only(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    allowed = policy.group(1).replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    assert "vis-network" in scripts(page)[0]
    styles = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert len(styles) == 1
    for text in (*scripts(page), *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    outside = page
    for script in scripts(page):
        outside = outside.replace(script, "")
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", outside)
    assert "@import" not in outside
    assert not re.search(r"url\(", outside)
    assert "sourceMappingURL" not in page


def test_hostile_labels_stay_inside_the_data() -> None:
    page = page_html([hostile_call()], title=HOSTILE)
    plain = page_html([first_call()])
    assert page.count("<script") == plain.count("<script")
    assert page.count("<img") == plain.count("<img")
    nodes = re.search(r'<script type="application/json" id="nodes">(.*?)</script>', page, re.S)
    assert nodes is not None
    assert HOSTILE in [node["label"] for node in json.loads(nodes.group(1))]
    assert payload(page)["title"] == HOSTILE


def test_offsets_in_the_page_count_utf_16_units() -> None:
    text = "\N{DNA DOUBLE HELIX}\N{DNA DOUBLE HELIX} ORV-22 hits CD22 \N{DNA DOUBLE HELIX}."
    turn = Turn(0, "person/x", Section.PREPARED_REMARKS, 0, len(text))
    transcript = Transcript(Call("x"), text, (), (turn,), "example")
    start = text.index("hits")
    said = Statement("a", "b", "c", (transcript.evidence(start, start + 9),), "example")
    data = payload(page_html([Extraction(transcript, statements=(said,))]))
    units = data["calls"][0]["text"].encode("utf-16-le")
    (one,) = data["evidence"]
    assert units[2 * one["s"] : 2 * one["e"]].decode("utf-16-le") == "hits CD22"
    assert data["calls"][0]["turns"] == [["person/x", "PreparedRemarks", 0, len(text) + 3]]


def test_each_evidence_is_stored_once(page: str) -> None:
    spans = [(one["c"], one["s"], one["e"]) for one in payload(page)["evidence"]]
    assert len(spans) == len(set(spans))


def test_two_calls_share_the_nodes_of_the_same_things() -> None:
    page = page_html([first_call(), second_call()])
    nodes = json.loads(page.split('id="nodes">')[1].split("</script>")[0])
    names = [node["id"] for node in nodes]
    assert len(names) == len(set(names))
    shared = next(node for node in nodes if node["id"] == "program/orv-22")
    assert shared["calls"] == [0, 1]


def test_a_corpus_too_long_for_one_page_keeps_its_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.drawing_build, "TEXT_LIMIT", 10)
    data = payload(page_html([first_call()]))
    assert data["calls"][0]["text"] is None
    assert all(one["q"] for one in data["evidence"])


def test_a_focus_shows_its_neighbourhood_and_knows_the_name_of_everything_else() -> None:
    page = page_html([first_call()], focus="cd22", hops=1)
    nodes = json.loads(page.split('id="nodes">')[1].split("</script>")[0])
    shown = {node["id"] for node in nodes if node["calm"]}
    assert "target/cd22" in shown
    assert "target/cd70" not in shown
    data = payload(page)
    assert data["focus"] == "target/cd22"
    people = {person["id"] for person in data["participants"]}
    assert people | {call["issuer"] for call in data["calls"]} <= {node["id"] for node in nodes}


def test_an_unknown_focus_names_what_is_near() -> None:
    with pytest.raises(GraphError, match=r"nothing is called 'ORV'; near: ORV-22, ORV-70"):
        page_html([first_call()], focus="ORV")


def test_sparql_needs_a_dataset() -> None:
    with pytest.raises(ValueError, match="give nquads"):
        page_html([first_call()], sparql=True)


def test_an_empty_call_still_makes_a_page() -> None:
    call = first_call()
    empty = Extraction(replace(call.transcript, participants=(), turns=(), entities=()))
    assert payload(page_html([empty]))["statements"] == []


def test_a_class_without_a_style_is_drawn_too() -> None:
    call = first_call()
    assert "Place" in load_styles()
    odd = Entity("place/x", EntityType.PLACE, "X")
    page = page_html([replace(call, entities=(*call.entities, odd))])
    assert "Place" in [kind["kind"] for kind in payload(page)["kinds"]]


def test_the_notebook_gets_a_sealed_frame(page: str) -> None:
    frame = page_iframe(page, height=500)
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    assert frame.count("<") == 2
    assert "height:500px" in frame


def test_the_page_is_small_enough_to_mail(page: str) -> None:
    assert len(page.encode()) < 700_000


@pytest.mark.slow
def test_the_page_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import hashlib\nfrom graph.page import page_html\n"
        "from tests.sample_calls import first_call, second_call\n"
        "print(hashlib.sha256(page_html([first_call(), second_call()]).encode()).hexdigest())"
    )
    root = Path(__file__).resolve().parent.parent
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1
