"""The store on disk: one named graph a call, and their merge as the default graph.

Oxigraph's own union of named graphs repeats a triple that several calls state, so counts would be
wrong. Here the default graph holds each triple once, however many calls state it; every write
changes it in the same transaction as the named graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from graph.errors import StoreError
from graph.identifiers import BASE, Identifiers
from graph.literals import TRIPLE

_DEFAULT = ox.DefaultGraph()
_BATCH = 48 * 2**20  # characters of N-Quads that are loaded at once
_MANY = 20  # calls; a store that has just got so many is compacted
Node = ox.NamedNode | ox.Literal
Spo = tuple[ox.NamedNode, ox.NamedNode, Node]


class Store:
    r"""The graphs of all built calls; answers queries over their merge.

    One process may write at a time; any number may read meanwhile, and see the state at which they
    opened it. Use it as a context manager, so that the lock is given back.

    >>> store = Store.memory()
    >>> fact = "<urn:a> <urn:b> <urn:c> <https://w3id.org/qagraph/id/graph/{}> .\n"
    >>> store.put_call("one", [fact.format("one")])
    >>> store.put_call("two", [fact.format("two")])
    >>> store.calls(), len(list(store.triples()))
    (('one', 'two'), 1)
    >>> store.remove_call("one")
    >>> store.calls(), len(list(store.triples()))
    (('two',), 1)
    """

    def __init__(self, inner: ox.Store, path: Path | None, *, writable: bool, base: str = BASE):
        self._inner: ox.Store | None = inner
        self.path = path
        self.writable = writable
        self.ids = Identifiers(_base_of(inner) or base)
        self.version = 0
        self._names: dict[tuple[str, int], dict[str, list[tuple[str, str]]]] = {}

    @classmethod
    def memory(cls, *, base: str = BASE) -> Store:
        """Make an empty store in memory."""
        return cls(ox.Store(), None, writable=True, base=base)

    @classmethod
    def open(cls, path: Path, *, write: bool = False, base: str = BASE) -> Store:
        """Open a store on disk, to read it or to write it (then it is made if it does not exist).

        Raises:
            StoreError: there is none, it cannot be read, or another process writes it.
        """
        try:
            if write:
                path.mkdir(parents=True, exist_ok=True)
                return cls(ox.Store(path), path, writable=True, base=base)
            if not (path / "CURRENT").exists():
                raise StoreError(f"{path}: no store is here; build one with 'qagraph build'")
            return cls(ox.Store.read_only(str(path)), path, writable=False, base=base)
        except OSError as error:
            raise StoreError(_explain(path, error)) from error

    @property
    def inner(self) -> ox.Store:
        """The Oxigraph store; raises StoreError after closing."""
        if self._inner is None:
            raise StoreError(f"{self.path}: the store is closed")
        return self._inner

    def close(self) -> None:
        """Give the store back, so that another process may write it. Closing twice is harmless."""
        if self._inner is not None and self.path is not None and self.version:
            self._inner.flush()
        self._inner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def calls(self) -> tuple[str, ...]:
        """Return the ids of the calls in the store, sorted."""
        prefix = f"{self.ids.base}graph/"
        names = (graph.value for graph in self.inner.named_graphs())
        return tuple(sorted(n.removeprefix(prefix) for n in names if n.startswith(prefix)))

    def __contains__(self, call_id: object) -> bool:
        return isinstance(call_id, str) and self.inner.contains_named_graph(self._graph(call_id))

    def __len__(self) -> int:
        """Count the triples of the merged graph."""
        return sum(1 for _ in self.triples())

    def triples(self) -> Iterator[ox.Quad]:
        """Yield the triples of the merged graph, each once."""
        return self.inner.quads_for_pattern(None, None, None, _DEFAULT)

    def put_call(self, call_id: str, lines: Iterable[str]) -> None:
        """Add a call, or put its new graph in the old one's place: all of it or nothing.

        Args:
            call_id: such as ``clls-2020q4``.
            lines: N-Quads, all in the graph of this call, as `graph.assemble.assemble` gives them.

        Raises:
            StoreError: the store is open for reading only, a quad is in another graph, or the
                lines are no N-Quads.
        """
        self.put_calls([(call_id, lines)])

    def put_calls(self, calls: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Put several calls; new ones are loaded together, which is much faster.

        Every call is there wholly or not at all; a rerun after a stop puts in what is missing.

        Args:
            calls: pairs of what `put_call` takes.

        Raises:
            StoreError: as `put_call`.
        """
        self._must_write()
        fresh: dict[str, str] = {}
        loaded = 0
        for call_id, lines in calls:
            graph = self._graph(call_id)
            if call_id in fresh or self.inner.contains_named_graph(graph):
                loaded += self._load(fresh)
                fresh = {}
                self._replace(graph, self._parse(call_id, lines))
                continue
            text = "".join(lines)
            if not _lines_of(str(graph)).fullmatch(text):
                text = _write(graph, self._parse(call_id, text))
            fresh[call_id] = text
            if sum(map(len, fresh.values())) > _BATCH:
                loaded += self._load(fresh)
                fresh = {}
        loaded += self._load(fresh)
        if loaded >= _MANY and 2 * loaded >= len(self.calls()):
            self.inner.optimize()  # queries then read one sorted file, not several

    def _replace(self, graph: ox.NamedNode, new: set[Spo]) -> None:
        old = {_spo(quad) for quad in self.inner.quads_for_pattern(None, None, None, graph)}
        self._change(graph, removed=old - new, added=new - old)

    def remove_call(self, call_id: str) -> None:
        """Take a call out: its graph, and of the merged graph what no other call states.

        Raises:
            StoreError: the store has no such call, or is open for reading only.
        """
        self._must_write()
        if call_id not in self:
            known = ", ".join(self.calls()[:20]) or "none"
            raise StoreError(f"{call_id}: no such call in the store; it holds {known}")
        graph = self._graph(call_id)
        old = {_spo(quad) for quad in self.inner.quads_for_pattern(None, None, None, graph)}
        self._change(graph, removed=old, added=set(), drop=True)

    def bearers(self, predicate: ox.NamedNode, name: str | None) -> list[tuple[str, str]]:
        """Return IRI and literal of what has a literal, in any case of letters, or of all."""
        exact = None if name is None else ox.Literal(name)
        found = self._literals(predicate, exact)
        if found or name is None:
            return found
        return self._folded_names(predicate).get(name.casefold(), [])

    def bears(self, iri: str, predicate: ox.NamedNode) -> bool:
        """Return whether something is there and has a value of a property."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        return any(self.inner.quads_for_pattern(node, predicate, None, _DEFAULT))

    def _folded_names(self, predicate: ox.NamedNode) -> dict[str, list[tuple[str, str]]]:
        key = (predicate.value, self.version)
        if key not in self._names:
            names: dict[str, list[tuple[str, str]]] = {}
            for iri, label in self._literals(predicate, None):
                names.setdefault(label.casefold(), []).append((iri, label))
            kept = {old: found for old, found in self._names.items() if old[1] == self.version}
            self._names = kept | {key: names}
        return self._names[key]

    def _literals(
        self, predicate: ox.NamedNode, wanted: ox.Literal | None
    ) -> list[tuple[str, str]]:
        quads = self.inner.quads_for_pattern(None, predicate, wanted, _DEFAULT)
        return [
            (quad.subject.value, quad.object.value)
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        ]

    def lines(self, call_id: str) -> tuple[str, ...]:
        """Return the graph of a call as sorted lines of N-Quads, each with its line feed."""
        quads = self.inner.quads_for_pattern(None, None, None, self._graph(call_id))
        return tuple(sorted(f"{quad} .\n" for quad in quads))

    def dump(self) -> bytes:
        """Return all graphs, the merged one too, as N-Quads in no particular order."""
        data = self.inner.dump(format=ox.RdfFormat.N_QUADS)
        return data or b""

    def digest(self, call_id: str) -> str:
        """Return the SHA-256 of a call's graph, in hexadecimal."""
        return hashlib.sha256("".join(self.lines(call_id)).encode()).hexdigest()

    def difference(self) -> tuple[int, int]:
        """Count what the merged graph lacks and what it holds without a call; both must be 0."""
        named: set[Spo] = set()
        for graph in self.inner.named_graphs():
            named.update(_spo(q) for q in self.inner.quads_for_pattern(None, None, None, graph))
        merged = {_spo(quad) for quad in self.triples()}
        return len(named - merged), len(merged - named)

    def _graph(self, call_id: str) -> ox.NamedNode:
        return ox.NamedNode(self.ids.graph(call_id))

    def _must_write(self) -> None:
        if not self.writable:
            raise StoreError(f"{self.path}: the store is open for reading only")

    def _parse(self, call_id: str, lines: Iterable[str]) -> set[Spo]:
        graph = self._graph(call_id)
        data = "".join(lines).encode()
        found: set[Spo] = set()
        try:
            for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS):
                if quad.graph_name != graph:
                    raise StoreError(f"{call_id}: a quad is in {quad.graph_name}, not in {graph}")
                found.add(_spo(quad))
        except SyntaxError as error:
            raise StoreError(f"{call_id}: no N-Quads: {error}") from error
        return found

    def _load(self, fresh: dict[str, str]) -> int:
        # One bulk load is all or nothing, and several times faster than a transaction.
        if not fresh:
            return 0
        parts = []
        for call_id, text in fresh.items():
            parts.append(text)
            parts.append(text.replace(f" {self._graph(call_id)} .\n", " .\n"))
        try:
            self.inner.bulk_load("".join(parts).encode(), format=ox.RdfFormat.N_QUADS)
        except SyntaxError:
            for call_id, text in fresh.items():
                self._parse(call_id, text)  # says which call it is
            raise
        self.version += 1
        return len(fresh)

    def _change(
        self, graph: ox.NamedNode, *, removed: set[Spo], added: set[Spo], drop: bool = False
    ) -> None:
        if not removed and not added and not drop:
            return
        unstated = [triple for triple in removed if not self._stated_elsewhere(triple, graph)]
        steps = [
            f"DROP GRAPH {graph}" if drop else _data("DELETE", graph, removed),
            _data("DELETE", None, unstated),
            _data("INSERT", graph, added),
            _data("INSERT", None, added),
        ]
        self.inner.update(" ;\n".join(step for step in steps if step))  # one transaction
        self.version += 1

    def _stated_elsewhere(self, triple: Spo, graph: ox.NamedNode) -> bool:
        subject, predicate, value = triple
        if subject.value.startswith(self.ids.call(graph.value.rpartition("/")[2]) + "/"):
            return False  # a part of this very call
        return any(
            quad.graph_name not in (graph, _DEFAULT)
            for quad in self.inner.quads_for_pattern(subject, predicate, value, None)
        )


def _base_of(inner: ox.Store) -> str | None:
    """Read off the base from the name of any graph, so that a store is opened as it was made."""
    for graph in inner.named_graphs():
        base, found, _ = graph.value.rpartition("graph/")
        if found:
            return str(base)
    return None


def _spo(quad: ox.Quad) -> Spo:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
        raise StoreError(f"{quad}: a call's graph has no blank nodes and no quoted triples")
    return subject, quad.predicate, value


def _lines_of(graph: str) -> re.Pattern[str]:
    """Match lines of N-Quads that are all in one graph and have no blank nodes."""
    return re.compile(rf"(?:{TRIPLE} {re.escape(graph)} \.\n)*+")


def _write(graph: ox.NamedNode, triples: set[Spo]) -> str:
    return "".join(f"{s} {p} {o} {graph} .\n" for s, p, o in triples)


def _data(verb: str, graph: ox.NamedNode | None, triples: Iterable[Spo]) -> str:
    body = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    if not body:
        return ""
    return f"{verb} DATA {{ GRAPH {graph} {{ {body} }} }}" if graph else f"{verb} DATA {{ {body} }}"


def _explain(path: Path, error: OSError) -> str:
    text = str(error)
    if "LOCK" in text or "lock hold" in text:
        return (
            f"{path}: the store is being written by another process, or is still open for writing "
            "in this one; try again when that has ended"
        )
    if isinstance(error, PermissionError) or "ermission denied" in text:
        return f"{path}: no permission to use the store"
    return f"{path}: the store cannot be opened: {text.splitlines()[0]}"
