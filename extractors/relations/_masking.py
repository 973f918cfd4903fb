"""A sentence in which every mention is one character, so that a regex can speak of mentions.

Each mention becomes one private-use character that tells its type and its place in the sentence.
A pattern such as ``[programs] targeting [targets]`` is then an ordinary, linear regex.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extractors.context import Sentence
from extractors.model import EntityId, EntityType, Mention

_BASE = 0xE000
_PER_TYPE = 128
_FIRSTS = tuple(
    {kind: first + rank * _PER_TYPE for rank, kind in enumerate(EntityType)}
    for first in (_BASE, _BASE + len(EntityType) * _PER_TYPE)
)
"""The first character of each type, of slots that are said and of those that are implicit."""
_UNUSABLE = re.compile("[\ue000-\uf8ff\n\r\t]")


class Slot(NamedTuple):
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


class LinkedSentence(NamedTuple):
    """A sentence, its words in lower case, and its slots in text order, which do not overlap."""

    sentence: Sentence
    words: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class MaskedSentence:
    """A sentence, its slots, and its text in lower case with one character a slot.

    ``pieces`` pairs offsets in ``text`` with offsets in the transcript where plain words begin.
    """

    sentence: Sentence
    slots: tuple[Slot, ...]
    text: str
    pieces: tuple[tuple[int, int], ...]

    def slots_in(self, text: str) -> tuple[Slot, ...]:
        """Return the slots that stand in a part of ``text``, in order."""
        return tuple(
            self.slots[(ord(c) - _BASE) % _PER_TYPE] for c in text if _BASE <= ord(c) <= 0xF8FF
        )

    def offset(self, position: int) -> int:
        """Return the code point of the transcript at a position of ``text``."""
        i = bisect_right(self.pieces, (position, 1 << 60)) - 1
        at, original = self.pieces[i]
        return min(original + position - at, self.sentence.end)


def characters(kind: EntityType, *, implicit: bool = False) -> str:
    r"""Return the range of characters, for use inside ``[...]``, that stands for a type.

    >>> characters(EntityType.PERSON) == "\ue000-\ue07f"
    True
    """
    first = _FIRSTS[implicit][kind]
    return f"{chr(first)}-{chr(first + _PER_TYPE - 1)}"


def signature(slots: Iterable[Slot]) -> str:
    r"""Return one character a slot that tells its type: what masking leaves without the words.

    >>> signature([Slot("person/ida", EntityType.PERSON, 5, 9)] * 2) == "\ue000\ue000"
    True
    >>> signature([])
    ''
    """
    return "".join([chr(_FIRSTS[slot.implicit][slot.type]) for slot in slots])


def mask(linked: LinkedSentence) -> MaskedSentence:
    """Put one character in place of each slot of a sentence.

    More than 128 slots in one sentence are no sentence; the rest stays as words.

    >>> slot = Slot("target/cd22", EntityType.TARGET, 5, 9)
    >>> masked = mask(LinkedSentence(Sentence(0, 0, 12, "Anti-CD22 it"), "anti-cd22 it", (slot,)))
    >>> masked.text[:5], masked.slots_in(masked.text)[0].entity
    ('anti-', 'target/cd22')
    >>> masked.offset(6)
    9
    """
    words, base = linked.words, linked.sentence.start
    if not words.isprintable():
        words = _UNUSABLE.sub(" ", words)
    slots = linked.slots[:_PER_TYPE]
    parts, pieces, length, cursor = [], [(0, base)], 0, base
    for i, slot in enumerate(slots):
        start = slot.start
        length += max(start - cursor, 0) + 1
        parts += [words[cursor - base : start - base], chr(_FIRSTS[slot.implicit][slot.type] + i)]
        cursor = max(cursor, slot.end)
        pieces += [(length - 1, start), (length, cursor)]
    parts.append(words[cursor - base :])
    return MaskedSentence(linked.sentence, slots, "".join(parts), tuple(pieces))
