"""A sentence in which every mention is one character, so that a regex can speak of mentions.

Each mention becomes one private-use character that tells its type and its place in the sentence.
A pattern such as ``[programs] targeting [targets]`` is then an ordinary, linear regex.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from extractors.context import Sentence
from extractors.model import EntityId, EntityType, Mention

_BASE = 0xE000
_PER_TYPE = 128
_TYPES = tuple(EntityType)
_RANKS = {kind: rank for rank, kind in enumerate(_TYPES)}
_UNUSABLE = re.compile("[\ue000-\uf8ff\n\r\t]")
_IMPLICIT = "Implicit"


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that stands in a sentence for an entity: a mention, an anaphor or the topic.

    Offsets are code points into the transcript's text. ``source`` is the mention that an anaphor
    or a topic goes back to; ``implicit`` slots (topics) have no words of their own.
    """

    entity: EntityId
    type: EntityType
    start: int
    end: int
    confidence: float = 1.0
    source: Mention | None = None
    implicit: bool = False


def characters(kind: EntityType, *, implicit: bool = False) -> str:
    r"""Return the range of characters, for use inside ``[...]``, that stands for a type.

    >>> characters(EntityType.PERSON) == "\ue000-\ue07f"
    True
    """
    first = _BASE + (_RANKS[kind] + implicit * len(_TYPES)) * _PER_TYPE
    return f"{chr(first)}-{chr(first + _PER_TYPE - 1)}"


@dataclass(frozen=True, slots=True)
class MaskedSentence:
    """A sentence, its slots in text order, and its text with one character a slot.

    ``pieces`` pairs offsets in ``text`` with offsets in the transcript where plain words begin;
    ``folded`` is ``text`` in lower case, ``entities`` is what the slots stand for.
    """

    sentence: Sentence
    slots: tuple[Slot, ...]
    text: str
    pieces: tuple[tuple[int, int], ...]
    types: frozenset[EntityType]
    implicit: frozenset[EntityType]
    folded: str
    entities: frozenset[EntityId]

    def slot(self, character: str) -> Slot:
        """Return the slot that a character of ``text`` stands for."""
        return self.slots[(ord(character) - _BASE) % _PER_TYPE]

    def slots_in(self, text: str) -> tuple[Slot, ...]:
        """Return the slots that stand in a part of ``text``, in order."""
        return tuple(self.slot(c) for c in text if _BASE <= ord(c) <= 0xF8FF)

    def offset(self, position: int) -> int:
        """Return the code point of the transcript at a position of ``text``."""
        i = bisect_right(self.pieces, (position, 1 << 60)) - 1
        at, original = self.pieces[i]
        return min(original + position - at, self.sentence.end)


def mask(sentence: Sentence, slots: tuple[Slot, ...]) -> MaskedSentence:
    """Put one character in place of each slot; slots are in text order and do not overlap.

    More than 128 slots in one sentence are no sentence; the rest stays as words.

    >>> slot = Slot("target/cd22", EntityType.TARGET, 5, 9)
    >>> masked = mask(Sentence(0, 0, 12, "Anti-CD22 it"), (slot,))
    >>> masked.text.replace(masked.text[5], "#"), masked.slot(masked.text[5]).entity
    ('Anti-# it', 'target/cd22')
    >>> masked.offset(6)
    9
    """
    slots = slots[:_PER_TYPE]
    base, parts, pieces, length = sentence.start, [], [(0, sentence.start)], 0
    cursor = sentence.start
    for i, slot in enumerate(slots):
        words = _UNUSABLE.sub(" ", sentence.text[cursor - base : slot.start - base])
        length += len(words) + 1
        rank = _RANKS[slot.type] + slot.implicit * len(_TYPES)
        parts += [words, chr(_BASE + rank * _PER_TYPE + i)]
        cursor = max(cursor, slot.end)
        pieces += [(length - 1, slot.start), (length, cursor)]
    parts.append(_UNUSABLE.sub(" ", sentence.text[cursor - base :]))
    text = "".join(parts)
    return MaskedSentence(
        sentence,
        slots,
        text,
        tuple(pieces),
        frozenset(s.type for s in slots if not s.implicit),
        frozenset(s.type for s in slots if s.implicit),
        text.lower(),
        frozenset(s.entity for s in slots),
    )
