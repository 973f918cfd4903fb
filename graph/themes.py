"""The scheme of themes that questions are grouped by; it stands in ``resources/themes.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from graph.namespaces import resource


@dataclass(frozen=True, slots=True)
class ThemeConcept:
    """A theme with its definition; ``broader`` is empty for a top concept."""

    id: str
    label: str
    broader: str = ""
    definition: str = ""


@cache
def _concepts() -> MappingProxyType[str, ThemeConcept]:
    rows = [line.split("\t") for line in resource("themes.tsv").splitlines()[1:]]
    return MappingProxyType({row[0]: ThemeConcept(*row) for row in rows})


def theme_path(name: str) -> Iterator[ThemeConcept]:
    """Yield a theme and what is broader, up to its top concept; a user's own theme is one.

    >>> [theme.id for theme in theme_path("safety")]
    ['safety', 'development']
    >>> [theme.label for theme in theme_path("sea-ice")]
    ['sea ice']
    """
    while name:
        theme = _concepts().get(name) or ThemeConcept(name, name.replace("-", " "))
        yield theme
        name = theme.broader
