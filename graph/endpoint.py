"""Any SPARQL 1.1 server as a place to keep the graph: push to it, and ask it."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from graph.errors import QueryError, QueryLimitError, StoreError
from graph.identifiers import BASE, Identifiers
from graph.namespaces import prefixes
from graph.query_text import check_query_text
from graph.results import QueryResult
from graph.server import serve
from graph.store import Store

__all__ = ["Endpoint", "push", "serve"]

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 server that answers queries over HTTP; it can stand where a `Store` is read.

    Args:
        url: of the query endpoint, such as ``http://127.0.0.1:7878/query``.
        base: where things live, as when the graph was built.
        seconds: how long an answer may take.

    >>> Endpoint("file:///etc/passwd")
    Traceback (most recent call last):
        ...
    graph.errors.StoreError: 'file:///etc/passwd' is no address of a server; give http:// or https://
    """

    url: str
    base: str = BASE
    seconds: float = 60.0

    def __post_init__(self) -> None:
        _check_url(self.url)

    @property
    def ids(self) -> Identifiers:
        """Return the maker of IRIs."""
        return Identifiers(self.base)

    def calls(self) -> tuple[str, ...]:
        """Return the ids of the calls that the server holds, sorted."""
        rows = self.answer("SELECT DISTINCT ?id { ?call a qa:Call ; qa:callId ?id }").to_rows()
        return tuple(sorted(str(row[0]) for row in rows))

    def __contains__(self, call_id: object) -> bool:
        return call_id in self.calls()

    def close(self) -> None:
        """Do nothing; nothing is held."""

    def bearers(self, predicate: ox.NamedNode, name: str | None) -> list[tuple[str, str]]:
        """Return IRI and literal of what has a literal, in any case of letters, or of all."""
        only = ""
        if name is not None:
            only = f"FILTER(LCASE(STR(?name)) = LCASE({ox.Literal(name)}))"
        result = self.answer(
            f"SELECT DISTINCT ?thing ?name {{ ?thing {predicate} ?name . {only} }}"
        )
        return [(str(thing), str(name)) for thing, name in result.to_rows()]

    def bears(self, iri: str, predicate: ox.NamedNode) -> bool:
        """Return whether something is there and has a value of a property."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        return bool(self.answer(f"ASK {{ {node} {predicate} ?value }}").boolean)

    def answer(self, text: str, *, max_rows: int | None = None) -> QueryResult:
        """Ask the server.

        Raises:
            QueryError: it refuses the query, in its own words, or the query asks another server.
            QueryLimitError: it takes too long.
            StoreError: it cannot be reached.
        """
        check_query_text(text)
        head = "".join(
            f"PREFIX {prefix}: <{self.base if prefix == 'id' else iri}> "
            for prefix, iri in prefixes().items()
        )
        request = urllib.request.Request(  # noqa: S310 - checked to be http or https
            self.url,
            data=f"{head}{text}".encode(),
            headers={"Content-Type": "application/sparql-query", "Accept": _ACCEPT},
        )
        body, kind = _send(request, self.seconds)
        return _read(body, kind, max_rows)


def _check_url(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise StoreError(f"{url!r} is no address of a server; give http:// or https://")


def _send(request: urllib.request.Request, seconds: float) -> tuple[bytes, str]:
    try:
        with urllib.request.urlopen(request, timeout=seconds) as reply:  # noqa: S310
            return reply.read(), reply.headers.get_content_type()
    except urllib.error.HTTPError as error:
        words = error.read(2000).decode("utf-8", "replace").strip()
        said = words.splitlines()[0] if words else error.reason
        raise QueryError(
            f"{request.full_url}: the server refuses ({error.code}): {said}"
        ) from error
    except TimeoutError as error:
        raise QueryLimitError(f"{request.full_url}: no answer in {seconds:g} seconds") from error
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise StoreError(f"{request.full_url}: cannot be reached: {reason}") from error


def _read(body: bytes, kind: str, max_rows: int | None) -> QueryResult:
    if kind == "application/n-triples":
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return QueryResult("graph", triples=tuple(quad.triple for quad in quads)[:max_rows])
    try:
        parsed = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(parsed, ox.QueryBoolean):
            return QueryResult("ask", boolean=bool(json.loads(body)["boolean"]))
        names = tuple(variable.value for variable in parsed.variables)
        rows = tuple(tuple(row) for row in parsed)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the server's answer is no SPARQL result: {error}") from error
    cut = "rows" if max_rows is not None and len(rows) > max_rows else ""
    return QueryResult("select", names, rows[:max_rows], truncated=cut)


def push(store: Store, url: str, *, seconds: float = 120.0) -> int:
    """Copy all calls to a server, by the SPARQL 1.1 Graph Store Protocol.

    Each call's graph is put in the place of the one of the same name, and the merged graph in the
    place of the server's default graph, so that queries without ``GRAPH`` answer as they do here.

    Args:
        store: an open store.
        url: of the graph store, such as ``http://127.0.0.1:7878/store``.
        seconds: how long one graph may take.

    Returns:
        The number of calls.

    Raises:
        StoreError: the server cannot be reached.
        QueryError: it refuses.
    """
    _check_url(url)
    calls = store.calls()
    for call in calls:
        lines = (line[: line.rindex(" <")] + " .\n" for line in store.lines(call))
        _put(f"{url}?{urllib.parse.urlencode({'graph': store.ids.graph(call)})}", lines, seconds)
    merged = (f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in store.triples())
    _put(f"{url}?default", merged, seconds)
    return len(calls)


def _put(url: str, lines: Iterable[str], seconds: float) -> None:
    request = urllib.request.Request(  # noqa: S310 - checked to be http or https
        url,
        data="".join(lines).encode(),
        headers={"Content-Type": "application/n-triples"},
        method="PUT",
    )
    _send(request, seconds)
