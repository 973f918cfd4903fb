"""Finders of mentions: each module here looks for one kind of sign in a text.

A finder offers `find(words, vocabulary)`, which yields a `Candidate` for every span that may name
something, and `TYPES`, the types it can give. Which candidates stay is decided for the whole call
by `extractors.linking`.
"""

from __future__ import annotations

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_vocabulary
from extractors.mentions._words import Words, words_of
from extractors.model import EntityType
from extractors.registry import discover

__all__ = ["Candidate", "Vocabulary", "Words", "find_candidates", "load_vocabulary", "words_of"]


def find_candidates(
    text: str, vocabulary: Vocabulary, *, types: tuple[EntityType, ...] = ()
) -> tuple[Candidate, ...]:
    """Run every finder over a text; candidates may overlap and contradict each other.

    Args:
        text: a turn of a call, or any text.
        vocabulary: what `load_vocabulary` returns.
        types: the types wanted; all when empty.

    >>> found = find_candidates("UCART22 targets CD22.", load_vocabulary())
    >>> [(c.type.value, c.name) for c in found]
    [('Program', 'UCART22'), ('Target', 'CD22')]
    >>> find_candidates("Good morning.", load_vocabulary())
    ()
    """
    words = words_of(text)
    wanted = frozenset(types)
    found = {
        candidate
        for finder in discover("extractors.mentions", "find", "TYPES").values()
        if not wanted or wanted.intersection(finder.TYPES)
        for candidate in finder.find(words, vocabulary)
        if not wanted or candidate.type in wanted
    }
    return tuple(
        sorted(
            found, key=lambda c: (c.start, -c.end, c.type, c.name, c.rule, c.entity, c.rationale)
        )
    )
