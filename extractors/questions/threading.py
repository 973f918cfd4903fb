"""Thread the questions of a call with their answers: split, topics, pairing, judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.model import Answer, EntityId, Exchange, Question
from extractors.periods import Calendar
from extractors.questions.handover import Hint, find_hints, names_of_executives
from extractors.questions.judgement import Judgement, Sentence, judge
from extractors.questions.lines import Line, read_lines
from extractors.questions.lookup import Lookup
from extractors.questions.pairing import Asked, Part, numbers, pair
from extractors.questions.segments import split_questions
from extractors.questions.speech import Speech
from extractors.questions.terms import Rarity, echo, overlap
from extractors.questions.themes import themes_of
from extractors.questions.topics import Scope, find_topics

if TYPE_CHECKING:
    from extractors.context import CallContext


_REMARK = 24
"""Words that may stand beside a hand-over without being an answer."""
_Group = tuple[tuple[Asked, ...], tuple[int, ...]]
"""The questions of a turn and the turns that answer them."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read once for the whole call."""

    context: CallContext
    speech: Speech
    names: Mapping[str, EntityId]
    lines: Mapping[int, tuple[Line, ...]]
    rarity: Rarity
    lookup: Lookup
    calendar: Calendar

    @classmethod
    def of(cls, context: CallContext) -> _Reading:
        """Read every answer turn of the call."""
        turns, text, speech = context.transcript.turns, context.transcript.text, Speech(context)
        names = names_of_executives(context.transcript)
        answers = {turn for item in context.exchanges for turn in item.answer_turns}
        moderation = {turn for item in context.exchanges for turn in item.handover_turns}
        lines = {
            index: read_lines(text, speech, turns[index], names)
            for index in sorted(answers | moderation)
        }
        rarity = Rarity([line.terms for turn in sorted(answers) for line in lines[turn]])
        calendar = Calendar.of_call(context.transcript.call)
        return cls(context, speech, names, lines, rarity, Lookup(context, speech), calendar)


def thread_questions(
    context: CallContext,
) -> tuple[tuple[Question, ...], tuple[Answer, ...], tuple[Exchange, ...]]:
    """Return the questions, their answers, and the exchanges with who answered."""
    reading = _Reading.of(context)
    questions: list[Question] = []
    answers: list[Answer] = []
    exchanges = []
    for given in context.exchanges:
        exchange = _with_answers(reading, given)
        groups = _groups(reading, exchange)
        scopes = [_scope(item) for asked, _ in groups for item in asked]
        topics = find_topics(context, reading.lookup, scopes)
        hints = _hints(reading, exchange, groups)
        for asked, turns in groups:
            lines = [line for turn in turns for line in reading.lines[turn]]
            parts = pair(asked, lines, reading.rarity, hints)
            numbers = _add_answers(context, exchange, parts, answers)
            for place, item in enumerate(asked):
                mine = [
                    n for n, part in zip(numbers, parts, strict=True) if place in part.questions
                ]
                question = _question(context, exchange, item, mine, answers)
                judged = _judge(reading, asked, place, parts)
                about = topics[len(questions) - _before(questions, exchange)]
                themes = _themes(reading.speech, item, questions)
                questions.append(
                    _complete(context, question, len(questions), about, themes, judged)
                )
        exchanges.append(_credit(reading, exchange))
    return tuple(questions), tuple(answers), tuple(exchanges)


def _with_answers(reading: _Reading, exchange: Exchange) -> Exchange:
    """Count a hand-over as an answer too where it says much besides."""
    last = max(exchange.answer_turns, default=-1)
    more = [
        turn
        for turn in exchange.handover_turns
        if turn < last
        and sum(len(line.tokens) for line in reading.lines[turn] if not line.routes) > _REMARK
    ]
    if not more:
        return exchange
    speakers = [reading.context.transcript.turns[turn].speaker for turn in more]
    return replace(
        exchange,
        answer_turns=tuple(sorted({*exchange.answer_turns, *more})),
        handover_turns=tuple(t for t in exchange.handover_turns if t not in more),
        answered_by=tuple(dict.fromkeys([*exchange.answered_by, *speakers])),
    )


def _hints(
    reading: _Reading, exchange: Exchange, groups: Sequence[_Group]
) -> Mapping[int, Sequence[Hint]]:
    """Return who was asked to answer what, where there is more than one question to choose."""
    if all(len(asked) < 2 for asked, _ in groups):
        return {}
    transcript = reading.context.transcript
    return find_hints(transcript, reading.speech, exchange, reading.lines, reading.names)


def _before(questions: Sequence[Question], exchange: Exchange) -> int:
    """Return how many questions stand before those of an exchange."""
    return sum(question.exchange != exchange.index for question in questions)


def _scope(item: Asked) -> Scope:
    segment = item.segment
    return Scope(segment.context_start, segment.start, segment.end, segment.block, item.turn)


def _groups(reading: _Reading, exchange: Exchange) -> list[_Group]:
    """Return the questions of each question turn with the turns that answer them."""
    transcript, terms = reading.context.transcript, reading.speech.terms
    asking: list[tuple[int, tuple[Asked, ...]]] = []
    for insist in (False, True):
        for index in exchange.question_turns:
            turn = transcript.turns[index]
            words = transcript.text[turn.start : turn.end]
            asked = tuple(
                Asked(
                    segment,
                    index,
                    terms(segment.start, segment.end),
                    terms(segment.context_start, segment.start),
                )
                for segment in split_questions(words, turn.start, insist=insist)
            )
            if asked:
                asking.append((index, asked))
        if asking:
            break
    if not asking:
        return []
    ends = [index for index, _ in asking[1:]] + [len(transcript.turns)]
    return [
        (asked, tuple(turn for turn in exchange.answer_turns if index < turn < end))
        for (index, asked), end in zip(asking, ends, strict=True)
    ]


def _add_answers(
    context: CallContext, exchange: Exchange, parts: Sequence[Part], answers: list[Answer]
) -> list[int]:
    """Append an answer for each part and return their indices."""
    numbers = []
    for part in parts:
        text = context.transcript.text[part.start : part.end]
        speaker = context.transcript.turns[part.turn].speaker
        numbers.append(len(answers))
        answers.append(
            Answer(len(answers), exchange.index, part.turn, part.start, part.end, text, speaker)
        )
    return numbers


def _question(
    context: CallContext,
    exchange: Exchange,
    item: Asked,
    mine: Sequence[int],
    answers: Sequence[Answer],
) -> Question:
    segment = item.segment
    return Question(
        index=-1,
        exchange=exchange.index,
        turn=item.turn,
        start=segment.start,
        end=segment.end,
        text=context.transcript.text[segment.start : segment.end],
        asked_by=context.transcript.turns[item.turn].speaker,
        answers=tuple(mine),
        answered_by=tuple(dict.fromkeys(answers[n].given_by for n in mine)),
    )


def _judge(
    reading: _Reading, asked: Sequence[Asked], place: int, parts: Sequence[Part]
) -> Judgement:
    item = asked[place]
    mine = [part for part in parts if place in part.questions]
    sentences: list[Sentence] = []
    for part in mine:
        own = part.questions == (place,)
        shared = not own and not numbers(asked, part, place)
        for line in part.lines:
            nearer = shared and _is_nearer(reading, asked, place, part, line)
            sentences.append(Sentence(line, own, nearer))
    said = frozenset[str]().union(*[sentence.line.terms for sentence in sentences])
    return judge(
        reading.speech.tokens(item.segment.start, item.segment.end),
        sentences,
        echo(item.terms, said, reading.rarity),
        item.segment.follows
        or any(part.leads == place or numbers(asked, part, place) for part in mine),
        reading.calendar,
    )


def _is_nearer(
    reading: _Reading, asked: Sequence[Asked], place: int, part: Part, line: Line
) -> bool:
    """Return whether a sentence echoes another question of its part more than this one."""
    here = overlap(line.terms, asked[place].terms, reading.rarity)
    return any(
        overlap(line.terms, asked[other].terms, reading.rarity) > here + 0.5
        for other in part.questions
        if other != place
    )


def _themes(speech: Speech, item: Asked, before: Sequence[Question]) -> tuple[str, ...]:
    """Return the themes of a question's words, else of its preamble, else of the one before."""
    segment = item.segment
    found = themes_of(speech.tokens(segment.start, segment.end))
    found = found or themes_of(speech.tokens(segment.context_start, segment.start))
    last = before[-1] if before and before[-1].turn == item.turn else None
    return found or (last.themes if last is not None else ())


def _complete(
    context: CallContext,
    question: Question,
    index: int,
    about: tuple[EntityId, ...],
    themes: tuple[str, ...],
    judged: Judgement,
) -> Question:
    """Add what is known of a question besides its words and answers."""
    return replace(
        question,
        index=index,
        about=about,
        themes=themes,
        response=judged.response,
        response_cues=tuple(context.transcript.evidence(*cue) for cue in judged.cues),
        response_confidence=judged.confidence,
        promised=judged.promised,
    )


def _credit(reading: _Reading, exchange: Exchange) -> Exchange:
    """Leave out of ``answered_by`` those whose turns do little but pass the question on."""
    turns = reading.context.transcript.turns
    telling = {
        turns[index].speaker for index in exchange.answer_turns if _tells(reading.lines[index])
    }
    kept = tuple(person for person in exchange.answered_by if person in telling)
    return replace(exchange, answered_by=kept or exchange.answered_by)


def _tells(lines: Sequence[Line]) -> bool:
    """Return whether a turn says more than who is to answer: at length, or about some thing."""
    telling = [line for line in lines if not line.routes]
    words = sum(len(line.tokens) for line in telling)
    things = any("/" in term for line in telling for term in line.terms)
    passes = any(line.passes for line in lines)
    return words > _REMARK or (words > 0 and (things or not passes))
