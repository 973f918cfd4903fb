"""Status changes of programs, trials and facilities: holds, filings, designations, starts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractors.cue_patterns import CuePattern, CueTable
from extractors.facts._passages import Passage, is_unbroken, names_another
from extractors.model import EntityId, Fact, FactKind, ParticipantKind, Reference, Value
from extractors.periods import Period
from extractors.tables import load_table

_CORPORATE = frozenset({"transaction closed"})
"""Statuses of the company itself."""


@cache
def _cues() -> CueTable[str]:
    """Return the statuses with the words that tell them."""
    return CueTable(
        (CuePattern(row["pattern"]), row["status"]) for row in load_table("status_cues")
    )


_UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|should|if|once|when|whether|expect\w*|anticipat\w+|plan\w*"
    r"|intend\w*|aim\w*|hope\w*|potential\w*|until|upon|after|before|(?<!'ve )(?<!have )since"
    r"|unless|goal|target\w*"
    r"|look(?:ing)? forward|on track|going to|designed|planned|able|in order|seek\w*|towards?)\b"
    r"[^.;:]*$|(?<!pleased )(?<!proud )(?<!happy )(?<!excited )(?<!thrilled )(?<!glad )\bto\s+$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|never|n't|without|nor)\b[^,.;]{0,25}$", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:given|since|now that|because|noticed|saw|seen|congrat\w+)\b[^?]*$", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\b(?:all|both|each|these|several|multiple|many)\s+(?:of\s+)?(?:our\s+|the\s+|these\s+)?"
    r"(?:[\w-]+\s+){0,3}?(?:programs|trials|studies|facilities|sites|arms)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\W*(?:Both|These)\b")
_CAMPAIGN = re.compile(
    r"[^.;,]{0,40}\b(?:campaigns?|initiatives?|platforms?|partnerships?|websites?|services?"
    r"|efforts?)\b",
    re.IGNORECASE,
)
_FEWEST_SPACES = 3
"""A shorter sentence is a piece that a line break has cut off."""
_SITE = re.compile(
    r"\b(?:facilit(?:y|ies)|plants?|sites?|manufactur\w+|that's|center|laborator(?:y|ies))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:was|were|been|is|are|has|have)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:^|\b(?:it|this|that|which|we|they|program|trial|study|drug|product|candidate|hold|and|also"
    r"|enrollment"
    r"|application|filing|now|both|data|dosing)(?:\s+(?:has|have|now|also|recently))*\s*)$",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:trial|study|studies|program|cohorts?|arm|phase|enrolment|enrollment|sites?|dosing|first|expansion|part)\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|this)\b")
_FOR = re.compile(r"\bfor\s+(?:the\s+)?$", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:with|so|could|will|would|may|might|can|should|expect\w*)\b|;", re.IGNORECASE
)
"""What begins another thing than the change, so that a time behind it is not the change's."""
_COUNTED = re.compile(
    r"\d\s?(?:%|percent)\s+(?:approval|clearance|authori[sz]ation)\b", re.IGNORECASE
)
"""A slip of the tongue for an improvement, not a regulator's act."""
_NOMINAL = re.compile(r"\s*(?:the|an?|our)\s+(?:[\w-]+\s+)?[a-z]+(?:tion|ment)\s", re.IGNORECASE)
"""The clause of a change that is but named ("in May, the initiation of ...")."""
_OF_OTHERS = re.compile(r"\b(?!(?:this|is|was)\b)[\w-]+s\s+that\s+$")
_NOT_SO = re.compile(r"\b(?:not|n't|will|would|plan\w*|expect\w*|to be)\b")
_PATIENTS = re.compile(r"\bpatients?\b[^.;]{0,25}$", re.IGNORECASE)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find status changes that are told as done or under way; plans are guidance."""
    held: EntityId | None = None
    for passage in passages:
        for pattern, status in _cues().fitting(passage.text):
            match = pattern.pattern.search(passage.text)
            if match is None or passage.text.count(" ") < _FEWEST_SPACES:
                continue
            if not _told(passage, status, match):
                continue
            if status == "launched" and _is_campaign(passage.text, match):
                continue
            subject, confidence = _subject(passage, status, match)
            if "hold" in status or status == "resumed":
                named = any(m.entity == subject for m in passage.mentions)
                subject = subject if named or held is None else held
                held = subject or held
            if subject is not None:
                yield _fact(passage, status, match, subject, confidence)


def _is_campaign(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 20) : match.start()]
    return bool(_CAMPAIGN.match(text, match.end()) or _CAMPAIGN.match(before))


def _ends(status: str) -> bool:
    """Tell whether a status is told by denying: "will not be developed further"."""
    return status in ("discontinued", "primary endpoint not met")


def _told(passage: Passage, status: str, match: re.Match[str]) -> bool:
    """Tell whether the words say that it is so, rather than plan, deny or ask it."""
    text = passage.text
    before = text[max(0, match.start() - 80) : match.start()]
    clause = re.split(r"[,;]\s|\band (?=(?:we|I|it|they)\b)", before)[-1]
    if _UNREAL.search(clause) or _NEGATED.search(clause) or _COUNTED.search(f"{before}{match[0]}"):
        return False
    if _NOMINAL.match(f"{clause}{match[0]}") and _UNREAL.search(before):
        return False
    if _OF_OTHERS.search(before):
        return False
    if not _ends(status) and _NOT_SO.search(match[0]):
        return False
    if status == "discontinued" and _PATIENTS.search(before):
        return False
    if passage.kind is ParticipantKind.ANALYST or text.rstrip().endswith("?"):
        return bool(_GIVEN.search(before)) and status in ("hold lifted", "hold placed", "approved")
    return True


def _subject(passage: Passage, status: str, match: re.Match[str]) -> tuple[EntityId | None, float]:
    """Return whose status it is and how sure: named before, inside or after, else the topic."""
    if status in _CORPORATE:
        return passage.context.transcript.call.issuer, 0.75
    text = passage.text
    position = passage.start + match.start()
    end = passage.start + match.end()
    named = passage.subjects()
    inside = [
        m for m in named
        if position <= m.start < end + 60
        and ". " not in text[match.end() : max(match.end(), m.start - passage.start)]
    ]  # fmt: skip
    before = [m for m in named if m.end <= position]
    if _SEVERAL.search(text, 0, match.end()) and not before:
        both = passage.continued_topic if _BOTH.match(text) else None
        return both or passage.context.transcript.call.issuer, 0.75
    if before and position - before[-1].end <= 60:
        return before[-1].entity, 0.9
    if inside:
        return inside[0].entity, 0.9
    if before and not is_unbroken(text):
        return before[-1].entity, 0.85
    if named:
        return named[0].entity, 0.75
    if status == "operational":
        site = _SITE.search(text)
        return (passage.context.transcript.call.issuer if site else None), 0.75
    if status in ("advancing", "launched", "operational"):
        return None, 0.0
    if status in ("enrolling", "dosing") and passage.age > 1 and not _STUDY.search(text):
        return None, 0.0
    pronoun = _PRONOUN.search(text[: match.start()]) or _IT.search(match[0])
    if _PASSIVE.match(match[0]) and not pronoun:
        return None, 0.0
    held = "hold" in status or status == "resumed"
    if is_unbroken(text) or (not held and names_another(text)):
        return None, 0.0
    return passage.continued_topic, 0.75


def _fact(
    passage: Passage, status: str, match: re.Match[str], subject: EntityId, confidence: float
) -> Fact:
    properties: list[tuple[str, Value | Reference]] = [("status", status)]
    when = _when(passage, match)
    if when is not None:
        properties.append(("when", when.text))
        if when.not_before:
            properties.append(("notBefore", when.not_before))
        if when.not_after:
            properties.append(("notAfter", when.not_after))
    end = max(match.end(), when.end if when and when.start >= match.start() else 0)
    return Fact(
        FactKind.STATUS_CHANGE,
        subject,
        tuple(properties),
        passage.evidence(match.start(), end),
        rule=f"status.{status.replace(' ', '-')}",
        confidence=confidence,
    )


def _when(passage: Passage, match: re.Match[str]) -> Period | None:
    """Return the time of the change: the nearest one after it, else before it, never a future."""
    today, text = passage.calendar.today, passage.text
    times = [
        p
        for p in passage.periods(future=False)
        if p.unit != "open"
        and not (today and p.not_before and p.not_before > today)
        and not (today and p.not_before == today and p.not_after != today)
        and not _FOR.search(text, max(0, p.start - 8), p.start + 4)
    ]
    inside = [p for p in times if match.start() <= p.start < match.end()]
    after = [
        p for p in times
        if match.end() <= p.start <= match.end() + 50
        and not _ELSE.search(passage.text, match.end(), p.start)
    ] or inside  # fmt: skip
    before = [
        p for p in times
        if p.end <= match.start() and not re.search(r"[,;]", passage.text[p.end : match.start()])
    ]  # fmt: skip
    return after[0] if after else before[-1] if before else None
