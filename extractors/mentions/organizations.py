"""Companies by the words of a deal and by the words that end a company's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words, first_keys
from extractors.model import EntityType

TYPES = (EntityType.COMPANY,)

_REST = r"[A-Za-z0-9&'’-]*[A-Za-z0-9]"
_PART = rf"[A-Z]{_REST}"
_GIVEN = ("licens", "acquir", "purchas", "partner", "bough")
"""What is done with something that comes from another company, without its ending."""


@cache
def _named() -> tuple[re.Pattern[str], frozenset[str]]:
    words = load_words("company_endings")
    ends = "|".join(map(re.escape, words))
    pattern = (
        rf"[A-Z](?<![\w-].){_REST} (?:{_PART} ){{0,2}}(?:{ends})(?!\w)(?:,? (?:Inc|Ltd|LLC)\.?)?"
    )
    return re.compile(pattern), first_keys(words)


@cache
def _dealt() -> tuple[re.Pattern[str], frozenset[str]]:
    words = load_words("deal_words")
    cues = "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in sorted(words, key=len)[::-1])
    given = rf"(?:{'|'.join(_GIVEN)})\w+ (?:[\w-]+ ){{1,5}}?from"
    pattern = rf"\b(?:{cues}|{given}),?\s+(?P<name>{_PART}(?: {_PART}){{0,2}})(?!\w)"
    return re.compile(pattern), first_keys(words)


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names that end like a company's or stand where a deal names the other side."""
    text = words.text
    named, endings = _named()
    for match in () if endings.isdisjoint(words.places) else named.finditer(text):
        start = match.start() + _leading(match.group())
        name = text[start : match.end()].strip(" ,.")
        if " " in name and not vocabulary.lexicon.is_ignored(name):
            why = f"{name!r} ends like the name of a company"
            yield Candidate(
                start,
                start + len(name),
                EntityType.COMPANY,
                name,
                "company-ending",
                confidence=0.9,
                rationale=why,
            )
    dealt, cues = _dealt()
    gives = "from" in words.places
    given = [key for key in words.places if key.startswith(_GIVEN)] if gives else []
    for match in words.matches(dealt, cues.union(given)):
        name = re.sub(r"['’]s$", "", match["name"])
        if not could_name_company(name, vocabulary) or is_common_word(name, words.text):
            continue
        start = match.start("name")
        why = f"named as the other side of a deal in {' '.join(match.group().split())!r}"
        yield Candidate(
            start,
            start + len(name),
            EntityType.COMPANY,
            name,
            "deal-words",
            confidence=0.8,
            rationale=why,
        )


def is_common_word(name: str, text: str) -> bool:
    """Return whether a single word stands in lower case in a text: then it is no name.

    >>> is_common_word("Medical", "our medical affairs"), is_common_word("Verrano", "our Verrano")
    (True, False)
    """
    low = name.lower()
    if " " in name:
        return False
    # A plain search finds the few places; a pattern that begins with \b would try every word.
    place = text.find(low)
    while place >= 0:
        end = place + len(low)
        if not _in_word(text[place - 1 : place]) and not _in_word(text[end : end + 1]):
            return True
        place = text.find(low, end)
    return False


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _leading(name: str) -> int:
    """Return how many code points of a capitalised run are no name (``And Verrano Labs``)."""
    skip = 0
    for word in name.split(" ")[:-1]:
        if word not in load_words("not_names"):
            break
        skip += len(word) + 1
    return skip


def could_name_company(name: str, vocabulary: Vocabulary) -> bool:
    """Return whether a capitalised name could be a company's: no other thing, no common word.

    >>> from extractors.mentions import load_vocabulary
    >>> [could_name_company(name, load_vocabulary()) for name in ("Verrano", "FDA")]
    [True, False]
    """
    lexicon = vocabulary.lexicon
    if name in load_words("not_names") or lexicon.is_ignored(name):
        return False
    if any(word in load_words("not_names") for word in name.split()):
        return False
    if any(term.type is not EntityType.COMPANY for term in lexicon.find(name)):
        return False
    letters = [char for char in name if char.isalpha()]
    return any(char.islower() for char in letters) and not any(c.isdigit() for c in name)
