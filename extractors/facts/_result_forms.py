"""The forms of words in which trial results are told, as regular expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.cue_patterns import CuePattern, CueTable
from extractors.facts._counts import count_pattern
from extractors.model import Reference, Value
from extractors.tables import alternation, word_set

PEOPLE = (
    r"(?:patients?|participants?|subjects|volunteers|individuals|children|adults|babies"
    r"|responders|women|those)"
)


@dataclass(frozen=True, slots=True)
class Result:
    """A result in a sentence; positions relative to it."""

    start: int
    end: int
    rule: str
    confidence: float
    properties: tuple[tuple[str, Value | Reference], ...]


@cache
def _did() -> str:
    return rf"(?:{alternation(word_set('result_verbs'))})"


@cache
def share_pattern() -> CuePattern:
    """Return the form "19 of 22 patients had a response"."""
    number = count_pattern()
    return CuePattern(
        rf"\b(?P<n>{number})\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?(?:first\s+)?(?P<all>{number})\b"
        rf"(?:(?:\s+[\w-]+){{0,4}}?\s+(?:{PEOPLE}|responders?)\b|(?=\s+{_did()}\b))"
        rf"(?P<what>[^.;]{{0,140}})",
    )


@cache
def whole_first_pattern() -> CuePattern:
    """Return the form "Of the twelve patients treated, seven had a response"."""
    number = count_pattern()
    return CuePattern(
        rf"\bof\s+(?:the|our|these|those)\s+(?P<all>{number})\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}\b"
        rf"[^.;,\d]{{0,40}},\s+(?P<n>{number})\s+(?:patients\s+|of\s+them\s+)?"
        rf"(?P<what>{_did()}\b{_what()})",
    )


@cache
def patients_pattern() -> CuePattern:
    """Return the form "Seven patients were enrolled"."""
    return CuePattern(
        rf"(?<![\d.,$-])\b(?P<n>{count_pattern()})\s+(?!in\s)(?:[\w-]+\s+){{0,3}}?{PEOPLE}\b"
        rf"(?P<gap>[^.;,\d]{{0,70}}?)\b(?P<verb>{_did()})\b(?P<what>{_what()})(?P<m>)",
    )


@cache
def _what() -> str:
    """Return a pattern for the rest of a clause, up to the next count."""
    return rf"(?:(?!\s+and\s+(?:{count_pattern()})\s)(?:[^.;,]|\.(?=\d))){{0,110}}(?!\w)"


@cache
def of_which_pattern() -> CuePattern:
    """Return the forms "of which 19 were evaluable" and "one of which relapsed"."""
    return CuePattern(
        rf"(?:\bof\s+(?:which|whom|those|these)\s*,?\s*(?P<n>{count_pattern()})"
        rf"|\b(?P<m>{count_pattern()})\s+of\s+(?:which|whom|those|these|them))\s+"
        rf"(?:[\w-]+\s+){{0,3}}?(?P<verb>{_did()})\b(?P<what>{_what()})",
    )


@cache
def portion_pattern() -> CuePattern:
    """Return the form "64% of patients achieved a response"."""
    return CuePattern(
        rf"(?P<n>\d+(?:\.\d+)?)\s?(?:%|percent)\s+of\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}\b"
        rf"(?P<gap>(?:[^.;,\d]|\d+(?=[-\s]?m(?:g"
        rf"|illi))){{0,50}}?)\b(?P<verb>{_did()})\b"
        rf"(?P<what>{_what()})",
    )


_NONE = CuePattern(
    rf"\b(?:no|zero|none of the|nobody|no one)\s+(?P<what>(?:"
    r"(?:discontinued|dropped out|died|withdrew)\b"
    rf"|{PEOPLE}\s+(?:have\s+|has\s+|had\s+)?"
    r"(?:experienced|discontinued|developed|required|died|reported|withdrew|showed|had|progressed)"
    r"|(?:[\w-]+\s+){0,3}?(?:grade\s+(?:\d|three|four)|DLTs?\b|dose[- ]limiting|serious adverse"
    r"|adverse events?|discontinuations|deaths?|treatment[- ]related|cases of|ICANS|CRS\b|GvHD"
    r"|safety signals?|new safety|hepatotoxicity|toxicit(?:y|ies))"
    r"|(?:[\w-]+\s+){1,5}?(?:was|were|has been|have been)\s+(?:observed|seen|reported|noted)"
    r"|[\w-]+(?:itis|oses|osis|toxicities|opathies|elevations|bleeds?)\b[^.;]{0,40}"
    r"\b(?:was|were|has been|have been)\s+(?:observed|seen|reported|noted))[^.;]{0,220})",
)
_ALL = CuePattern(
    rf"\b(?P<what>[^.;]{{5,110}}?)\b(?:was|were)\s+(?:observed|seen|achieved|reported"
    rf"|demonstrated)\s+in"
    rf"\s+(?:all|every|each)\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}",
)
_DEATH = CuePattern(
    r"\b(?P<n>an?|one|two|three|four|five|\d+)\s+(?:[\w-]+\s+){0,2}?(?P<what>(?:patient"
    r"|treatment[- ]related"
    r"|on-study|fatal)\s+(?:deaths?|events?))\b[^,;.]{0,40}",
)
_FREE = CuePattern(
    r"\b(?:remain(?:s|ed)?|continues? to be|are|is|were)\s+(?P<what>(?:tumou?r|disease"
    r"|relapse|seizure"
    r"|transfusion|cancer|progression)[- ]free)\b",
)

_SAFE = CuePattern(
    r"\b(?P<what>(?:generally |very |overall )?(?:well[- ]tolerated|safe and (?:generally |very )?"
    r"(?:well[- ])?tolerated\b)|(?:safety|tolerability) (?:and tolerability )?profile\s+"
    r"(?:was|is|has been|remains?|continues? to be)\s+[^.;]{3,80}(?!\w))",
)
_MOST_COMMON = CuePattern(
    r"\b(?P<what>most (?:common|frequent|(?:commonly|frequently) (?:reported|observed))[^.;]{0,60}"
    r"\b(?:events?|effects?|reactions?|TEAEs?|AEs)\s+(?:was|were|is|are|included?)\s+[^.;]{3,90}"
    r"|[A-Za-z][\w -]{3,40}\s+(?:was|were)\s+the most (?:common|frequent)[^.;]{0,50}"
    r"\b(?:event|effect|reaction)s?)\b",
)
_SIGNIFICANT = CuePattern(
    r"\b(?:demonstrat\w+|show(?:ed|s|ing)|achiev\w+|produc\w+|deliver\w+|with|was|were|saw"
    r"|report\w+)"
    r"\s+(?:both\s+|an?\s+|highly\s+)*"
    r"(?P<what>(?:statistically|highly) significant(?:[^.;]|\.(?=\d)){0,140})",
)
_NOT_REACHED = CuePattern(
    r"\b(?P<what>(?:median|m?PFS|m?OS|m?DOR|duration of response)[^.;,]{0,50}?"
    r"\b(?:(?:has|had|have) not (?:yet )?been|was not|is not(?: yet)?) reached)\b",
)
_ODDS = CuePattern(
    r"\b(?P<what>(?:win odds|win ratio|(?:odds|hazard|rate|risk) ratio|p[- ]?value)s?"
    r"\s+(?:of|was|were|is)\s+(?:less than |below )?\d*\.\d+)",
)
_MOST = CuePattern(
    r"\b(?P<what>(?:half|most|all|nearly all|the (?:vast )?majority|two[- ]thirds"
    r"|(?:a|one)[- ]third|three[- ]quarters|a quarter)\s+of\s+(?:[\w-]+\s+){0,3}?"
    rf"{PEOPLE}\b[^.;,]{{0,30}}?\b(?:achieved|reached|responded|remained|improved|gained"
    r"|had an? (?:complete |partial )?response|were (?:free|in remission))\b[^.;,]{0,80})",
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of words that is a result, and what it says.

    ``counted`` forms carry their figure in the group ``n``; the others have ``value``.
    """

    rule: str
    value: int | None = None
    unit: str = "patients"
    counted: bool = False


FORMS = CueTable(
    (
        (_NONE, Form("result.none", value=0)),
        (_ALL, Form("result.all", value=100, unit="percent")),
        (_DEATH, Form("result.death", counted=True)),
        (_FREE, Form("result.free")),
        (_SAFE, Form("result.safety")),
        (_MOST_COMMON, Form("result.events")),
        (_SIGNIFICANT, Form("result.significant")),
        (_NOT_REACHED, Form("result.not-reached")),
        (_ODDS, Form("result.ratio")),
        (_MOST, Form("result.most")),
    )
)
ENDPOINT = CuePattern(
    r"\b(?P<verb>met|achieved|hit|missed|did not meet|failed to meet)\s+(?:[\w-]+\s+){0,3}?"
    r"(?P<what>(?:co-)?primary (?:and (?:all )?(?:key )?secondary )?(?:efficacy )?end ?points?)",
)
DURATION = CuePattern(
    r"\b(?P<n>\d+(?:\.\d+)?)[-\s]+(?P<unit>months|weeks|years|points|letters|minutes|met(?:er"
    r"|re)s|micromolar|micromoles?|mmol/L|mg/dL"
    r"|grams? per deciliter|millimoles|kilograms?|percentage points)\b",
)
RATIO = CuePattern(r"\b(?:hazard ratio|HR)(?: of| was| is|,)* (?P<n>0?\.\d+|1\.\d+)")
TIMES = ("months", "weeks", "years")
STRONG = CuePattern(
    r"\b(?:trials?|stud(?:y|ies)|phase|placebo|arms?|cohorts?|baseline|median|end ?points?"
    r"|dos(?:e|ed|ing)"
    r"|data|readout|interim|treated|demonstrat\w+|showed)\b",
)
COMMERCE = CuePattern(r"\b(?:revenues?|sales|launch\w*|reimburse\w*|commercial\w*)\b")
ELSEWHERE = re.compile(
    r"[^.;,]{0,60}\b(?:in the literature|standard of care|historical\w*|still only|in the U\.S"
    r"|worldwide|globally|today)\b",
    re.IGNORECASE,
)
OTHER_NOUN = re.compile(
    r"\s+(?!(?:compared|at|in|of|for|with|on|versus|vs|and|or|after|by|through|from|over|across"
    r"|among"
    r"|relative|to|as|while|when|during|which|that|but|was|were|is|respectively|per|following"
    r"|against"
    r"|within|using|than|the|a|not|per)\b)[a-z]",
)
COMPARED = CuePattern(r"\b(?:compared|versus|vs\.?|against)\b")
ARM = re.compile(
    r"\s+(?:with|for|on|in|of patients on)\s+(?:the\s+)?(placebo|control|comparator"
    r"|standard of care)\b",
    re.IGNORECASE,
)
TIME = CuePattern(
    r"\b(?:(?:at|by|through|after|over|to|from)\s+)?(?:(?:week|day|month|year)s?\s+\d+\b"
    r"|\d+(?:\.\d+)?[-\s](?:weeks?|months?|days?|years?)(?:\s+of\s+(?:treatment|follow-up"
    r"|therapy))?"
    r"|(?:at\s+)(?:screening|baseline))",
)
GRADE = CuePattern(
    r"\bgrade\s+(?:\d|three|four|five)(?:\s*(?:or|/|and|-|to)\s*(?:higher|greater|above|\d|more))?",
)
UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|should|if(?! (?:we|I) (?:look|recall|remember|may))"
    r"|expect\w*|anticipat\w+|plan\w*|intend\w*|hope\w*"
    r"|aim\w*|potential\w*|goal|target(?:ing|s)?|hypothes\w+|assum\w+|need to"
    r"|look(?:ing)? for|whether"
    r"|designed|powered|estimated|affects?|suffer|living with|prevalence|eligible|population of"
    r"|diagnosed|typically|generally|historical\w*|literature|guidelines?)\b[^.;]*$",
    re.IGNORECASE,
)
_COMMERCIAL = CuePattern(
    r"\b(?:sales|revenues?|market|share|prescriptions?|growth|price|margin|access|payers?|covered"
    r"|coverage|commercial|reimburse\w*|physicians|doctors|prescribers|launch|volume|cost"
    r"|savings)\b"
)


def is_commercial(text: str) -> bool:
    """Tell whether words stand in a text that tell of a market and not of a trial.

    >>> is_commercial("Market share rose"), is_commercial("Eight of ten patients responded")
    (True, False)
    """
    return _COMMERCIAL.search(text) is not None
