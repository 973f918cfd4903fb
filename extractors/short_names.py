"""Short names that only colleagues use: ``Mike`` for somebody printed under another first name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.drafts import Draft, Span
from extractors.model import ParticipantKind
from extractors.names import first_name_forms, fold
from extractors.roster import Person, Roster

_NAME = re.compile(r"[A-Z][a-z]{2,}(?:\s*-\s*[A-Z][a-z]+)?(?=[,.?!]|\s*\Z)")
_CALLS = re.compile(r"(?:\b(?:to|you|Dr\.|maybe|maybe,|and|or)|[,.?!])\s+\Z")
"""What stands before the name of somebody who is spoken to."""
_THANKED = re.compile(
    r"\A(?:(?:Yes|Great|Okay|Good|All right)[,.]\s+)?(?:Thanks?(?: you)?(?: so much| very much"
    r"| a lot)?),?\s+"
    r"(?P<name>[A-Z][a-z]{2,})(?=[,.?!]|\s+and\b)"
)
_LEAST = 2
_REACH = 200


def learn_short_names(roster: Roster, draft: Draft, speakers: Sequence[Person]) -> None:
    """Note names that an executive is twice called by, where nobody in the call is printed so.

    Called are: the next speaker at the end of a turn, and the last speaker at the start of one.
    """
    known = _known_words(roster, ParticipantKind.EXECUTIVE)
    askers = _known_words(roster, ParticipantKind.ANALYST)
    votes: dict[str, Counter[int]] = {}
    spans: dict[tuple[str, int], list[Span]] = {}
    people = {id(person): person for person in roster.people}

    def may_be_called(other: int, turn: int) -> bool:
        executive = speakers[other].kind is ParticipantKind.EXECUTIVE
        return executive and speakers[other] is not speakers[turn]

    def vote(span: Span, person: Person) -> None:
        word = fold(draft.text[slice(*span)])
        if word in known:
            return
        votes.setdefault(word, Counter())[id(person)] += 1
        spans.setdefault((word, id(person)), []).append(span)

    for i, turn in enumerate(draft.turns):
        if i + 1 < len(draft.turns) and may_be_called(i + 1, i):
            start = max(turn.start, turn.end - _REACH)
            names = {fold(draft.text[slice(*s)]): s for s in _called(draft.text, start, turn.end)}
            for span in names.values():
                vote(span, speakers[i + 1])
        if i and may_be_called(i - 1, i):
            thanked = _THANKED.match(draft.text[turn.start : turn.start + 80])
            if thanked:
                start, end = thanked.span("name")
                vote((turn.start + start, turn.start + end), speakers[i - 1])
    for word in sorted(votes):
        who, count = max(votes[word].items(), key=lambda item: item[1])
        least = _LEAST + 1 if word in askers else _LEAST
        if count >= least and count >= 0.6 * sum(votes[word].values()):
            people[who].aliases += spans[word, who][:3]


def _called(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where somebody is called by a first name between two code points."""
    for found in _NAME.finditer(text, start, end):
        place = found.start()
        if not place or _CALLS.search(text, max(start, place - 20), place):
            yield found.span()


def _known_words(roster: Roster, kind: ParticipantKind) -> set[str]:
    """Return the words by which somebody of a kind may be called already."""
    found = {"operator", "everyone", "everybody", "all", "guys", "team", "please", "thanks", "yes"}
    for person in (p for p in roster.people if p.kind is kind):
        for form in roster.forms(person):
            for word in form.split():
                found |= first_name_forms(word)
    return found
