"""Operators under another label: a moderator, a number or a first name that runs the call."""

from __future__ import annotations

from dataclasses import replace

from extractors.anonymous import is_anonymous
from extractors.drafts import Draft, DraftTurn
from extractors.introductions import find_introductions
from extractors.model import ParticipantKind
from extractors.names import clean_name
from extractors.roles import label_kinds
from extractors.speech import cue_pattern

_LONGEST = 1500
"""Code points of the longest turn in which an analyst is called: operators are brief."""
_FEW = 3
"""Pieces of an operator's opening words."""
_HOSTS = frozenset({"moderator", "host", "facilitator"})


def name_operator(draft: Draft) -> Draft:
    r"""Name the operator, where the words of one show them behind another label.

    A moderator, a numbered speaker or a bare first name is the operator who calls analysts again
    and again, or who says what only an operator says and calls one; a full name only where its
    bearer says to be the operator.

    >>> said = "Moderator: Press star one. A question from Lee Tran with Pine.\nLee Tran: Why?"
    >>> turns = DraftTurn("Moderator", 11, 62), DraftTurn("Lee Tran", 73, 77)
    >>> [turn.name for turn in name_operator(Draft(said, turns)).turns]
    ['Operator', 'Lee Tran']
    >>> name_operator(Draft("Good day.", (DraftTurn("Host", 0, 9),))).turns[0].name
    'Host'
    """
    known = {clean_name(draft.text[slice(*entry.name)]).lower() for entry in draft.listed}
    found = set()
    spoken: dict[str, list[DraftTurn]] = {}
    for turn in draft.turns:
        spoken.setdefault(turn.name, []).append(turn)
    for name, own in spoken.items():
        if clean_name(name).lower() not in known and _operates(draft, name, own):
            found.add(name)
    if not found:
        return draft
    turns = tuple(
        replace(turn, name="Operator", kind=ParticipantKind.OPERATOR)
        if turn.name in found
        else turn
        for turn in draft.turns
    )
    return replace(draft, turns=turns)


def _operates(draft: Draft, name: str, turns: list[DraftTurn]) -> bool:
    kind = label_kinds().get(name.lower())
    if kind is ParticipantKind.OPERATOR or any(turn.title or turn.firm for turn in turns):
        return False
    bare = name.lower() in _HOSTS or is_anonymous(name) or " " not in clean_name(name)
    if not bare:
        own = cue_pattern("is operator")
        return kind is None and any(own.search(draft.text, t.start, t.end) for t in turns[:2])
    calls = cues = 0
    for turn in turns:
        if turn.end - turn.start > _LONGEST:
            continue
        calls += bool(find_introductions(draft.text, turn.start, turn.end))
        cues += bool(cue_pattern("operator").search(draft.text, turn.start, turn.end))
    opens = draft.turns[0] in turns and len(turns) <= _FEW
    return (
        calls > 2 or (calls > 0 and cues > 0) or (opens and cues > 0 and bool(is_anonymous(name)))
    )
