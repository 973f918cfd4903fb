"""What a turn of the company does in an exchange: answer, hand the floor over, or be polite."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from extractors.names import fold
from extractors.speech import has_cue, without_cues

_SENTENCE = re.compile(r"[^.?!…\n]+(?:\.(?=\S|\s+[a-z])[^.?!…\n]+)*[.?!…]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARK = re.compile(r"\[[^\]]*\]|\([A-Z][a-z]+ [A-Z][a-z]+\)")
_QUESTIONS = re.compile(
    r"\b(?:questions?|(?:first|second|third|last|next) (?:one|part)|both|parts?|comments?"
    r"|perspectives?|color|one on)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:because|since|which|therefore|percent|million|billion|we['’]re|we are"
    r"|we have|as a reminder)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i|i['’]ll|i['’]d|let me|we)\b[^.?!]{0,30}\b(?:start|begin|take|answer|kick|handle|tackle"
    r"|address|cover)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:ask|have|let|want|like)\s+(?:you|him|her|them)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|over|back|him|her|them|team|it to|that to|both to)\b", re.IGNORECASE)

_CITES = re.compile(
    r"\b(?:as|like|what|echo|to|with|and)\s+(?:Dr\.\s+)?[A-Z][\w'’-]+(?:\s+(?:and\s+)?[A-Z][\w'’-]+)?"
    r"\s+(?:just\s+|also\s+|already\s+|has\s+)?(?:said|mentioned|noted|pointed|highlighted|described"
    r"|stated|alluded|talked|shared|outlined|explained|covered|discussed|indicated)\b",
    re.IGNORECASE,
)
_LONG = 140
"""A turn of more words gives content, whatever else it does."""
_LEAST = 4
"""So many words besides thanks, names and hand-overs make an answer."""
_LEAST_PASSING = 8
"""So many where the floor goes on to a colleague: fewer only restate the question."""
_SHORT_ANSWER = re.compile(r"\d|\b(?:yes|no|correct|right|exactly|absolutely|definitely)\b", re.I)


class Act(StrEnum):
    """What a turn does in an exchange."""

    ANSWER = "answer"
    HANDOVER = "handover"
    COURTESY = "courtesy"


def judge_turn(
    text: str,
    colleagues: Collection[str] = (),
    following: Collection[str] = (),
    names: Collection[str] = (),
    *,
    asked: bool = False,
) -> Act:
    """Say what a turn does: give content, hand over to a colleague, or neither.

    Args:
        text: the words of the turn.
        colleagues: folded names, also short forms, of the speaker's colleagues.
        following: those of the colleague who speaks next, if one does.
        names: folded names of everybody in the call.
        asked: whether the turn stands right behind a question, so that few words answer it.

    >>> judge_turn("Absolutely. Ida, you go ahead.", {"ida"}).value
    'handover'
    >>> judge_turn("You're welcome.").value
    'courtesy'
    >>> judge_turn("Sales grew by four percent in Europe. Ida?", {"ida"}).value
    'answer'
    >>> judge_turn("No.", asked=True).value
    'answer'
    """
    if text.count(" ") > _LONG:
        return Act.ANSWER
    hands_on = bool(following) and _names_one(text, following)
    content, passes, moderates = _weigh(text, colleagues, names or colleagues, hands_on)
    if asked and not (hands_on or passes or moderates):
        brief = _SHORT_ANSWER.search(text) and (not following or len(text.split()) > 1)
        return Act.ANSWER if content or brief else Act.COURTESY
    least = _LEAST_PASSING if hands_on and not _OWN.search(text) else _LEAST
    if content > least or (content == _LEAST and not (hands_on or passes or moderates)):
        return Act.ANSWER
    return Act.HANDOVER if hands_on or passes else Act.COURTESY


def _weigh(
    text: str, colleagues: Collection[str], names: Collection[str], hands_on: bool
) -> tuple[int, bool, bool]:
    """Count the words of content, and tell whether the turn passes the floor and moderates.

    Words behind those that are enough for an answer are not counted.
    """
    passes = moderates = False
    content = 0
    for match in _SENTENCE.finditer(_MARK.sub(" ", text)):
        if content > _LEAST_PASSING:
            break
        sentence = match[0]
        lowered = sentence.lower()
        if has_cue("close", lowered):
            return content, passes, True
        if has_cue("next", lowered) or has_cue("line", lowered):
            moderates = True
            continue
        named = _names_one(sentence, colleagues) and _names_one(
            _CITES.sub(" ", sentence), colleagues
        )
        if _passes(sentence, named, hands_on):
            passes = True
            continue
        left = _left(sentence, names)
        if not _is_about_questions(sentence, left, hands_on or passes or moderates):
            content += left
    return content, passes, moderates


def _names_one(text: str, names: Collection[str]) -> bool:
    return any(fold(word) in names for word in _WORD.findall(text) if word[:1].isupper())


def _passes(sentence: str, named: bool, hands_on: bool) -> bool:
    """Tell whether a sentence gives somebody the floor.

    >>> _passes("Maybe, Ida, you can talk to that.", True, True)
    True
    >>> _passes("Sales grew.", False, True)
    False
    """
    words = len(_WORD.findall(sentence))
    lowered = sentence.lower()
    cue = has_cue("hand over", lowered)
    if named:
        if cue or has_cue("asks to say", lowered):
            return words <= 60
        if words <= 5:
            return True
        return hands_on and words <= 30 and not _STATES.search(sentence)
    if not cue or (_OWN.search(sentence) and not _ASKS.search(sentence)):
        return False
    if sentence.rstrip().endswith("?"):
        return words <= 35
    return words <= 18 and bool(_YOU.search(sentence)) and not _STATES.search(sentence)


def _left(sentence: str, names: Collection[str]) -> int:
    """Count the words besides courtesy and names; thanks with a few words more count nothing."""
    lowered = sentence.lower()
    words = _WORD.findall(without_cues("courtesy", lowered))
    left = sum(1 for word in words if fold(word) not in names)
    if "thank" in lowered and left <= 8:
        return 0
    return left


def _is_about_questions(sentence: str, left: int, moderates: bool) -> bool:
    """Tell whether a sentence only speaks of the questions, as one who passes them on does."""
    if has_cue("praise", sentence.lower()) and left <= 24:
        return True
    if not moderates:
        return False
    if sentence.rstrip().endswith("?"):
        return left <= 24
    return bool(_QUESTIONS.search(sentence)) and left <= 16


def is_polite(text: str) -> bool:
    """Tell whether words hold nothing but thanks, assent or greetings.

    >>> is_polite("Great. Thank you."), is_polite("And what of the margin?")
    (True, False)
    """
    if "?" in text or text.count(" ") > 30:
        return False
    rest = without_cues("courtesy", _MARK.sub(" ", text).lower())
    return len(_WORD.findall(rest)) <= 3
