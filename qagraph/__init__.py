"""Earnings calls of biotech companies as one graph: build it, query it, draw it.

    >>> import qagraph
    >>> sorted(qagraph.__all__)[:4]
    ['BuildError', 'KnowledgeGraph', 'assess_response', 'build']

Names are loaded when they are first used, so that ``import qagraph`` is quick.
"""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from extractors.responses import assess_response
    from qagraph.errors import BuildError
    from qagraph.evaluation import evaluate
    from qagraph.glossary import explain
    from qagraph.knowledge_graph import KnowledgeGraph, queries
    from qagraph.run import build

__version__ = version("qagraph")

_HOMES = {
    "BuildError": "qagraph.errors",
    "KnowledgeGraph": "qagraph.knowledge_graph",
    "assess_response": "extractors.responses",
    "build": "qagraph.run",
    "evaluate": "qagraph.evaluation",
    "explain": "qagraph.glossary",
    "queries": "qagraph.knowledge_graph",
}

__all__ = [
    "BuildError",
    "KnowledgeGraph",
    "assess_response",
    "build",
    "evaluate",
    "explain",
    "queries",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qagraph' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Give a notebook the ``%%sparql`` magic: ``%load_ext qagraph``."""
    from qagraph.magic import SparqlMagics

    shell.register_magics(SparqlMagics)
