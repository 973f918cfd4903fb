"""IRIs: everything that a call speaks of lives under one base, and has no blank node."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from extractors.model import EntityId, slugify
from graph.errors import GraphError

BASE = "https://w3id.org/qagraph/id/"
"""Where things live. The name is not registered yet, so these IRIs do not resolve."""

_BASE_FORM = re.compile(r"[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[/#:]")
_LOCAL_FORM = re.compile(r"[a-z0-9-]{1,200}(?:/[a-z0-9-]{1,200}){0,4}")


def content_hash(*parts: object) -> str:
    """Name something by what it holds: 16 hexadecimal digits of a SHA-256.

    >>> content_hash("program/ucart22", "hasTarget", "target/cd22")
    'ac9bd8a813a7d76a'
    >>> content_hash("a", "b") == content_hash("ab")
    False
    """
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Makes the IRIs of one base. The local part is ASCII by construction, so never needs escapes.

    >>> Identifiers().entity("target/cd22")
    'https://w3id.org/qagraph/id/target/cd22'
    >>> Identifiers("https://example.org/calls/").call("vrno-2031q3")
    'https://example.org/calls/call/vrno-2031q3'
    >>> Identifiers("no base")
    Traceback (most recent call last):
        ...
    graph.errors.GraphError: 'no base' is no base for IRIs; it must be ASCII and end in / or #
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if not _BASE_FORM.fullmatch(self.base):
            raise GraphError(
                f"{self.base!r} is no base for IRIs; it must be ASCII and end in / or #"
            )

    def entity(self, entity: EntityId) -> str:
        """Return the IRI of a thing from its local identifier.

        Raises:
            GraphError: the identifier holds anything but ``[a-z0-9-]`` and slashes.
        """
        if not _LOCAL_FORM.fullmatch(entity):
            raise GraphError(f"{entity!r} is no local identifier such as 'target/cd22'")
        return self.base + entity

    def call(self, call_id: str) -> str:
        """Return the IRI of a call."""
        return f"{self.base}call/{_slug(call_id)}"

    def graph(self, call_id: str) -> str:
        """Return the name of the graph that holds all that is known from one call."""
        return f"{self.base}graph/{_slug(call_id)}"

    def theme(self, name: str) -> str:
        """Return the IRI of a theme."""
        return f"{self.base}theme/{_slug(name)}"

    @property
    def theme_scheme(self) -> str:
        """The IRI of the scheme that all themes are in."""
        return f"{self.base}scheme/themes"


def _slug(name: str) -> str:
    return name if _LOCAL_FORM.fullmatch(name) and "/" not in name else slugify(name)
