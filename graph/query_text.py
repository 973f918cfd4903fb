"""Look at the text of a query before any parser does.

This gives the clear message; what really keeps a query from the network is that the worker's
process cannot open a socket (`graph.query_worker`).
"""

from __future__ import annotations

import re

from graph.errors import QueryError, QueryLimitError

MAX_CHARACTERS = 65_536
MAX_NESTING = 100

_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_QUOTED = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
)
_OPAQUE = re.compile(rf"{_QUOTED}|{_IRI}|#[^\n\r]*", re.DOTALL)
_NAME = re.compile(r"[?$]\w+|[\w.-]*:[\w.:%\\-]*")
_CLOSED = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
_OPENING, _CLOSING = "([{", ")]}"


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def check_query_text(text: str) -> None:
    r"""Refuse what is too long, too deep, or asks another server.

    Raises:
        QueryLimitError: over 65,536 characters, or brackets nested over 100 deep.
        QueryError: it uses SERVICE or LOAD; the error holds line and column.

    >>> check_query_text('SELECT ?service { ?service rdfs:label "SERVICE" }')
    >>> check_query_text("SELECT * {\n  service <http://example.org/> { ?a ?b ?c } }")
    Traceback (most recent call last):
        ...
    graph.errors.QueryError: line 2, column 3: SERVICE is closed: a query sees this store only
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryLimitError(
            f"the query has {len(text):,} characters; at most {MAX_CHARACTERS:,} are taken"
        )
    if "\x00" in text:
        raise QueryError("the query holds a NUL character")
    if re.search("[\ud800-\udfff]", text):
        raise QueryError("the query holds half of a surrogate pair")
    bare = _OPAQUE.sub(_blank, text)
    _check_nesting(bare)
    word = _CLOSED.search(_NAME.sub(_blank, bare))
    if word is not None:
        line, column = place(text, word.start())
        raise QueryError(
            f"{word.group().upper()} is closed: a query sees this store only",
            line=line,
            column=column,
        )


def _check_nesting(bare: str) -> None:
    depth = 0
    for match in re.finditer(r"[()\[\]{}]", bare):
        depth += 1 if match.group() in _OPENING else -1
        if depth > MAX_NESTING:
            line, column = place(bare, match.start())
            raise QueryLimitError(
                f"brackets are nested over {MAX_NESTING} deep", line=line, column=column
            )


def place(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column, from 1, of a code point.

    >>> place("SELECT\n  *", 9)
    (2, 3)
    """
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def check_with_parser(text: str) -> None:
    """Refuse SERVICE by parsing, for systems where the worker cannot give up the network.

    What rdflib cannot parse is refused as well, so SPARQL 1.2 is not to be had there.

    Raises:
        QueryError: the query asks another server, or is not SPARQL 1.1.

    >>> check_with_parser("SELECT * { ?a qa:about ?b }")
    >>> check_with_parser("ASK { FILTER EXISTS { SERVICE SILENT <urn:x> {} } }")
    Traceback (most recent call last):
        ...
    graph.errors.QueryError: SERVICE is closed: a query sees this store only
    """
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        parsed = parseQuery(text)
    except Exception as error:  # rdflib raises what its parts raise
        raise QueryError(f"the query is not SPARQL 1.1: {error}") from error
    open_parts: list[object] = [parsed]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, CompValue):
            if part.name == "ServiceGraphPattern":
                raise QueryError("SERVICE is closed: a query sees this store only")
            open_parts.extend(part.values())
        elif isinstance(part, list | tuple) or type(part).__name__ == "ParseResults":
            open_parts.extend(part)  # type: ignore[arg-type]
