"""The people of a call while they are put together from lists, labels and announcements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.drafts import Draft, Span
from extractors.errors import LayoutError
from extractors.firms import same_firm
from extractors.model import ParticipantKind
from extractors.names import clean_name, fold, is_similar, same_first, same_person
from extractors.person_names import known_name
from extractors.roles import label_kinds

MOST = 250
"""So many people no call has; more are a sign of a text that is none."""
_MOST_FORMS = 3 * MOST
"""So many printed names, where all of them are slips and short forms of a few people's."""


@dataclass(slots=True)
class Person:
    """A participant under construction; spans of the text.

    ``sure`` tells whether the kind was printed (a list, a role) and not merely guessed.
    """

    name: str
    kind: ParticipantKind | None = None
    listed: bool = False
    spoke: bool = False
    sure: bool = False
    titles: list[Span] = field(default_factory=list)
    firms: list[Span] = field(default_factory=list)
    aliases: list[Span] = field(default_factory=list)
    number: int = 0


class Roster:
    """The people of a call in order of appearance.

    >>> roster = Roster("Ida Brandt")
    >>> roster.add("Ida Brandt", ParticipantKind.EXECUTIVE).name
    'Ida Brandt'
    >>> roster.find("Ida M. Brandt").name, roster.find("Lee Tran")
    ('Ida Brandt', None)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.people: list[Person] = []
        self._found: dict[str, Person] = {}
        self._sought: set[str] = set()
        self._forms: dict[int, tuple[int, set[str]]] = {}

    def find(self, name: str) -> Person | None:
        """Return the one person whose name fits, or None where none or several do."""
        folded = fold(clean_name(name))
        if folded in self._found:
            return self._found[folded]
        self._sought.add(folded)
        if len(self.people) > MOST or len(self._sought) > _MOST_FORMS:
            raise LayoutError(f"the text names more than {MOST} speakers; is it one call?")
        known = [p for p in self.people if not is_placeholder(p)]
        exact = [p for p in known if folded in self.forms(p)]
        fits = exact or [p for p in known if same_person(p.name, name)]
        fits = fits or [p for p in known if any(same_person(f, name) for f in self._others(p))]
        if len(fits) == 1:
            self._found[folded] = fits[0]
            return fits[0]
        return None

    def find_first(self, name: str, kind: ParticipantKind | None = None) -> Person | None:
        """Return the one person of a kind who goes by a first or last name, or None."""
        folded = fold(clean_name(name))
        people = [p for p in self.people if kind is None or p.kind is kind]
        for loose in (False, True):
            fits = [p for p in people if not is_placeholder(p) and _goes_by(p, self, folded, loose)]
            if len(fits) == 1:
                return fits[0]
            if fits:
                return None
        return None

    def forms(self, person: Person) -> set[str]:
        """Return the folded names that a person goes by."""
        count, forms = self._forms.get(id(person)) or (0, {fold(person.name)})
        if count < len(person.aliases) or not count:
            forms |= {fold(clean_name(self.text[slice(*span)])) for span in person.aliases[count:]}
            self._forms[id(person)] = len(person.aliases), forms
        return forms

    def _others(self, person: Person) -> Iterator[str]:
        own = fold(person.name)
        return (form for form in self.forms(person) if form != own)

    def add(self, name: str, kind: ParticipantKind | None = None) -> Person:
        """Return the person whose name fits, new where there is none."""
        return self.find(name) or self.join(name, kind)

    def join(self, name: str, kind: ParticipantKind | None = None) -> Person:
        """Add a person, whoever else has a name that fits."""
        person = Person(clean_name(name) or name, kind)
        self.people.append(person)
        self._found.clear()
        return person

    def place(self, name: str, kind: ParticipantKind) -> Person:
        """Add somebody who has no name, such as an unidentified analyst; never the same twice."""
        number = sum(p.kind is kind for p in self.people) + 1
        person = Person(name, kind, number=number, sure=True)
        self.people.append(person)
        return person

    def firm_fits(self, person: Person, firm: Span | None) -> bool | None:
        """Tell whether a firm is one of the person's; None where either is unknown."""
        if firm is None or not person.firms:
            return None
        said = self.text[slice(*firm)]
        return any(same_firm(self.text[slice(*own)], said) for own in person.firms)


def is_placeholder(person: Person) -> bool:
    """Tell whether a participant stands for somebody without a name."""
    return person.kind in (ParticipantKind.OPERATOR, ParticipantKind.UNIDENTIFIED)


def _goes_by(person: Person, roster: Roster, folded: str, loose: bool) -> bool:
    for form in roster.forms(person):
        words = form.split()
        if folded in words or (
            loose and words and any(len(w) > 1 and same_first(folded, w) for w in words[:2])
        ):
            return True
    return False


def _is_another(roster: Roster, person: Person, name: str, firm: Span | None) -> bool:
    """Tell whether a list means somebody else than a person whom it has under a name that fits.

    They have one last name, and another firm or first name: Chris and Christine.
    """
    one, other = fold(clean_name(name)), fold(person.name)
    if one == other or one.split()[-1] != other.split()[-1]:
        return False
    if roster.firm_fits(person, firm) is False:
        return True
    first, second = (fold(known_name(n)[0]).split()[0] for n in (name, person.name))
    return min(len(first), len(second)) > 1 and not is_similar(first, second, 0.8)


def listed_people(draft: Draft) -> Roster:
    """Begin a roster with the participant lists."""
    roster = Roster(draft.text)
    for entry in draft.listed:
        name = re.sub(r"\s+", " ", draft.text[slice(*entry.name)])
        if name.lower() in label_kinds():
            continue
        person = roster.find(name)
        if person is None or _is_another(roster, person, name, entry.firm):
            person = roster.join(name, entry.kind)
        person.kind = person.kind or entry.kind
        person.listed = person.sure = True
        person.aliases.append(entry.name)
        person.titles += [entry.title] if entry.title else []
        person.firms += [entry.firm] if entry.firm else []
    return roster
