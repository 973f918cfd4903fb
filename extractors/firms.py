"""Names of firms and companies: legal forms and divisions taken off, one node for one firm."""

from __future__ import annotations

import re

from extractors.speech import load_rows


def _suffixes() -> re.Pattern[str]:
    forms = "|".join(re.escape(row["suffix"]) for row in load_rows("legal_forms.tsv"))
    return re.compile(rf"(?:,?\s+|,\s*)(?:{forms})\.?\s*\Z", re.IGNORECASE)


def short_name(name: str) -> str:
    """Take legal forms and divisions off the end of a name.

    >>> short_name("Northgate Securities, LLC, Research Division"), short_name("Lumora S.A.")
    ('Northgate Securities', 'Lumora')
    """
    pattern = _suffixes()
    while (shorter := pattern.sub("", name).rstrip(" ,")) and shorter != name:
        name = shorter
    return name
