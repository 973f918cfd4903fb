"""A build: what it leaves, that it repeats itself to the byte, and what it does with bad input."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

import qagraph
from graph.errors import StoreError
from qagraph.call_folder import mend_folders
from qagraph.errors import BuildError, EngineError
from qagraph.run import find_files

FILES = {
    "transcript.txt",
    "statements.jsonl",
    "graph.nq",
    "graph.trig",
    "graph.html",
    "graph.graphml",
    "run.json",
    "tables",
}


def digests(folder: Path) -> dict[str, str]:
    """Return the hash of every file but the store's, whose bytes are the engine's affair."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(folder).parts
    }


def run_cli(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qagraph", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | environment, timeout=180
    )


def test_a_build_leaves_what_the_manual_names(built_examples: Path) -> None:
    assert {p.name for p in built_examples.iterdir()} == {
        ".lock",
        "store",
        "vrno-2031q3",
        "vrno-2031q4",
    }
    for call in ("vrno-2031q3", "vrno-2031q4"):
        assert {path.name for path in (built_examples / call).iterdir()} == FILES
        assert list((built_examples / call / "tables").glob("*.csv"))


@pytest.mark.slow
def test_two_builds_are_byte_identical_under_any_hash_seed(
    examples: Path, built_examples: Path, tmp_path: Path
) -> None:
    for seed in ("1", "77"):
        output = tmp_path / seed
        done = run_cli("build", examples, "-o", output, PYTHONHASHSEED=seed, TZ="Asia/Tokyo")
        assert done.returncode == 0, done.stderr
        assert digests(output) == digests(built_examples)


@pytest.mark.slow
def test_several_workers_give_the_same_bytes(
    examples: Path, built_examples: Path, tmp_path: Path
) -> None:
    qagraph.build(examples, output=tmp_path, workers=2)
    assert digests(tmp_path) == digests(built_examples)


@pytest.mark.slow
def test_dask_gives_the_same_bytes(examples: Path, built_examples: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    code = (
        "import sys, qagraph\n"
        "if __name__ == '__main__':\n"
        "    qagraph.build(sys.argv[1], output=sys.argv[2], engine='dask', workers=1)\n"
    )
    script = tmp_path / "run_dask.py"
    script.write_text(code)
    command = [sys.executable, str(script), str(examples), str(output)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert digests(output) == digests(built_examples)


def test_an_unknown_engine_is_named_with_those_that_exist(examples: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="'spark'; take one of local, dask"):
        qagraph.build(examples, output=tmp_path, engine="spark")


def bad_files(folder: Path) -> dict[str, str]:
    """Write one file of each kind of bad input; return what the message must say of it."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "poem.txt").write_text("The cat sat on the mat, and the mat was flat.\n" * 40)
    with (folder / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    return {
        "missing.txt": "no such file",
        "empty.txt": "is empty",
        "binary.txt": "binary",
        "poem.txt": "is it a transcript?",
        "large.txt": "MB",
    }


def test_bad_input_gives_one_line_each_and_the_others_are_built(
    examples: Path, tmp_path: Path
) -> None:
    expected = bad_files(tmp_path)
    output = tmp_path / "out"
    good = examples / "verrano-2031q3.txt"
    done = run_cli("build", *(tmp_path / name for name in expected), good, "-o", output, "-q")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == len(expected)
    for line, (name, words) in zip(lines, expected.items(), strict=True):
        assert line.startswith("error: ")
        assert name in line
        assert words in line
    assert sorted(p.name for p in output.iterdir()) == [".lock", "store", "vrno-2031q3"]
    assert qagraph.KnowledgeGraph.open(output).store().calls() == ("vrno-2031q3",)


def test_bad_input_alone_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        qagraph.build(tmp_path / "missing.txt", output=tmp_path / "out")
    assert len(caught.value.problems) == 1
    assert not (tmp_path / "out").exists()


def test_settings_that_do_not_hold_leave_no_trace(examples: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    with pytest.raises(EngineError, match="no Dask scheduler answers at nonsense"):
        qagraph.build(examples, output=tmp_path / "out", engine="dask", scheduler="nonsense")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_of_two_files_that_are_one_call_the_first_is_built(
    workers: int, examples: Path, built_examples: Path, tmp_path: Path
) -> None:
    first = examples / "verrano-2031q3.txt"
    second = tmp_path / "zwei 'Dateien' <&> \u00fc.txt"
    second.write_text(first.read_text().replace("Lund, Sweden", "Malmo, Sweden"))
    output = tmp_path / "out"
    with pytest.raises(BuildError) as caught:
        qagraph.build([first, second, first], output=output, workers=workers)
    assert len(caught.value.problems) == 1
    assert f"{second}: is the call vrno-2031q3, which {first} is" in caught.value.problems[0]
    expected = {n: d for n, d in digests(built_examples).items() if "q3/" in n}
    assert {n: d for n, d in digests(output).items() if n != ".lock"} == expected
    assert qagraph.KnowledgeGraph.open(output).store().calls() == ("vrno-2031q3",)


def test_a_file_comes_before_standard_input_that_is_the_same_call(
    examples: Path, tmp_path: Path
) -> None:
    file, output = examples / "verrano-2031q3.txt", tmp_path / "out"
    command = [sys.executable, "-m", "qagraph", "build", "-", str(file), "-o", str(output)]
    with file.open() as text:
        done = subprocess.run(command, stdin=text, capture_output=True, text=True, timeout=180)
    assert (done.returncode, f"-: is the call vrno-2031q3, which {file} is" in done.stderr) == (
        2,
        True,
    )
    assert '"verrano-2031q3.txt"' in (output / "vrno-2031q3" / "run.json").read_text()


def test_corrections_that_change_nothing_are_told(examples: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.tsv"
    rows = [
        "action target value call quote author reason",
        "rename program/vrn-122 VRN-122b . . Ida known",
        "reject program/no-such . . . Ida known",
        "reject target/cd22 . vrno-1999q1 . Ida known",
    ]
    text = "\n".join("\t".join(row.split(" ")).replace(".", "") for row in rows)
    file.write_text(text + "\n", "utf-8")
    notes: list[str] = []
    source = examples / "verrano-2031q3.txt"
    qagraph.build(source, output=tmp_path / "out", corrections=file, on_note=notes.append)
    assert [note.split("'")[1] for note in notes] == [
        "reject program/no-such",
        "reject target/cd22",
    ]


def test_a_folder_of_any_layout_is_read(tmp_path: Path) -> None:
    for name in ("a.vtt", "b.csv", "c.jsonl", "README.md", "d.png"):
        (tmp_path / name).write_text("x")
    assert [p.name for p in find_files([tmp_path])] == ["a.vtt", "b.csv", "c.jsonl"]


def test_a_folder_without_transcripts_is_an_error(tmp_path: Path) -> None:
    done = run_cli("build", tmp_path, "-o", tmp_path / "out")
    assert (done.returncode, "holds no transcript" in done.stderr) == (2, True)


def test_building_again_replaces_that_call_and_nothing_else(
    built_examples: Path, examples: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    shutil.copytree(built_examples, output)
    before = digests(output)
    (output / "notes.txt").write_text("mine")
    text = (examples / "verrano-2031q3.txt").read_text().replace("Lund, Sweden", "Malmo, Sweden")
    changed = tmp_path / "verrano-2031q3.txt"
    changed.write_text(text)
    kg = qagraph.build(changed, output=output)
    after = digests(output)
    assert after.pop("notes.txt")
    other = {name for name in before if name.startswith("vrno-2031q4/")}
    assert {n: after[n] for n in other} == {n: before[n] for n in other}
    assert after["vrno-2031q3/graph.nq"] != before["vrno-2031q3/graph.nq"]
    assert kg.store().calls() == ("vrno-2031q3", "vrno-2031q4")
    assert kg.store().difference() == (0, 0)
    assert "Malmo" in "".join(kg.store().lines("vrno-2031q3"))


def test_resume_keeps_what_an_equal_run_has_built(
    built_examples: Path, examples: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    shutil.copytree(built_examples, output)
    shutil.rmtree(output / "vrno-2031q4")
    seen: list[tuple[str | None, bool]] = []
    qagraph.build(
        examples,
        output=output,
        resume=True,
        on_built=lambda built: seen.append((built.call, built.kept)),
    )
    assert seen == [("vrno-2031q3", True), ("vrno-2031q4", False)]
    assert digests(output) == digests(built_examples)


def test_a_second_writer_gets_a_clear_message(examples: Path, tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / ".lock"),
        pytest.raises(StoreError, match="another process writes here"),
    ):
        qagraph.build(examples, output=tmp_path)


def test_a_run_stopped_between_its_renames_is_mended(built_examples: Path, tmp_path: Path) -> None:
    call = tmp_path / ".vrno-2031q3.old"
    shutil.copytree(built_examples / "vrno-2031q3", call)
    (tmp_path / ".vrno-2031q4.new").mkdir()
    mend_folders(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["vrno-2031q3"]


def test_a_call_can_be_removed(built_examples: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    shutil.copytree(built_examples, output)
    done = run_cli("remove", output, "vrno-2031q3")
    assert done.returncode == 0, done.stderr
    kg = qagraph.KnowledgeGraph.open(output)
    assert kg.store().calls() == ("vrno-2031q4",)
    assert not (output / "vrno-2031q3").exists()
    again = run_cli("remove", output, "vrno-2031q3")
    assert (again.returncode, "no such call" in again.stderr) == (2, True)


def test_standard_input_is_a_file_like_any_other(examples: Path, tmp_path: Path) -> None:
    text = (examples / "verrano-2031q3.txt").read_text()
    command = [sys.executable, "-m", "qagraph", "build", "-", "-o", str(tmp_path)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "vrno-2031q3" / "graph.nq").exists()


def test_no_file_of_a_build_names_this_machine(built_examples: Path) -> None:
    here = (str(Path.home()).encode() + b"/", str(Path.cwd()).encode() + b"/")
    for path in built_examples.rglob("*"):
        if path.is_file() and "store" not in path.parts:
            content = path.read_bytes()
            assert not any(place in content for place in here), path.name
