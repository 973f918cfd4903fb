"""Trials by what stands around their names: ``the X trial``, ``trial X``, ``X, our Phase 3``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.TRIAL,)

_NAME = (
    r"(?=\w*[A-Z]\w*[A-Z])[A-Za-z][A-Za-z]{2,}\d{0,3}"
    r"(?:-(?:[A-Z][A-Za-z]*\d{0,3}|\d{1,4}[A-Z]?))*"
    r"(?: (?:\d{1,3}(?!\d|[.,]\d|%| (?:and|to|or)? ?\d)|T\dD|HF[A-Za-z]+|I{2,3}|IV))?"
)
_PHASE = r"(?:Phase|phase)\s+(?:\d|I{1,3}V?|IV)[abAB]?(?:/(?:\d|I{1,3})[abAB]?)?"
_NOUN = r"(?:trials?|stud(?:y|ies))"
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})(?:(?:,| and| or|,? as well as)(?: the)? {_NAME})*"
    rf"(?: {_PHASE}| [a-z][a-z-]{{2,}}| [A-Z][A-Za-z]{{1,7}}){{0,3}}? (?:clinical |pivotal )?{_NOUN}\b"
)
_AFTER = re.compile(
    rf"\b{_NOUN}(?:,| called| named| known as|,? or)? (?:the )?(?P<name>{_NAME})(?!\w)"
)
_IS = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})(?:,| is| was| are|, which is)"
    rf"(?: (?:a|an|the|our))?(?: [a-z0-9-]+){{0,4}}? (?:{_PHASE}|{_NOUN})"
)
_ALONE = re.compile(rf"(?<![\w-]){_NAME}(?!\w)")
_REGISTRY = re.compile(r"(?<!\w)NCT\s?0\d{7}(?!\w)")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names that the words around them show to be a trial's, and registry numbers."""
    text = words.text
    for match in _REGISTRY.finditer(text):
        name = match.group().replace(" ", "")
        why = "a number of the registry ClinicalTrials.gov"
        yield Candidate(*match.span(), EntityType.TRIAL, name, "registry-number", rationale=why)
    for pattern in (_BEFORE, _AFTER, _IS):
        for match in pattern.finditer(text):
            stop = match.end() if pattern is _BEFORE else match.end("name")
            for name in _ALONE.finditer(text, match.start("name"), stop):
                if is_trial_name(name.group(), vocabulary):
                    around = text[match.start() : match.end()]
                    why = f"named as a trial in {' '.join(around.split())!r}"
                    yield Candidate(
                        *name.span(),
                        EntityType.TRIAL,
                        name.group(),
                        "trial-words",
                        confidence=0.9,
                        rationale=why,
                    )


def is_trial_name(name: str, vocabulary: Vocabulary) -> bool:
    """Return whether a name could be a trial's: nothing that the vocabulary knows otherwise.

    >>> from extractors.mentions import load_vocabulary
    >>> is_trial_name("ASTERION-2", load_vocabulary()), is_trial_name("FDA", load_vocabulary())
    (True, False)
    """
    lexicon = vocabulary.lexicon
    if name in load_words("not_trials") or lexicon.is_ignored(name, EntityType.TRIAL):
        return False
    if any(term.type is not EntityType.TRIAL for term in lexicon.find(name)):
        return False
    head = re.split(r"[- ]", name)[0]
    letters = sum(char.isalpha() for char in head)
    return letters >= 3 and head not in load_words("not_trials")
