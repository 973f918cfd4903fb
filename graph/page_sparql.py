"""What a page needs to answer SPARQL by itself: the engine, the dataset and the query library.

The engine is Oxigraph compiled to WebAssembly, vendored under ``resources/page/vendor`` with its
version, checksums and licences.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from graph.drawing import Drawing
from graph.errors import GraphError
from graph.identifiers import BASE, Identifiers
from graph.namespaces import QA, prefixes

_PAGE = "resources/page"


@cache
def _engine() -> tuple[str, str]:
    """Return Oxigraph's script without its exports, and its module as base64 of gzip.

    A Worker made from text can only be a classic one, and a classic one has no exports.

    Raises:
        GraphError: a vendored file is not the one that its checksum names.
    """
    folder = files("graph").joinpath(_PAGE, "vendor")
    record = tomllib.loads(folder.joinpath("oxigraph.toml").read_text("utf-8"))
    content = {file["name"]: folder.joinpath(file["name"]).read_bytes() for file in record["file"]}
    for file in record["file"]:
        data = content[file["name"]]
        wanted = file.get("sha256") or file["uncompressed_sha256"]
        plain = data if "sha256" in file else gzip.decompress(data)
        if hashlib.sha256(plain).hexdigest() != wanted:
            raise GraphError(f"{file['name']}: is not the file of oxigraph {record['version']}")
    script = content["oxigraph.js"].decode("utf-8")
    script = re.sub(r"^export (?=class|function)", "", script, flags=re.MULTILINE)
    script = re.sub(r"^export \{[^}]*\};?\s*$", "", script, flags=re.MULTILINE)
    script = script.replace("import.meta.url", "self.location.href")
    return script, base64.b64encode(content["oxigraph.wasm.gz"]).decode("ascii")


def sparql_kit(drawing: Drawing, nquads: str, *, base: str = BASE) -> dict[str, Any]:
    """Return what the page's script needs, ready for JSON.

    Args:
        drawing: what the page shows; results that name its nodes lead to them.
        nquads: the dataset.
        base: under which the things of the dataset live.

    Raises:
        GraphError: a vendored file was changed.
    """
    script, module = _engine()
    bound = dict(prefixes()) | {"id": base}
    worker = files("graph").joinpath(_PAGE, "sparql_worker.js").read_text("utf-8")
    return {
        "engine": script,
        "worker": worker,
        "module": module,
        "data": base64.b64encode(gzip.compress(nquads.encode("utf-8"), 9, mtime=0)).decode("ascii"),
        "nodes": _node_iris(drawing, Identifiers(base)),
        "queries": _examples(),
        "prefixes": " ".join(f"PREFIX {name}: <{iri}>" for name, iri in bound.items()),
        "names": [f"{name}:" for name in bound],
        "ontology": QA,
        "base": base,
    }


def _node_iris(drawing: Drawing, ids: Identifiers) -> list[tuple[str, str]]:
    """Pair the IRIs of entities, people and questions with the nodes of the drawing."""
    pairs = []
    for node in drawing.nodes:
        if node.kind == "Question":
            call, _, index = node.id.removeprefix("question/").rpartition("/")
            pairs.append((f"{ids.call(call)}/question/{int(index):03d}", node.id))
            continue
        try:
            pairs.append((ids.entity(node.id), node.id))
        except GraphError:
            continue  # not a local identifier, so not in the dataset under this name
    return pairs


def _examples() -> list[dict[str, str]]:
    """Return the query library; what may be filled in stands there as ``UNDEF``."""
    from graph.library import queries
    from graph.scans import without_marks

    return [
        {
            "title": query.title,
            "question": query.question,
            "text": _without_header(
                without_marks(query.text), [one.name for one in query.parameters]
            ),
        }
        for query in queries().values()
    ]


def _without_header(text: str, parameters: list[str]) -> str:
    r"""Take out the header and the lines that only count where a value is given.

    >>> _without_header("# title: X\nSELECT * {\n  ?s ?p ?o  # if day\n}\n", ["day"])
    'SELECT * {\n}\n'
    """
    lines = text.splitlines(keepends=True)
    ends = tuple(f"# if {name}" for name in parameters)
    return "".join(
        line
        for line in lines
        if not re.match(r"#\s*(title|question|param|columns)\s*:", line)
        and not (ends and line.rstrip().endswith(ends))
    )
