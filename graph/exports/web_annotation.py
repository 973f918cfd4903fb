"""Web Annotation (W3C): evidence and mentions with selectors by place and by words, as JSON-LD."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.errors import GraphError
from graph.namespaces import prefixes
from graph.store import Store

SUFFIX = ".annotations.jsonld"

_AROUND = 32  # code points before and after the words
_OA = "http://www.w3.org/ns/oa#"
_CONTEXT = {
    "id": "@id",
    "type": "@type",
    "Annotation": f"{_OA}Annotation",
    "SpecificResource": f"{_OA}SpecificResource",
    "TextPositionSelector": f"{_OA}TextPositionSelector",
    "TextQuoteSelector": f"{_OA}TextQuoteSelector",
    "motivation": {"@id": f"{_OA}motivatedBy", "@type": "@id"},
    "body": {"@id": f"{_OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{_OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{_OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{_OA}hasSelector", "@type": "@id"},
    "start": f"{_OA}start",
    "end": f"{_OA}end",
    "exact": f"{_OA}exact",
    "prefix": f"{_OA}prefix",
    "suffix": f"{_OA}suffix",
}
"""The terms of the standard's own context that are used, so that nothing has to be fetched."""
_QUERY = """
    SELECT DISTINCT ?node ?body ?motive ?start ?end ?quote ?text ?from WHERE {
      { ?body qa:evidence ?node . BIND("linking" AS ?motive) }
      UNION { ?node qa:refersTo ?body . BIND("identifying" AS ?motive) }
      ?node qa:start ?start ; qa:end ?end ; qa:quote ?quote .
      OPTIONAL { ?node qa:inTurn ?turn . ?turn qa:text ?text ; qa:start ?from }
    }"""


def write(store: Store, path: Path) -> None:
    """Write an annotation for each span, in the order of their names.

    Its body are the claims that the words prove, or the thing that they name; its source is the
    text of the call, ``transcript.txt`` in its folder, in whose code points the places are counted.
    """
    rows = store.inner.query(_QUERY, prefixes=dict(prefixes()))
    if not isinstance(rows, ox.QuerySolutions):
        raise GraphError("the query of the annotations is no SELECT")
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        node = row["node"].value
        if node not in found:
            found[node] = _annotation(store, node, row)
        found[node]["body"].append(row["body"].value)
    for annotation in found.values():
        annotation["body"].sort()
    document = {"@context": _CONTEXT, "@graph": [found[node] for node in sorted(found)]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _annotation(store: Store, node: str, row: ox.QuerySolution) -> dict[str, Any]:
    start, end = int(row["start"].value), int(row["end"].value)
    words: dict[str, Any] = {
        "id": f"{node}/words",
        "type": "TextQuoteSelector",
        "exact": row["quote"].value,
    }
    if row["text"] is not None:
        text, first = row["text"].value, int(row["from"].value)
        words["prefix"] = text[max(0, start - first - _AROUND) : start - first]
        words["suffix"] = text[end - first : end - first + _AROUND]
    place = {"id": f"{node}/place", "type": "TextPositionSelector", "start": start, "end": end}
    call = node.removeprefix(store.ids.base).split("/")[1]
    return {
        "id": f"{node}/annotation",
        "type": "Annotation",
        "motivation": f"{_OA}{row['motive'].value}",
        "body": [],
        "target": {
            "id": node,
            "type": "SpecificResource",
            "source": f"{store.ids.call(call)}/transcript.txt",
            "selector": [place, words],
        },
    }
