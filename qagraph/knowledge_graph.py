"""The graph of all calls in one folder: query it, draw it, check it, take it elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.records import read_records
from graph.endpoint import Endpoint
from graph.errors import QueryError, StoreError
from graph.library import queries as named_queries
from graph.library import run_named, text_for
from graph.query import DEFAULT_LIMITS, Limits, run_query
from graph.store import Store
from qagraph.question_table import COLUMNS, question_rows

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from extractors.model import Extraction
    from graph.results import QueryResult
    from graph.validate import Report
    from qagraph.page_view import Page


_PRESSURE = {
    "topic": "pressed-topics",
    "theme": "pressed-themes",
    "firm": "pressing-firms",
    "executive": "executives-by-topic",
}


def queries() -> pd.DataFrame:
    """Return the named queries: name, the question that each answers, parameters, columns."""
    import pandas as pd

    rows = [
        (
            name,
            known.question,
            ", ".join(p.name for p in known.parameters),
            ", ".join(known.columns),
        )
        for name, known in named_queries().items()
    ]
    return pd.DataFrame(rows, columns=["name", "question", "parameters", "columns"])


class KnowledgeGraph:
    """What `qagraph.build` returns and `KnowledgeGraph.open` opens.

    Reading takes no lock: another process may build into the same folder meanwhile.
    """

    def __init__(self, folder: str | Path, endpoint: Endpoint | None = None) -> None:
        self.folder = Path(folder)
        self.endpoint = endpoint
        self._store: Store | None = None

    @classmethod
    def open(cls, folder: str | Path) -> KnowledgeGraph:
        """Open the folder that a build wrote.

        Raises:
            StoreError: it holds no graph.
        """
        kg = cls(folder)
        kg.store()
        return kg

    @classmethod
    def connect(cls, url: str) -> KnowledgeGraph:
        """Use the graph on a SPARQL 1.1 server, such as one that `qagraph push` filled.

        It answers `query` and gives the tables; what needs the folder, such as `draw`, does not.

        Raises:
            StoreError: nothing answers there.
        """
        kg = cls(url, Endpoint(url))
        kg.source().calls()
        return kg

    @classmethod
    def load(cls, folder: Path, calls: Sequence[str]) -> None:
        """Put the graphs of freshly built calls into the folder's store."""
        if not calls:
            return
        with Store.open(folder / "store", write=True) as store:
            store.put_calls(
                (call, [(folder / call / "graph.nq").read_text("utf-8")]) for call in calls
            )

    @staticmethod
    def holds(folder: Path, call: str) -> bool:
        """Return whether the folder's store has this call.

        >>> KnowledgeGraph.holds(Path("no-such-folder"), "vrno-2031q4")
        False
        """
        if not _has_store(folder):
            return False
        with Store.open(folder / "store") as store:
            return call in store

    def source(self) -> Store | Endpoint:
        """Return what answers queries: the store of the folder, or the server."""
        return self.endpoint or self.store()

    def store(self) -> Store:
        """Return the store, open for reading.

        Raises:
            StoreError: there is none, or the graph is on a server.
        """
        if self.endpoint is not None:
            raise StoreError(
                f"{self.endpoint.url}: is a server; this needs a folder on this machine"
            )
        if self._store is None:
            self._store = Store.open(self.folder / "store")
        return self._store

    def __repr__(self) -> str:
        calls = self.source().calls()
        shown = ", ".join(calls[:6]) + (", ..." if len(calls) > 6 else "")
        place = self.endpoint.url if self.endpoint else str(self.folder)
        return f"KnowledgeGraph({place!r}: {len(calls)} calls: {shown})"

    def __len__(self) -> int:
        return len(self.source().calls())

    # What it holds

    def query(
        self,
        sparql: str | None = None,
        *,
        name: str | None = None,
        params: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> pd.DataFrame:
        """Answer SPARQL, or a named query, as a table.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes are bound.
            name: instead, a query of the library; see `qagraph.queries`.
            params: its parameters, e.g. ``{"target": "BCMA"}``.
            limits: time, rows and memory; a query beyond them is stopped.

        Raises:
            QueryError: it is no query, with line and column, or there is none of that name.
        """
        return self.result(sparql, name=name, params=params, limits=limits).to_frame()

    def result(
        self,
        sparql: str | None = None,
        *,
        name: str | None = None,
        params: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> QueryResult:
        """Answer like `query`, keeping the terms as RDF: for CONSTRUCT and for exact formats."""
        if (sparql is None) == (name is None):
            raise QueryError("give a query, or the name of one: query('SELECT ...') or name=...")
        if params and name is None:
            raise QueryError("parameters go with the name of a query; put values into the SPARQL")
        if name is not None and limits == DEFAULT_LIMITS:
            return run_named(self.source(), name, params or {})
        text = sparql if name is None else text_for(self.source(), name, params or {})
        return run_query(self.source(), str(text), limits=limits)

    def calls(self) -> pd.DataFrame:
        """Return one row a call: company, period, day, and how much is in it."""
        return self.query(name="calls")

    def questions(self) -> pd.DataFrame:
        """Return one row a question: who asked, about what, who answered, and whether."""
        import pandas as pd

        return pd.DataFrame(question_rows(self.source()), columns=list(COLUMNS))

    def programs(self) -> pd.DataFrame:
        """Return the pipeline: each program with developer, target, indication and phase."""
        return self.query(name="programs")

    def participants(self) -> pd.DataFrame:
        """Return one row a participant and call: kind, titles, firms."""
        return self.query(name="participants")

    def guidance(self) -> pd.DataFrame:
        """Return what was promised, for when, in which words."""
        return self.query(name="guidance-by-due-date")

    def deals(self) -> pd.DataFrame:
        """Return the terms of deals: with whom, what kind, how much."""
        return self.query(name="deal-terms")

    def pressure(self, by: str = "topic", *, company: str | None = None) -> pd.DataFrame:
        """Return what analysts press on, most questions first: asked, dodged and asked again.

        Args:
            by: ``topic`` (programs, partners, targets ...), ``theme``, ``firm`` (who asks) or
                ``executive`` (who answers for what).
            company: one company's calls; not with ``executive``.

        Raises:
            QueryError: there is no such view.
        """
        if by not in _PRESSURE:
            raise QueryError(f"no pressure by {by!r}; it is {', '.join(_PRESSURE)}")
        params = {} if company is None else {"company": company}
        return self.query(name=_PRESSURE[by], params=params)

    def conflicts(self) -> pd.DataFrame:
        """Return the statements that disagree, as said."""
        return self.query(name="conflicts")

    def dataset(self) -> rdflib.Dataset:
        """Return everything as an `rdflib.Dataset`, one named graph a call."""
        from graph.convert import to_dataset

        store = self.store()
        return to_dataset(line for call in store.calls() for line in store.lines(call))

    def network(self, projection: str | None = None) -> nx.Graph:
        """Return entities, people and questions as a `networkx.MultiDiGraph`, or a projection.

        Args:
            projection: ``analysts-topics``, ``firms-programs``, ``programs-targets-partners`` or
                ``co-questions``; gives a `networkx.Graph` with weights, calls, first and last day.

        Raises:
            UnknownTermError: there is no such projection.
        """
        if projection is None:
            from graph.network import network

            return network(self.store())
        from graph.projections import project

        return project(self.store(), projection)

    def centrality(self, projection: str | None = None) -> pd.DataFrame:
        """Rank nodes by name: degree, PageRank, betweenness and community.

        Args:
            projection: as in `network`.

        Raises:
            UnknownTermError: there is no such projection.
        """
        from graph.projections import centrality

        return centrality(self.network(projection))

    def extraction(self, call: str) -> Extraction:
        """Return what was extracted from one call, read back from its folder.

        Raises:
            StoreError: the folder has no such call.
        """
        folder = self.folder / call
        try:
            with (folder / "transcript.txt").open(encoding="utf-8", newline="") as file:
                text = file.read()
        except OSError:
            known = ", ".join(self.store().calls()) or "none"
            raise StoreError(f"{folder}: no such call; there are {known}") from None
        return read_records(folder / "statements.jsonl", text)

    # What can be done with it

    def draw(
        self,
        *,
        call: str | None = None,
        focus: str | None = None,
        hops: int = 1,
        sparql: str | None = None,
        live: bool = False,
        height: int = 720,
    ) -> Page:
        """Draw the page of one call, or of all; a notebook shows it inline.

        Args:
            call: one call; None draws all.
            focus: a name; only its neighbourhood of ``hops`` edges is drawn.
            hops: see ``focus``.
            sparql: a CONSTRUCT query; only what it gives is drawn.
            live: whether the page answers SPARQL by itself (1.9 MB more).
            height: of the frame in a notebook, in pixels.
        """
        from graph.page import page_html
        from qagraph.page_view import Page

        names = [call] if call else list(self.store().calls())
        extractions = [self.extraction(name) for name in names]
        only = None if sparql is None else _drawn_names(self.result(sparql), self.store().ids.base)
        nquads = "".join(line for n in names for line in self.store().lines(n)) if live else None
        html = page_html(extractions, focus=focus, hops=hops, only=only, sparql=live, nquads=nquads)
        return Page(html, height)

    def check(self, *, call: str | None = None) -> Report:
        """Check calls against the shapes and the invariants; ``report.conforms`` says whether."""
        from graph.validate import validate

        return validate(self.store(), [call] if call else None)

    def export(self, format: str, output: str | Path | None = None) -> Path:
        """Write everything in another format and return where.

        Raises:
            ExportError: there is no such format.
        """
        from graph.exports import export

        return export(self.store(), format, Path(output) if output else self.folder)

    def add(self, *paths: str | Path, **options: Any) -> KnowledgeGraph:
        """Build more calls into this folder; the options are those of `qagraph.build`."""
        from qagraph.run import build

        self.close()
        return build(paths, output=self.folder, **options)

    def remove(self, call: str) -> None:
        """Take a call out of the store and delete its folder.

        Raises:
            StoreError: there is no such call, or another process writes.
        """
        from qagraph.run import only_writer

        self.close()
        with only_writer(self.folder):
            with Store.open(self.folder / "store", write=True) as store:
                store.remove_call(call)
            shutil.rmtree(self.folder / call, ignore_errors=True)

    def close(self) -> None:
        """Give the store back; it is opened again when it is needed."""
        if self._store is not None:
            self._store.close()
            self._store = None


def _drawn_names(result: QueryResult, base: str) -> frozenset[str]:
    """Return what a query gave, by the names that the drawing uses."""
    names = set()
    for row in result.to_rows():
        for cell in row:
            name = str(cell).removeprefix(base)
            question = re.fullmatch(r"call/(.+)/question/(\d+)", name)
            names.add(f"question/{question[1]}/{int(question[2])}" if question else name)
    return frozenset(names)


def _has_store(folder: Path) -> bool:
    return (folder / "store" / "CURRENT").exists()
