"""Speakers printed as numbers: named by what is said to them and by them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from extractors.drafts import Draft, DraftTurn, Note, Span
from extractors.introductions import Introduction, find_handovers, find_introductions
from extractors.model import ParticipantKind
from extractors.names import clean_name, fold
from extractors.roles import is_title
from extractors.speech import cue_pattern

_NUMBERED = re.compile(
    r"(?:(?:speaker|spk|participant|unidentified|s|sp)[ _-]?#?)?\d{1,4}|speaker[ _-]?[a-z]",
    re.IGNORECASE,
)


def is_anonymous(name: str) -> bool:
    """Tell whether a printed speaker is a number.

    >>> is_anonymous("spk03"), is_anonymous("Speaker 7"), is_anonymous("Ida Brandt")
    (True, True, False)
    """
    return _NUMBERED.fullmatch(name.strip()) is not None


def name_speakers(draft: Draft) -> Draft:
    """Name numbered speakers where the words around them say who they are.

    The operator opens the call or calls analysts; analysts are called by name before they speak;
    executives are given the floor by name. Others keep their number. A speaker who asks the
    operator for the next question is taken for the first who was given the floor, and noted.
    """
    if not draft.turns or sum(is_anonymous(t.name) for t in draft.turns) < 0.5 * len(draft.turns):
        return draft
    operator = _operator(draft)
    votes = _votes(draft, operator)
    names: dict[str, Span] = {}
    for who in dict.fromkeys(turn.name for turn in draft.turns):
        if who != operator and votes.get(who):
            names[who] = max(votes[who].items(), key=lambda item: (item[1], -item[0][0]))[0]
    full = _full_names(draft, names)
    unheard = _unheard(draft, operator) - set(names)
    notes = list(draft.notes)
    host = _host(draft, operator, names)
    turns = []
    for i, turn in enumerate(draft.turns):
        if turn.name == operator:
            turns.append(replace(turn, name="Operator", kind=ParticipantKind.OPERATOR, label=None))
        elif turn.name in full:
            turns.append(replace(turn, name=full[turn.name], label=None))
        elif turn.name in host and turn.label:
            owner = host[turn.name]
            notes.append(Note(i, "the speaker's number is another one before", turn.label))
            turns.append(replace(turn, name=full.get(owner, owner), label=None))
        elif turn.name in unheard:
            turns.append(replace(turn, name="Unidentified Analyst", label=None))
        elif is_anonymous(turn.name):
            turns.append(replace(turn, name=f"Speaker {re.sub(r'[^0-9]', '', turn.name)}"))
        else:
            turns.append(turn)
    return replace(draft, turns=tuple(turns), notes=tuple(notes))


_LONGEST = 1200
"""Code points of the longest turn in which an analyst is called: operators are brief."""


def _calls(draft: Draft, turn: DraftTurn) -> tuple[Introduction, ...]:
    if turn.end - turn.start > _LONGEST:
        return ()
    said = draft.text[turn.start : turn.end]
    if "question" not in said and "line" not in said and "next" not in said.lower():
        return ()
    return find_introductions(draft.text, turn.start, turn.end)


def _operator(draft: Draft) -> str | None:
    """Return who calls most analysts, or who says the words of an operator."""
    calls: Counter[str] = Counter()
    for turn in draft.turns:
        found = _calls(draft, turn)
        calls[turn.name] += len(found) + bool(
            cue_pattern("operator").search(draft.text, turn.start, turn.end)
        )
    if not calls or max(calls.values()) < 1:
        return None
    return max(calls.items(), key=lambda item: (item[1], item[0]))[0]


_THANKED = re.compile(
    r"\A(?:(?:Yes|Yeah|Great|Okay|Good|Perfect|All right)[,.]?\s+)?(?:Thanks?(?: you)?(?: so much"
    r"| very much| a lot)?),?\s+(?:Dr\.\s+)?(?P<name>[A-Z][\w'’-]+)(?=[,.?!]|\s+and\b)"
)
_VOCATIVE = re.compile(
    r"(?:[.?!,]\s+|\band\s+|\bthen\s+)(?P<name>[A-Z][\w'’-]+)(?=,|\s+can\b|\s+will\b|\?)"
)


def _votes(draft: Draft, operator: str | None) -> dict[str, Counter[Span]]:
    """Count by which names speakers are called, handed the floor or thanked."""
    votes: dict[str, Counter[Span]] = {}
    seen: dict[str, Span] = {}
    presented = _presented(draft)

    def vote(who: str, span: Span, weight: int) -> None:
        if who == operator:
            return
        key = fold(clean_name(draft.text[slice(*span)]))
        known = next((first for k, first in seen.items() if key in k.split()), None)
        votes.setdefault(who, Counter())[known or seen.setdefault(key, span)] += weight

    for i, turn in enumerate(draft.turns[:-1]):
        following = draft.turns[i + 1]
        if following.name == turn.name:
            continue
        called = _calls(draft, turn)
        if turn.name == operator and called:
            if name := called[-1].name:
                vote(following.name, name, 10)
            continue
        if i < 12:
            hands = find_handovers(draft.text, max(turn.start, turn.end - 500), turn.end)
            if hands:
                vote(following.name, hands[-1].name, 10)
        thanked = _THANKED.match(draft.text[following.start : following.start + 80])
        if thanked:
            start, end = thanked.span("name")
            vote(turn.name, (following.start + start, following.start + end), 2)
        spoken_to = _VOCATIVE.search(draft.text, max(turn.start, turn.end - 300), turn.end)
        if spoken_to and spoken_to["name"] in presented:
            vote(following.name, spoken_to.span("name"), 1)
    return votes


def _presented(draft: Draft) -> set[str]:
    """Return the first names of those whom the first turns present with a title."""
    found = set()
    for turn in draft.turns[:4]:
        for match in re.finditer(
            r"([A-Z][\w'’-]+)\s+[A-Z][\w'’-]+,\s+(?:our\s+)?([^,;.]{2,40})",
            draft.text[turn.start : turn.end],
        ):
            if is_title(match[2]):
                found.add(match[1])
    return found


def _full_names(draft: Draft, names: dict[str, Span]) -> dict[str, str]:
    """Lengthen first names by the full names that the first turns present."""
    presented = " ".join(draft.text[turn.start : turn.end][:3000] for turn in draft.turns[:4])
    full = {}
    for who, span in names.items():
        name = clean_name(draft.text[slice(*span)])
        if " " not in name:
            found = re.search(rf"\b{re.escape(name)}\s+(?!and\b)([A-Z][\w'’-]+)", presented)
            name = f"{name} {found[1]}" if found else name
        full[who] = name
    return full


def _unheard(draft: Draft, operator: str | None) -> set[str]:
    """Return who speaks after a call whose name was not understood."""
    found = set()
    for turn, following in pairwise(draft.turns):
        called = _calls(draft, turn)
        if turn.name == operator and called and called[-1].name is None:
            found.add(following.name)
    return found


def _host(draft: Draft, operator: str | None, names: dict[str, Span]) -> dict[str, str]:
    """Find unnamed numbers that moderate: the company's host under another number."""
    first = next((turn.name for turn in draft.turns if turn.name != operator), None)
    if first is None or first not in names:
        return {}
    asked = Counter(
        turn.name
        for turn in draft.turns
        if cue_pattern("to operator").search(draft.text, turn.start, turn.end)
    )
    return {
        who: first
        for who, count in asked.items()
        if count > 1 and who not in names and who != operator
    }
