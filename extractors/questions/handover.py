"""Who is asked to answer what: hints from "Ida, could you take the second question"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extractors.model import EntityId, Exchange, ParticipantKind, Transcript
from extractors.questions.phrases import Hit, Token, load_phrases, load_words, tokenize
from extractors.questions.sentences import split_sentences
from extractors.questions.terms import content_words, entity_terms

if TYPE_CHECKING:
    from extractors.context import CallContext

_CHUNK = re.compile(r"(?:,\s|;|\band\b|[.?!]\s)", re.IGNORECASE)
_LONGEST, _THANKS, _SHORT = 60, 20, 6
"""Most words of a sentence that hands over, thanks, or only greets."""
_NAME = re.compile(r"[^\W\d_][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """What somebody is asked to speak about: shared terms and ordinals."""

    terms: tuple[str, ...]
    hits: tuple[Hit, ...]


def names_of_executives(transcript: Transcript) -> dict[str, EntityId]:
    """Return every given name, surname and nickname that means one speaker of the company.

    A name that two of them bear means neither.
    """
    owners: dict[str, set[EntityId]] = {}
    for person in transcript.participants:
        if person.kind not in (ParticipantKind.EXECUTIVE, ParticipantKind.GUEST):
            continue
        for name in (person.name, *(alias.value for alias in person.aliases)):
            for part in _NAME.findall(name):
                if part.lower() not in load_words("title"):
                    owners.setdefault(part, set()).add(person.id)
    return {name: min(ids) for name, ids in owners.items() if len(ids) == 1}


class Passing(NamedTuple):
    """How a sentence moderates: it ``routes`` or greets only, or ``passes`` the question on."""

    routes: bool
    passes: bool


def read_passing(text: str, tokens: Sequence[Token], names: Container[str]) -> Passing:
    """Return whether a sentence only passes the question on, or greets.

    Args:
        text: the sentence.
        tokens: its words.
        names: names of those who may be asked to speak.

    >>> read_passing("Ida, go ahead.", tokenize("Ida, go ahead."), {"Ida"})
    Passing(routes=True, passes=True)
    >>> read_passing("The hold was lifted.", tokenize("The hold was lifted."), {"Ida"})
    Passing(routes=False, passes=False)
    """
    categories = {hit.category for hit in load_phrases("handover.tsv").find(tokens)}
    if "pass" in categories and len(tokens) <= _LONGEST:
        return Passing(True, True)
    greets = any(token.text in load_words("greeting") for token in tokens[:3])
    if len(tokens) <= _SHORT and (greets or any(part in names for part in _NAME.findall(text))):
        return Passing(True, False)
    thanks = "courtesy" in categories and len(tokens) <= _THANKS
    return Passing(thanks or not content_words(tokens), False)


def find_hints(
    context: CallContext, exchange: Exchange, names: Mapping[str, EntityId]
) -> dict[int, tuple[Hint, ...]]:
    """Return for each answer turn what its speaker was asked to speak about before it."""
    transcript = context.transcript
    waiting: dict[EntityId, list[Hint]] = {}
    hints: dict[int, tuple[Hint, ...]] = {}
    for index in sorted({*exchange.answer_turns, *exchange.handover_turns}):
        turn = transcript.turns[index]
        if turn.speaker in waiting:
            hints[index] = tuple(waiting.pop(turn.speaker))
        text = transcript.text[turn.start : turn.end]
        for start, end in split_sentences(text, turn.start):
            sentence = transcript.text[start:end]
            if not read_passing(sentence, tokenize(sentence), names).routes:
                continue
            for person, chunk_start, chunk_end in _chunks(sentence, start, names, turn.speaker):
                hint = _hint(context, chunk_start, chunk_end)
                if person == turn.speaker:
                    hints[index] = (*hints.get(index, ()), hint)
                else:
                    waiting.setdefault(person, []).append(hint)
    return hints


def _chunks(
    sentence: str, base: int, names: Mapping[str, EntityId], speaker: EntityId
) -> Iterable[tuple[EntityId, int, int]]:
    """Cut a sentence at commas and "and"; each piece belongs to the name in it or before it."""
    edges = [0, *(found.end() for found in _CHUNK.finditer(sentence)), len(sentence)]
    pieces = list(pairwise(edges))
    owners = [_owner(sentence[a:b], names, speaker) for a, b in pieces]
    first = next((owner for owner in owners if owner is not None and owner != speaker), None)
    current = first
    for (start, end), owner in zip(pieces, owners, strict=True):
        current = owner or current
        if current is not None:
            yield current, base + start, base + end


def _owner(piece: str, names: Mapping[str, EntityId], speaker: EntityId) -> EntityId | None:
    words = _NAME.findall(piece)
    named = next((names[word] for word in words if word in names), None)
    if named is None and load_words("speaker") & {token.text for token in tokenize(piece)}:
        return speaker
    return named


def _hint(context: CallContext, start: int, end: int) -> Hint:
    tokens = tokenize(context.transcript.text[start:end], start)
    terms = (*content_words(tokens), *entity_terms(context, start, end))
    return Hint(terms, load_phrases("pairing.tsv").find(tokens))
