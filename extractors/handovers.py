"""What a turn of the company does in an exchange: answer, hand the floor over, or be polite."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from extractors.names import fold
from extractors.speech import cue_pattern

_SENTENCE = re.compile(r"[^.?!…\n]+(?:\.(?=\S)[^.?!…\n]+)*[.?!…]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARK = re.compile(r"\[[^\]]*\]|\([A-Z][a-z]+ [A-Z][a-z]+\)")
_SHORT = 3
_QUESTIONS = re.compile(
    r"\b(?:questions?|first (?:one|part)|second (?:one|part)|third (?:one|part)|last (?:one|part)"
    r"|both|part of (?:that|it|the)|comments?|perspectives?|color)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i|i['’]ll|i['’]d|let me|we)\b[^.?!]{0,30}\b(?:start|begin|take|answer|kick|handle|tackle"
    r"|address|cover)\b",
    re.IGNORECASE,
)


class Act(StrEnum):
    """What a turn does in an exchange."""

    ANSWER = "answer"
    HANDOVER = "handover"
    COURTESY = "courtesy"


def judge_turn(text: str, others: Collection[str] = (), following: str | None = None) -> Act:
    """Say what a turn does: give content, hand over to a colleague, or neither.

    Args:
        text: the words of the turn.
        others: folded first and last names of the speaker's colleagues.
        following: folded name of who speaks next, where it is a colleague.

    >>> judge_turn("Absolutely. Ida, you go ahead.", {"ida"}).value
    'handover'
    >>> judge_turn("You're welcome. Thank you, Joon.").value
    'courtesy'
    >>> judge_turn("Sales grew by four percent in Europe. Ida?", {"ida"}).value
    'answer'
    """
    passes = False
    content = 0
    words_all = len(_WORD.findall(text))
    hands_on = bool(following and others and _names_one(text, following.split()))
    closing = cue_pattern("close").search(text)
    for sentence in _SENTENCE.findall(_MARK.sub(" ", text)):
        if closing and sentence in text[closing.end() :]:
            break
        named = _names_one(sentence, others)
        if cue_pattern("next").search(sentence) or cue_pattern("close").search(sentence):
            continue
        if named and _passes(sentence, hands_on):
            passes = True
            continue
        if cue_pattern("hand over").search(sentence) and not _plain_statement(sentence):
            passes = passes or named
            if named or len(_WORD.findall(sentence)) <= 18 and _calls_on(sentence):
                passes = True
                continue
        rest = cue_pattern("courtesy").sub(" ", sentence)
        left = [w for w in _WORD.findall(rest) if fold(w) not in others]
        if len(left) > _SHORT and not (hands_on and _QUESTIONS.search(sentence) and len(left) < 16):
            content += len(left)
    if content > (14 if hands_on and words_all < 70 else 4 if passes else 0):
        return Act.ANSWER
    if hands_on or passes:
        return Act.HANDOVER
    return Act.ANSWER if content else Act.COURTESY


def _names_one(text: str, names: Collection[str]) -> bool:
    return any(fold(word) in names for word in _WORD.findall(text) if word[:1].isupper())


def _passes(sentence: str, hands_on: bool) -> bool:
    """Tell whether a sentence that names a colleague gives them the floor."""
    words = len(_WORD.findall(sentence))
    if cue_pattern("hand over").search(sentence):
        return words <= 60
    return words <= 5 or hands_on and words <= 40 and "?" in sentence or hands_on and words <= 18


_STATES = re.compile(r"\b(?:because|since|which|therefore|percent|million|billion|we['’]re|we are)\b", re.I)


def _plain_statement(sentence: str) -> bool:
    return bool(_STATES.search(sentence)) and len(_WORD.findall(sentence)) > 12


_ON = re.compile(r"\b(?:you|over|back|him|her|them|team|it to|that to|both to)\b", re.IGNORECASE)


def _calls_on(sentence: str) -> bool:
    return bool(_ON.search(sentence)) and not _OWN.search(sentence)


def is_polite(text: str) -> bool:
    """Tell whether words hold nothing but thanks, assent or greetings.

    >>> is_polite("Great. Thank you."), is_polite("And what of the margin?")
    (True, False)
    """
    rest = cue_pattern("courtesy").sub(" ", _MARK.sub(" ", text))
    return len(_WORD.findall(rest)) <= _SHORT and "?" not in text
