"""The command line: each command parses its options and calls the function of the same name."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.errors import ExtractionError
from graph.errors import GraphError
from qagraph.errors import BuildError, EngineError

if TYPE_CHECKING:
    from qagraph.knowledge_graph import KnowledgeGraph
    from qagraph.run import Built

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Earnings calls of biotech companies as one graph, with the words that prove every edge.",
    epilog="First: qagraph build CALL.txt -o output. Then open output/<call>/graph.html.",
)
vocab_app = typer.Typer(no_args_is_help=True, help="Widen the vocabulary from official files.")
app.add_typer(vocab_app, name="vocab")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that a build wrote.")]
Output = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes on this machine.")]
Vocab = Annotated[
    list[Path] | None, typer.Option(metavar="DIR", help="A folder with vocabulary of your own.")
]
Format = Annotated[str, typer.Option(metavar="table|csv|tsv|json|xml", help="How to write rows.")]
Scheduler = Annotated[
    str | None, typer.Option(metavar="URL", help="A Dask scheduler that runs already.")
]
SpacyModel = Annotated[
    str | None, typer.Option(metavar="NAME", help="A trained pipeline to add candidates.")
]
Corrections = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Corrections to apply [default: DIR/corrections.tsv]."),
]
_EXPORTS = (
    *("turtle", "trig", "nquads", "jsonld", "graphml", "gexf"),
    *("parquet", "neo4j-csv", "csv-tables", "web-annotation"),
)
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        _out(f"qagraph {version('qagraph')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


def _open(folder: Path) -> KnowledgeGraph:
    from qagraph.knowledge_graph import KnowledgeGraph

    return KnowledgeGraph.open(folder)


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _out(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _report(built: Built, output: Path, verbose: bool) -> None:
    if built.problem:
        _say(f"error: {built.problem}")
        return
    if verbose:
        scores = ", ".join(f"{name} {score:.2f}" for name, score in built.scores if score)
        _say(f"{built.file}: layout {built.layout} ({scores or 'only reader'})")
    if built.kept:
        _say(f"{built.call}: kept, nothing has changed")
        return
    counted = ", ".join(f"{number} {name}" for name, number in built.counts.items())
    _say(f"{built.call}: {counted}")
    _say(f"  open {output / str(built.call) / 'graph.html'}")
    for warning in built.warnings:
        _say(f"{built.call}: note: {warning}")


@app.command()
def build(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR|-...", help="Transcripts, or folders of them.")
    ],
    output: Output = Path("output"),
    workers: Workers = 1,
    engine: Annotated[str, typer.Option(metavar="local|dask", help="Who does the work.")] = "local",
    scheduler: Scheduler = None,
    vocab: Vocab = None,
    spacy_model: SpacyModel = None,
    corrections: Corrections = None,
    resume: Annotated[bool, typer.Option(help="Keep the calls that are built already.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say how each layout was recognised.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Build the graph of one or many transcripts.

    Example: qagraph build CLLS-2020Q4.txt -o output
    """
    from qagraph.progress import track_files
    from qagraph.run import build as run_build
    from qagraph.run import find_files

    found = list(find_files(files))
    with track_files(len(found), shown=not quiet) as advance:

        def on_built(built: Built) -> None:
            advance()
            if built.problem or not quiet:
                _report(built, output, verbose)

        run_build(
            found,
            output=output,
            workers=workers,
            engine=engine,
            scheduler=scheduler,
            vocab=vocab or [],
            spacy_model=spacy_model,
            corrections=corrections,
            resume=resume,
            on_built=on_built,
            on_note=lambda note: None if quiet else _say(f"note: {note}"),
        )


@app.command()
def add(
    folder: Folder,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Transcripts to add.")],
    workers: Workers = 1,
    vocab: Vocab = None,
    quiet: Quiet = False,
) -> None:
    """Build more transcripts into a folder that exists; the same as build -o DIR."""
    _open(folder).close()
    build(files, output=folder, workers=workers, vocab=vocab, quiet=quiet)


@app.command()
def remove(folder: Folder, call: Annotated[str, typer.Argument(metavar="CALL")]) -> None:
    """Take one call out of the graph and delete its files."""
    _open(folder).remove(call)
    _say(f"{call}: removed")


@app.command("list")
def list_calls(folder: Folder, format: Format = "table") -> None:
    """List the calls of a folder."""
    _out(_open(folder).result(name="calls").to_text(format))


@app.command()
def query(
    folder: Folder,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="A query, or - to read it.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="A named query; see qagraph queries.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A parameter of the named query.")
    ] = None,
    format: Format = "table",
    seconds: Annotated[float, typer.Option(min=0.1, help="Stop the query after so long.")] = 30.0,
    rows: Annotated[int, typer.Option(min=1, help="Give at most so many rows.")] = 100_000,
    width: Annotated[
        int | None,
        typer.Option(
            min=8,
            show_default="60, less where a row would not fit the terminal",
            help="Widest cell of a table, in characters.",
        ),
    ] = None,
) -> None:
    """Ask the graph, in SPARQL or by the name of a query.

    Example: qagraph query output --name analysts-by-target --param target=BCMA
    """
    from graph.query import Limits

    text = sys.stdin.read() if sparql == "-" else sparql
    result = _open(folder).result(
        text, name=name, params=_parameters(param or []), limits=Limits(seconds=seconds, rows=rows)
    )
    line = shutil.get_terminal_size().columns if width is None and sys.stdout.isatty() else None
    _out(result.to_text(format, width=width or 60, line=line))
    if result.truncated:
        _say(f"note: cut at the limit of {result.truncated}; there is more")
    elif format == "table" and result.kind == "select" and not len(result):
        _say("note: no rows")


def _parameters(pairs: list[str]) -> dict[str, str]:
    split = [pair.partition("=") for pair in pairs]
    for key, equals, _ in split:
        if not equals or not key:
            raise typer.BadParameter(f"{key!r} is not KEY=VALUE", param_hint="--param")
    return {key: value for key, _, value in split}


@app.command()
def queries(
    name: Annotated[str | None, typer.Argument(help="Show the text of this one.")] = None,
) -> None:
    """List the named queries, or show one."""
    from graph.library import get_query
    from graph.library import queries as all_queries

    if name is not None:
        _out(get_query(name).text)
        return
    width = max(map(len, all_queries()))
    for key, known in all_queries().items():
        params = ", ".join(parameter.name for parameter in known.parameters)
        _out(f"{key:<{width}}  {known.question}{f'  [{params}]' if params else ''}")


@app.command()
def draw(
    folder: Folder,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write.")
    ] = Path("page.html"),
    call: Annotated[str | None, typer.Option(metavar="ID", help="Only this call.")] = None,
    focus: Annotated[str | None, typer.Option(metavar="NAME", help="Only around this.")] = None,
    hops: Annotated[int, typer.Option(min=1, help="How far around it.")] = 1,
    sparql: Annotated[
        str | None, typer.Option(metavar="CONSTRUCT", help="Only what this query gives.")
    ] = None,
    live: Annotated[bool, typer.Option(help="Let the page answer SPARQL (1.9 MB more).")] = False,
) -> None:
    """Write a page: one call, all calls, or a part."""
    page = _open(folder).draw(call=call, focus=focus, hops=hops, sparql=sparql, live=live)
    page.save(output)
    _say(f"open {output}")


@app.command()
def check(
    folder: Folder,
    call: Annotated[str | None, typer.Option(metavar="ID", help="Only this call.")] = None,
) -> None:
    """Check the graph against the shapes; exit 1 when it does not conform."""
    report = _open(folder).check(call=call)
    _out(report.to_text())
    if not report.conforms:
        raise typer.Exit(1)


@app.command()
def export(
    folder: Folder,
    format: Annotated[str, typer.Option(help=", ".join(_EXPORTS))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PATH", help="Where to write.")
    ] = None,
) -> None:
    """Write the whole graph in a format that other programs read."""
    _say(f"wrote {_open(folder).export(format, output)}")


@app.command()
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7878,
) -> None:
    """Answer SPARQL 1.1 over HTTP, read-only, for this machine alone. Ctrl-C stops it."""
    from graph.endpoint import serve as run_server

    run_server(folder / "store", port=port, announce=_say)


@app.command()
def push(
    folder: Folder,
    endpoint: Annotated[str, typer.Option(metavar="URL", help="Its SPARQL 1.1 graph store.")],
) -> None:
    """Copy the graph to a SPARQL 1.1 server."""
    from graph.endpoint import push as run_push

    count = run_push(_open(folder).store(), endpoint)
    _say(f"pushed {count} call{'s' * (count != 1)} to {endpoint}")


@app.command()
def explain(name: Annotated[str, typer.Argument(metavar="TERM")]) -> None:
    """Say what a class or property of the graph means."""
    from qagraph.glossary import explain as run_explain

    _out(run_explain(name))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A gold file, or a folder.")],
    folder: Folder,
    misses: Annotated[bool, typer.Option(help="Also list what was missed or invented.")] = False,
) -> None:
    """Compare a built call with hand-made truth."""
    from qagraph.evaluation import evaluate as run_evaluate

    _out(run_evaluate(gold, folder, misses=misses))


@vocab_app.command("import")
def vocab_import(
    kind: Annotated[str, typer.Argument(metavar="hgnc|mondo|sec-tickers")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The official file.")],
    output: Output = Path("vocab"),
) -> None:
    """Turn an official file into vocabulary for build --vocab DIR."""
    from extractors.vocabulary_import import import_vocabulary

    _say(f"wrote {import_vocabulary(kind, file, output)}")


_BY_CTRL_C = 130
_BUILDS = ("build", "add")


def fail(message: str, status: int = 2) -> int:
    """Print each line of a message as an error and return the exit status.

    >>> fail("a.txt: is empty")
    2
    """
    for line in message.splitlines():
        _say(f"error: {line}")
    return status


def _interrupted(arguments: Sequence[str] | None) -> int:
    command = next(iter(sys.argv[1:] if arguments is None else arguments), "")
    hint = "; a build goes on with --resume" if command in _BUILDS else ""
    return fail(f"interrupted{hint}", _BY_CTRL_C)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0 done, 1 the check failed, 2 bad input or usage, 130 interrupted. No error shows a traceback.
    """
    try:
        app(args=None if arguments is None else list(arguments))
    except SystemExit as end:  # typer makes one of Ctrl-C, without a word
        return _interrupted(arguments) if end.code == _BY_CTRL_C else int(end.code or 0)
    except KeyboardInterrupt:
        return _interrupted(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except BuildError:
        return 2  # each problem was told when its file was built
    except (ExtractionError, GraphError, EngineError) as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or 'file'}: {error.strerror or error}")
    return 0
