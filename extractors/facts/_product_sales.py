"""Sales that are those of a product, though the sentence does not say "X sales"."""

from __future__ import annotations

import re
from functools import cache

from extractors.facts._metrics import Metric
from extractors.facts._passages import PRODUCTS, Passage
from extractors.facts._surroundings import leading_scope
from extractors.model import EntityId
from extractors.money import Amount, AmountKind
from extractors.tables import alternation, load_table

CLINICAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|phase|patients?|risk|weeks?|levels?|events?|baseline|dose"
    r"|tumou?r)\b",
    re.IGNORECASE,
)
_STORY = (
    r"\b(?:erosion|sales|uptake|decline|growth|launch|performance|demand|exclusivity)"
    r"\s+(?:of|for|in)\s+(?:our\s+)?"
)
OWNER = re.compile(rf"(?i:{_STORY})(?P<name>[A-Z][a-z]{{4,14}})\b")
"""A product that a sentence on sales names first, though nothing else tells of it."""
_TOLD_OF = re.compile(rf"{_STORY}$", re.IGNORECASE)
_WITH = re.compile(r"\bwith\s+(?:(?:total|global|net|quarterly|record)\s+){0,2}$", re.IGNORECASE)
_LEADING = 12
"""How far from its start, in code points, what a sentence is about may stand."""
_AND_ITS = re.compile(r"(?:,|\band|\bwith|\bits)\s+$")
_SOLD = re.compile(
    r"(?:,[^,$]{3,90},|,)?\s+(?:(?:also|again|alone|has|now)\s+)*"
    r"(?:(?P<sum>delivered|generated|contributed|posted|recorded|brought in|earned|added|sold|did"
    r"|made|had|was|were|reached|totaled|achieved|came in at|came to|finished at|ended at|at)"
    r"|(?P<way>grew|rose|declined|fell|increased|decreased|was up|was down)(?:\s+by)?)\s+$",
    re.IGNORECASE,
)
"""What stands between a product and its sales: "Xyl, our antibody, delivered $2 billion"."""

_DELIVERING = re.compile(
    r",\s+(?:delivering|generating|contributing|bringing in|reaching|totaling|adding)\s+$"
)
_OWNS = re.compile(
    r"(?:,[^,$]{3,60},)?\s+(?:also\s+)?(?:had|has|saw|made|delivered|generated|posted|recorded"
    r"|achieved"
    r"|reported|reached|contributed|brought in)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}$"
)
"""What stands between a product and the word for its sales: "Xyl, in lupus, had sales of"."""
_IT_WAS = re.compile(
    r"(?:^|,\s|\band\s|\bquarter\s)\W*(?P<it>[Ii]t|that) (?:was|did|brought in)\s+$"
)
_WE_DID = re.compile(r"\b(?P<we>we) (?:did|sold|delivered)\s+$")
_OF_DEALS = re.compile(
    r"\b(?:upfront|milestones?|deal|paid|pay|payments?|royalt\w+|cost|price|loan|facility)\b"
)
_SUBJECT = 45
"""How far from its start, in code points, the subject of a sentence ends."""
_IN_PART = re.compile(
    r"\s+in\s+((?!cash\b|total\b|the\b|all\b|line\b|fiscal\b|aggregate\b|constant\b|proceeds\b"
    r"|sales\b|revenues?\b|addition\b|net\b|january|february|march|april|june|july|august"
    r"|september|october|november|december)[a-z][a-z-]{3,})(?=[,.;])"
)
"""The part of the business that stands behind a sum: "a record of $2 million in services"."""
_LEAST_SALES = 100_000
"""A smaller sum is a price."""


@cache
def _place() -> re.Pattern[str]:
    """Return what tells the sales of a part of the world: "the US was $5 billion"."""
    places = alternation(row["word"] for row in load_table("regions"))
    return re.compile(
        rf"\b(?:[Tt]he\s+)?(?P<place>{places})(?:\s+business)?\s+(?:was|were|did|delivered"
        rf"|contributed"
        r"|generated|posted|recorded|had|came in at|at)\s+$"
    )


def place_of(text: str, amount: Amount, metric: Metric) -> str | None:
    """Return which part of the world or the business a figure is of, as the words beside it say.

    >>> amount = Amount(10, 20, "$2 million", AmountKind.MONEY)
    >>> place_of("China was $2 million", amount, Metric(5, 5, "sales"))
    'China'
    >>> place_of("Sales were $2 million", amount, Metric(0, 5, "sales"))
    """
    behind = _IN_PART.match(text, amount.end)
    if behind and metric.name in ("revenue", "sales"):
        return behind[1]
    if metric.start != metric.end:
        return None
    words = (row["word"] for row in load_table("regions"))
    named = [w for w in words if text.endswith(w, 0, metric.end)]
    return max(named, key=len) if named else None


def owns(passage: Passage, end: int, metric: Metric) -> bool:
    """Tell whether a product that ends at a position is said to have had what a metric names."""
    return _OWNS.fullmatch(passage.text, end, metric.start) is not None


def sales_of(passage: Passage, amount: Amount, metrics: tuple[Metric, ...]) -> Metric | None:
    """Return the sales of a product that is said to have delivered or grown by an amount.

    The metric has no words of its own; it stands where the product ends.
    """
    text = passage.text
    for mention in passage.of_type(*PRODUCTS):
        end = mention.end - passage.start
        verb = _SOLD.fullmatch(text, end, amount.start) if end < amount.start else None
        if verb is None or any(end <= m.start < amount.start for m in metrics):
            continue
        money = _is_sum(amount)
        grown = amount.kind is AmountKind.PERCENT and verb["way"] and not CLINICAL.search(text)
        if (money and verb["sum"]) or grown:
            return Metric(end, end, "sales")
    if metrics or not _is_sum(amount):
        return None
    products = list(passage.of_type(*PRODUCTS))
    if len({m.entity for m in products}) == 1 and _DELIVERING.search(text, 0, amount.start):
        end = products[0].end - passage.start
        return Metric(end, end, "sales") if end <= _SUBJECT else None
    said = _IT_WAS.search(text, 0, amount.start)
    if said and passage.recent_medicine and not _OF_DEALS.search(text):
        return Metric(said.end("it"), said.end("it"), "sales")
    did = _WE_DID.search(text, 0, amount.start) if leading_scope(passage) else None
    if did and not _OF_DEALS.search(text):
        return Metric(did.end("we"), did.end("we"), "sales")
    place = _place().search(text, max(0, amount.start - 60), amount.start)
    told = place is not None and not CLINICAL.search(text)
    return Metric(place.end("place"), place.end("place"), "sales") if told and place else None


def _is_sum(amount: Amount) -> bool:
    money = amount.kind is AmountKind.MONEY and amount.currency is not None
    return money and amount.value is not None and amount.value >= _LEAST_SALES


def product_told_of(passage: Passage, metric: Metric) -> EntityId | None:
    """Return the product whose story the sentence tells before it comes to sales."""
    products = list(passage.of_type(*PRODUCTS))
    if _AND_ITS.search(passage.text, 0, metric.start):
        for mention in products:
            if _TOLD_OF.search(passage.text, 0, mention.start - passage.start):
                return mention.entity
    led = bool(products) and products[0].start - passage.start <= _LEADING
    only = led and len({m.entity for m in products}) == 1
    return products[0].entity if only and _WITH.search(passage.text, 0, metric.start) else None
