"""The page: one HTML file that asks for nothing, made with pyvis and a template of our own.

Data is inert JSON, scripts run by hash only, and the page makes every element from text nodes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractors.model import Extraction
from graph.drawing import Drawing
from graph.drawing_build import draw_calls
from graph.drawing_style import load_styles, style_of
from graph.page_sparql import sparql_kit
from graph.placement import Placement, place

if TYPE_CHECKING:
    from graph.page_network import PageNetwork

SCRIPTS = (
    "dom.js",
    "data.js",
    "state.js",
    "visible.js",
    "shapes.js",
    "words.js",
    "nearby.js",
    "paint.js",
    "lines.js",
    "canvas.js",
    "panel.js",
    "transcript.js",
    "tables.js",
    "timeline.js",
    "views.js",
    "sparql.js",
    "legend.js",
    "search.js",
    "export.js",
    "main.js",
)
"""The page's own scripts, in the order in which they run."""


@cache
def _resource(name: str) -> str:
    return files("graph").joinpath("resources/page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return a source expression for the content security policy.

    >>> _hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def page_html(
    extractions: Sequence[Extraction],
    *,
    title: str | None = None,
    focus: str | None = None,
    hops: int = 1,
    only: Collection[str] | None = None,
    sparql: bool = False,
    nquads: str | None = None,
) -> str:
    """Write the page of one call, or the overview of many.

    Args:
        extractions: one per call, in the order in which the page lists them.
        title: the page's title; made from the calls when None.
        focus: identifier or name of the node whose neighbourhood alone is shown at first.
        hops: how far that neighbourhood reaches, in edges.
        only: identifiers of the nodes that alone are shown at first, such as what a query gave.
        sparql: whether the page can answer SPARQL by itself.
        nquads: the dataset that SPARQL asks; needed when ``sparql`` is set.

    Raises:
        GraphError: nothing has the name ``focus``, or nothing is left to draw.
        ValueError: ``sparql`` without ``nquads``.
    """
    if sparql and nquads is None:
        raise ValueError("a page that answers SPARQL needs its dataset: give nquads")
    drawing = draw_calls(extractions, title=title, focus=focus, hops=hops, only=only)
    return drawing_html(drawing, sparql_kit(drawing, nquads) if sparql and nquads else None)


def drawing_html(drawing: Drawing, sparql: dict[str, Any] | None = None) -> str:
    """Write the page of a drawing.

    Args:
        drawing: what `graph.drawing_build.draw_calls` returns.
        sparql: what `graph.page_sparql.sparql_kit` returns, where the page answers SPARQL.
    """
    from graph.page_network import PageNetwork, vis_script

    placement = place(drawing)
    engine = vis_script()
    scripts = [_resource(name) for name in SCRIPTS]
    style = _resource("page.css")
    network = PageNetwork(
        title=drawing.title,
        drawing=drawing.to_json() | _look(drawing, placement),
        sparql=sparql,
        engine=engine,
        scripts=scripts,
        style=style,
        policy=_policy(style, [engine, *scripts], worker=sparql is not None),
    )
    fill_network(network, drawing, placement)
    return str(network.generate_html())


def _policy(style: str, scripts: Sequence[str], *, worker: bool) -> str:
    """Return the content security policy; a page that answers SPARQL also needs its Worker."""
    allowed = [_hash(script) for script in scripts]
    if worker:
        allowed += ["blob:", "'wasm-unsafe-eval'"]
    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"style-src {_hash(style)}; script-src {' '.join(allowed)}"
        + ("; worker-src blob:" if worker else "")
    )


def fill_network(network: PageNetwork, drawing: Drawing, placement: Placement) -> None:
    """Add the nodes and edges of a drawing, each node at its place."""
    for node in drawing.nodes:
        box = placement.boxes[node.id]
        data = node.to_json()
        name, label = data.pop("id"), data.pop("label")
        if box.note:
            data["note"] = box.note
        network.add_node(
            name,
            label=label,
            shape="custom",
            group=data.pop("kind"),
            x=box.x,
            y=box.y,
            w=box.width,
            h=box.height,
            lines=list(box.lines),
            **data,
        )
    for number, edge in enumerate(drawing.edges):
        data = edge.to_json()
        network.add_edge(data.pop("from"), data.pop("to"), id=number, **data)


def _look(drawing: Drawing, placement: Placement) -> dict[str, Any]:
    """Return what the page has to know about classes and captions."""
    used = {node.kind for node in drawing.nodes}
    known = [kind for kind in load_styles() if kind in used]
    kinds = []
    for kind in (*known, *sorted(used - set(known))):
        style = style_of(kind)
        kinds.append(
            {
                "kind": kind,
                "label": style.label,
                "plural": style.plural,
                "light": style.colour[0],
                "dark": style.colour[1],
                "shape": style.shape,
                "first": style.first,
                "alone": style.call,
                "column": style.overview if len(drawing.calls) > 1 else style.call,
            }
        )
    captions = [[c.kind, c.band, c.x, c.y] for c in placement.headings]
    return {"kinds": kinds, "captions": captions}


def page_iframe(page: str, *, height: int = 720) -> str:
    """Wrap a page for a notebook's output: nothing is written, and it cannot reach the notebook.

    >>> page_iframe("<p>&</p>").startswith('<iframe srcdoc="&lt;p&gt;&amp;amp;') is False
    True
    """
    return (
        f'<iframe srcdoc="{html.escape(page)}" sandbox="allow-scripts allow-downloads" '
        f'title="Call graph" style="width:100%;height:{height}px;border:0"></iframe>'
    )


def payload(page: str) -> dict[str, Any]:
    """Return the data of a page, as its script reads it; for tests and for the curious.

    Raises:
        ValueError: the text is no page of ours.
    """
    found = re.search(r'<script type="application/json" id="drawing">(.*?)</script>', page, re.S)
    if found is None:
        raise ValueError("this is no page with a drawing")
    data: dict[str, Any] = json.loads(found.group(1))
    return data
