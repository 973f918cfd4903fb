"""Clinical results: patients counted, rates and changes measured, and what nobody experienced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.facts._counts import count_pattern, read_count
from extractors.facts._passages import Passage
from extractors.facts._metrics import find_metrics
from extractors.model import EntityId, EntityType, Fact, FactKind, ParticipantKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.tables import alternation, load_table, normalize

_PEOPLE = r"(?:patients?|participants?|subjects|volunteers|individuals|children|adults|babies)"
_MOST_PATIENTS = 60_000
"""More than any trial enrolls: a population, not a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result in a sentence; positions relative to it."""

    start: int
    end: int
    rule: str
    confidence: float
    properties: tuple[tuple[str, Value | Reference], ...]


def _words(table: str) -> str:
    return alternation(row["word"] for row in load_table(table))


@cache
def _measures() -> dict[str, str]:
    return {normalize(row["word"]): row["measure"] for row in load_table("result_measures")}


@cache
def _durations() -> frozenset[str]:
    """Return the measures that are lengths of time."""
    rows = load_table("result_measures")
    return frozenset(row["measure"] for row in rows if row["takes"] == "time")


@cache
def _measure_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_words('result_measures')})(?!\w)", re.IGNORECASE)


@cache
def _trial_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words('trial_words')})(?!\w)", re.IGNORECASE)


@cache
def _share_pattern() -> re.Pattern[str]:
    number = count_pattern()
    return re.compile(
        rf"\b(?P<n>{number})\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?(?:first\s+)?(?P<all>{number})\b"
        rf"(?:\s+[\w-]+){{0,4}}?\s+(?:{_PEOPLE}|responders?)\b(?P<what>[^.;]{{0,140}})",
        re.IGNORECASE,
    )


@cache
def _count_pattern() -> re.Pattern[str]:
    verb = rf"(?:{_words('result_verbs')})"
    return re.compile(
        rf"(?<![\d.,$-])\b(?P<n>{count_pattern()})\s+(?:[\w-]+\s+){{0,3}}?{_PEOPLE}\b"
        rf"(?P<gap>[^.;,\d]{{0,70}}?)\b(?P<verb>{verb})\b(?P<what>{_what()})(?P<m>)",
        re.IGNORECASE,
    )


@cache
def _what() -> str:
    """Return a pattern for the rest of a clause, up to the next count."""
    return rf"(?:(?!\s+and\s+(?:{count_pattern()})\s)(?:[^.;,]|\.(?=\d))){{0,110}}"


@cache
def _of_which_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\bof\s+(?:which|whom|those|these)\s*,?\s*(?P<n>{count_pattern()})"
        rf"|\b(?P<m>{count_pattern()})\s+of\s+(?:which|whom|those|these|them))\s+"
        rf"(?:[\w-]+\s+){{0,3}}?(?P<verb>{_words('result_verbs')})\b(?P<what>{_what()})",
        re.IGNORECASE,
    )


@cache
def _portion_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<n>\d+(?:\.\d+)?)\s?(?:%|percent)\s+of\s+(?:[\w-]+\s+){{0,3}}?{_PEOPLE}\b"
        rf"(?P<gap>[^.;,\d]{{0,50}}?)\b(?P<verb>{_words('result_verbs')})\b(?P<what>{_what()})",
        re.IGNORECASE,
    )


_NONE = re.compile(
    rf"\b(?:no|zero|none of the)\s+(?P<what>(?:{_PEOPLE}\s+(?:have\s+|has\s+|had\s+)?"
    r"(?:experienced|discontinued|developed|required|died|reported|withdrew|showed|had|progressed)"
    r"|(?:[\w-]+\s+){0,3}?(?:grade\s+(?:\d|three|four)|DLTs?\b|dose[- ]limiting|serious adverse"
    r"|adverse events?|discontinuations|deaths?|treatment[- ]related|cases of|ICANS|CRS\b|GvHD"
    r"|safety signals?|new safety|hepatotoxicity|toxicit(?:y|ies)))[^.;]{0,220})",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?P<what>[^.;]{{5,110}}?)\b(?:was|were)\s+(?:observed|seen|achieved|reported|demonstrated)\s+in"
    rf"\s+(?:all|every|each)\s+(?:[\w-]+\s+){{0,3}}?{_PEOPLE}",
    re.IGNORECASE,
)
_DEATH = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|\d+)\s+(?:[\w-]+\s+){0,2}?(?P<what>(?:patient|treatment[- ]related"
    r"|on-study|fatal)\s+(?:deaths?|events?))\b[^,;.]{0,40}",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\b(?:remain(?:s|ed)?|continues? to be|are|is|were)\s+(?P<what>(?:tumou?r|disease|relapse|seizure"
    r"|transfusion|cancer|progression)[- ]free)\b",
    re.IGNORECASE,
)
_ENDPOINT = re.compile(
    r"\b(?P<verb>met|achieved|hit|missed|did not meet|failed to meet)\s+(?:[\w-]+\s+){0,3}?"
    r"(?P<what>(?:co-)?primary (?:and (?:all )?(?:key )?secondary )?(?:efficacy )?end ?points?)",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?P<n>\d+(?:\.\d+)?)[-\s]+(?P<unit>months|weeks|years|points|micromolar|micromoles?|mmol/L|mg/dL"
    r"|grams? per deciliter|millimoles|kilograms?|percentage points)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\bhazard ratio (?:of |was |is )*(?P<n>0?\.\d+|1\.\d+)", re.IGNORECASE)
_TIMES = ("months", "weeks", "years")
_STRONG = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|phase|placebo|arms?|cohorts?|baseline|median|end ?points?|dos(?:e|ed|ing)"
    r"|data|readout|interim|treated|demonstrat\w+|showed)\b",
    re.IGNORECASE,
)
_COMMERCE = re.compile(r"\b(?:revenues?|sales|launch\w*|reimburse\w*|commercial\w*)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"[^.;,]{0,60}\b(?:in the literature|standard of care|historical\w*|still only|in the U\.S"
    r"|worldwide|globally|today)\b",
    re.IGNORECASE,
)
_OTHER_NOUN = re.compile(
    r"\s+(?!(?:compared|at|in|of|for|with|on|versus|vs|and|or|after|by|through|from|over|across|among"
    r"|relative|to|as|while|when|during|which|that|but|was|were|is|respectively|per|following|against"
    r"|within|using|than|the|a|not|per)\b)[a-z]",
)
_COMPARED = re.compile(r"\b(?:compared|versus|vs\.?|against)\b", re.IGNORECASE)
_ARM = re.compile(
    r"\s+(?:with|for|on|in|of patients on)\s+(?:the\s+)?(placebo|control|comparator|standard of care)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:at|by|through|after|over|to|from)\s+)?(?:(?:week|day|month|year)s?\s+\d+\b"
    r"|\d+(?:\.\d+)?[-\s](?:weeks?|months?|days?|years?)(?:\s+of\s+(?:treatment|follow-up|therapy))?"
    r"|(?:at\s+)(?:screening|baseline))",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"\bgrade\s+(?:\d|three|four|five)(?:\s*(?:or|/|and|-|to)\s*(?:higher|greater|above|\d|more))?",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:will|would|could|may|might|should|if|expect\w*|anticipat\w+|plan\w*|intend\w*|hope\w*"
    r"|aim\w*|potential\w*|goal|target(?:ing|s)?|hypothes\w+|assum\w+|need to|look(?:ing)? for|whether"
    r"|designed|powered|estimated|affects?|suffer|living with|prevalence|eligible|population of"
    r"|diagnosed|typically|generally|historical\w*|literature|guidelines?)\b[^.;]*$",
    re.IGNORECASE,
)
_NOT_CLINICAL = re.compile(
    r"\b(?:sales|revenues?|market|share|prescriptions?|growth|price|margin|access|payers?|covered"
    r"|coverage|commercial|reimburse\w*|physicians|doctors|prescribers|launch|volume|cost|savings)\b",
    re.IGNORECASE,
)


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find results that the company or its guest reports, not what they hope for."""
    for passage in passages:
        if not (passage.by_company or passage.kind is ParticipantKind.GUEST):
            continue
        for result in _results(passage):
            yield _fact(passage, result)


def _results(passage: Passage) -> list[Result]:
    text = passage.text
    found = list(_cues(text))
    if _trial_pattern().search(text) or _measure_pattern().search(text):
        found = [*_counts(text), *found, *_rates(passage)]
    kept: list[Result] = []
    for result in found:
        if _UNREAL.search(text[:result.start]) or text.rstrip().endswith("?"):
            continue
        if not any(r.rule == result.rule and r.start < result.end and result.start < r.end for r in kept):
            kept.append(result)
    return sorted(kept, key=lambda r: (r.start, r.end))


def _counts(text: str) -> Iterator[Result]:
    for match in _share_pattern().finditer(text):
        some, whole = read_count(match["n"]), read_count(match["all"])
        if some > whole or whole > _MOST_PATIENTS or _NOT_CLINICAL.search(match[0]):
            continue
        what = _short(match["what"]) or "patients"
        yield Result(
            match.start(), match.end(), "result.share", 0.9,
            (("measure", what), ("numerator", some), ("denominator", whole)),
        )  # fmt: skip
    patterns = () if _COMMERCE.search(text) else (_count_pattern(), _of_which_pattern())
    for pattern in patterns:
        for match in pattern.finditer(text):
            said = match["n"] or match["m"]
            number = read_count(said)
            if not 0 < number <= _MOST_PATIENTS or _NOT_CLINICAL.search(match[0]):
                continue
            if re.fullmatch(r"(?:19|20)\d\d", said):
                continue
            what = _short(f"{match['verb']}{match['what']}")
            yield Result(
                match.start(), match.end(), "result.count", 0.85,
                (("measure", what), ("value", Decimal(number)), ("unit", "patients")),
            )  # fmt: skip


def _cues(text: str) -> Iterator[Result]:
    for match in _NONE.finditer(text):
        yield Result(
            match.start(), match.end(), "result.none", 0.85,
            (("measure", _short(match["what"])), ("value", Decimal(0)), ("unit", "patients")),
        )  # fmt: skip
    for match in _ALL.finditer(text):
        yield Result(
            match.start(), match.end(), "result.all", 0.85,
            (("measure", _short(match["what"])), ("value", Decimal(100)), ("unit", "percent")),
        )  # fmt: skip
    for match in _DEATH.finditer(text):
        word = match["n"].lower()
        number = 1 if word in ("a", "an") else read_count(word)
        yield Result(
            match.start(), match.end(), "result.death", 0.85,
            (("measure", match["what"]), ("value", Decimal(number)), ("unit", "patients")),
        )  # fmt: skip
    for match in _FREE.finditer(text):
        yield Result(match.start(), match.end(), "result.free", 0.8, (("measure", match["what"]),))
    for match in _ENDPOINT.finditer(text):
        way = "met" if match["verb"].lower() in ("met", "achieved", "hit") else "not met"
        yield Result(
            match.start(), match.end(), "result.endpoint", 0.9,
            (("measure", f"{match['what']} {way}"),),
        )  # fmt: skip


def _rates(passage: Passage) -> Iterator[Result]:
    text = passage.text
    yield from _portions(passage)
    measures = list(_measure_pattern().finditer(text))
    if not measures or not (_STRONG.search(text) or passage.program(0)):
        return
    taken = [m.span() for m in _portion_pattern().finditer(text)]
    metrics = find_metrics(text)
    compared = _COMPARED.search(text) if "respectively" in text else None
    for start, end, value, unit in _figures(passage.amounts, text):
        measure = _measure_of(text, start, end, measures)
        if compared and start > compared.start():
            break
        if any(low <= start < high for low, high in taken) or _ELSEWHERE.match(text, end):
            continue
        if measure is None or any(abs(m.start - start) < 40 for m in metrics):
            continue
        if unit in _TIMES and _measures()[normalize(measure[0])] not in _durations():
            continue
        around = text[max(0, min(start, measure.start()) - 30) : max(end, measure.end()) + 30]
        if _NOT_CLINICAL.search(around):
            continue
        low, high = min(start, measure.start()), max(end, measure.end())
        arm = _ARM.match(text, end)
        yield Result(
            start, high if low == start else end, "result.rate", 0.85 if high - low < 70 else 0.75,
            (
                ("measure", _measures()[normalize(measure[0])]), ("value", value), ("unit", unit),
                *((("arm", arm[1]),) if arm else ()),
            ),
        )  # fmt: skip


def _portions(passage: Passage) -> Iterator[Result]:
    """Yield what a percentage of the patients had or did."""
    text = passage.text
    if _COMMERCE.search(text) or not (_STRONG.search(text) or passage.program(0)):
        return
    for match in _portion_pattern().finditer(text):
        if not _NOT_CLINICAL.search(match[0]) and not _ELSEWHERE.match(text, match.end("n") + 1):
            yield Result(
                match.start(), match.end(), "result.portion", 0.85,
                (
                    ("measure", _short(match["verb"] + match["what"])),
                    ("value", Decimal(match["n"])), ("unit", "percent"),
                ),
            )  # fmt: skip


def _figures(amounts: tuple[Amount, ...], text: str) -> Iterator[tuple[int, int, Decimal, str]]:
    for amount in amounts:
        if amount.value is not None and amount.kind in (AmountKind.PERCENT, AmountKind.POINTS):
            yield amount.core, amount.end, amount.value, str(amount.kind)
    for match in _DURATION.finditer(text):
        if not re.search(r"\b(?:at|after|through|over|by|for|week|of treatment)\s+$", text[: match.start()][-14:]):
            yield match.start(), match.end(), Decimal(match["n"]), match["unit"].lower()
    for match in _RATIO.finditer(text):
        yield match.start("n"), match.end(), Decimal(match["n"]), "ratio"


def _measure_of(
    text: str, start: int, end: int, measures: list[re.Match[str]]
) -> re.Match[str] | None:
    """Return the measure nearest to a figure in the same clause."""
    best: tuple[int, re.Match[str]] | None = None
    for measure in measures:
        after = measure.start() >= end
        gap = text[end : measure.start()] if after else text[measure.end() : start]
        if len(gap) > (45 if after else 75) or re.search(r"[;]|\. ", gap):
            continue
        if after and re.search(r"\d|,", gap):
            continue
        if not after and _OTHER_NOUN.match(text, end):
            continue
        distance = len(gap) + (10 if after else 0)
        if best is None or distance < best[0]:
            best = distance, measure
    return best[1] if best else None


def _short(words: str) -> str:
    """Trim the words of a measure to a readable length, at a word."""
    plain = " ".join(words.split()).strip(" ,-–—")
    plain = re.split(r"\s+(?:and|but|which|while|as|with)\s+(?=\w+\s+(?:patients?|were|was|had)\b)", plain)[0]
    return plain if len(plain) <= 160 else plain[:160].rsplit(" ", 1)[0]


def _fact(passage: Passage, result: Result) -> Fact:
    text = passage.text
    properties = list(result.properties)
    grade = _GRADE.search(text, max(0, result.start - 20), min(len(text), result.end + 40))
    if grade:
        properties.append(("grade", grade[0]))
    times = [
        m for m in _TIME.finditer(text)
        if result.start - 60 <= m.start() <= result.end + 45
        and not (result.rule == "result.rate" and m.start() <= result.start < m.end())
    ]  # fmt: skip
    after = [m for m in times if m.start() >= result.start]
    if times:
        properties.append(("timepoint", (after[0] if after else times[-1])[0].strip()))
    return Fact(
        FactKind.CLINICAL_RESULT,
        _subject(passage, result.start),
        tuple(properties),
        passage.evidence(result.start, result.end),
        rule=result.rule,
        confidence=result.confidence,
    )


def _subject(passage: Passage, position: int) -> EntityId | None:
    """Return the program of a result: in the sentence, the turn's topic, else the trial."""
    return passage.program(position) or passage.nearest(position, EntityType.TRIAL)
