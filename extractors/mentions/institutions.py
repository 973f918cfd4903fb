"""Universities, hospitals, centers and institutes by the words that make their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.INSTITUTION,)

_PART = r"[A-Z][A-Za-z'’-]+"
_WINDOW = 60


@cache
def _nouns() -> tuple[re.Pattern[str], frozenset[str]]:
    nouns = sorted(load_words("institution_words"), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(nouns)})(?![\w-])"), first_keys(nouns)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lead = re.compile(rf"(?<![\w-])(?:{_PART} ){{1,4}}$")
    tail = re.compile(rf" (?:of|at|for) (?:the )?{_PART}(?: (?:and |of )?{_PART}){{0,3}}")
    return lead, tail


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names around a word such as *University*, with what follows ``of``."""
    lead, tail = _patterns()
    text = words.text
    for match in words.matches(*_nouns()):
        left = max(0, match.start() - _WINDOW)
        before = lead.search(text[left : match.start()])
        after = tail.match(text, match.end())
        start = match.start()
        if before is not None:
            kept = _without_common(before.group())
            start = match.start() - len(kept)
        end = after.end() if after is not None else match.end()
        name = text[start:end]
        if name == match.group() or vocabulary.lexicon.is_ignored(name):
            continue
        yield Candidate(
            start,
            end,
            EntityType.INSTITUTION,
            name,
            "institution-words",
            confidence=0.9,
            rationale=f"{match.group()!r} makes {name!r} the name of an institution",
        )


def _without_common(names: str) -> str:
    parts = names.split(" ")
    common = load_words("not_names")
    skip = max((i + 1 for i, part in enumerate(parts) if part in common), default=0)
    return " ".join(parts[skip:])
