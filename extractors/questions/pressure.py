"""What analysts press on: how often a thing or theme is asked about, by whom, and what came of it.

Pure functions over the questions of one call or of several, oldest call first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.model import EntityId, Extraction, Question, Response

_DODGES = frozenset({Response.DEFERRED, Response.DECLINED, Response.NOT_ADDRESSED})


@dataclass(frozen=True, slots=True)
class Pressed:
    """A thing, theme or firm that is asked about or asks.

    ``calls`` are those in which it comes up, in order; ``repeated`` says that it came up again
    after a call in which a question on it was dodged; ``answered_by`` is who answers for it, the
    most frequent first.
    """

    name: str
    questions: int
    dodged: int
    calls: tuple[str, ...]
    asked_by: tuple[EntityId, ...]
    answered_by: tuple[EntityId, ...]
    repeated: bool


def pressed_things(calls: Iterable[Extraction]) -> tuple[Pressed, ...]:
    """Return what is asked about, the most pressed first."""
    return _count(calls, lambda question, _: question.about)


def pressed_themes(calls: Iterable[Extraction]) -> tuple[Pressed, ...]:
    """Return the themes of the questions, the most pressed first."""
    return _count(calls, lambda question, _: question.themes)


def pressing_firms(calls: Iterable[Extraction]) -> tuple[Pressed, ...]:
    """Return the firms whose analysts ask, those with most questions first."""
    return _count(calls, _firms)


def _firms(question: Question, call: Extraction) -> tuple[str, ...]:
    return tuple(
        affiliation.organization
        for person in call.transcript.participants
        if person.id == question.asked_by
        for affiliation in person.affiliations
    )


def _count(
    calls: Iterable[Extraction], names: Callable[[Question, Extraction], tuple[str, ...]]
) -> tuple[Pressed, ...]:
    asked: dict[str, list[tuple[str, Question]]] = {}
    for call in calls:
        for question in call.questions:
            for name in dict.fromkeys(names(question, call)):
                asked.setdefault(name, []).append((call.transcript.call.id, question))
    found = (_press(name, items) for name, items in asked.items())
    return tuple(sorted(found, key=lambda item: (-item.questions, -item.dodged, item.name)))


def _press(name: str, items: list[tuple[str, Question]]) -> Pressed:
    calls = tuple(dict.fromkeys(call for call, _ in items))
    dodged_in = {call for call, question in items if question.response in _DODGES}
    answering = [person for _, question in items for person in question.answered_by]
    return Pressed(
        name=name,
        questions=len(items),
        dodged=sum(question.response in _DODGES for _, question in items),
        calls=calls,
        asked_by=tuple(dict.fromkeys(question.asked_by for _, question in items)),
        answered_by=tuple(sorted(set(answering), key=lambda who: (-answering.count(who), who))),
        repeated=any(call in dodged_in for call in calls[:-1]),
    )
