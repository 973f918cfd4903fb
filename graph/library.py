"""The named queries: ``resources/queries/*.rq``, each with a header that says what it answers.

A header is a block of comments: ``title``, ``question``, ``columns`` and any number of ``param``.
A parameter is a ``VALUES`` line of its own, or several, so that a value is only ever put in as a
checked term::

    # title: Analysts by target
    # question: Which analysts asked about a target, and what?
    # param: target entity: the target, by any of its names
    # columns: analyst, firm, call, question
    SELECT ?analyst ?firm ?call ?question WHERE {
      VALUES ?target { UNDEF }
      ?question qa:about ?target . # if target

Without a value these lines, and those that end in ``# if`` and the name, are taken out, so that the
query is not restricted. Lines that end in ``# scan`` are then rewritten for the store, with the
same result (`graph.scans`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyoxigraph as ox

from graph.endpoint import Endpoint
from graph.errors import QueryError, UnknownTermError
from graph.literals import XSD
from graph.namespaces import prefixes
from graph.query import syntax_error
from graph.results import QueryResult
from graph.scans import read_whole
from graph.store import Store

_HEADER = re.compile(r"# (title|question|columns|param): (.+)")
_PARAM = re.compile(r"(\w+) (entity|call|text|date|integer)(?: = ([^:]+))?: (.+)")
_LABELS = tuple(
    ox.NamedNode(iri)
    for iri in (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#altLabel",
    )
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes. Without a default it restricts only when given."""

    name: str
    kind: str
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library; ``text`` is the file as it is, runnable by itself."""

    name: str
    title: str
    question: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


def parse_named_query(name: str, text: str) -> NamedQuery:
    """Read a query and its header.

    Raises:
        QueryError: a part of the header is missing, or a parameter has no line of ``VALUES``.

    >>> parse_named_query("empty", "ASK {}")
    Traceback (most recent call last):
        ...
    graph.errors.QueryError: empty.rq: the header lacks columns, question, title
    """
    found: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        found.setdefault(key, []).append(value.strip())
    missing = sorted({"title", "question", "columns"} - set(found))
    if missing:
        raise QueryError(f"{name}.rq: the header lacks {', '.join(missing)}")
    parameters = tuple(_parse_parameter(name, line, text) for line in found.get("param", ()))
    columns = tuple(column.strip() for column in found["columns"][0].split(","))
    return NamedQuery(name, found["title"][0], found["question"][0], columns, parameters, text)


def _parse_parameter(query: str, line: str, text: str) -> Parameter:
    match = _PARAM.fullmatch(line)
    if match is None:
        raise QueryError(f"{query}.rq: no parameter: {line!r}; write 'name kind = default: what'")
    parameter = Parameter(match[1], match[2], match[3] and match[3].strip(), match[4])
    if not _values_line(parameter.name).search(text):
        raise QueryError(f"{query}.rq: needs a line 'VALUES ?{parameter.name} {{ UNDEF }}'")
    return parameter


def _values_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*VALUES \?{name} \{{ UNDEF \}}[ \t]*$", re.MULTILINE)


@cache
def queries() -> MappingProxyType[str, NamedQuery]:
    """Return the named queries by name, in name order.

    >>> queries()["unanswered-questions"].question
    'Which questions got no full answer, and by which words?'
    """
    folder = files("graph") / "resources" / "queries"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".rq"))
    found = {name.removesuffix(".rq"): (folder / name).read_text("utf-8") for name in names}
    return MappingProxyType({name: parse_named_query(name, text) for name, text in found.items()})


def get_query(name: str) -> NamedQuery:
    """Return a named query.

    Raises:
        UnknownTermError: there is none of that name; the message gives near ones.

    >>> get_query("pipelin")
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: there is no query 'pipelin'; did you mean pipeline?
    """
    known = queries()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "see 'qagraph queries'"
        raise UnknownTermError(f"there is no query {name!r}; {hint}")
    return known[name]


def run_named(
    store: Store | Endpoint, name: str, params: Mapping[str, str | int | date] | None = None
) -> QueryResult:
    """Answer a named query in this process.

    Args:
        store: an open store, or a server.
        name: such as ``"pipeline"``.
        params: values by name; entities by any of their names or by identifier, without regard to
            case (``{"target": "BCMA"}``).

    Raises:
        UnknownTermError: there is no such query, parameter or entity.
        QueryError: a value is not of the parameter's kind.
    """
    text = text_for(store, name, params or {})
    if isinstance(store, Endpoint):
        return store.answer(text)
    bound = dict(prefixes()) | {"id": store.ids.base}
    try:
        solutions = store.inner.query(text, prefixes=bound)
    except SyntaxError as error:
        raise syntax_error(str(error), text) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise QueryError(f"{name}.rq: is no SELECT")
    names = tuple(variable.value for variable in solutions.variables)
    return QueryResult("select", names, tuple(tuple(row) for row in solutions))


def text_for(store: Store | Endpoint, name: str, params: Mapping[str, str | int | date]) -> str:
    """Return the text that answers a named query; a server gets it as it stands in its file.

    Raises:
        UnknownTermError: there is no such query, parameter or entity.
        QueryError: a value is not of the parameter's kind.

    >>> "# scan" in text_for(Store.memory(), "questions", {})
    False
    >>> text_for(Store.memory(), "pipelin", {})
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: there is no query 'pipelin'; did you mean pipeline?
    """
    query = get_query(name)
    text = bind(store, query, params)
    return text if isinstance(store, Endpoint) else plan(query, text, params)


def bind(store: Store | Endpoint, query: NamedQuery, params: Mapping[str, str | int | date]) -> str:
    """Put values into a query, and take out what is not given.

    Raises:
        UnknownTermError: the query has no such parameter, or the store no such entity.
        QueryError: a value is not of the parameter's kind.
    """
    known = {parameter.name for parameter in query.parameters}
    for name in params:
        if name not in known:
            takes = ", ".join(sorted(known)) or "none"
            raise UnknownTermError(f"{query.name} has no parameter {name!r}; it takes {takes}")
    text = query.text
    for parameter in query.parameters:
        value = params.get(parameter.name, parameter.default)
        if value is None or value == "":
            text = _values_line(parameter.name).sub("", text)
            text = re.sub(rf"^.*# if {parameter.name}$", "", text, flags=re.MULTILINE)
            continue
        terms = " ".join(str(term) for term in _to_terms(store, parameter, str(value)))
        line = f"  VALUES ?{parameter.name} {{ {terms} }}"
        text = line.join(_values_line(parameter.name).split(text))
    return text


def plan(query: NamedQuery, text: str, params: Mapping[str, str | int | date]) -> str:
    """Let the store read whole indexes, unless a value selects a thing or a call."""
    selective = any(p.kind in ("entity", "call") and params.get(p.name) for p in query.parameters)
    return read_whole(text, restricted=selective)


def _to_terms(
    store: Store | Endpoint, parameter: Parameter, value: str
) -> tuple[ox.NamedNode | ox.Literal, ...]:
    if parameter.kind == "entity":
        return find_entities(store, value)
    if parameter.kind == "call":
        if value not in store:
            held = ", ".join(store.calls()[:10]) or "none"
            raise UnknownTermError(f"the store has no call {value!r}; it holds {held}")
        return (ox.NamedNode(store.ids.call(value)),)
    try:
        return (_LITERALS[parameter.kind](value),)
    except ValueError as error:
        raise QueryError(f"{parameter.name}: {value!r} is no {parameter.kind}") from error


def _to_date(value: str) -> ox.Literal:
    day = date.fromisoformat(value).isoformat()
    return ox.Literal(day, datatype=ox.NamedNode(f"{XSD}date"))


_LITERALS: MappingProxyType[str, Callable[[str], ox.Literal]] = MappingProxyType(
    {"text": ox.Literal, "date": _to_date, "integer": lambda value: ox.Literal(int(value))}
)


def find_entities(store: Store | Endpoint, name: str) -> tuple[ox.NamedNode, ...]:
    """Return the things that bear a name, or that an identifier names, in order.

    A label is taken before an identifier, and that before another name; case does not matter in
    names.

    Raises:
        UnknownTermError: nothing bears the name; the message gives near names.
    """
    label, other = _LABELS
    if found := store.bearers(label, name):
        return tuple(ox.NamedNode(iri) for iri in sorted({iri for iri, _ in found}))
    for iri in (name, f"{store.ids.base}{name}"):
        if store.bears(iri, label):
            return (ox.NamedNode(iri),)
    if found := store.bearers(other, name):
        return tuple(ox.NamedNode(iri) for iri in sorted({iri for iri, _ in found}))
    names = {label.casefold(): label for p in _LABELS for _, label in store.bearers(p, None)}
    near = difflib.get_close_matches(name.casefold(), sorted(names), n=3, cutoff=0.7)
    hint = f"; did you mean {' or '.join(names[match] for match in near)}?" if near else ""
    raise UnknownTermError(f"nothing in the store bears the name {name!r}{hint}")
