"""``%%sparql`` in a real IPython shell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from IPython.core.error import UsageError
from IPython.testing.globalipapp import start_ipython

import qagraph

QUERY = "SELECT ?label { ?t a qa:Target ; rdfs:label ?label } ORDER BY ?label LIMIT 3"


@pytest.fixture(scope="module")
def shell(built_examples: Path):  # type: ignore[no-untyped-def]
    """A shell with the extension and one graph, ``kg``."""
    shell = start_ipython()
    shell.run_line_magic("load_ext", "qagraph")
    shell.user_ns["kg"] = qagraph.KnowledgeGraph.open(built_examples)
    return shell


def test_a_cell_gives_a_table(shell) -> None:  # type: ignore[no-untyped-def]
    result = shell.run_cell_magic("sparql", "kg", QUERY)
    assert isinstance(result, pd.DataFrame)
    assert list(result.columns) == ["label"]
    assert len(result) == 3


def test_the_only_graph_need_not_be_named(shell) -> None:  # type: ignore[no-untyped-def]
    shell.run_cell_magic("sparql", "--store-to rows", QUERY)
    assert len(shell.user_ns["rows"]) == 3


def test_an_unknown_graph_is_told_with_those_that_exist(shell) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="graphs here: kg"):
        shell.run_cell_magic("sparql", "other", QUERY)
