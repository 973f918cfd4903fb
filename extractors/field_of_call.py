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
    EntityType.MODALITY,
    EntityType.TECHNOLOGY,
)
_COUNTED = (EntityType.DRUG, EntityType.TARGET, EntityType.INDICATION)
_PER_CODE_POINTS = 2500
"""At least one medicine, target or disease in so many code points makes a call biomedical."""
_LISTED = "lexicon"


def keep_to_field(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, without biomedical ones where a call hardly has any.

    >>> stray = Candidate(0, 5, EntityType.PROGRAM, "GB200", "program-code")
    >>> keep_to_field("GB200" + 9999 * " ", [stray])
    []
    """
    candidates = list(candidates)
    counted = sum(c.type in _COUNTED and c.rule.startswith(_LISTED) for c in candidates)
    coded = sum(c.type in (EntityType.PROGRAM, EntityType.TRIAL) for c in candidates)
    if (counted + coded / 2) * _PER_CODE_POINTS >= len(text):
        return candidates
    return [candidate for candidate in candidates if candidate.type not in _BIOMEDICAL]
