"""Text out of files that are no plain text: web pages, JSON, pairs of two languages."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.errors import InputError

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "blockquote",
        "br",
        "hr",
        "dt",
        "dd",
        "pre",
        "title",
    ]
)
_SKIPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "head",
    "form",
    "iframe",
    "button",
)
_PAIR = re.compile(r"^\s*\[\s*\d+\]\s*\[EN\]\s?(?P<text>.*)$")
_OTHER = re.compile(r"^\s*(?:\[\s*\d+\]\s*)?\[[^\]\s]{1,3}\]\s")


def is_html(text: str) -> bool:
    """Tell whether a text is a web page.

    >>> is_html("<!DOCTYPE html><html><p>Good day."), is_html("Profit < 3 > 2")
    (True, False)
    """
    head = text[:2000].lstrip("\ufeff \n\r\t").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml")) or (
        head.startswith("<") and re.search(r"<(?:p|div|table|br|h\d|span)\b", head) is not None
    )


_TAG = re.compile(r"<[^<>]*>")
_GLUED = re.compile(
    r"(?<=[a-z.])(?=</(?:span|b|strong|em|i|a|h\d|div)>\s{0,3}"
    r"<(?:span|em|i|a)\b[^<>]{0,300}>[A-Z])"
)
"""Between a name and a title in elements of their own, with no blank between them."""
_NESTING = re.compile(r"<(/?)(?:div|span|b|i|em|strong|font|section|ul|ol|table|a)\b")
_DEEPEST = 1000
"""No page nests so deep; the parser's time grows with the square of the depth."""


def _depth(markup: str) -> int:
    """Return how deep tags nest at most; tags that close themselves are not counted."""
    depth = deepest = 0
    for found in _NESTING.finditer(markup):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
    return deepest


def html_to_text(markup: str) -> str:
    r"""Return the words of a web page, a line for each block.

    Of a table whose second column repeats the first in another language only the first is kept;
    headings stay as lines of their own.

    >>> html_to_text("<html><h2>Q&amp;A</h2><p>Good <b>day</b>.<br>Bye.</p></html>")
    'Q&A\n\nGood day.\nBye.'
    """
    if markup.lstrip("\ufeff \n\r\t").startswith("<?xml"):
        markup = _TAG.sub("<br>", re.sub(r"<\?[^<>]*\?>", "", markup))
    elif _depth(markup) > _DEEPEST:
        markup = _TAG.sub("\n", markup)
    markup = _GLUED.sub("<br>", markup)
    tree = LexborHTMLParser(markup)
    for selector in _SKIPPED:
        for node in tree.css(selector):
            node.decompose()
    tables = [table for table in tree.css("table") if _is_bilingual(table)]
    if tables:
        return _bilingual(tree)
    body = tree.body or tree.root
    parts: list[str] = []
    if body is not None:
        _collect(body, parts)
    text = "".join(parts).replace("\u00a0", " ")
    lines = [re.sub(r"[ \t\r\f]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _collect(root: LexborNode, parts: list[str]) -> None:
    """Append the text below a node without recursion, since markup may nest without end."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag
        if closing:
            parts.append(
                "\n" if tag in ("td", "th") else "\n\n" if tag in ("p", "h1", "h2", "h3") else "\n"
            )
            continue
        if tag == "-text":
            parts.append(re.sub(r"\s+", " ", node.text_content or ""))
            continue
        if tag == "br":
            parts.append("\n")
            continue
        if tag in _BLOCKS or tag in ("td", "th"):
            parts.append("\n")
            stack.append((node, True))
        children = list(node.iter(include_text=True))
        stack += [(child, False) for child in reversed(children)]


def _is_bilingual(table: LexborNode) -> bool:
    rows = [row for row in table.css("tr") if len(row.css("td")) == 2]
    if len(rows) < 2:
        return False
    second = "".join(row.css("td")[1].text() for row in rows[:20])
    letters = [c for c in second if c.isalpha()]
    foreign = sum(ord(c) > 0x2E7F for c in letters)
    return bool(letters) and foreign > 0.3 * len(letters)


def _bilingual(tree: LexborHTMLParser) -> str:
    """Read the first column of each table, and the headings between the tables."""
    lines: list[str] = []
    for node in tree.css("h2, tr"):
        if node.tag == "h2":
            title = re.sub(r"^\W*[^\x00-\x7f]*\W*", "", node.text().strip())
            lines.append(f"\n{title}\n" if lines else "")
            continue
        cells = node.css("td")
        if len(cells) == 2:
            parts: list[str] = []
            _collect(cells[0], parts)
            lines.append(re.sub(r"[ \t]+", " ", "".join(parts)).strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def pairs_to_text(text: str) -> str | None:
    r"""Return the English lines of a text of pairs in two languages, or None.

    >>> pairs_to_text("  [  7] [EN] Dana Whitlock--CEO\n        [中] ...\n  [  8] [EN] Hello.\n")
    'Dana Whitlock--CEO\nHello.'
    """
    if "[EN]" not in text[:50_000]:
        return None
    kept: list[str] = []
    found = 0
    for line in text.splitlines():
        match = _PAIR.match(line)
        if match:
            kept.append(match["text"].strip())
            found += 1
        elif not _OTHER.match(line) and not found:
            kept.append(line)
    return "\n".join(kept) if found >= 2 else None


def read_rows(text: str) -> list[dict[str, Any]] | None:
    r"""Return the rows of a table with a header, or of JSON objects a line; None for other text.

    >>> read_rows("speaker,text\nIda,\"Good day, all.\"\nLee,Hi.\n")[0]["text"]
    'Good day, all.'
    >>> read_rows('{"speaker": "Ida", "text": "Hi."}\n{"speaker": "Lee", "text": "No."}')[1]["text"]
    'No.'
    >>> read_rows("Ida, good day.\nLee said no.") is None
    True
    """
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("{"):
        try:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return None
        return rows if len(rows) > 1 and all(isinstance(row, dict) for row in rows) else None
    sign = max("\t;,|", key=first.count)
    names = [name.strip(' "\r').lower() for name in first.split(sign)]
    if not 2 <= len(names) <= 40 or not rest or not all(map(_COLUMN.fullmatch, names)):
        return None
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip()), delimiter=sign))
    except csv.Error:
        return None
    return [{str(key).strip(): value for key, value in row.items()} for row in rows] or None


_COLUMN = re.compile(r"[a-z][a-z0-9_ ]{0,30}")


def read_json(text: str, name: str) -> Any:
    """Parse JSON.

    Raises:
        InputError: it is broken, or nests too deep.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = getattr(error, "lineno", None)
        where = f" in line {place}" if place else ""
        raise InputError(f"{name}: is no valid JSON{where}; give a transcript file") from error
