"""The reference of the named queries as one page: ``python -m graph.queries_page STORE > page.md``.

Each query has the question that it answers, its parameters, a command, and its first rows on a
store's calls.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from graph.library import NamedQuery, Parameter, queries, run_named
from graph.results import to_python
from graph.store import Store

_HEAD = """# Named queries

Made by `make reference` from `graph/resources/queries/` and the example calls; do not edit. The
rows are the first that a query gives there, if any. `qagraph queries NAME` prints its SPARQL.

| query | answers |
|---|---|
{table}
"""
_ROWS = 3
_LONGEST = 70  # characters of a cell


def queries_page(store: Store) -> str:
    """Write the page, in Markdown.

    Args:
        store: holds the calls that the rows are taken from.

    >>> print(queries_page(Store.memory()).splitlines()[0])
    # Named queries
    """
    table = "\n".join(f"| [`{q.name}`](#{q.name}) | {q.question} |" for q in queries().values())
    parts = [_HEAD.format(table=table)]
    parts.extend("\n".join(_entry(store, query)) for query in queries().values())
    return "\n".join(parts)


def _entry(store: Store, query: NamedQuery) -> Iterator[str]:
    yield f"## `{query.name}`\n"
    yield f"**{query.title}.** {query.question}\n"
    if query.parameters:
        yield "\n".join(map(_parameter, query.parameters)) + "\n"
    yield f"| {' | '.join(query.columns)} |"
    yield "|" + "---|" * len(query.columns)
    for row in run_named(store, query.name).rows[:_ROWS]:
        yield f"| {' | '.join(_cell(to_python(term)) for term in row)} |"
    yield ""


def _parameter(parameter: Parameter) -> str:
    default = f", `{parameter.default}` if not given" if parameter.default else ""
    return f"- `--param {parameter.name}=` {parameter.description}{default}"


def _cell(value: object) -> str:
    """Return a value as a cell of a Markdown table: one line, not too long."""
    if value is None:
        return ""
    text = " ".join(str(value).split())
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rstrip() + "…"
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    with Store.open(Path(sys.argv[1])) as opened:
        sys.stdout.write(queries_page(opened))
