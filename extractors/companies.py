"""Which company a call is of, where no heading says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extractors.drafts import Draft
from extractors.firms import short_name
from extractors.headings import parse_period
from extractors.model import ParticipantKind

_WELCOME = re.compile(
    r"\b(?i:welcome(?: everyone| all| you)*(?: back)? to|join(?:ing|ed)? (?:us )?(?:for|on)"
    r"|listening to)"
    r"\s+(?:(?i:the|our|today['’]s|this)\s+)*"
    r"(?P<company>(?:[A-Z][\w&.-]*|of|and|de|&)(?:\s+(?:[A-Z][\w&.-]*|of|and|de|&)){0,5}?)(?:['’]s?)?,?"
    r"\s+(?:[Cc]orporate |[Ii]ncorporated |[Ee]arnings |Incorporated,? )?"
    r"(?i:first|second|third|fourth|full|fiscal|year|q[1-4]\b|[1-4]q|20\d\d|earnings|conference|quarterly"
    r"|results|interim|business|financial)"
)


def complete_heading(draft: Draft) -> Draft:
    """Fill in company and period from the executives' firm and the first words, if they lack.

    >>> from extractors.drafts import DraftTurn
    >>> said = "Welcome to the Lumora Third Quarter 2031 earnings call."
    >>> draft = complete_heading(Draft(said, (DraftTurn("Operator", 0, len(said)),)))
    >>> draft.heading.company, draft.heading.fiscal_period
    ('Lumora', '2031Q3')
    """
    heading = draft.heading
    if heading.company is None:
        heading = replace(heading, company=_of_executives(draft) or _of_welcome(draft))
    if heading.fiscal_period is None:
        first = draft.turns[0] if draft.turns else None
        said = draft.text[first.start : first.start + 600] if first else ""
        heading = replace(heading, fiscal_period=parse_period(said))
    return replace(draft, heading=heading)


def _of_executives(draft: Draft) -> str | None:
    """Return the firm that most executives have beside their title."""
    firms: Counter[str] = Counter()
    for turn in draft.turns:
        if turn.firm and turn.title and turn.kind is ParticipantKind.EXECUTIVE:
            firms[draft.text[slice(*turn.firm)].strip()] += 1
    for entry in draft.listed:
        if entry.firm and entry.title and entry.kind is ParticipantKind.EXECUTIVE:
            firms[draft.text[slice(*entry.firm)].strip()] += 1
    if not firms:
        return None
    return max(firms.items(), key=lambda item: (item[1], item[0]))[0]


def _of_welcome(draft: Draft) -> str | None:
    """Return the company that the first speakers welcome to the call of."""
    for turn in draft.turns[:2]:
        found = _WELCOME.search(draft.text, turn.start, min(turn.end, turn.start + 700))
        if found and len(short_name(found["company"])) > 2:
            return found["company"].strip(" .,")
    return None
