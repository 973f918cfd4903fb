"""The look of each class of node, read from ``resources/page/style.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import GraphError


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How one class is drawn and where it stands; the fields are explained in ``style.toml``."""

    kind: str
    label: str
    plural: str
    colour: tuple[str, str]
    shape: str
    call: int
    overview: int
    quota: int
    first: bool


@cache
def load_styles() -> dict[str, KindStyle]:
    """Return the style of each class, by its name, in the order of the file.

    Raises:
        GraphError: a class of the file lacks a field or has an unknown one.

    >>> load_styles()["Target"].plural
    'Targets'
    >>> "Planet" in load_styles()
    False
    """
    data = tomllib.loads(
        files("graph").joinpath("resources/page/style.toml").read_text(encoding="utf-8")
    )
    styles: dict[str, KindStyle] = {}
    for kind, fields in data.items():
        light, dark = fields.pop("colour", (None, None))
        try:
            styles[kind] = KindStyle(kind=kind, colour=(light, dark), **fields)
        except TypeError as error:
            raise GraphError(f"style.toml: [{kind}]: {error}") from error
    return styles


def style_of(kind: str) -> KindStyle:
    """Return the style of a class; one without its own looks like `Publication`.

    >>> style_of("Target").shape, style_of("Planet").label
    ('diamond', 'Planet')
    """
    styles = load_styles()
    if kind in styles:
        return styles[kind]
    other = styles["Publication"]
    return KindStyle(
        kind, kind, kind, other.colour, other.shape, other.call, other.overview, 0, True
    )
