"""People and organizations that a trained spaCy pipeline marks, held to evidence in the words.

A trained pipeline guesses; what it marks counts only where the text itself says what it is: a role
or a title beside a person, the words of a deal or of a company beside an organization.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._vocabulary import load_words
from extractors.mentions.organizations import could_name_company
from extractors.model import EntityType

_NEAR = 50
_TYPES = {"PERSON": EntityType.PERSON, "PER": EntityType.PERSON, "ORG": EntityType.COMPANY}
_RULES = {EntityType.PERSON: "trained-person", EntityType.COMPANY: "trained-organization"}


@cache
def _signs(kind: EntityType) -> re.Pattern[str]:
    names = {EntityType.PERSON: "person_signs", EntityType.COMPANY: "organization_signs"}
    words = sorted(load_words(names[kind]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def find_trained_names(doc: Doc, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the ``PERSON`` and ``ORG`` entities of a Doc that the words around them bear out."""
    for span in doc.ents:
        kind = _TYPES.get(span.label_)
        if kind is None or not _named(span.text, kind, vocabulary):
            continue
        start, end = span.start_char, span.end_char
        near = f"{doc.text[max(0, start - _NEAR) : start]} {doc.text[end : end + _NEAR]}"
        sign = _signs(kind).search(near)
        if sign is not None:
            why = (
                f"marked {span.label_} by a trained pipeline, and {sign.group()!r} stands beside it"
            )
            yield Candidate(start, end, kind, span.text, _RULES[kind], "", 0.6, why)


def _named(name: str, kind: EntityType, vocabulary: Vocabulary) -> bool:
    if kind is EntityType.PERSON:
        return len(name.split()) >= 2 and not any(char.isdigit() for char in name)
    return could_name_company(name, vocabulary)
