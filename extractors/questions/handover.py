"""Who is asked to answer what: hints from "Ida, could you take the second question"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.model import EntityId, Exchange, ParticipantKind, Transcript
from extractors.questions.lines import Line
from extractors.questions.passing import NAME
from extractors.questions.phrases import Hit, load_phrases, load_words
from extractors.questions.speech import Speech

_CHUNK = re.compile(r"(?:,\s|;|\band\b|[.?!]\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hint:
    """What somebody is asked to speak about: shared terms and ordinals."""

    terms: frozenset[str]
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
            for part in NAME.findall(name):
                if part.lower() not in load_words("title"):
                    owners.setdefault(part, set()).add(person.id)
    return {name: min(ids) for name, ids in owners.items() if len(ids) == 1}


def find_hints(
    transcript: Transcript,
    speech: Speech,
    exchange: Exchange,
    lines: Mapping[int, Sequence[Line]],
    names: Mapping[str, EntityId],
) -> dict[int, tuple[Hint, ...]]:
    """Return for each answer turn what its speaker was asked to speak about before it.

    Args:
        transcript: the call.
        speech: its words.
        exchange: whose hand-overs are read.
        lines: the sentences of its answer and hand-over turns, by turn.
        names: who is meant by a name.
    """
    waiting: dict[EntityId, list[Hint]] = {}
    hints: dict[int, tuple[Hint, ...]] = {}
    for index in sorted({*exchange.answer_turns, *exchange.handover_turns}):
        speaker = transcript.turns[index].speaker
        if speaker in waiting:
            hints[index] = tuple(waiting.pop(speaker))
        for line in lines[index]:
            if not line.routes:
                continue
            sentence = transcript.text[line.start : line.end]
            for person, start, end in _chunks(speech, sentence, line.start, names, speaker):
                hint = Hint(
                    speech.terms(start, end),
                    load_phrases("pairing.tsv").find(speech.tokens(start, end)),
                )
                if person == speaker:
                    hints[index] = (*hints.get(index, ()), hint)
                else:
                    waiting.setdefault(person, []).append(hint)
    return hints


def _chunks(
    speech: Speech, sentence: str, base: int, names: Mapping[str, EntityId], speaker: EntityId
) -> Iterable[tuple[EntityId, int, int]]:
    """Cut a sentence at commas and "and"; each piece belongs to the name in it or before it."""
    edges = [0, *(found.end() for found in _CHUNK.finditer(sentence)), len(sentence)]
    pieces = list(pairwise(edges))
    spoken = load_words("speaker")
    owners = [
        _named(sentence[a:b], names)
        or (None if spoken.isdisjoint(speech.tokens(base + a, base + b).texts) else speaker)
        for a, b in pieces
    ]
    first = next((owner for owner in owners if owner is not None and owner != speaker), None)
    current = first
    for (start, end), owner in zip(pieces, owners, strict=True):
        current = owner or current
        if current is not None:
            yield current, base + start, base + end


def _named(piece: str, names: Mapping[str, EntityId]) -> EntityId | None:
    return next((names[word] for word in NAME.findall(piece) if word in names), None)
