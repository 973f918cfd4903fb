"""Where the question-and-answer session begins, in transcripts that do not print it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.drafts import Draft
from extractors.introductions import find_introductions
from extractors.model import ParticipantKind, Section
from extractors.roster import Person
from extractors.speech import has_cue

_TAIL = 500
"""Code points at the end of a turn in which a company speaker calls somebody."""


def find_sections(draft: Draft, speakers: Sequence[Person]) -> list[Section]:
    """Return the section of each turn: as printed, else from the first call to ask.

    Args:
        draft: what the layout found.
        speakers: who speaks in each turn.
    """
    printed = [turn.section for turn in draft.turns]
    if Section.QUESTION_AND_ANSWER in printed:
        return [section or Section.PREPARED_REMARKS for section in printed]
    first = _first_question(draft, speakers)
    return [
        Section.QUESTION_AND_ANSWER if i >= first else Section.PREPARED_REMARKS
        for i in range(len(printed))
    ]


def _first_question(draft: Draft, speakers: Sequence[Person]) -> int:
    count = len(draft.turns)
    for i, turn in enumerate(draft.turns):
        operator = speakers[i].kind is ParticipantKind.OPERATOR
        if speakers[i].kind in (ParticipantKind.ANALYST, ParticipantKind.UNIDENTIFIED):
            continue
        if not operator and not _follows(speakers, i):
            continue
        start = turn.start if operator else max(turn.start, turn.end - _TAIL)
        found = find_introductions(draft.text, start, turn.end, operator=operator)
        if found and (i or _follows(speakers, i)):
            return i
    for i, turn in enumerate(draft.turns):
        if speakers[i].kind is ParticipantKind.ANALYST and _asks(draft.text, turn.start, turn.end):
            return i
    return count


def _follows(speakers: Sequence[Person], i: int) -> bool:
    """Tell whether the next turn is the first one of an analyst or of somebody unknown."""
    if i + 1 >= len(speakers):
        return False
    following = speakers[i + 1]
    heard = any(speaker is following for speaker in speakers[: i + 1])
    return not heard and following.kind in (
        ParticipantKind.ANALYST,
        ParticipantKind.UNIDENTIFIED,
        None,
    )


def _asks(text: str, start: int, end: int) -> bool:
    return "?" in text[start:end] or has_cue("question", text[start:end].lower())
