"""Names that the call itself brings: its issuer, its firms and the people who take part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from extractors.mentions import Candidate, Vocabulary, words_of
from extractors.mentions._vocabulary import load_words
from extractors.mentions._words import TermIndex
from extractors.model import Entity, EntityType, Transcript

T = TypeVar("T")

_LEGAL = re.compile(
    r",?\s+(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|plc|PLC|N\.?V|S\.?A|A/S|AG|SE|Co|"
    r"Company|Holdings|Group)\.?$"
)


def find_call_names(transcript: Transcript, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield where the text names an organization or person of the call's own lists."""
    entries: list[tuple[str, bool, tuple[Entity, str]]] = []
    surnames: dict[str, set[str]] = defaultdict(set)
    people = {entity.id: entity for entity in transcript.entities}
    for entity in transcript.entities:
        if entity.type is EntityType.PERSON:
            if not entity.id.startswith(("person/operator-", "person/unidentified-")):
                surnames[entity.label.split()[-1]].add(entity.id)
                entries.extend(
                    (name, True, (entity, "participant-name"))
                    for name in (entity.label, *entity.alt_labels)
                    if " " in name
                )
        else:
            entries.extend(
                (name, True, (entity, "organization-name"))
                for name in sorted(organization_names(entity, transcript, vocabulary))
            )
    for surname, owners in sorted(surnames.items()):
        if len(owners) == 1:
            entity = people[next(iter(owners))]
            entries.extend(
                (f"{title} {surname}", True, (entity, "participant-surname"))
                for title in ("Dr.", "Mr.", "Ms.", "Mrs.", "Professor")
            )
    for start, end, (entity, rule) in search_turns(transcript, TermIndex(entries)):
        why = f"{transcript.text[start:end]!r} names {entity.label}, who is part of this call"
        yield Candidate(start, end, entity.type, entity.label, rule, entity.id, 1.0, why, weight=3)


def search_turns(transcript: Transcript, index: TermIndex[T]) -> Iterator[tuple[int, int, T]]:
    """Search the turns of a call; yields code points into the transcript's text."""
    for turn in transcript.turns:
        for start, end, value in index.search(words_of(transcript.text[turn.start : turn.end])):
            yield start + turn.start, end + turn.start, value


def organization_names(
    entity: Entity, transcript: Transcript, vocabulary: Vocabulary
) -> frozenset[str]:
    """Return how an organization of the call is named: in full, without its legal form, short."""
    names = {entity.label, *entity.alt_labels}
    names |= {_LEGAL.sub("", name).rstrip(",") for name in names}
    if entity.id == transcript.call.issuer:
        names |= {short for name in names if (short := short_company(name, vocabulary))}
        if transcript.call.ticker and len(transcript.call.ticker) >= 3:
            names.add(transcript.call.ticker)
    return frozenset(name for name in names if len(name) >= 2)


def short_company(name: str, vocabulary: Vocabulary) -> str:
    """Return a company's name without the word that says what it is, or an empty text.

    >>> from extractors.mentions import load_vocabulary
    >>> short_company("Verrano Therapeutics", load_vocabulary())
    'Verrano'
    >>> short_company("Verrano", load_vocabulary())
    ''
    """
    words = _LEGAL.sub("", name).split()
    while len(words) > 1 and words[-1] in load_words("company_endings"):
        words.pop()
    short = " ".join(words)
    if short == name or len(short) < 3 or short in load_words("not_names"):
        return ""
    return "" if vocabulary.lexicon.is_ignored(short, EntityType.COMPANY) else short
