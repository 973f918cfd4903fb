"""Rules as data: ``resources/cues/relations.tsv`` compiled to patterns over masked sentences.

A pattern is a regex in which braces stand for what plain text cannot say:

====================  =============================================================================
``{s:program}``       the subject: a mention of that type (``|`` joins types)
``{o:target+}``       the object: one mention or a coordinated list of them
``{s:topic.program}`` the topic of the paragraph, in a sentence that names no program itself
``{s:program*}``      every mention of that type from here on, none of the other side's between
``{s:us}``            "we", "our" or "us": the company of an executive who speaks
``{s:our}``           only "our"
``{s:speaker}``       the company of an executive who speaks, without a word for it
``{program}``         any mention of that type, neither subject nor object
``{~60}``             at most 60 characters without a mention of the subject's or object's type
``{-60}``             the same, without a comma
``{=60}``             at most 60 characters without a mention of the subject's type, but for
                      medicines given along with it or compared with it
``{*60}``             at most 60 characters, whatever they are
``{name}``            a list of cue words of ``resources/cues/words.tsv``
====================  =============================================================================

Where a pattern passes over words (a class that begins with the class of letters), it also passes
over mentions that have no part in the relation: the target in "our CD22-directed LUM-22".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.errors import LexiconError
from extractors.model import EntityType
from extractors.relations._masking import characters

_RULES = "resources/cues/relations.tsv"
_WORDS = "resources/cues/words.tsv"
_PLACEHOLDER = re.compile(r"\{(?!\d|,)([^{}]+)\}")
_KEPT = re.compile(r"\\.|\(\?P<\w+>|[A-Z]")
_GROUPS = {
    "program": (EntityType.PROGRAM, EntityType.DRUG),
    "org": (EntityType.COMPANY, EntityType.INSTITUTION),
    "employer": (EntityType.COMPANY, EntityType.INSTITUTION, EntityType.REGULATOR, EntityType.FIRM),
    "site": (EntityType.FACILITY, EntityType.PLACE),
}
FIRST_PERSON = {
    "us": r"(?:we\b(?<!\wwe)|our\b(?<!\wour)|us\b(?<!\wus))",
    "our": r"our\b(?<!\wour)",
    "speaker": "",
}
"""What those who speak for their company say for it, by the name that rules know it by.

The patterns begin with a letter, so that the engine finds at a glance where one may begin."""
_GAPS = {"~": ";", "-": ";,", "=": ";", "*": ";"}
_TARGETS = frozenset({EntityType.TARGET})
_PASSED = (
    EntityType.TARGET,
    EntityType.VARIANT,
    EntityType.INDICATION,
    EntityType.TECHNOLOGY,
    EntityType.MODALITY,
    EntityType.REGULATOR,
    EntityType.MEETING,
    EntityType.PLACE,
)
"""Types whose mentions stand among the words that a pattern passes over."""
_LETTERS = r"[\w"
_BESIDE = "with other"
_TOPIC = ":topic."
_FIRST, _SECOND = "s", "o"
_HIGHEST = 0.99
_WEIGHT = 4
"""How many counted statements the share that is expected of a rule weighs as much as."""
_SAID, _CARRIED, _GUESSED = 0.85, 0.75, 0.6
"""The share expected of what a sentence says, of what it says of the topic carried over to it, and
of what is taken from mere names, codes and neighbourhood: below what was counted for each."""


@dataclass(frozen=True, slots=True)
class Side:
    """What may stand on one side of a relation."""

    types: frozenset[EntityType]
    us: str = ""
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a pattern, what it proves, and how often it was right where that was counted.

    The pattern is for texts in lower case. ``literal`` marks a rule whose object is words of the
    text (``phase``), ``subject_first`` one whose subject stands before its object. One of
    ``needs``, parts of words in lower case, must stand in a sentence for the rule to be tried.
    """

    id: str
    predicate: str
    pattern: re.Pattern[str]
    subject: Side
    object: Side
    hits: int
    found: int
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    literal: bool = False
    subject_first: bool = True
    needs: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        """How likely a statement of this rule is right; see `confidence_of`."""
        return confidence_of(self.id)


def read_table(table: str) -> list[dict[str, str]]:
    """Read the rows of a table of this package, by column.

    >>> read_table("resources/cues/words.tsv")[0]["name"]
    'adjective'
    """
    text = files("extractors").joinpath(table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _table() -> list[dict[str, str]]:
    return read_table(_RULES)


@cache
def load_words() -> dict[str, str]:
    """Read the named lists of cue words; a list may use those above it.

    >>> "targeting" in load_words()["aims at"]
    True
    """
    words: dict[str, str] = {}
    for row in read_table(_WORDS):
        pattern = _PLACEHOLDER.sub(lambda m: words.get(m[1]) or _any(m[1]), row["pattern"])
        words[row["name"]] = f"(?:{pattern})"
    return words


@cache
def load_all_rules() -> tuple[Rule, ...]:
    """Read the rules of all predicates; rows without a pattern are rules in code.

    Raises:
        LexiconError: a row is broken; the message names file, line and rule.

    >>> load_all_rules()[0].id
    'hasTarget.directed'
    """
    rows = enumerate(_table(), start=2)
    return tuple(_compile(row, line) for line, row in rows if row["pattern"])


@cache
def load_rules(predicate: str) -> tuple[Rule, ...]:
    """Return the rules of one predicate, in the order of the table.

    >>> [rule.id for rule in load_rules("sameAs")][:1]
    ['sameAs.equal']
    >>> load_rules("unknown")
    ()
    """
    return tuple(rule for rule in load_all_rules() if rule.predicate == predicate)


@cache
def _counts() -> dict[str, tuple[float, int, int]]:
    return {
        row["id"]: (_expected(row["pattern"]), int(row["hits"]), int(row["found"]))
        for row in _table()
    }


def _expected(pattern: str) -> float:
    if not pattern:
        return _GUESSED
    return _CARRIED if _TOPIC in pattern else _SAID


@cache
def confidence_of(rule: str) -> float:
    """Estimate how likely a statement of a rule is right, from the counts in the table.

    The share that was right is drawn towards what is expected of rules of its kind, as if four
    more statements of that share had been counted (the m-estimate of Cestnik, "Estimating
    probabilities", ECAI 1990). So a rule is trusted with nine in ten only where it was counted:
    one that never fired has the share of its kind.

    Raises:
        KeyError: no such rule.

    >>> confidence_of("hasTarget.aims") > 0.9 > confidence_of("studiedIn.default")
    True
    """
    expected, hits, found = _counts()[rule]
    return round(min((hits + _WEIGHT * expected) / (found + _WEIGHT), _HIGHEST), 4)


def _compile(row: dict[str, str], line: int) -> Rule:
    sides: dict[str, Side] = {}
    try:
        for name in _PLACEHOLDER.findall(row["pattern"]):
            if name[:2] in ("s:", "o:"):
                sides[name[0]] = _side(name[2:])
        ranges = {name: _range(side) for name, side in sides.items()}
        source = _PLACEHOLDER.sub(lambda m: _expand(m[1], ranges), row["pattern"])
        source = source.replace(_LETTERS, _LETTERS + _passed(sides.values()))
        literal = "(?P<literal>" in row["pattern"]
        return Rule(
            id=row["id"],
            predicate=row["predicate"],
            pattern=re.compile(in_lower_case(source)),
            subject=sides[_FIRST],
            object=Side(frozenset()) if literal else sides[_SECOND],
            hits=int(row["hits"]),
            found=int(row["found"]),
            positive=tuple(filter(None, row["positive"].split(" || "))),
            negative=tuple(filter(None, row["negative"].split(" || "))),
            literal=literal,
            subject_first=next(iter(sides)) == _FIRST,
            needs=frozenset(filter(None, row["needs"].split("|"))),
        )
    except (KeyError, ValueError, TypeError, re.error, AttributeError) as error:
        raise LexiconError(f"{_RULES}:{line}: rule {row.get('id')!r}: {error!r}") from error


def in_lower_case(pattern: str) -> str:
    r"""Return a pattern that finds in a text in lower case what it finds in any, case apart.

    The engine is some times faster where it need not look at case.

    >>> in_lower_case(r"(?P<Name>GLP-\W?[A-D])\B")
    '(?P<Name>glp-\\W?[a-d])\\B'
    """
    return _KEPT.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern)


def _types(names: str) -> tuple[EntityType, ...]:
    found: list[EntityType] = []
    for name in names.split("|"):
        if name not in FIRST_PERSON:
            found += _GROUPS[name] if name in _GROUPS else [EntityType(name.capitalize())]
    return tuple(found)


def _side(text: str) -> Side:
    topic = text.startswith("topic.")
    names = text.removeprefix("topic.").rstrip("+*")
    us = next((name for name in names.split("|") if name in FIRST_PERSON), "")
    return Side(frozenset(_types(names)), us, topic)


def _passed(sides: Iterable[Side]) -> str:
    taken = frozenset().union(*(side.types for side in sides))
    return "".join(characters(kind) for kind in _PASSED if kind not in taken)


def _any(names: str) -> str:
    return f"[{''.join(characters(kind) for kind in _types(names))}]"


def _range(side: Side) -> str:
    if side.topic:
        return ""
    return "".join(characters(kind) for kind in EntityType if kind in side.types)


def _expand(name: str, ranges: dict[str, str]) -> str:
    if name[0] in _GAPS and name[1:].isdigit():
        sides = {"*": "", "=": _FIRST}.get(name[0], _FIRST + _SECOND)
        avoid = "".join(ranges.get(side, "") for side in sides)
        gap = f"[^{_GAPS[name[0]]}{avoid}]{{0,{name[1:]}}}?"
        return f"{gap}(?:{load_words()[_BESIDE]}{gap}){{0,2}}?" if name[0] == "=" else gap
    if name[:2] in ("s:", "o:"):
        other = ranges.get(_SECOND if name[0] == _FIRST else _FIRST, "")
        return _expand_side(name[0], name[2:], other)
    words = load_words()
    if name in words:
        return words[name]
    return _any(name)


def _expand_side(group: str, text: str, other: str) -> str:
    if text.startswith("topic."):
        kinds = _types(text.removeprefix("topic."))
        others = "".join(characters(kind, implicit=True) for kind in EntityType)
        topic = "".join(characters(kind, implicit=True) for kind in kinds)
        # A sentence can have a topic of each type; in which order they stand says nothing.
        return f"[{others}]*(?P<{group}>[{topic}])[{others}]*"
    side = _side(text)
    one = f"[{_range(side)}]" if side.types else ""
    if text.endswith("+"):
        between = load_words()["and" if side.types != _TARGETS else "and target"]
        one = f"{one}(?:{between}{one})*"
    if text.endswith("*"):
        one = f"{one}(?:[^;{other}]*{one})?"
    if side.us:
        return f"(?P<{group}>{one}{'|' if one else ''}{FIRST_PERSON[side.us]})"
    return f"(?P<{group}>{one})"
