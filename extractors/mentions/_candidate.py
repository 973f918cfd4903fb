"""A span that may name something, before it is linked."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractors.model import EntityId, EntityType, entity_id
from extractors.person_names import known_name


class Candidate(NamedTuple):
    """A span that may name something. Offsets are code points into the text searched, half-open.

    ``entity`` is the identifier that the vocabulary gives, or empty where only the words are known.
    ``weight`` ranks rival readings of the same words: the heavier one stays.
    """

    start: int
    end: int
    type: EntityType
    name: str
    rule: str
    entity: EntityId = ""
    confidence: float = 1.0
    rationale: str = ""
    weight: int = 1

    def shifted(self, by: int) -> Candidate:
        """Return the same candidate in a text that has ``by`` more code points before it."""
        return Candidate(self.start + by, self.end + by, *self[2:])

    @property
    def id(self) -> EntityId:
        """The local identifier of what is named.

        >>> Candidate(0, 4, EntityType.TARGET, "CD22", "example").id
        'target/cd22'
        """
        return self.entity or _identify(self.type, self.name)


@lru_cache(maxsize=4096)
def _identify(kind: EntityType, name: str) -> EntityId:
    if kind is EntityType.PERSON:
        return entity_id(kind, known_name(name)[0])
    # Whether a medicine is somebody's program depends on the call; its identifier must not.
    return entity_id(EntityType.PROGRAM if kind is EntityType.DRUG else kind, name)
