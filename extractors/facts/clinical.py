"""Clinical results: patients counted, rates and changes measured, and what nobody experienced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from extractors.facts._counts import has_count, read_count
from extractors.facts._metrics import find_metrics
from extractors.facts._passages import PRODUCTS, Passage, names_another
from extractors.facts._result_changes import UNFIGURED_CUES, find_changes
from extractors.facts._result_forms import (
    ARM,
    COMMERCE,
    COMPARED,
    DURATION,
    ELSEWHERE,
    ENDPOINT,
    FORMS,
    GRADE,
    OTHER_NOUN,
    PEOPLE,
    RATIO,
    STRONG,
    TIME,
    TIMES,
    UNREAL,
    Result,
    is_commercial,
    of_which_pattern,
    patients_pattern,
    portion_pattern,
    share_pattern,
    whole_first_pattern,
)
from extractors.model import EntityId, EntityType, Fact, FactKind, ParticipantKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.tables import (
    has_digit,
    load_phrases,
    load_table,
    lookup,
    normalize,
    word_set,
    words_of,
)

_MOST_PATIENTS = 60_000
"""More than any trial enrolls: a population, not a result."""


@cache
def _durations() -> frozenset[str]:
    """Return the measures that are lengths of time."""
    rows = load_table("result_measures")
    return frozenset(row["measure"] for row in rows if row["takes"] == "time")


@cache
def _cue_words() -> frozenset[str]:
    """Return the words of which one stands in every result without a figure in digits."""
    return word_set("trial_words").union(
        load_phrases("result_measures").cues, FORMS.cues, ENDPOINT.cues or (), UNFIGURED_CUES
    )


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find results that the company or its guest reports, not what they hope for."""
    running = -1
    for passage in passages:
        if not (passage.by_company or passage.kind is ParticipantKind.GUEST):
            continue
        may_tell = has_digit(passage.text) or not _cue_words().isdisjoint(words_of(passage.text))
        results = _results(passage, running=passage.turn == running) if may_tell else []
        running = passage.turn if results else -1
        for result in results:
            yield _fact(passage, result)


def _results(passage: Passage, *, running: bool) -> list[Result]:
    text = passage.text
    found = list(_cues(text))
    trial = not words_of(text).isdisjoint(word_set("trial_words"))
    if trial or load_phrases("result_measures").search(text):
        found = [*_counts(text), *found, *_rates(passage, running=running)]
    kept: list[Result] = []
    known = [(r.start, r.end) for r in found]
    for result in find_changes(passage, running=running):
        if not any(start < result.end and result.start < end for start, end in known):
            found.append(result)
            known.append((result.start, result.end))
    ratios = [(r.start, r.end) for r in found if ("unit", "ratio") in r.properties]
    for result in found:
        if result.rule == "result.ratio" and any(
            a < result.end and result.start < b for a, b in ratios
        ):
            continue
        if UNREAL.search(text[: result.start]) or text.rstrip().endswith("?"):
            continue
        if not any(
            r.rule == result.rule and r.start < result.end and result.start < r.end for r in kept
        ):
            kept.append(result)
    return sorted(kept, key=lambda r: (r.start, r.end))


def _counts(text: str) -> Iterator[Result]:
    words = words_of(text)
    if words.isdisjoint(word_set("people_words")) and words.isdisjoint(
        ("which", "whom", "those", "these", "out")
    ):
        return
    if not has_count(text):
        return
    for match in (*whole_first_pattern().finditer(text), *share_pattern().finditer(text)):
        some, whole = read_count(match["n"]), read_count(match["all"])
        if some > whole or whole > _MOST_PATIENTS or is_commercial(match[0]):
            continue
        what = _short(match["what"]) or "patients"
        yield Result(
            match.start(), match.end(), "result.share", 0.9,
            (("measure", what), ("numerator", some), ("denominator", whole)),
        )  # fmt: skip
    patterns = () if COMMERCE.search(text) else (patients_pattern(), of_which_pattern())
    for pattern in patterns:
        for match in pattern.finditer(text):
            said = match["n"] or match["m"]
            number = read_count(said)
            if not 0 < number <= _MOST_PATIENTS or is_commercial(match[0]):
                continue
            if re.fullmatch(r"(?:19|20)\d\d", said) or _IN_EVERY.search(text, 0, match.start()):
                continue
            what = _short(f"{match['verb']}{match['what']}")
            yield Result(
                match.start(), match.end(), "result.count", 0.85,
                (("measure", what), ("value", Decimal(number)), ("unit", "patients")),
            )  # fmt: skip


def _cues(text: str) -> Iterator[Result]:
    """Yield what a form of words tells without a figure of its own."""
    for pattern, form in FORMS.fitting(text):
        for match in pattern.pattern.finditer(text):
            properties: list[tuple[str, Value | Reference]] = [("measure", _short(match["what"]))]
            number = _one_or_more(match["n"]) if form.counted else form.value
            if number is not None:
                properties += [("value", Decimal(number)), ("unit", form.unit)]
            yield Result(match.start(), match.end(), form.rule, 0.85, tuple(properties))
    for match in ENDPOINT.finditer(text):
        way = "met" if match["verb"].lower() in ("met", "achieved", "hit") else "not met"
        yield Result(
            match.start(), match.end(), "result.endpoint", 0.9,
            (("measure", f"{match['what']} {way}"),),
        )  # fmt: skip


def _one_or_more(word: str) -> int:
    return 1 if word.lower() in ("a", "an") else read_count(word)


def _rates(passage: Passage, *, running: bool) -> Iterator[Result]:
    text = passage.text
    yield from _portions(passage)
    measures = list(load_phrases("result_measures").finditer(text))
    if not measures or not (running or STRONG.search(text) or passage.program(0)):
        return
    taken = [m.span() for m in portion_pattern().finditer(text)]
    metrics = find_metrics(text)
    compared = COMPARED.search(text) if "respectively" in text else None
    for start, end, value, unit in _figures(passage.amounts, text):
        measure = _measure_of(text, start, end, measures)
        if compared and start > compared.start():
            break
        if any(low <= start < high for low, high in taken) or ELSEWHERE.match(text, end):
            continue
        if measure is None or any(abs(m.start - start) < 40 for m in metrics):
            continue
        if _LEAST.search(text, max(0, start - 14), start) or _OF_PEOPLE.match(text, end):
            continue
        if _OF_EVENTS.match(text, end):
            continue
        if unit in TIMES and _name(measure) not in _durations():
            continue
        around = text[max(0, min(start, measure.start()) - 30) : max(end, measure.end()) + 30]
        if is_commercial(around):
            continue
        low, high = min(start, measure.start()), max(end, measure.end())
        arm = ARM.match(text, end)
        yield Result(
            start, high if low == start else end, "result.rate", 0.85 if high - low < 70 else 0.75,
            (
                ("measure", _name(measure)), ("value", value), ("unit", unit),
                *((("arm", arm[1]),) if arm else ()),
            ),
        )  # fmt: skip


def _portions(passage: Passage) -> Iterator[Result]:
    """Yield what a percentage of the patients had or did."""
    text = passage.text
    if not portion_pattern().search(text):
        return
    if COMMERCE.search(text) or not (STRONG.search(text) or passage.program(0)):
        return
    for match in portion_pattern().finditer(text):
        if not is_commercial(match[0]) and not ELSEWHERE.match(text, match.end("n") + 1):
            yield Result(
                match.start(), match.end(), "result.portion", 0.85,
                (
                    ("measure", _short(match["verb"] + match["what"])),
                    ("value", Decimal(match["n"])), ("unit", "percent"),
                ),
            )  # fmt: skip


_LEAST = re.compile(r"\bat least (?:an? )?$")
"""What makes a figure the bar that patients reached and not their result."""
_IN_EVERY = re.compile(r"\b(?:\d|one|two|three)\s+in\s+$", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    rf"\s+of\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE}\s+(?:at|with|in|on)\b", re.IGNORECASE
)
"""What makes a figure a share of the patients and not their result."""
_LONG = re.compile(r"\bof\s+$")
"""What makes a time the length of something and not when it was measured."""
_BARE_TIME = re.compile(r"\d|to\b|from\b", re.IGNORECASE)
"""A time that is itself a figure beside one that is a time: "17 months compared with 9 months"."""
_OF_EVENTS = re.compile(r"\s+of\s+(?:the\s+)?(?:planned\s+|expected\s+|required\s+)?events\b")
_NEW_CLAUSE = re.compile(r"\d[^,]*,\s+(?:and|while|but)\s+(?!was\b|were\b)[a-z]")
"""What stands between a measure and a figure that another clause gives."""
_DUE_TO = re.compile(r"\bdue to\s+[\w -]{0,30}$")


def _figures(amounts: tuple[Amount, ...], text: str) -> Iterator[tuple[int, int, Decimal, str]]:
    for amount in amounts:
        if amount.value is not None and amount.kind in (AmountKind.PERCENT, AmountKind.POINTS):
            yield amount.core, amount.end, amount.value, str(amount.kind)
    for match in DURATION.finditer(text):
        if not re.search(
            r"\b(?:at|after|through|over|by|for|week|of treatment)\s+$", text[: match.start()][-14:]
        ):
            yield match.start(), match.end(), Decimal(match["n"]), match["unit"].lower()
    for match in RATIO.finditer(text):
        yield match.start("n"), match.end(), Decimal(match["n"]), "ratio"


def _name(measure: re.Match[str]) -> str:
    return lookup("result_measures", "measure")[normalize(measure[0])]


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
        if (after and re.search(r"\d|,", gap)) or _NEW_CLAUSE.search(gap):
            continue
        if not after and OTHER_NOUN.match(text, end):
            continue
        distance = len(gap) + (10 if after else 0)
        if best is None or distance < best[0]:
            best = distance, measure
    if best is None:
        return None
    cause = _DUE_TO.search(text, 0, best[1].start())
    earlier = [m for m in measures if cause and m.end() <= cause.start() <= m.end() + 4]
    if earlier:
        return earlier[-1]
    close = [m for m in measures if abs(m.start() - best[1].start()) <= 40 and not _is_generic(m)]
    return close[0] if close and _is_generic(best[1]) else best[1]


def _is_generic(measure: re.Match[str]) -> bool:
    """Tell whether it says only that something changed ("reduction"), not what."""
    return lookup("result_measures", "takes")[normalize(measure[0])] == "change"


def _short(words: str) -> str:
    """Trim the words of a measure to a readable length, at a word."""
    plain = " ".join(words.split()).strip(" ,-–—")
    plain = re.split(
        r"\s+(?:and|but|which|while|as|with)\s+(?=\w+\s+(?:patients?|were|was|had)\b)"
        r"|,\s+(?=(?:so|but|which|while|we|it|there|only|just|one|two|three|four|five|and (?:we"
        r"|it|the))\b)",
        plain,
    )[0]
    return plain if len(plain) <= 160 else plain[:160].rsplit(" ", 1)[0]


def _fact(passage: Passage, result: Result) -> Fact:
    text = passage.text
    properties = list(result.properties)
    grade = GRADE.search(text, max(0, result.start - 20), min(len(text), result.end + 40))
    if grade:
        properties.append(("grade", grade[0]))
    lasting = any(name == "unit" and value in TIMES for name, value in properties)
    times = [
        m for m in TIME.finditer(text)
        if result.start - 60 <= m.start() <= result.end + 45
        and not (result.rule == "result.rate" and m.start() <= result.start < m.end())
        and not _LONG.search(text, max(0, m.start() - 4), m.start())
        and not (lasting and _BARE_TIME.match(m[0]))
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


def _is_of_others(passage: Passage, position: int) -> bool:
    """Tell whether a result is that of another company: "Alogia's own antibody had"."""
    issuer = passage.context.transcript.call.issuer
    return any(
        m.entity != issuer
        and m.end - passage.start <= position
        and passage.text[m.end - passage.start :].startswith(("'s ", "’s "))
        for m in passage.of_type(EntityType.COMPANY)
    )


def _subject(passage: Passage, position: int) -> EntityId | None:
    """Return the program of a result: in the sentence, the turn's topic, else the trial."""
    named = any(passage.of_type(*PRODUCTS))
    if not named and _is_of_others(passage, position):
        return None
    told = passage.program(position) if named or not names_another(passage.text) else None
    return told or passage.nearest(position, EntityType.TRIAL)
