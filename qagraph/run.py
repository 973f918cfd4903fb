"""From files to a graph: the whole flow, for one file or many, on one machine or several."""

from __future__ import annotations

import hashlib
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

import qagraph
from extractors.corrections import apply_corrections, read_corrections, unused_corrections
from extractors.errors import ExtractionError, InputError
from extractors.reading import parse_transcript, read_source, read_transcript, sniff_scores
from graph.errors import GraphError, StoreError
from qagraph.call_folder import Run, mend_folders, read_run, write_folder
from qagraph.engines import Work, map_files
from qagraph.errors import BuildError

if TYPE_CHECKING:
    from spacy.language import Language

    from extractors.model import Correction, Transcript
    from qagraph.knowledge_graph import KnowledgeGraph

STDIN = Path("-")
LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Settings:
    """What besides the transcript decides a result.

    ``vocab`` are folders with the user's own vocabulary, ``spacy_model`` a trained pipeline,
    ``corrections`` a file of corrections.
    """

    vocab: tuple[Path, ...] = ()
    spacy_model: str | None = None
    corrections: Path | None = None

    @classmethod
    def of(
        cls,
        output: Path,
        vocab: Sequence[str | Path],
        spacy_model: str | None,
        corrections: str | Path | None,
    ) -> Settings:
        """Collect the settings; the corrections that lie in the output folder are its default."""
        own = output / "corrections.tsv"
        chosen = Path(corrections) if corrections else own if own.is_file() else None
        return cls(tuple(map(Path, vocab)), spacy_model, chosen)

    def digest(self) -> str:
        """Return a hash of the settings by content, not by path."""
        sums = hashlib.sha256((self.spacy_model or "").encode())
        files = [p for folder in self.vocab for p in sorted(folder.glob("*.tsv"))]
        for path in [*files, *([self.corrections] if self.corrections else [])]:
            sums.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return sums.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one file: the call, or the line that says why there is none."""

    file: str
    call: str | None = None
    problem: str | None = None
    kept: bool = False
    layout: str = ""
    scores: tuple[tuple[str, float], ...] = ()
    warnings: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@cache
def _pipeline(settings: Settings) -> Language:
    from extractors.pipeline import build_nlp

    return build_nlp(vocab=settings.vocab, spacy_model=settings.spacy_model)


def _read(path: Path) -> Transcript:
    if path == STDIN:
        return parse_transcript(sys.stdin.read(), name="standard input")
    return read_transcript(path)


def build_file(path: Path, output: Path, settings: Settings, resume: bool) -> Built:
    """Build one call and write its folder; the store is not touched.

    A file that cannot be read gives a `Built` with its problem, so that it stops no other.
    """
    try:
        transcript = _read(path)
        scores = () if path == STDIN else sniff_scores(read_source(path))
        call = transcript.call.id
        run = Run(path.name, transcript.sha256, qagraph.__version__, settings.digest())
        if resume and read_run(output / call) == run:
            return Built(str(path), call, kept=True, layout=transcript.layout, scores=scores)
        from extractors.pipeline import extract  # spaCy loads for a second: only when needed

        extraction = extract(transcript, _pipeline(settings))
        if settings.corrections is not None:
            extraction = apply_corrections(extraction, read_corrections(settings.corrections))
        write_folder(extraction, output, run)
    except (ExtractionError, GraphError) as error:
        return Built(str(path), problem=str(error))
    except OSError as error:
        return Built(str(path), problem=f"{error.filename or path}: {error.strerror or error}")
    return Built(
        str(path),
        call,
        layout=transcript.layout,
        scores=scores,
        warnings=transcript.warnings,
        corrections=extraction.corrections,
        counts={
            "participants": len(transcript.participants),
            "exchanges": len(extraction.exchanges),
            "questions": len(extraction.questions),
            "entities": len(extraction.entities),
            "statements": len(extraction.statements),
            "facts": len(extraction.facts),
        },
    )


SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".json",
    ".jsonl",
    ".csv",
    ".tsv",
    ".srt",
    ".vtt",
    ".pdf",
)


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield each file meant once: a folder stands for its transcripts (not those of its folders).

    >>> [p.name for p in find_files(["no-such-file.txt", "-", "./no-such-file.txt"])]
    ['no-such-file.txt', '-']
    """
    seen = set()
    for path in _unfold(paths):
        if path.absolute() not in seen:
            seen.add(path.absolute())
            yield path


def _unfold(paths: Iterable[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            found = [
                p
                for p in sorted(path.iterdir())
                if p.suffix.lower() in SUFFIXES and not p.name.lower().startswith(("readme", "."))
            ]
            if not found:
                raise InputError(f"{path}: holds no transcript ({', '.join(SUFFIXES)})")
            yield from found
        else:
            yield path


def build(
    paths: str | Path | Iterable[str | Path],
    *,
    output: str | Path = "output",
    workers: int = 1,
    engine: str = "local",
    scheduler: str | None = None,
    vocab: Sequence[str | Path] = (),
    spacy_model: str | None = None,
    corrections: str | Path | None = None,
    resume: bool = False,
    on_built: Callable[[Built], None] | None = None,
    on_note: Callable[[str], None] = warnings.warn,
) -> KnowledgeGraph:
    """Build the graph of one or many transcripts and return all that ``output`` then holds.

    Args:
        paths: files or folders; ``"-"`` is standard input.
        output: the folder that gets one folder a call, and the store.
        workers: processes on this machine.
        engine: ``"local"`` or ``"dask"``.
        scheduler: address of a Dask scheduler; without one Dask runs here.
        vocab: folders with vocabulary of your own.
        spacy_model: a trained pipeline whose people and organizations become candidates.
        corrections: a file of corrections; ``output/corrections.tsv`` is used where it exists.
        resume: keep the calls that an equal run has built already.
        on_built: called with what became of each file, in order.
        on_note: called with each correction that changed nothing.

    Raises:
        BuildError: some files could not be built, or are the call of another; the others were.
        StoreError: another process writes to ``output``.
    """
    from qagraph.knowledge_graph import KnowledgeGraph

    folder = Path(output)
    files = list(find_files([paths] if isinstance(paths, str | Path) else paths))
    settings = Settings.of(folder, vocab, spacy_model, corrections)
    work = Work(build_file, folder, settings, resume)
    if STDIN in files:  # only this process has it, and it cannot be read twice: it comes last
        workers, engine = 1, "local"
        files.sort(key=STDIN.__eq__)
    with _writing(folder):
        results = _watch(map_files(work, files, workers, engine, scheduler), work, on_built)
        KnowledgeGraph.load(folder, _to_load(results, folder))
    for note in _idle_corrections(results, folder, settings.corrections):
        on_note(note)
    if problems := [built.problem for built in results if built.problem]:
        raise BuildError(problems)
    return KnowledgeGraph.open(folder)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    with only_writer(folder):
        try:
            mend_folders(folder)
            yield
        finally:
            _leave_no_trace(folder)


def _watch(
    stream: Iterator[Built], work: Work, on_built: Callable[[Built], None] | None
) -> list[Built]:
    """Collect what became of the files; of two that are one call the first is built."""
    results = []
    first: dict[str, Built] = {}
    again: dict[str, None] = {}
    for item in stream:
        built, before = item, first.setdefault(item.call, item) if item.call else item
        if before is not item:
            problem = f"{item.file}: is the call {item.call}, which {before.file} is; give one"
            built = Built(item.file, problem=problem)
            again[before.file] = None
        results.append(built)
        if on_built:
            on_built(built)
    for file in again:
        replace(work, resume=True)(Path(file))
    return results


def _idle_corrections(results: Sequence[Built], folder: Path, file: Path | None) -> tuple[str, ...]:
    """Name the corrections that changed nothing, where all calls that they mean were built."""
    if file is None or any(built.problem or built.kept for built in results):
        return ()
    calls = {built.call for built in results}
    meant = [
        row
        for row in read_corrections(file)
        if row.call in calls or not row.call or not (folder / row.call).is_dir()
    ]
    idle = unused_corrections(meant, [row for built in results for row in built.corrections])
    return tuple(
        f"{file}: {row!r} changed nothing in what was built; check identifiers, call and quote"
        for row in idle
    )


def _leave_no_trace(folder: Path) -> None:
    """Remove a folder that was made for a run which built nothing."""
    if [path.name for path in folder.iterdir()] == [LOCK]:
        (folder / LOCK).unlink()
        folder.rmdir()


def _to_load(results: Sequence[Built], folder: Path) -> tuple[str, ...]:
    from qagraph.knowledge_graph import KnowledgeGraph

    calls = dict.fromkeys(built.call for built in results if built.call and not built.kept)
    kept = (built.call for built in results if built.call and built.kept)
    calls.update(dict.fromkeys(c for c in kept if not KnowledgeGraph.holds(folder, c)))
    return tuple(calls)


def only_writer(folder: Path) -> FileLock:
    """Lock a folder for writing; use it in a ``with`` statement.

    Raises:
        StoreError: another process writes there, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise StoreError(f"{folder}: another process writes here; wait until it ends") from None
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written ({error.strerror}); choose another"
        ) from error
    return lock
