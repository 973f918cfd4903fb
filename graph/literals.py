"""Values as N-Quads literals, safe for any text."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.model import Value

XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = r"<[^<>\x00-\x20]*+>"
_LITERAL = rf'"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"(?:@[A-Za-z0-9-]++|\^\^{_IRI})?+'
TRIPLE = rf"{_IRI} {_IRI} (?:{_IRI}|{_LITERAL})"
"""Matches a triple in canonical N-Quads that has no blank node."""
QUAD_LINE = re.compile(rf"{TRIPLE} {_IRI} \.\n")

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')
_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # one for one, so that offsets stay right
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def quote(text: str) -> str:
    r"""Write a text as an N-Quads literal; half of a surrogate pair becomes U+FFFD.

    >>> print(quote('a so-called "hold"'))
    "a so-called \"hold\""
    """
    return f'"{_UNSAFE.sub(_escape, text)}"'


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def to_literal(value: Value) -> str:
    """Write a value as a typed N-Quads literal.

    Decimals lose trailing zeros, as they do in the store, so that both hold the same term.

    >>> print(to_literal(Decimal("410.50")))
    "410.5"^^<http://www.w3.org/2001/XMLSchema#decimal>
    >>> print(to_literal(True))
    "true"^^<http://www.w3.org/2001/XMLSchema#boolean>
    """
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{XSD}integer>'
    if isinstance(value, Decimal):
        return f'"{_plain(value)}"^^<{XSD}decimal>'
    return f'"{value.isoformat()}"^^<{XSD}date>'
