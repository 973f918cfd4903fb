"""The page of the ontology is what the ontology and the example calls give."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

import qagraph
from graph.identifiers import BASE
from graph.namespaces import QA, ontology
from graph.ontology_page import ontology_page, preamble

PAGE = Path(__file__).resolve().parent.parent / "docs" / "ontology.md"
_EXAMPLE = re.compile(r"```turtle\n(<.*?)```\n", re.DOTALL)


def sections(page: str) -> dict[str, str]:
    parts = re.split(r"^### `qa:(\w+)`$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_is_up_to_date(kg: qagraph.KnowledgeGraph) -> None:
    made = ontology_page(kg.store())
    written = PAGE.read_text("utf-8")
    # what the calls give may change with every rule; that an example is there must not
    told, kept = (_EXAMPLE.sub("(example)", page) for page in (made, written))
    assert told == kept, "run 'make reference'"
    assert made == ontology_page(kg.store())


def test_every_term_has_its_section() -> None:
    assert set(sections(PAGE.read_text("utf-8"))) == set(ontology())


def test_every_example_is_turtle_and_uses_its_term() -> None:
    found = 0
    for name, text in sections(PAGE.read_text("utf-8")).items():
        for example in _EXAMPLE.findall(text):
            data = f"{preamble(BASE)}\n{example}".encode()
            triples = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
            terms = {part for t in triples for part in (t.predicate, t.object)}
            assert ox.NamedNode(QA + name) in terms, name
            found += 1
    assert found > 100
