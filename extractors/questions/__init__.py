"""Questions: split, topics, pairing with answers, judgement."""

from __future__ import annotations

from extractors.context import CallContext
from extractors.model import Answer, Exchange, Question, Response
from extractors.questions.segments import split_questions


def thread_questions(
    context: CallContext,
) -> tuple[tuple[Question, ...], tuple[Answer, ...], tuple[Exchange, ...]]:
    """Return the questions, their answers, and the exchanges with who answered."""
    transcript = context.transcript
    questions: list[Question] = []
    answers: list[Answer] = []
    for exchange in context.exchanges:
        given = []
        for index in exchange.answer_turns:
            turn = transcript.turns[index]
            text = transcript.text[turn.start : turn.end]
            answer = Answer(
                len(answers), exchange.index, index, turn.start, turn.end, text, turn.speaker
            )
            answers.append(answer)
            given.append(answer)
        for index in exchange.question_turns:
            turn = transcript.turns[index]
            for segment in split_questions(transcript.text[turn.start : turn.end], turn.start):
                replies = [answer for answer in given if answer.turn > index]
                about = dict.fromkeys(
                    m.entity for m in context.mentions_between(segment.start, segment.end)
                )
                questions.append(
                    Question(
                        index=len(questions),
                        exchange=exchange.index,
                        turn=index,
                        start=segment.start,
                        end=segment.end,
                        text=transcript.text[segment.start : segment.end],
                        asked_by=exchange.analyst,
                        about=tuple(about),
                        answers=tuple(answer.index for answer in replies),
                        answered_by=tuple(dict.fromkeys(a.given_by for a in replies)),
                        response=Response.ANSWERED if replies else Response.NOT_ADDRESSED,
                    )
                )
    return tuple(questions), tuple(answers), context.exchanges
