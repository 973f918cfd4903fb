"""``%%sparql``: run a query in a notebook cell and get a table."""

from __future__ import annotations

from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from qagraph.knowledge_graph import KnowledgeGraph


@magics_class
class SparqlMagics(Magics):  # type: ignore[misc]
    """The cell magic; ``%load_ext qagraph`` registers it."""

    @cell_magic  # type: ignore[untyped-decorator]
    @magic_arguments()  # type: ignore[untyped-decorator]
    @argument("graph", nargs="?", help="name of the variable that holds the KnowledgeGraph")  # type: ignore[untyped-decorator]
    @argument("--store-to", metavar="NAME", help="also keep the result in this variable")  # type: ignore[untyped-decorator]
    def sparql(self, line: str, cell: str) -> Any:
        """Run the SPARQL query of this cell and return its result as a table."""
        arguments = parse_argstring(self.sparql, line)
        result = self._graph(arguments.graph).query(cell)
        if arguments.store_to:
            self.shell.user_ns[arguments.store_to] = result
        return result

    def _graph(self, name: str | None) -> KnowledgeGraph:
        known = {
            key: value
            for key, value in self.shell.user_ns.items()
            if isinstance(value, KnowledgeGraph) and not key.startswith("_")
        }
        if name is None and len({id(graph) for graph in known.values()}) == 1:
            return next(iter(known.values()))
        if name not in known:
            have = ", ".join(sorted(known)) or "none; make one with qagraph.build(...)"
            raise UsageError(f"name the graph: %%sparql NAME; graphs here: {have}")
        return known[name]
