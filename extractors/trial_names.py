"""Trials of one family (``ALPHA`` beside ``ALPHA2``) and slips in their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._vocabulary import load_words
from extractors.mentions._words import any_of
from extractors.mentions.trials import is_trial_name
from extractors.model import EntityType

_FAMILY = re.compile(
    r"(?P<base>(?:[A-Z]-)?[A-Za-z]{4,}?)"
    r"(?P<rest>[- ]?\d{1,3}[A-Z]?|-[A-Z][A-Za-z]*\d*(?:-\d+)?| [A-Z]\w+)?"
)
_REST = (
    r"(?:(?:[- ]?\d{1,3}[A-Z]?|-[A-Z]{2,}[A-Za-z]*(?:-?\d+)?|-[A-Z][a-z]{3,}| T\dD| HF[A-Z]\w+)"
    r"(?![\w%]|[.,]\d))?"
)
_CLINICAL = re.compile(
    r"\W+(?:[a-z-]+ ){0,2}(?:trials?|stud(?:y|ies)|programs?|phase|readouts?|data|results?)\b",
    re.IGNORECASE,
)


def find_trial_families(
    text: str, found: Iterable[Candidate], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield trials whose name shares its word with a trial that the text has shown.

    Args:
        text: the whole transcript.
        found: candidates with code points of ``text``.
        vocabulary: what it knows otherwise is no family of trials.
    """
    bases: dict[str, set[str]] = defaultdict(set)
    for candidate in found:
        if candidate.type is EntityType.TRIAL and candidate.rule != "registry-number":
            match = _FAMILY.fullmatch(candidate.name)
            if match is not None and is_trial_name(match["base"], vocabulary):
                bases[match["base"]].add(candidate.name)
    if not bases:
        return
    words = sorted(bases, key=lambda base: (-len(base), base))
    for match in re.finditer(rf"(?P<base>{any_of(words)}){_REST}(?![\w-])", text):
        name = match.group()
        if name != match["base"] or name in bases[name] or _stands_alone(text, match):
            why = (
                f"{name!r} shares its word with {_some(bases[match['base']])}, a trial of this call"
            )
            yield Candidate(*match.span(), EntityType.TRIAL, name, "trial-family", "", 0.8, why)
    yield from _slips(text, words, bases)


def _some(names: set[str]) -> str:
    return repr(min(names))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Return whether a bare family name is written in capitals and starts no longer name."""
    return match["base"].isupper() and not re.match(r"-\w", text[match.end() : match.end() + 2])


def _slips(text: str, words: list[str], bases: dict[str, set[str]]) -> Iterator[Candidate]:
    """Yield families in the wrong case before *trial*, and numbers in words (``Step one``)."""
    by_lower = {base.lower(): base for base in bases}
    numbers = load_words("number_words")
    firsts = "".join(sorted({word[0].lower() + word[0].upper() for word in words}))
    tails = "|".join(f"(?<={word[0]}){word[1:]}" for word in words)
    anyhow = rf"(?P<base>[{firsts}](?<![\w-].)(?i:{tails}))(?![\w-])"
    for match in re.finditer(anyhow, text):
        base = by_lower[match["base"].lower()]
        follows = re.match(r"[ -]([a-z]+)(?!\w)", text[match.end() : match.end() + 12])
        if follows is not None and follows[1] in numbers:
            end, name = match.end() + follows.end(), f"{base} {numbers[follows[1]]}"
            confidence = 0.5
        elif match["base"] == base or not _CLINICAL.match(text[match.end() : match.end() + 40]):
            continue
        else:
            end, name, confidence = match.end(), base, 0.6
        said = text[match.start() : end]
        why = f"{said!r} is heard for {name}; {_some(bases[base])} is a trial here"
        yield Candidate(
            match.start(), end, EntityType.TRIAL, name, "trial-slip", "", confidence, why
        )
