"""Titles of executives in running text: hand-overs and introductions by name."""

from __future__ import annotations

import re

from extractors.drafts import Draft, Span
from extractors.introductions import DEGREES, find_handovers
from extractors.model import ParticipantKind
from extractors.names import clean_name, fold
from extractors.openings import Phrases, find_phrases, group_phrases
from extractors.roles import is_title
from extractors.roster import Person, Roster

_REACH = 6
_TAIL = 500
_AFTER = re.compile(
    DEGREES + r",?\s+(?:(?i:our|the|its|who is our|who is the|who serves as|your)\s+)?"
    r"(?P<title>[^.;:?!\n()\[\]]{2,120})"
)
_BEFORE = re.compile(r"(?:\s+\.(?:rD|rM|sM))?(?P<title>(?:\s+,?[\w&'’-]+){1,10})")
"""The words before a name, read backwards from it: up to ten, with no sign between but commas."""
_END = re.compile(
    r"\s*(?:,\s*|\s+)(?:who|as well|will|for|please|to|has|is|are|was|joins?|from|about|over"
    r"|and then"
    r"|i['’]d|i|we|you|he|she|then|also|now|it|that|this|so|but|on the|in the|with (?:me|us))\b.*\Z"
    r"|,?\s+and\s+(?:our|the|we|i|also|finally|with|dr|mr|ms)\b.*\Z",
    re.DOTALL | re.IGNORECASE,
)
_NAMED = re.compile(
    r",?\s+(?:and\s+)?(?:Dr\.\s+)?[A-Z][\w'’-]+(?:\s+[A-Z]\.)?\s+[A-Z][\w'’-]+\s*,.*\Z", re.DOTALL
)


def find_titles(roster: Roster, draft: Draft) -> None:
    """Note the titles by which the first speakers present the executives and guests.

    Only the first turns are read: there the company is presented.
    """
    people = [
        p for p in roster.people if p.kind in (ParticipantKind.EXECUTIVE, ParticipantKind.GUEST)
    ]
    forms = {fold(form): person for person in people for form in _printed(roster, person)}
    if not forms:
        return
    names = group_phrases(sorted({form for p in people for form in _printed(roster, p)}))
    for number, turn in enumerate(draft.turns[:40]):
        for found in find_handovers(draft.text, max(turn.start, turn.end - _TAIL), turn.end):
            person = forms.get(fold(clean_name(draft.text[slice(*found.name)])))
            if person and found.title and (span := _cut(draft.text, found.title, names)):
                _add(roster, person.titles, span)
        if number >= _REACH:
            continue
        for name in find_phrases(names, draft.text, turn.start, turn.end):
            person = forms.get(fold(clean_name(draft.text[slice(*name)])))
            if person:
                for span in _beside(draft.text, name, turn.start, turn.end, names):
                    _add(roster, person.titles, span)


def _printed(roster: Roster, person: Person) -> list[str]:
    forms = [person.name, *(clean_name(roster.text[slice(*span)]) for span in person.aliases)]
    short = [f"{words[0]} {words[-1]}" for form in forms if len(words := form.split()) > 2]
    return [form for form in dict.fromkeys((*forms, *short)) if " " in form]


def _beside(text: str, name: Span, start: int, end: int, names: Phrases) -> list[Span]:
    found = []
    after = _AFTER.match(text, name[1], end)
    if after and text[name[1]] == "," and (span := _cut(text, after.span("title"), names)):
        found.append(span)
    before = _BEFORE.match(text[max(start, name[0] - 90) : name[0]][::-1])
    if before:
        first = name[0] - before.end()
        said = before["title"][::-1].rstrip(", ")
        if "--" in text[first : name[0]]:
            return found
        inside = find_phrases(names, text, first, first + len(said))
        past = max((stop - first for _, stop in inside), default=0)
        words = [m for m in re.finditer(r"\S+", said) if m.start() >= past]
        for i, word in enumerate(words):
            rest = said[word.start() :]
            if not is_title(word[0]):
                continue
            begin = first + word.start()
            if _follows_name(text, begin, names):
                break
            if rest[0].isupper() or i == 0 or words[i - 1][0].lower() in ("our", "the"):
                if len(rest.split()) <= 7 and "," not in rest[:-1].replace(", ", " ,", 1):
                    found.append((begin, begin + len(rest)))
                break
    return found


def _follows_name(text: str, start: int, names: Phrases) -> bool:
    """Tell whether words stand behind a name and a comma, and so belong to that name."""
    first = max(0, start - 60)
    before = text[first:start].rstrip()
    if not before.endswith(","):
        return False
    comma = first + len(before) - 1
    return any(stop == comma for _, stop in find_phrases(names, text, first, comma + 1))


def _cut(text: str, span: Span, names: Phrases) -> Span | None:
    """Cut what follows a name to the title in it: no further name, verb or next clause."""
    named = next(find_phrases(names, text, *span), None)
    said = text[span[0] : named[0] if named else span[1]]
    if (other := _NAMED.search(said)) and not is_title(other[0].split(",")[0]):
        said = said[: other.start()]
    if end := _END.search(said):
        said = said[: end.start()]
    said = re.sub(r"(?:,?\s+(?:and|Dr\.|Mr\.|Ms\.|our|the))+\s*\Z", "", said).rstrip(" ,;-&")
    first = said.split(" ")[0].strip(",")
    if not said or len(said) > 110 or " -- " in said or not is_title(said[:45]):
        return None
    if not first[:1].isupper() and not is_title(" ".join(said.split()[:2])):
        return None
    return span[0], span[0] + len(said)


def _add(roster: Roster, titles: list[Span], span: Span) -> None:
    said = roster.text[slice(*span)].casefold()
    if said not in {roster.text[slice(*old)].casefold() for old in titles}:
        titles.append(span)
