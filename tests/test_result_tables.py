"""Rows as a table for people: numbers to the right, as wide as the terminal holds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.results import QueryResult, Term


def rows(*cells: tuple[str | int | None, ...]) -> QueryResult:
    terms: list[tuple[Term | None, ...]] = [
        tuple(None if cell is None else ox.Literal(cell) for cell in row) for row in cells
    ]
    names = ("name", "amount", "said")[: len(cells[0])]
    return QueryResult("select", names, tuple(terms))


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    table = rows(("ORV-22", 7), ("ORV-7", None), ("O", 15_000_000)).to_text()
    assert table.splitlines() == [
        "name      amount",
        "------  --------",
        "ORV-22         7",
        "ORV-7",
        "O       15000000",
    ]


def test_a_column_with_words_in_it_is_no_column_of_numbers() -> None:
    assert rows(("a", 1), ("b", "1 or 2")).to_text().splitlines()[2] == "a     1"


@pytest.mark.parametrize("line", [200, 60, 40, 30])
def test_the_widest_cells_give_up_room_until_a_row_fits(line: int) -> None:
    words = "Our ORV-22 is directed against CD22, and it treats lupus."
    table = rows(("ORV-22", 7, words), ("ORV-70", 12, "It is early.")).to_text(line=line)
    assert max(map(len, table.splitlines())) <= line
    assert "ORV-22" in table
    assert ("…" in table) is (line < 80)


def test_cells_stay_readable_where_a_row_cannot_fit() -> None:
    table = rows(("Orivale Bio", 1, "It is early.")).to_text(line=10)
    assert table.splitlines()[-1] == "Orivale…       1  It is e…"


def test_a_row_is_as_wide_as_its_cells_without_a_line() -> None:
    words = "x" * 100
    assert rows((words, 1)).to_text(width=70).splitlines()[-1] == "x" * 69 + "…       1"
