"""Guidance: what the company or its partners promise, plan or expect, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from extractors.cue_patterns import CuePattern
from extractors.facts._metrics import find_metrics
from extractors.facts._outlooks import figures_of
from extractors.facts._passages import PRODUCTS, Passage, is_unbroken
from extractors.facts._promise_subjects import RUNWAY, subject_of
from extractors.facts._promises import promise_kind
from extractors.facts._surroundings import leading_scope
from extractors.model import Fact, FactKind, Polarity, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.periods import Period
from extractors.tables import alternation, load_phrases, load_table, lookup, normalize


def _words(table: str) -> str:
    return alternation(row["word"] for row in load_table(table))


@cache
def _verb_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:to|will|shall|we'll|potentially|be|not)\s+(?:be\s+|also\s+|then\s+|potentially\s+)*"
        rf"(?:{_words('promise_verbs')})(?:ing|ed|d)?\b"
        rf"|\b(?:forward to|planning on|plan on)\s+(?:\w+ing)\b",
        re.IGNORECASE,
    )


@cache
def _split_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,\s*(?:and\s+)?|\s+and\s+)(?!share (?:gains?|repurchase|price))"
        rf"(?=(?:{_words('promise_verbs')})\s)",
        re.IGNORECASE,
    )


_PAST = CuePattern(
    r"\b(?:we|I|they|was|were|had|originally|previously|initially)\s+(?:had\s+)?"
    r"(?:expected|anticipated|planned|were expecting)\b|\bthan (?:expected|anticipated|planned)\b"
    r"|\bas (?:expected|anticipated|planned)\b|\b(?:better|higher|lower|more|less)-than-"
    r"|\b(?:much|highly|long|most|eagerly|previously)[- ](?:anticipated|expected|planned)\b"
    r"|\bwill have \w+|\bwould(?:'ve| have)\b|\bused to (?:say|think|expect|guide)\b"
    r"|(?:\btold you|\bhad said|'d said|\bpreviously (?:said|guided)"
    r"|\blast (?:call|time|quarter),? (?:we|I) said)\b"
    r"|^due (?:to|in (?:(?:large )?part|no small part))\b",
)
_OTHERS = CuePattern(
    r"\b(?:survey\w*|consumers|customers|buyers|people|investors?|analysts?|competitors?|you|who)\b"
    r"[^.;,]{0,45}$",
)
_TRACK = re.compile(
    r"\s+(?:with\s+(?:our|the|its)|for\s+our)\b(?! (?:submission|filing|launch|approval|start))"
)
"""What makes "on track" a comparison with a plan and not a promise."""
_TIME = re.compile(r"\s+(?:20\d\d|the (?:rest|balance|remainder|second half|year)\b)")
"""What makes "looking forward to" the time of a sentence and not a promise."""
_FUNDS = re.compile(
    r"(?:This|That|It|Which)\s+(?:supports|funds|covers|enables|takes us|includes)\b"
)
_PARTS = re.compile(r"(?:And\s+)?(?:This|That|It)\s+(?:also\s+)?includes?\b")
"""What begins a sentence that gives the parts of the outlook before it."""
_GIVES = re.compile(
    r"\s+(?:reflects|assumes|includes|implies|is|remains|contemplates|anticipates)\b"
)
_OWN = re.compile(r"(?:we|I|our|the company)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:don't|do not|not|never|won't|no longer)\s+(?:currently\s+)?$", re.IGNORECASE
)
_ADJECTIVES = ("anticipated", "planned")
_DENIALS = ("don't expect", "do not expect")
_COMPARED = re.compile(
    r"(?:from|since|over(?!\s+(?:the\s+)?(?:next|coming|course|following|rest|balance"
    r"|remainder))|than|versus|past|last|prior|previous|compared to|compared with)\b\s*",
    re.IGNORECASE,
)
_COMPARED_TO = re.compile(rf"(?:{_COMPARED.pattern})(?:the\s+|an?\s+)?$", re.IGNORECASE)
_SEEN = re.compile(r"\b(?:saw|seen|had|did|experienced|were|was)\s+$", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:shared|presented|showed|reported|announced|incurred|recorded|saw|laid out)"
    r"\b[^.;,]{0,40}$|\bago,?\s+$|\bfrom where\b[^.;,]{0,20}$",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:reflecting|related to|driven by|as a result of"
    r"|in line with (?:our|the) (?:previous|prior|initial))\b[^;]*$",
    re.IGNORECASE,
)
"""What begins the reason of a promise, so that a time behind it is not the promise's."""
_REPORTED = re.compile(
    r"\d%\s+of\s+[^.;]{0,30}$"
    r"|\b(?:above|below|exceed\w*|beat\w*|in line with|within|compared to|versus|ahead of"
    r"|surpass\w*"
    r"|consistent with|better than|end of|initial|prior|previous|original|turning to|moving to"
    r"|shifting to|turn to|versus|against|had given|gave)\b"
    r"(?:[^.;]|\.(?=\d)){0,45}$",
    re.IGNORECASE,
)
_UNDONE = CuePattern(
    r"\b(?:would|could|might) have (?:been|grown|\w+ed)\b"
    r"|\b(?:we|I)(?:'d|'ve| had)? (?:earlier |previously )?(?:said|guided|told you) [$€£]?\d"
)
_WILL_BE = re.compile(
    r"\s+(?:(?:now|likely|probably|then|still)\s+)?be(?=\s+(?:in|by|at|around)\b)"
)
_CONDITION = CuePattern(r"\b(?:if|assuming|unless)\b")
_NEAR = 80
"""How far behind "we see", in code points, the figure that is foreseen may stand."""
_FAR = 160
"""How far from the word for an outlook, in code points, its figure may stand."""
_STRONG = ("plan", "expect", "outlook", "will", "stated")
_NEXT = re.compile(
    r";\s+|,\s+(?:and|but|so|while|then)\s+|\sand\s+(?=(?:(?:then|now|so|also)\s+)?(?:we|I|you|it|they|that)\b)"
)
"""What may begin a clause with a promise of its own."""
_CLAUSE_SUBJECT = 60
"""How far from the start of its clause, in code points, the cue of a further promise may stand."""
_BE = ("should be", "would be", "will be", "will", "'ll be", "should", "we'll be")
"""The cues that give the outlook of the metric right before them: "CapEx should be $2 million"."""


def find(passages: Iterable[Passage]) -> Iterator[Fact]:
    """Find the promises of executives; general forward-looking statements are none."""
    runway = figured = False
    for passage in passages:
        if not passage.by_company or passage.text.rstrip().endswith("?"):
            continue
        match = _FUNDS.match(passage.text) if runway else None
        if figured and passage.amounts and find_metrics(passage.text):
            match = match or _PARTS.match(passage.text)
        match = match or _cue(passage.text)
        found: tuple[Fact, ...] = ()
        if match is not None and not load_phrases("boilerplate").search(passage.text):
            found = tuple(_facts(passage, match))
        yield from found
        runway = "runway" in passage.text
        figured = any(fact.get("amount") is not None for fact in found)


def _kind_of(cue: re.Match[str]) -> str:
    return lookup("promise_cues", "kind").get(normalize(cue[0]), "stated")


def _cue(text: str) -> re.Match[str] | None:
    """Return the first cue, preferring a firm one to "could" and the like."""
    found = _cues(text)
    firm = [m for m in found if _kind_of(m) in _STRONG]
    ranked = firm or [m for m in found if _kind_of(m) != "view"] or found
    return ranked[0] if ranked else None


def _cues(text: str) -> list[re.Match[str]]:
    return [
        m
        for m in load_phrases("promise_cues").finditer(text)
        if not _PAST.search(text, max(0, m.start() - 25), m.end() + 8)
        and (_OWN.match(m[0]) or not _OTHERS.search(text, max(0, m.start() - 60), m.start()))
        and not (normalize(m[0]).endswith("on track") and _TRACK.match(text, m.end()))
        and not (normalize(m[0]).endswith("forward to") and _TIME.match(text, m.end()))
    ]


def _facts(passage: Passage, cue: re.Match[str]) -> Iterator[Fact]:
    text = passage.text
    if is_unbroken(text):
        return
    times = [
        p
        for p in _future_times(passage)
        if p.start >= cue.start() or p.start <= 30 or cue.start() - p.end <= 15
    ]
    kind = _kind_of(cue)
    confidence = _confidence(passage, cue, kind, times)
    if confidence is None:
        return
    further = list(_further(text, cue, times))
    stop = further[0][1] if further else len(text)
    for start, end in _pieces(text, cue, stop):
        due = _due(text, times if stop == len(text) else times[:1], start, end)
        yield _fact(passage, cue, (start, end), due, confidence)
    for number, (later, start) in enumerate(further):
        end = further[number + 1][1] if number + 1 < len(further) else len(text)
        due = _due(text, [p for p in times if start <= p.start < end], start, end)
        yield _fact(passage, later, (start, end), due, confidence)


def _further(
    text: str, cue: re.Match[str], times: list[Period]
) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the cues of further clauses that promise by a time of their own, and their starts."""
    starts = [m.end() for m in _NEXT.finditer(text, cue.end())] if len(times) > 1 else []
    cues = [m for m in _cues(text) if _kind_of(m) in _STRONG] if starts else []
    for start, end in pairwise([*starts, len(text)]):
        inside = [m for m in cues if start <= m.start() <= start + _CLAUSE_SUBJECT]
        if inside and any(start <= p.start < end and p.unit != "open" for p in times):
            yield inside[0], start


def _due(text: str, times: list[Period], start: int, end: int) -> Period | None:
    """Choose the time of a promise: in it, rather one that is told by name; else the last."""
    inside = [p for p in times if start <= p.start < end]
    named = [p for p in inside if not re.fullmatch(r"(?:\w+ )?full[- ]year", p.text, re.IGNORECASE)]
    leading = [p for p in times if p.end <= start and not text[: p.start].strip()]
    return next(iter([*named, *leading, *inside, *times[::-1]]), None)


def _future_times(passage: Passage) -> list[Period]:
    today = passage.calendar.today
    return [
        p
        for p in passage.periods(future=True)
        if p.unit != "day" and not p.is_past(today) and not _COMPARED.match(p.text)
        and not _COMPARED_TO.search(passage.text, max(0, p.start - 18), p.start)
        and not _SEEN.search(passage.text, max(0, p.start - 14), p.start)
        and not _TOLD.search(passage.text, max(0, p.start - 50), p.start)
        and not _REASON.search(passage.text, 0, p.start)
    ]  # fmt: skip


def _confidence(
    passage: Passage, cue: re.Match[str], kind: str, times: list[Period]
) -> float | None:
    """Return how sure a sentence is guidance, None where it is none."""
    text = passage.text
    reach = cue.start() - 25 if kind in ("will", "may") else 0
    if kind == "outlook" and _REPORTED.search(text, max(0, cue.start() - 90), cue.start()):
        return None
    due = [p for p in times if p.unit != "open" and p.start >= reach]
    if normalize(cue[0]) in _ADJECTIVES and not any(p.start > cue.start() for p in due):
        return None
    if kind == "will" and not text[cue.end() :].strip(" .").count(" "):
        return None
    milestone = load_phrases("milestone_words").search(text, max(0, cue.start() - 60))
    metric = find_metrics(text)
    if _UNDONE.search(text, cue.end()):
        return None
    amounts = [
        a
        for a in passage.amounts
        if a.start > cue.start() - (_FAR if kind == "outlook" else 0)
        and (a.start < cue.end() + _FAR or kind != "outlook")
    ]
    verb = _verb_pattern().search(text, max(0, cue.start() - 5), cue.end() + 45)
    if kind == "stated":
        return 0.7
    if kind in ("plan", "expect") and (due or (metric and amounts)):
        return 0.9
    if kind == "view":
        return _view_confidence(text, cue, due, amounts)
    if kind == "outlook":
        return _outlook_confidence(text, cue, bool(amounts), bool(metric or due))
    if kind == "will" and due and (verb or milestone or _comes(text, cue, due)):
        return 0.8
    if kind in ("plan", "expect") and times and (verb or normalize(cue[0]) in _DENIALS):
        return 0.75
    if kind in ("plan", "expect") and milestone and (verb or times):
        return 0.75
    if kind in ("plan", "expect") and metric:
        return 0.7
    if kind == "will" and verb and milestone and any(p.start >= reach for p in times):
        return 0.7
    if kind in ("will", "may") and amounts and _is_led(text, cue, amounts[0].start):
        return 0.75
    if kind in ("plan", "expect") and any(passage.of_type(*PRODUCTS)) and _is_sum(amounts[:1]):
        return 0.75
    soon = load_phrases("milestone_words").search(text, max(0, cue.start() - 40), cue.end() + 45)
    if kind == "may" and due and soon and due[0].start >= cue.start():
        return 0.65
    return None


def _view_confidence(
    text: str, cue: re.Match[str], due: list[Period], amounts: list[Amount]
) -> float | None:
    """Judge "we see" and the like: what they say must have a figure and a time to come."""
    near = amounts and amounts[0].start - cue.end() <= _NEAR
    told = near and due and (find_metrics(text) or amounts[0].upper is not None)
    return 0.7 if told and not _CONDITION.search(text) else None


def _comes(text: str, cue: re.Match[str], due: list[Period]) -> bool:
    """Tell whether a promise is but that something will be at a time."""
    match = _WILL_BE.match(text, cue.end())
    return match is not None and any(0 <= p.start - match.end() <= 2 for p in due)


def _is_led(text: str, cue: re.Match[str], figure: int) -> bool:
    """Tell whether a metric stands right before "should be" and its figure right after."""
    if normalize(cue[0]) not in _BE or figure - cue.end() > 45:
        return False
    led = [m for m in find_metrics(text) if m.end <= cue.start()]
    if not led or _CONDITION.search(text, 0, cue.start()):
        return False
    return cue.start() - led[-1].end <= 40 and "," not in text[led[-1].end : cue.start()]


def _is_sum(amounts: list[Amount]) -> bool:
    return bool(amounts) and amounts[0].kind is AmountKind.MONEY


_RANGE = re.compile(r"\d[^.;]{0,25}\s(?:to|and)\s+[$€£]?\d|\d%|\bdigits?\b|\bteens\b")
"""What makes a bare figure an outlook though nothing says of what."""


def _outlook_confidence(text: str, cue: re.Match[str], figured: bool, about: bool) -> float | None:
    """Judge a sentence that names the guidance: it must give it, not only speak of it."""
    if figured and (about or _RANGE.search(text, cue.start())):
        return 0.85
    if RUNWAY.search(text) or normalize(cue[0]).startswith(("should", "sufficient", "to fund")):
        return 0.8 if about else None
    return 0.7 if about and _GIVES.match(text, cue.end()) else None


def _pieces(text: str, cue: re.Match[str], stop: int) -> list[tuple[int, int]]:
    """Split a list of promises ("file ..., report ... and complete ...") into its members."""
    listed = re.search(r"\b(?:to|will|'ll)$", cue[0]) or re.match(r"\s+to\b", text[cue.end() :])
    cuts = [m.end() for m in _split_pattern().finditer(text, cue.end(), stop)] if listed else []
    starts = [cue.start(), *cuts]
    ends = [*cuts, stop]
    return list(zip(starts, ends, strict=True))


def _fact(
    passage: Passage,
    cue: re.Match[str],
    span: tuple[int, int],
    due: Period | None,
    confidence: float,
) -> Fact:
    text = passage.text
    promise = text[span[0] : span[1]].strip(" \n,").removesuffix(" and").rstrip(" ,.")
    properties: list[tuple[str, Value | Reference]] = [("promise", promise)]
    if due is not None:
        properties.append(("dueText", due.text))
        if due.not_before:
            properties.append(("notBefore", due.not_before))
        if due.not_after:
            properties.append(("notAfter", due.not_after))
    subject = subject_of(passage, cue, span)
    outlook = _kind_of(cue) == "outlook"
    figures = tuple(figures_of(passage, cue, span, subject, named_before=outlook))
    properties.extend(figures)
    aim = None if figures else promise_kind(promise)
    if aim is not None:
        properties.append(("promiseKind", aim))
    led = leading_scope(passage)
    if led is not None and any(name in ("metric", "amount") for name, _ in properties):
        properties.append(("scope", led[1]))
    negated = _NEGATED.search(text, 0, cue.start()) or re.match(r"(?:don't|do not)", cue[0])
    start, end = min(cue.start(), span[0]), span[1]
    return Fact(
        FactKind.GUIDANCE,
        subject,
        tuple(properties),
        passage.evidence(start, end),
        rule=f"guidance.{_kind_of(cue)}",
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        confidence=confidence,
    )
