"""Text out of PDF: columns in reading order, page headers and footers left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from extractors.errors import InputError

_MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a page; ``wide`` where it reaches the right margin, so that it may go on."""

    top: float
    bottom: float
    text: str
    wide: bool


def pdf_to_text(raw: bytes, name: str) -> str:
    """Return the text of a PDF, a line for each paragraph.

    Raises:
        InputError: the reader is not installed, or the file is broken or encrypted.
    """
    try:
        import pdfplumber
    except ImportError as error:
        raise InputError(
            f'{name}: reading PDF needs pdfplumber; run: pip install "qagraph[pdf]"'
        ) from error
    pages: list[tuple[float, list[list[Any]]]] = []
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            for page in document.pages[:_MOST_PAGES]:
                pages.append((float(page.width), _rows(page.extract_words())))
                page.close()
    except Exception as error:
        raise InputError(f"{name}: is a broken or locked PDF; save it again and retry") from error
    text = _join(_without_furniture(pages))
    if not text.strip():
        raise InputError(f"{name}: the PDF holds no text, only pictures; give a text version")
    return text


def _rows(words: list[Any]) -> list[list[Any]]:
    """Put words of one height in one row, from left to right."""
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda item: (item["bottom"], item["x0"])):
        if rows and word["bottom"] - rows[-1][0]["bottom"] <= 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda item: item["x0"])
    return rows


def _words(row: list[Any]) -> str:
    return " ".join(word["text"] for word in row)


def _stamp(text: str) -> str:
    return re.sub(r"\d+", "0", text.strip())


def _without_furniture(pages: list[tuple[float, list[list[Any]]]]) -> list[list[_Row]]:
    """Drop the rows that most pages repeat at top or bottom, and order columns."""
    counts: Counter[str] = Counter()
    for _, rows in pages:
        counts.update({_stamp(_words(row)) for row in (*rows[:2], *rows[-3:])})
    least = max(2, 0.4 * len(pages))
    repeated = {stamp for stamp, count in counts.items() if count > least}
    kept = []
    for width, rows in pages:
        left = [row for row in rows if _stamp(_words(row)) not in repeated]
        kept.append(_in_columns(left, width))
    return kept


def _in_columns(rows: list[list[Any]], width: float) -> list[_Row]:
    gutter = _gutter(rows, width)
    columns: tuple[list[_Row], list[_Row]] = ([], [])
    for row in rows:
        left = [word for word in row if gutter is None or word["x0"] < gutter]
        right = [word for word in row if gutter is not None and word["x0"] >= gutter]
        for column, part in zip(columns, (left, right), strict=True):
            if part:
                wide = gutter is None and part[-1]["x1"] > 0.78 * width
                column.append(_Row(part[0]["top"], part[0]["bottom"], _words(part), wide))
    return [*columns[0], *columns[1]]


def _gutter(rows: list[list[Any]], width: float) -> float | None:
    """Find where a second column begins: many parts of rows begin there, and none crosses it."""
    starts: Counter[int] = Counter()
    for row in rows:
        for before, word in zip([None, *row], row, strict=False):
            if word["x0"] > 0.3 * width and (before is None or word["x0"] - before["x1"] > 12):
                starts[round(word["x0"])] += 1
    if not starts:
        return None
    edge, count = max(starts.items(), key=lambda item: (item[1], -item[0]))
    crossing = sum(word["x0"] < edge - 3 < word["x1"] - 6 for row in rows for word in row)
    return edge - 3.0 if count >= 8 and crossing <= 2 and count > 0.25 * len(rows) else None


def _join(pages: list[list[_Row]]) -> str:
    """Join rows to paragraphs, also across a page border that cuts a sentence in two."""
    parts: list[str] = []
    before: _Row | None = None
    for page in pages:
        first = True
        for row in page:
            if before is None:
                parts.append(row.text)
            elif _is_wrapped(before, row, first) and _goes_on(parts[-1], first):
                hyphen = re.search(r"[^\W\d_]-\Z", parts[-1]) is not None
                parts[-1] += row.text if hyphen else f" {row.text}"
            else:
                if first or _gap(before, row):
                    parts.append("")
                parts.append(row.text)
            before, first = row, False
    return "\n".join(parts).strip()


def _is_wrapped(before: _Row, row: _Row, new_page: bool) -> bool:
    """Tell whether a row goes on where the one before reached the margin, in the same print."""
    same = abs((before.bottom - before.top) - (row.bottom - row.top)) < 1
    return before.wide and same and (new_page or not _gap(before, row))


def _gap(before: _Row, row: _Row) -> bool:
    height = row.bottom - row.top
    return row.top - before.bottom > 0.7 * height or row.top < before.bottom - 20


def _goes_on(text: str, new_page: bool) -> bool:
    if "....." in text:
        return False
    return not new_page or not re.search(r"[.?!:…\"”\])]\s*\Z", text)
