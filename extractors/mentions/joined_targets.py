"""Two targets in one word: ``TLR7/8``, ``IL-4/13`` share letters, ``PD-1xVEGF`` is a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.TARGET,)

_JOINED = re.compile(
    r"(?P<letters>[A-Z](?<![\w-].)[A-Z]{1,5}-?)(?P<first>\d{1,3})/"
    r"(?P<second>\d{1,3})(?![\w%-]|[.,]\d)"
)

_PAIR = re.compile(
    r"(?P<first>[A-Z](?<![\w-].)[A-Za-z]{0,6}-?\d{0,3}[A-Z]?)x"
    r"(?P<second>[A-Z][A-Za-z]{1,6}-?\d{0,3}[A-Z]?)(?![\w%-])"
)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the second number where it makes a known target with the letters of the first.

    A known name of both ("CDK4/6") is longer, so it stays one target. Of a pair both are yielded.
    """
    lexicon = vocabulary.lexicon
    yield from _pairs(words.text, vocabulary)
    for match in _JOINED.finditer(words.text):
        first, name = (f"{match['letters']}{match[number]}" for number in ("first", "second"))
        terms = lexicon.find(name, EntityType.TARGET)
        if not terms or not lexicon.find(first, EntityType.TARGET):
            continue
        why = f"{match.group()!r} joins two targets, {first} and {name}"
        label, identifier = terms[0].label, terms[0].id
        yield Candidate(
            *match.span("second"), EntityType.TARGET, label, "joined-target", identifier, 0.9, why
        )


def _pairs(text: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield both targets of a bispecific that is named after them (``PD-1xVEGF``)."""
    for match in _PAIR.finditer(text):
        sides = {
            side: vocabulary.lexicon.find(match[side], EntityType.TARGET)
            for side in ("first", "second")
        }
        if not all(sides.values()):
            continue
        for side, terms in sides.items():
            why = f"{match.group()!r} names two targets"
            place = match.span(side)
            label, identifier = terms[0].label, terms[0].id
            yield Candidate(*place, EntityType.TARGET, label, "joined-target", identifier, 0.9, why)
