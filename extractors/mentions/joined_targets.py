"""The second of two targets that share their letters: ``TLR7/8``, ``IL-4/13``."""

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


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the second number where it makes a known target with the letters of the first.

    A known name of both ("CDK4/6") is longer, so it stays one target.
    """
    lexicon = vocabulary.lexicon
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
