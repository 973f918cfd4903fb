"""Deal terms: milestones, upfront payments, royalties, stakes, options, licences and takeovers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.facts._passages import Passage
from extractors.folding import fold
from extractors.model import EntityId, EntityType, Fact, FactKind, Reference, Value
from extractors.money import Amount, AmountKind
from extractors.tables import load_phrases, lookup, normalize

_PARTNERS = (EntityType.COMPANY, EntityType.INSTITUTION)
_NEAR = 75
"""How far from its amount, in code points, the word for the term may stand."""
_TIER_NEAR = 110
"""The same for a royalty tier: "has moved up from the high single digits to the low teens"."""
_GENERAL = {"paid": "upfront", "owed": "milestone"}
"""What a payment is where no word says: one that was made, one that is still to come."""
_PAID = ("milestone", "upfront", "royalty", "equity", "option", "financing", "licence")


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a deal term in a sentence; positions relative to it."""

    start: int
    end: int
    kind: str


_RIGHT = re.compile(
    r"\b(?:eligible|entitled|receive[sd]?|receiving|earn(?:ed)?|makes? us|plus|as well as|owes?|pay"
    r"|agreed to|potential)\b",
    re.IGNORECASE,
)
_EXPENSE = re.compile(
    r"\b(?:expenses?|IPR&D|guidance|tax|amortization|impairment|year-over-year)\b",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:agreement|alliance|collaboration|partnership|partner(?:ed|s)?|licen[sc]\w+|deal|eligible"
    r"|entitled|stake|acqui\w+|facility|financing|transaction|stock|signed|payments?|shares"
    r"|rights)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:announc\w+|enter(?:ed|ing)|sign(?:ed|ing)|complet\w+|clos(?:ed|ing)|acquired|agreed"
    r"|includ\w+|together with|recent\w*|through|with|following|our)\b",
    re.IGNORECASE,
)
_OWED = re.compile(
    r"\b(?:milestones|pay|pays|paying|upfront|royalties|royalty in|receive|earn"
    r"|drawn?|initial draw|at close|in exchange|in return"
    r"|paid us|due another|are due|owed|owes?)\b",
    re.IGNORECASE,
)
_CASH = re.compile(r"\b(?:cash flow|cash balance|year-over-year)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:subject to|upon the|upon|contingent on|if certain|provided that"
    r"|based on)\s+(?:[^,.;]|,\s\d{4}){5,120}",
    re.IGNORECASE,
)
_BUYBACK = re.compile(r"\b(?:we|we've)\s+(?:\w+\s+)?$", re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:moved|increased|raised|rose|risen|gone|went|stepped|up"
    r"|improved)\b[^.;]{0,20}?\bfrom\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OF_NET_SALES = re.compile(r"\s+of\s+(?:(?:our|annual|worldwide|global|future|the)\s+)*net sales\b")
_OF_ROYALTIES = re.compile(
    r"\s+of\s+(?:[\w-]+\s+)?royalt(?:y|ies)\b(?! (?:financing|monetization))"
)
"""What makes a sum revenue and no term."""
_REVENUE = re.compile(r"\brevenues? (?:of|was|were)\s+$", re.IGNORECASE)
_IN_PROCESS = re.compile(r"\s+(?:IP|in-process)")
_ADDED = re.compile(r"\b(?:another|an additional|a further)\s+$", re.IGNORECASE)
_AMENDED = re.compile(r"\bamend(?:ed|ment|ments)?\b", re.IGNORECASE)
_AGREEMENT = re.compile(r"\b(?:agreement|collaboration|licen[sc]e|deal|contract)\b", re.IGNORECASE)


def find(passages: Sequence[Passage]) -> Iterator[Fact]:
    """Find the terms of deals that the company states, with the other party of each."""
    for passage in passages:
        if not passage.by_company:
            continue
        terms = find_terms(passage.text)
        if terms:
            yield from _facts(passage, terms, passages)


def find_terms(text: str) -> tuple[Term, ...]:
    """Return the words for deal terms in a sentence, positions relative to it.

    >>> [t.kind for t in find_terms("an upfront payment plus tiered royalties")]
    ['upfront', 'royalty']
    >>> find_terms("We rent the site")
    ()
    """
    return tuple(
        Term(m.start(), m.end(), lookup("deal_terms", "kind")[normalize(m[0])])
        for m in load_phrases("deal_terms").finditer(text)
        if not _IN_PROCESS.match(text, m.end())
    )


def _facts(
    passage: Passage, terms: tuple[Term, ...], passages: Sequence[Passage]
) -> Iterator[Fact]:
    used: set[Term] = set()
    last: Term | None = None
    for amount in passage.amounts:
        term = _term_of(passage.text, amount, terms)
        if term is None and last is not None and amount.kind is AmountKind.MONEY:
            added = _ADDED.search(passage.text, 0, amount.start)
            term = Term(amount.core, amount.end, "milestone") if added else None
        if term is None:
            continue
        last = term
        other = _counterparty(passage, amount.core, passages)
        named = any(o == other for _, _, o in _others(passage))
        if not named and not (_DEAL.search(passage.text) or _OWED.search(passage.text)):
            continue
        if _CASH.search(passage.text):
            continue
        used.add(term)
        yield _fact(passage, term, amount, other)
    for term in terms:
        if term in used or any(term.kind == done.kind for done in used):
            continue
        other = _named(passage, term)
        if other is not None:
            used.add(term)
            yield _fact(passage, term, None, other)


def _term_of(text: str, amount: Amount, terms: tuple[Term, ...]) -> Term | None:
    """Return the term that an amount states: the first after it, else the last before it."""
    if amount.kind is AmountKind.POINTS or amount.per_share:
        return None
    if amount.kind is AmountKind.TIER and _FORMER.search(text, 0, amount.start):
        return None
    wanted = [
        t
        for t in terms
        if (amount.kind is AmountKind.MONEY and t.kind in (*_PAID, "acquisition", *_GENERAL))
        or t.kind == "royalty"
    ]
    wanted = [t for t in wanted if t.kind not in _GENERAL] or wanted
    if amount.kind is not AmountKind.MONEY:
        wanted = [t for t in wanted if t.kind == "royalty"]
    if amount.kind is AmountKind.PERCENT and _OF_NET_SALES.match(text, amount.end):
        paying = any(t.kind in ("royalty", "financing", *_GENERAL) for t in terms)
        return Term(amount.core, amount.end, "royalty") if paying else None
    if amount.kind is AmountKind.MONEY and (
        _OF_ROYALTIES.match(text, amount.end) or _REVENUE.search(text, 0, amount.start)
    ):
        return None
    if _EXPENSE.search(text, max(0, amount.start - 60), min(len(text), amount.end + 60)):
        return None
    after = [
        t for t in wanted
        if amount.end <= t.start <= amount.end + _NEAR
        and not re.search(r"[;]|\d|, (?:and|as well)", text[amount.end : t.start])
    ]  # fmt: skip
    reach, between = (_TIER_NEAR, ";") if amount.kind is AmountKind.TIER else (45, r"[;,]|\d")
    before = [
        t for t in wanted
        if t.end <= amount.start <= t.end + reach
        and not re.search(between, text[t.end : amount.core])
        and not (t.kind == "equity" and _BUYBACK.search(text, 0, t.start))
    ]  # fmt: skip
    if before and (not after or before[-1].end + 14 >= amount.start):
        return before[-1]
    return after[0] if after else None


def _named(passage: Passage, term: Term) -> EntityId | None:
    """Return the other party of a term without an amount; None where it states no deal."""
    text = passage.text
    near = text[max(0, term.start - 60) : term.end + 60]
    others = _others(passage)
    if not others:
        paid = re.search(r"\b(?:eligible|entitled)\b", near)
        return passage.partner if term.kind == "milestone" and paid and _eligible(near) else None
    if term.kind in ("licence", "acquisition", "financing"):
        for start, end, other in others:
            gap = text[term.end : start] if start >= term.end else text[end : term.start]
            told = text[max(0, term.start - 90) : start + 1]
            if len(gap) <= 25 and (
                _DONE.search(told) or text[: term.start].lower().endswith("the ")
            ):
                return other if not _hypothetical(text, term) else None
        return None
    if term.kind in ("milestone", "royalty") and _eligible(near):
        if term.kind == "milestone" and not re.search(r"payment|eligible|entitled", near):
            return None
        return _nearest(others, term.start)
    return None


def _eligible(near: str) -> bool:
    return bool(_RIGHT.search(near)) and not _EXPENSE.search(near)


def _hypothetical(text: str, term: Term) -> bool:
    before = text[max(0, term.start - 60) : term.start]
    return bool(re.search(r"\b(?:if|would|could|might|since|prior to|look\w* for)\b", before))


def _others(passage: Passage) -> list[tuple[int, int, EntityId]]:
    """Return the organizations of a sentence but the issuer, with positions relative to it."""
    issuer = passage.context.transcript.call.issuer
    return [
        (m.start - passage.start, m.end - passage.start, m.entity)
        for m in passage.of_type(*_PARTNERS, EntityType.FIRM)
        if m.entity != issuer and "&D" not in m.quote
    ]


def _nearest(others: list[tuple[int, int, EntityId]], position: int) -> EntityId:
    before = [other for start, _, other in others if start <= position]
    return before[-1] if before else others[0][2]


def _counterparty(passage: Passage, position: int, passages: Sequence[Passage]) -> EntityId | None:
    """Return who the deal is with: named in the sentence, else the amended one, else the topic."""
    others = _others(passage)
    if others:
        return _nearest(others, position)
    if _AMENDED.search(passage.text) and _AGREEMENT.search(passage.text):
        for other in passages:
            if other is passage or "amend" not in fold(other.text):
                continue
            if not _AMENDED.search(other.text):
                continue
            match = re.search(
                r"\bamend\w*\b.{0,60}?\b(?:agreement|collaboration|licen[sc]e"
                r"|deal)\b.{0,20}?\bwith\s",
                other.text,
            )
            named = [o for s, _, o in _others(other) if match and 0 <= s - match.end() <= 8]
            if named:
                return named[0]
    return passage.partner


def _fact(passage: Passage, term: Term, amount: Amount | None, other: EntityId | None) -> Fact:
    text = passage.text
    properties: list[tuple[str, Value | Reference]] = [
        ("termKind", _GENERAL.get(term.kind, term.kind))
    ]
    if other is not None:
        properties.append(("counterparty", Reference(other)))
    start, end = term.start, term.end
    if amount is not None:
        start, end = min(start, amount.start), max(end, amount.end)
        properties.extend(_amount_properties(amount))
    following = (a.start for a in passage.amounts if a.start >= end)
    last = min(next(following, len(text)), end + 160)
    condition = _CONDITION.search(text, start, last)
    if condition:
        properties.append(("condition", condition[0]))
    return Fact(
        FactKind.DEAL_TERM,
        passage.context.transcript.call.issuer,
        tuple(properties),
        passage.evidence(start, end),
        rule="deal.amount" if amount else "deal.named",
        confidence=_confidence(passage, amount, other),
    )


def _confidence(passage: Passage, amount: Amount | None, other: EntityId | None) -> float:
    if other is None:
        return 0.6
    named = any(o == other for _, _, o in _others(passage))
    return (0.9 if named else 0.75) if amount else 0.8


def _amount_properties(amount: Amount) -> Iterable[tuple[str, Value]]:
    if amount.value is not None and amount.kind is AmountKind.MONEY:
        yield "amount", amount.value
        if amount.upper is not None:
            yield "upperAmount", amount.upper
        if amount.currency:
            yield "currency", amount.currency
        yield "bound", amount.bound
    else:
        yield "tier", amount.tier or amount.text
