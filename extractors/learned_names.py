"""Names that the call teaches: trials and companies shown once, then used without any sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.call_names import search_turns, short_company
from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._words import TermIndex, any_of
from extractors.mentions.organizations import is_common_word
from extractors.model import EntityType, Transcript

_LEARNED_RULES = frozenset(
    {
        "trial-words",
        "trial-code",
        "company-ending",
        "deal-words",
        "apposition",
        "product-words",
        "brand-words",
        "technology-words",
        "variant-words",
    }
)
_BEFORE_NOUN = 40
_ARTICLE = re.compile(
    r"\b(?:an?|every|each|any|some|this|that|these|those|many|[Ff]or) (?:[\w-]+ )?$"
)
_AFTER_NOUN = (
    r"(?:and|or|is|are|was|were|of|for|in|that|which|to|with|as|on|from|at|we|so|may|can)\b"
)
_CODE = re.compile(r"(?P<prefix>[A-Za-z]{3,})(?P<joint>[-‑–]?)\d{2,}[A-Z]?")


def find_learned_names(
    transcript: Transcript, found: Iterable[Candidate], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield further places of the names that ``found`` has learned, and their short forms."""
    found, text = tuple(found), transcript.text
    entries: dict[str, tuple[str, bool, Candidate]] = {}
    for candidate in sorted(found, key=lambda c: c.rule != "company-ending"):
        if candidate.rule not in _LEARNED_RULES or is_chance(candidate, text):
            continue
        for name in _forms(candidate, vocabulary):
            entries.setdefault(name, (name, True, candidate))
    for start, end, teacher in search_turns(transcript, TermIndex(entries.values())):
        why = f"{text[start:end]!r} is shown to be {teacher.name} elsewhere in this call"
        yield Candidate(start, end, teacher.type, teacher.name, "learned", teacher.id, 0.85, why)
    yield from _prefixed(text, found, vocabulary)


def is_chance(candidate: Candidate, text: str) -> bool:
    """Return whether only one place makes a common word of the call a name."""
    if candidate.rule not in ("deal-words", "brand-words", "apposition"):
        return False
    if candidate.name.islower():
        return _is_noun(candidate.name, text)
    return is_common_word(candidate.name, text)


def _is_noun(name: str, text: str) -> bool:
    """Return whether a small word is a common noun: it closes a phrase after an article.

    >>> _is_noun("profile", "with a safety profile, our drug"), _is_noun("lumorda", "a lumorda arm")
    (True, False)
    """
    return any(
        _ARTICLE.search(text, max(0, match.start() - _BEFORE_NOUN), match.start()) is not None
        for match in re.finditer(rf"\b{re.escape(name)}s?\b(?![- ](?!{_AFTER_NOUN})[a-z])", text)
    )


def _forms(candidate: Candidate, vocabulary: Vocabulary) -> Iterator[str]:
    yield candidate.name
    if candidate.type is EntityType.COMPANY:
        short = short_company(candidate.name, vocabulary)
        if short:
            yield short


def _prefixed(
    text: str, found: tuple[Candidate, ...], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield names made of a code's letters and a target: ``UCARTCS1`` beside ``UCART22``."""
    prefixes = {
        (match["prefix"], match["joint"])
        for candidate in found
        if candidate.rule == "program-code" and (match := _CODE.fullmatch(candidate.name))
    }
    for prefix, joint in sorted(prefixes):
        gap = "[- ]?" if not joint else "[-‑–]"
        pattern = re.compile(rf"(?:{any_of([prefix])}){gap}(?P<rest>[A-Z][A-Za-z]*\d*)(?!\w)")
        for match in pattern.finditer(text):
            if vocabulary.lexicon.find(match["rest"], EntityType.TARGET):
                why = f"{match.group()!r} joins {prefix}, as other programs here, to a target"
                name = f"{prefix}{joint}{match['rest']}"
                yield Candidate(
                    *match.span(),
                    EntityType.PROGRAM,
                    name,
                    "program-prefix",
                    "",
                    0.9,
                    why,
                    weight=2,
                )
