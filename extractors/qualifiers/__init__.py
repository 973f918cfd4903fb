"""Whether something is denied, planned, hedged, conditional or merely asked.

The method is ConText's: a cue has a direction and a scope; what lies in its scope is qualified,
unless a terminator stands between. Cues are rows of ``resources/cues/qualifiers.tsv``.
"""

from __future__ import annotations

from extractors.qualifiers._cues import Cue, CueMatch, find_cues, load_cues
from extractors.qualifiers._scope import Qualification, asks, qualify, qualify_text

__all__ = [
    "Cue",
    "CueMatch",
    "Qualification",
    "asks",
    "find_cues",
    "load_cues",
    "qualify",
    "qualify_text",
]
