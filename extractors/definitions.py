"""Abbreviations that the call itself defines: ``phenylketonuria, or PKU``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.mentions import Candidate
from extractors.mentions._vocabulary import load_words
from extractors.mentions._words import any_of
from extractors.model import EntityType

_SHORT = re.compile(
    r"(?P<short>[A-Z](?<=[ (].)(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]++)(?P<close>\)|(?=[\s,.;?!]))"
)
"""An abbreviation after a space or a bracket; only capitals are tried."""
_OPEN = re.compile(r"(?:\s\(|,? or |, called |, also known as |, abbreviated )$")
_OPEN_ENDS = ("(", " or ", " called ", " known as ", " abbreviated ")
_LONGEST_OPEN = 16
_INITIAL_TYPES = (EntityType.INSTITUTION, EntityType.INDICATION, EntityType.COMPANY)
_RUN = re.compile(r"[^\W\d_]+|\d+")
_TRIAL = re.compile(r"\b(?:trial|study)\b", re.IGNORECASE)
_LONGEST = 90
_NEW = ("defined-disease", "defined-trial")


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation and the span of the words it stands for (code points)."""

    short: str
    start: int
    end: int


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Return where a text says what an abbreviation stands for, judged by its initials.

    >>> text = "in generalized myasthenia gravis, or gMG. In IgA nephropathy (IgAN) too, or FDA."
    >>> [(d.short, text[d.start:d.end]) for d in find_definitions(text.replace("gMG", "GMG"))]
    [('GMG', 'generalized myasthenia gravis'), ('IgAN', 'IgA nephropathy')]
    """
    found = []
    for match in _SHORT.finditer(text):
        before = text[max(0, match.start() - _LONGEST_OPEN) : match.start()]
        opened = _OPEN.search(before) if before.endswith(_OPEN_ENDS) else None
        if opened is None or ("(" in opened.group()) != (match["close"] == ")"):
            continue
        end = match.start() - len(opened.group())
        left = max(0, end - _LONGEST)
        start = _start_of(text[left:end], match["short"])
        if start is not None:
            found.append(Definition(match["short"], left + start, end))
    return tuple(found)


def _start_of(before: str, short: str) -> int | None:
    """Return where in ``before`` the words begin whose initials spell ``short``, or None.

    Each letter of the abbreviation must begin a word, in order, or stand inside the word before;
    small words between do not count.
    """
    letters = [char.lower() for char in short]
    small = load_words("function_words")
    spans = [match.span() for match in _RUN.finditer(before)]
    place, word = len(letters), len(spans)
    used = 0
    while place > 0 and word > 0:
        word -= 1
        start, end = spans[word]
        piece = before[start:end].lower()
        if piece[0] == letters[place - 1]:
            place -= 1
            used += 1
        elif (inner := _spelled_by(piece, letters[:place])) > 1:
            place -= inner
            used += 1
        elif piece not in small:
            return None
    if place > 0 or (used < 2 and len(letters) > 2):
        return None
    start = spans[word][0]
    return start if not re.search(r"[.;?!]\s", before[start:]) else None


def _spelled_by(piece: str, letters: list[str]) -> int:
    """Return how many last letters of an abbreviation one word spells (``IgA`` in ``IgAN``)."""
    for size in range(min(len(letters), len(piece)), 1, -1):
        if "".join(letters[-size:]) == piece[:size]:
            return size
    return 0


def find_defined(text: str, found: Iterable[Candidate]) -> tuple[list[Candidate], set[str]]:
    """Return every place of a defined abbreviation, and abbreviations that mean no entity.

    Args:
        text: the whole transcript.
        found: candidates with code points of ``text``.
    """
    found = [candidate for candidate in found if candidate.rule != "lexicon-doubt"]
    ends: dict[int, list[Candidate]] = {}
    for candidate in found:
        ends.setdefault(candidate.end, []).append(candidate)
    meant: dict[str, Candidate] = {}
    empty: set[str] = set()
    for definition in find_definitions(text):
        owners = [c for c in ends.get(definition.end, ()) if c.start <= definition.start]
        owner = max(owners, key=lambda c: (c.end - c.start, c.weight), default=None)
        if owner is None:
            owner = _disease(text, definition)
        if owner is not None:
            meant.setdefault(definition.short, owner)
        else:
            empty.add(definition.short)
    rules = dict.fromkeys(meant, "definition")
    for short, owner in _by_initials(text, found):
        if meant.setdefault(short, owner) is owner:
            rules.setdefault(short, "initials")
    return list(_places(text, meant, rules)), empty - set(meant)


def _disease(text: str, definition: Definition) -> Candidate | None:
    """Return a disease (or a trial) that no list holds: its definition has a word for it."""
    name = text[definition.start : definition.end]
    if _TRIAL.search(name) is not None:
        why = f"{name!r} is what the name of a trial stands for"
        place = (definition.start, definition.end)
        return Candidate(*place, EntityType.TRIAL, definition.short, "defined-trial", "", 0.8, why)
    if name.split()[-1].lower() not in load_words("disease_words"):
        return None
    why = f"{name!r} is defined here and ends in a word for diseases"
    return Candidate(
        definition.start,
        definition.end,
        EntityType.INDICATION,
        name,
        "defined-disease",
        confidence=0.8,
        rationale=why,
    )


def _by_initials(text: str, found: list[Candidate]) -> Iterator[tuple[str, Candidate]]:
    for candidate in found:
        if candidate.type not in _INITIAL_TYPES:
            continue
        words = _RUN.findall(text[candidate.start : candidate.end])
        initials = "".join(word[0] for word in words if word != "s").upper()
        if len(initials) >= 4:
            yield initials, candidate


def _places(text: str, meant: dict[str, Candidate], rules: dict[str, str]) -> Iterator[Candidate]:
    if not meant:
        return
    shorts = any_of(sorted(meant, key=lambda short: (-len(short), short)))
    for match in re.finditer(rf"(?:{shorts})(?!\w|-\d)", text):
        owner, rule = meant[match.group()], rules[match.group()]
        why = f"{match.group()!r} stands for {owner.name} in this call"
        yield Candidate(*match.span(), owner.type, owner.name, rule, owner.id, 0.95, why, weight=4)
    for owner in {id(o): o for o in meant.values() if o.rule in _NEW}.values():
        yield owner
