"""Programs without a name of their own: ``our CB1 inverse agonist`` where it is being developed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.PROGRAM,)

_TARGET = r"[A-Z][A-Za-z]*(?:-?\d+[A-Za-z]?)?(?:-[A-Z]\w*)?"
_BESIDE = 40
_NAMED = re.compile(r"(?P<name>[\w-]{4,}), (?:which is |that is )?$")
_NEXT = re.compile(r"s?,? [A-Z]{2,}[ -]?\d{2,}")
_OWNERS = frozenset({"the", "our", "this", "that", "its", "their"})
_SENTENCE = re.compile(r"[.?!;]\s|\n")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    nouns = "|".join(sorted(load_words("action_nouns"), key=len, reverse=True))
    signs = "|".join(sorted(load_words("development_words"), key=len, reverse=True))
    described = re.compile(
        rf"\b(?:[Tt]he|[Oo]ur|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir) (?:[a-z]+ ){{0,2}}?"
        rf"(?P<name>(?P<targets>{_TARGET}(?:(?: |/|-| and ){_TARGET}){{0,2}})[ -]"
        rf"(?:receptor )?(?P<noun>{nouns}))(?![\w-])"
    )
    last = frozenset(Words(noun).keys[-1] for noun in load_words("action_nouns"))
    return described, re.compile(rf"\b(?:{signs})\b", re.IGNORECASE), last


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield a definite description by target and action, in a sentence on its development.

    The span is the noun alone, so that the targets before it stay mentions of their own.
    """
    described, signs, nouns = _patterns()
    text = words.text
    if nouns.isdisjoint(words.places):
        return
    for match in words.matches(described, _OWNERS):
        targets = re.split(r"[ /]| and ", match["targets"])
        if not all(vocabulary.lexicon.find(name, EntityType.TARGET) for name in targets if name):
            continue
        if _has_name(text, match, vocabulary):
            continue
        before = _SENTENCE.split(text[max(0, match.start() - 160) : match.start()])[-1]
        after = _SENTENCE.split(text[match.end() : match.end() + 120])[0]
        if signs.search(before) or signs.search(after):
            why = f"a program known by its target and action: {match.group()!r}"
            yield Candidate(
                *match.span("noun"),
                EntityType.PROGRAM,
                match["name"],
                "described-program",
                confidence=0.6,
                rationale=why,
            )


def _has_name(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Return whether a description only explains a name (``XY-12, our ... inhibitor``)."""
    if _NEXT.match(text, match.end()):
        return True
    named = _NAMED.search(text[max(0, match.start() - _BESIDE) : match.start()])
    if named is None:
        return False
    name = named["name"]
    if any(char.isdigit() for char in name) and any(char.isupper() for char in name):
        return True
    known = vocabulary.lexicon.find(name, EntityType.DRUG, EntityType.PROGRAM)
    return bool(known) or vocabulary.lexicon.stem_of(name.lower()) is not None
