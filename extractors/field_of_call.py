"""Whether a call is about medicines at all; on a bank's call a code is no program."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.mentions import Candidate
from extractors.model import EntityType

_BIOMEDICAL = (
    EntityType.PROGRAM,
    EntityType.DRUG,
    EntityType.TARGET,
    EntityType.INDICATION,
    EntityType.TRIAL,
    EntityType.VARIANT,
    EntityType.MODALITY,
    EntityType.TECHNOLOGY,
)
_COUNTED = (EntityType.DRUG, EntityType.TARGET, EntityType.INDICATION)
_PER_THING = 8000
"""At least one known medicine, target or disease in so many code points makes a call biomedical."""
_KNOWN = ("lexicon", "stem")


def keep_to_field(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, without biomedical ones where a call hardly has any.

    >>> stray = Candidate(0, 5, EntityType.PROGRAM, "GB200", "program-code")
    >>> keep_to_field("GB200" + 9999 * " ", [stray])
    []
    """
    candidates = list(candidates)
    listed = {c.id for c in candidates if c.type in _COUNTED and c.rule.startswith(_KNOWN)}
    coded = {c.id for c in candidates if c.type in (EntityType.PROGRAM, EntityType.TRIAL)}
    if (len(listed) + len(coded) / 2) * _PER_THING >= len(text):
        return candidates
    return [candidate for candidate in candidates if candidate.type not in _BIOMEDICAL]
