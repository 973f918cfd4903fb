"""Thread the questions of a call with their answers: split, topics, pairing, judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.model import Answer, Exchange, Question, Response
from extractors.questions.handover import find_hints, names_of_executives
from extractors.questions.pairing import Asked, Part, pair, read_lines
from extractors.questions.phrases import tokenize
from extractors.questions.segments import split_questions
from extractors.questions.terms import Rarity, content_words, entity_terms
from extractors.questions.topics import Lookup, Scope, find_topics

if TYPE_CHECKING:
    from extractors.context import CallContext


def thread_questions(
    context: CallContext,
) -> tuple[tuple[Question, ...], tuple[Answer, ...], tuple[Exchange, ...]]:
    """Return the questions, their answers, and the exchanges with who answered."""
    names = names_of_executives(context.transcript)
    lines = {
        index: read_lines(context, context.transcript.turns[index], names)
        for exchange in context.exchanges
        for index in exchange.answer_turns
    }
    rarity = Rarity([line.terms for index in sorted(lines) for line in lines[index]])
    questions: list[Question] = []
    answers: list[Answer] = []
    lookup = Lookup(context)
    for exchange in context.exchanges:
        groups = _groups(context, exchange)
        hints = find_hints(context, exchange, names)
        topics = iter(
            find_topics(context, lookup, [_scope(q) for asked, _ in groups for q in asked])
        )
        for asked, turns in groups:
            parts = pair(asked, [line for turn in turns for line in lines[turn]], rarity, hints)
            numbers = _add_answers(context, exchange, parts, answers)
            for position, item in enumerate(asked):
                mine = [
                    n for n, part in zip(numbers, parts, strict=True) if position in part.questions
                ]
                questions.append(
                    _question(context, exchange, item, len(questions), mine, answers, next(topics))
                )
    return tuple(questions), tuple(answers), context.exchanges


def _scope(item: Asked) -> Scope:
    segment = item.segment
    return Scope(segment.context_start, segment.start, segment.end, segment.block, item.turn)


def _groups(
    context: CallContext, exchange: Exchange
) -> list[tuple[tuple[Asked, ...], tuple[int, ...]]]:
    """Return the questions of each question turn with the turns that answer them."""
    text = context.transcript.text
    groups: list[tuple[tuple[Asked, ...], tuple[int, ...]]] = []
    asking: list[tuple[int, tuple[Asked, ...]]] = []
    for index in exchange.question_turns:
        turn = context.transcript.turns[index]
        asked = tuple(
            Asked(
                segment,
                index,
                _terms(context, segment.start, segment.end),
                _terms(context, segment.context_start, segment.start),
            )
            for segment in split_questions(text[turn.start : turn.end], turn.start)
        )
        if asked:
            asking.append((index, asked))
    for i, (index, asked) in enumerate(asking):
        until = asking[i + 1][0] if i + 1 < len(asking) else None
        turns = tuple(
            turn
            for turn in exchange.answer_turns
            if turn > index and (until is None or turn < until)
        )
        groups.append((asked, turns))
    return groups


def _terms(context: CallContext, start: int, end: int) -> frozenset[str]:
    words = content_words(tokenize(context.transcript.text[start:end]))
    return frozenset([*words, *entity_terms(context, start, end)])


def _add_answers(
    context: CallContext, exchange: Exchange, parts: Sequence[Part], answers: list[Answer]
) -> list[int]:
    numbers = []
    for part in parts:
        turn = context.transcript.turns[part.turn]
        numbers.append(len(answers))
        answers.append(
            Answer(
                index=len(answers),
                exchange=exchange.index,
                turn=part.turn,
                start=part.start,
                end=part.end,
                text=context.transcript.text[part.start : part.end],
                given_by=turn.speaker,
            )
        )
    return numbers


def _question(
    context: CallContext,
    exchange: Exchange,
    item: Asked,
    index: int,
    mine: Sequence[int],
    answers: Sequence[Answer],
    about: tuple[str, ...],
) -> Question:
    segment = item.segment
    return Question(
        index=index,
        exchange=exchange.index,
        turn=item.turn,
        start=segment.start,
        end=segment.end,
        text=context.transcript.text[segment.start : segment.end],
        asked_by=exchange.analyst,
        about=about,
        answers=tuple(mine),
        answered_by=tuple(dict.fromkeys(answers[n].given_by for n in mine)),
        response=Response.ANSWERED if mine else Response.NOT_ADDRESSED,
    )
