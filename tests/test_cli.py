"""The command line as a person meets it: data to stdout, messages to stderr, exit statuses."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.exports import formats
from qagraph.cli import app, main

Run = tuple[int, str, str]
COMMANDS = sorted(
    command.name or str(getattr(command.callback, "__name__", ""))
    for command in app.registered_commands
)


def run(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> Run:
    status = main([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    return status, out, err


def test_the_commands_are_those_of_the_manual() -> None:
    assert COMMANDS == [
        "add",
        "build",
        "check",
        "draw",
        "evaluate",
        "explain",
        "export",
        "list",
        "push",
        "queries",
        "query",
        "remove",
        "serve",
    ]


@pytest.mark.parametrize("command", [*COMMANDS, "vocab"])
def test_every_command_has_help(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, command, "--help")
    assert (status, err) == (0, "")
    assert "Usage:" in out


def test_a_query_prints_a_table(built_examples: Path, capfd: pytest.CaptureFixture[str]) -> None:
    query = "SELECT ?label { ?t a qa:Target ; rdfs:label ?label } ORDER BY ?label"
    status, out, err = run(capfd, "query", built_examples, query)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "label"
    assert {"BCMA", "CD22", "CD70", "CD123", "CS1"} <= set(out.split())


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_a_query_prints_other_formats(
    format: str, built_examples: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?c a qa:Call }"
    status, out, _ = run(capfd, "query", built_examples, query, "--format", format)
    assert status == 0
    assert "2" in out
    if format == "json":
        assert json.loads(out)["results"]["bindings"][0]["n"]["value"] == "2"


def test_a_named_query_takes_parameters(
    built_examples: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--name", "analysts-by-target", "--param", "target=CD22", "--format", "csv")
    status, out, _ = run(capfd, "query", built_examples, *arguments)
    assert status == 0
    assert "Lee Tran" in out


def test_a_named_query_keeps_to_the_limits(
    built_examples: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--name", "questions", "--rows", "2", "--format", "csv")
    status, out, err = run(capfd, "query", built_examples, *arguments)
    assert (status, len(out.splitlines())) == (0, 3)
    assert "cut at the limit of rows" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "{dir}", "SELECT ?x { ?x a }"), "line 1, column"),
        (("query", "{dir}"), "give a query"),
        (("query", "{dir}", "--name", "no-such"), "no-such"),
        (("query", "{dir}", "--name", "analysts-by-target", "--param", "BCMA"), "KEY=VALUE"),
        (("query", "{dir}", "SELECT ?x { ?x a qa:Call }", "--format", "yaml"), "yaml"),
        (("query", "{dir}", "DROP ALL"), "only SELECT"),
        (("query", "no/such/dir", "ASK { ?s ?p ?o }"), "no store is here"),
        (("draw", "{dir}", "--focus", "Nobody At All", "-o", "{tmp}/p.html"), "Nobody At All"),
        (("draw", "{dir}", "--call", "nope-2031q1", "-o", "{tmp}/p.html"), "no such call"),
        (("export", "{dir}", "--format", "doc", "-o", "{tmp}/x"), "doc"),
        (("explain", "hasTargt"), "hasTarget"),
        (("evaluate", "no-such.json", "{dir}"), "no such gold file"),
        (("remove", "{dir}", "nope-2031q1"), "nope-2031q1"),
        (("queries", "no-such"), "no-such"),
        (("query", "{dir}", "ASK {}", "--param", "target=CD22"), "parameters go with the name"),
        (("check", "{dir}", "--call", "nope-2031q1"), "no call 'nope-2031q1'; it holds vrno"),
        (("evaluate", "{tmp}", "{dir}"), "holds no gold file"),
        (("draw", "{dir}", "-o", "{tmp}"), "is a folder; name a file"),
        (("nonsense",), "No such command"),
    ],
)
def test_a_mistake_gives_one_clear_message_and_exit_2(
    arguments: tuple[str, ...],
    words: str,
    built_examples: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    filled = [
        a.replace("{dir}", str(built_examples)).replace("{tmp}", str(tmp_path)) for a in arguments
    ]
    status, out, err = run(capfd, *filled)
    assert (status, out) == (2, "")
    assert words in " ".join(err.split())
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_every_export(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capfd, "export", "--help")
    words = "".join(out.replace("│", " ").split())
    assert [name for name in formats() if f"{name}" not in words] == []


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on(examples: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "qagraph", "build", str(examples), "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not (tmp_path / "out" / ".lock").exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "error: interrupted; a build goes on with --resume"


def test_ctrl_c_of_a_query_says_no_more(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qagraph.cli._open", interrupt)
    status, _, err = run(capfd, "query", "output", "ASK {}")
    assert (status, err) == (130, "error: interrupted\n")


def test_queries_are_listed_and_shown(capfd: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = run(capfd, "queries")
    assert len(listed.splitlines()) >= 25
    _, shown, _ = run(capfd, "queries", "pipeline")
    assert "SELECT" in shown


def test_a_term_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, "explain", "qa:NotAddressed")
    assert (status, out.startswith("qa:NotAddressed")) == (0, True)


def test_check_says_that_the_examples_conform(
    built_examples: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capfd, "check", built_examples)
    assert (status, "2 calls conform" in out) == (0, True)


def test_a_part_is_drawn(
    built_examples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "cd22.html"
    arguments = ("--focus", "CD22", "--hops", "1", "-o", page)
    status, _, err = run(capfd, "draw", built_examples, *arguments)
    assert (status, f"open {page}" in err) == (0, True)
    assert "CD22" in page.read_text(encoding="utf-8")


def test_what_a_query_gives_is_drawn(
    built_examples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "targets.html"
    query = "CONSTRUCT { ?p qa:hasTarget ?t } WHERE { ?p qa:hasTarget ?t }"
    status, _, _ = run(capfd, "draw", built_examples, "--sparql", query, "-o", page)
    found = re.search(r'id="nodes">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert (status, found is not None) == (0, True)
    shown = {n["id"].split("/")[0] for n in json.loads(found[1]) if n["calm"]} if found else set()
    assert shown == {"program", "target", "drug"}
    nothing = "CONSTRUCT { ?c a qa:Call } WHERE { ?c a qa:Call }"
    status, _, err = run(capfd, "draw", built_examples, "--sparql", nothing, "-o", page)
    assert (status, "nothing that can be drawn" in err) == (2, True)


def test_an_export_is_written(
    built_examples: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.ttl"
    status, _, _ = run(capfd, "export", built_examples, "--format", "turtle", "-o", path)
    assert (status, path.exists()) == (0, True)


def test_a_gold_file_is_compared(built_examples: Path, capfd: pytest.CaptureFixture[str]) -> None:
    gold = Path(__file__).parent / "gold" / "vrno-2031q3.gold.json"
    status, out, _ = run(capfd, "evaluate", gold, built_examples, "--misses")
    assert status == 0
    assert "participants" in out
    assert "F1 1.000" in out


def test_a_reader_that_stops_reading_is_no_error(built_examples: Path) -> None:
    command = (
        f"{sys.executable} -m qagraph query {built_examples} 'SELECT * {{ ?s ?p ?o }}' | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_colour_and_narrow_terminals_are_respected() -> None:
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "60"}
    command = [sys.executable, "-m", "qagraph", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert "\x1b[" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 60


def test_of_a_folder_of_gold_files_what_is_none_is_left_out(
    capfd: pytest.CaptureFixture[str], built_examples: Path, tmp_path: Path
) -> None:
    gold = Path(__file__).parent / "gold" / "vrno-2031q3.gold.json"
    (tmp_path / gold.name).write_bytes(gold.read_bytes())
    (tmp_path / "floors.json").write_text("{}", "utf-8")
    status, out, _ = run(capfd, "evaluate", tmp_path, built_examples)
    assert status == 0
    assert out.startswith("vrno-2031q3")
