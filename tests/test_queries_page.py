"""The page of the named queries is what the library and the example calls give."""

from __future__ import annotations

import re
from pathlib import Path

import qagraph
from graph.library import queries
from graph.queries_page import queries_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "queries.md"


def without_rows(page: str) -> str:
    """Return the page without what the calls give, which may change with every rule."""
    return re.sub(r"^(\|.*\|\n)\|(?:---\|)+\n(?:\|.*\|\n)*", r"\1", page, flags=re.MULTILINE)


def test_the_page_is_up_to_date(kg: qagraph.KnowledgeGraph) -> None:
    made = queries_page(kg.store())
    assert without_rows(made) == without_rows(PAGE.read_text("utf-8")), "run 'make reference'"
    assert made == queries_page(kg.store())


def test_every_query_has_its_section_with_its_columns() -> None:
    parts = re.split(r"^## `([a-z-]+)`$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(found) == list(queries())
    for name, query in queries().items():
        assert all(column in found[name] for column in query.columns)


def test_every_row_has_as_many_cells_as_there_are_columns() -> None:
    for block in re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text("utf-8"), flags=re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(cells) == 1, block


def test_a_cell_is_one_line_and_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "Orrin Bio (NASDAQ:ORRN) Q1 2031 Earnings Call\n\nCompany Participants\n\nBo Lind - CEO\n\n"
        "Conference Call Participants\n\nAda Poe - Poe Securities\n\n"
        "Bo Lind\n\nWe treat <i>patients</i> | with ORB-22, which targets BCMA.\n\n"
        "Question-and-Answer Session\n\nAda Poe\n\n"
        "What of <b>BCMA</b> | and ORB-22?\n\nBo Lind\n\nIt is early.\n",
        "utf-8",
    )
    page = queries_page(qagraph.build(path, output=tmp_path / "out").store())
    assert "\\|" in page
    assert "<b>" not in page
