"""Results told without a named measure: who was enrolled, what changed, how often something was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from extractors.cue_patterns import CuePattern
from extractors.facts._counts import count_pattern, has_count, read_count
from extractors.facts._metrics import find_metrics
from extractors.facts._passages import Passage
from extractors.facts._result_forms import COMMERCE, PEOPLE, Result, is_commercial
from extractors.model import EntityType
from extractors.tables import alternation, has_digit, word_set, words_of

_MOST_PATIENTS = 60_000
UNFIGURED_CUES = ("case", "cases", "out", "responses")
"""The words of which one stands in a result that is told without a digit."""
_PERCENT = r"(?P<n>\d+(?:\.\d+)?)\s?(?:%|percent\b)"
_TAIL = r"(?:(?!\s+and\s+\d)(?:[^.;,]|\.(?=\d))){0,90}"
_OCCURRED = (
    r"(?:(?:was|were|has been|occurred|happened)\s+)?"
    r"(?:(?:reported|seen|observed|experienced|noted|recorded)\s+)?"
)
_OFTEN = CuePattern(
    rf"(?<![\w-])(?P<what>[A-Za-z][\w/ -]{{2,60}}?),?\s+{_OCCURRED}(?:by|in)\s+"
    rf"(?:only\s+|about\s+)?{_PERCENT}"
    rf"(?P<of>\s+of\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}\b)?",
)
_CHANGED = CuePattern(
    r"(?<![\w-])(?P<what>[A-Za-z][\w/' -]{3,80}?)\s+(?P<way>(?:fell|dropped|declined|decreased"
    r"|rose|increased|improved|(?:went|came) (?:down|up)"
    r"|(?:was|were) (?:reduced|lowered|increased|improved))"
    rf"(?:\s+by)?)\s+(?:an? (?:mean|average|median) of\s+|about\s+|approximately\s+)?{_PERCENT}",
)
_GAINED = CuePattern(
    r"\b(?P<way>gained|lost|improved by|increased by|declined by|fell by|dropped by)\s+(?:an? "
    r"(?:mean|average|median) of\s+|about\s+)?(?P<n>\d+(?:\.\d+)?)\s+(?P<unit>minutes|hours"
    r"|seconds|letters|points|met(?:er|re)s|kilograms?|kg|pounds|days|steps|centimet(?:er|re)s)\b"
    rf"(?P<what>{_TAIL})",
)
_RATE = CuePattern(
    r"\b(?P<what>(?:[\w/.-]+\s+){1,5}?(?:rate|response|score|remission|reductions?|improvement"
    r"|increase|expression|clearance|efficacy|knockdown|lowering|editing|depletion|survival)"
    r"(?:\s+(?:in|of)\s+(?:[\w-]+\s?){1,4})?)"
    r"\s+(?:was|were|of|reached|came in at|averaged)\s+"
    rf"(?:about\s+|approximately\s+|up to\s+|more than\s+)?{_PERCENT}",
)
_LOWERED = CuePattern(
    r"\b(?P<way>cut|reduced|lowered|decreased|increased|raised|improved|slowed|prevented|beat"
    r"|led to|lowers|reduces)\s+(?P<what>[^.;,\d]{3,90}?)\s+(?:by|of)\s+"
    r"(?:up to |more than |over |at least |about |approximately |roughly |nearly |as much as "
    r"|an? (?:mean|median|average)(?: of)? )?"
    r"(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>%|percent\b|[a-z]+(?: per [a-z]+){0,2}\b)",
)
_MOVED = CuePattern(
    r"(?<![\w-])(?P<what>[A-Za-z][\w/ -]{3,60}?)\s+(?P<way>rose|fell|improved|declined|increased"
    r"|decreased|dropped|went|(?:came|went) (?:down|up))\s+(?:by\s+"
    r"|from\s+(?:\d+(?:\.\d+)?)\s?(?:%|(?:an? |per )?[a-z]+ )?\s?to\s+)"
    r"(?:an? (?:mean|median|average) of |about )?(?P<n>\d+(?:\.\d+)?)\s?"
    r"(?P<unit>%|percent\b|[a-z]+(?: per [a-z]+){0,2}\b)?",
)
_MONEY = CuePattern(r"[$€£]|\b(?:million|billion|dollars?|euros?|basis)\b")
_NOT_EVENT = re.compile(
    r"\b(?:increase|decrease|reduction|growth|improvement|change|up|down|decline|drop|by|in|who"
    r"|which"
    r"|that|respons\w+|rates?|growing|grew|falling|rising|share)\s*$",
    re.IGNORECASE,
)
_CASES = CuePattern(
    r"\b(?:there (?:was|were|has been|have been)|had|saw|observed|reported|experienced)\s+"
    r"(?:only\s+|just\s+)?(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+"
    r"(?:[\w-]+\s+){0,2}?(?P<what>cases?\s+of\s+[^.;,]{3,90}"
    r"|(?:complete|partial)\s+(?:responses?|remissions?)\b"
    r"|grade\s+\d(?:\s+or\s+\w+)?\s+[a-z][\w -]{3,50})",
)


_AMONG = re.compile(rf"{PEOPLE}\s+(?:out\s+of|of|among)\s", re.IGNORECASE)
"""What stands between the numbers of "two patients out of 310", sooner found than a number."""


@cache
def _enrolled() -> CuePattern:
    """Return the form "the trial randomized 212 adults"."""
    return CuePattern(
        r"\b(?P<verb>enrolled|randomi[sz]ed|recruited|dosed|included|screened)\s+(?:a total of\s+)?"
        rf"(?P<n>{count_pattern()})\s+(?:[\w-]+\s+){{0,3}}?(?P<what>{PEOPLE}\b[^.;,]{{0,80}})",
    )


@cache
def _out_of() -> CuePattern:
    """Return the form "two patients out of 310 developed a rash"."""
    number = count_pattern()
    return CuePattern(
        rf"\b(?P<n>{number})\s+{PEOPLE}\s+(?:out\s+of|of|among)\s+(?:the\s+)?(?P<all>{number})\b"
        rf"(?P<what>[^.;]{{0,140}})",
    )


@cache
def _did() -> CuePattern:
    """Return the form "4% discontinued because of a rash"."""
    return CuePattern(
        rf"{_PERCENT}\s+(?P<what>(?:{alternation(word_set('result_verbs'))})\b{_TAIL})",
    )


def find_changes(passage: Passage, *, running: bool) -> Iterator[Result]:
    """Yield results that no named measure leads to.

    Args:
        passage: the sentence.
        running: whether the sentence before it in the same turn told a result.
    """
    text = passage.text
    words = words_of(text)
    if not has_digit(text) and words.isdisjoint(UNFIGURED_CUES):
        return
    if COMMERCE.search(text):
        return
    if not words.isdisjoint(word_set("people_words")) and has_count(text):
        yield from _people(text)
    if is_commercial(text):
        return
    yield from _events(text)
    if find_metrics(text):
        return
    named = any(passage.of_type(EntityType.TRIAL)) or passage.program(0) is not None
    if not running and not (named and _clinical(text)) and not _strong(text):
        return
    yield from _cases(text)
    if not _MONEY.search(text):
        yield from _moves(text)
    yield from _shares(text)
    for match in _GAINED.finditer(text):
        yield _measured(match, f"{match['way']}{match['what']}", match["unit"].lower())


def _clinical(text: str) -> bool:
    return not words_of(text).isdisjoint(word_set("trial_words"))


def _strong(text: str) -> bool:
    """Tell whether words that only a trial's results hold stand in the sentence."""
    return not words_of(text).isdisjoint(("placebo", "baseline", "endpoint", "milligrams"))


def _people(text: str) -> Iterator[Result]:
    for match in _out_of().finditer(text) if _AMONG.search(text) else ():
        some, whole = read_count(match["n"]), read_count(match["all"])
        if some <= whole <= _MOST_PATIENTS and not is_commercial(match[0]):
            yield Result(
                match.start(), match.end(), "result.share", 0.9,
                (("measure", _words(match["what"])), ("numerator", some), ("denominator", whole)),
            )  # fmt: skip
    for match in _enrolled().finditer(text):
        number = read_count(match["n"])
        if 0 < number <= _MOST_PATIENTS and not is_commercial(match[0]):
            measure = f"{match['verb']} {match['what']}"
            yield Result(
                match.start(), match.end(), "result.enrolled", 0.85,
                (("measure", _words(measure)), ("value", Decimal(number)), ("unit", "patients")),
            )  # fmt: skip


def _cases(text: str) -> Iterator[Result]:
    for match in _CASES.finditer(text):
        number = 1 if match["n"].lower() in ("a", "an") else read_count(match["n"])
        yield Result(
            match.start(), match.end(), "result.cases", 0.85,
            (("measure", _words(match["what"])), ("value", Decimal(number)), ("unit", "cases")),
        )  # fmt: skip


def _shares(text: str) -> Iterator[Result]:
    for match in _did().finditer(text):
        yield _measured(match, match["what"], "percent")
    for match in _RATE.finditer(text):
        if " with a " in match["what"]:
            continue
        yield _measured(match, match["what"], "percent")
    for match in _CHANGED.finditer(text):
        yield _measured(match, f"{match['what']} {match['way']}", "percent")


def _moves(text: str) -> Iterator[Result]:
    """Yield "cut seizures by 52%" and "fell from 9.1 to 0.7", whatever the unit."""
    for pattern in (_LOWERED, _MOVED):
        for match in pattern.finditer(text):
            unit = (match["unit"] or "").lower().replace("%", "percent")
            # "Fell by 41%" is told below with its measure in front.
            if pattern is _LOWERED or unit != "percent" or " from " in match[0]:
                yield _measured(match, f"{match['way']} {match['what']}", unit)


def _events(text: str) -> Iterator[Result]:
    """Yield "itching by 9% of patients" and what goes on like it."""
    told = False
    for match in _OFTEN.finditer(text):
        told = told or bool(match["of"])
        if told and not _NOT_EVENT.search(match["what"]):
            yield _measured(match, match["what"], "percent")


def _measured(match: re.Match[str], what: str, unit: str) -> Result:
    return Result(
        match.start(), match.end(), "result.change", 0.8,
        (("measure", _words(what)), ("value", Decimal(match["n"])), ("unit", unit)),
    )  # fmt: skip


def _words(said: str) -> str:
    plain = re.sub(r"^(?:and|the|with|of|was|were)\s+", "", " ".join(said.split()), flags=re.I)
    return plain.strip(" ,-–—")
