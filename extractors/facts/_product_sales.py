"""Sales that are those of a product, though the sentence does not say "X sales"."""

from __future__ import annotations

import re

from extractors.facts._metrics import Metric
from extractors.facts._passages import PRODUCTS, Passage
from extractors.model import EntityId
from extractors.money import Amount, AmountKind

CLINICAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|phase|patients?|risk|weeks?|levels?|events?|baseline|dose|tumou?r)\b",
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
    r"(?:(?P<sum>delivered|generated|contributed|posted|recorded|brought in|earned|added|sold)"
    r"|(?P<way>grew|rose|declined|fell|increased|decreased|was up|was down)(?:\s+by)?)\s+$",
    re.IGNORECASE,
)
"""What stands between a product and its sales: "Xyl, our antibody, delivered $2 billion"."""


def sales_of(passage: Passage, amount: Amount, metrics: tuple[Metric, ...]) -> Metric | None:
    """Return the sales of a product that is said to have delivered or grown by an amount.

    The metric has no words of its own; it stands where the product ends.
    """
    for mention in passage.of_type(*PRODUCTS):
        end = mention.end - passage.start
        verb = _SOLD.fullmatch(passage.text, end, amount.start) if end < amount.start else None
        if verb is None or any(end <= m.start < amount.start for m in metrics):
            continue
        money = amount.kind is AmountKind.MONEY and amount.currency is not None
        grown = (
            amount.kind is AmountKind.PERCENT and verb["way"] and not CLINICAL.search(passage.text)
        )
        if (money and verb["sum"]) or grown:
            return Metric(end, end, "sales")
    return None


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
