"""The network that pyvis writes as our page, and the drawing library that pyvis brings.

pyvis loads notebooks and NetworkX, so this module is imported only where a page is written. Its
stock template, which loads style sheets from elsewhere and lets labels become script, is not used.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


class _UniqueList(list[str]):
    """A list whose ``in`` is fast: pyvis asks it once for each node and twice for each edge."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def append(self, item: str) -> None:
        self._known.add(item)
        super().append(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known


class PageNetwork(Network):  # type: ignore[misc]
    """A pyvis network that writes our page; add nodes and edges as with any other."""

    def __init__(self, **page: Any) -> None:
        """Prepare an empty network.

        Args:
            page: what the template reads beside nodes and edges.
        """
        super().__init__(height="100%", directed=True, cdn_resources="in_line")
        self.node_ids = _UniqueList()
        self.path = "page.html"
        self.templateEnv = _environment()
        self.templateEnv.globals.update(page)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("graph", "resources/page"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals["sparql"] = None
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    return environment


@cache
def vis_script() -> str:
    """Return vis-network as pyvis ships it, without the link to a map that is not there."""
    script = (Path(pyvis.__file__).parent / _VIS).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", script)
