"""Organizations that work together: ``partnerOf``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.model import EntityId, EntityType, Statement
from extractors.relations._masking import Slot
from extractors.relations._matching import relate_by_rules
from extractors.relations._medicines import load_makers
from extractors.relations._rules import confidence_of
from extractors.relations._view import CallView
from extractors.relations.developers import is_name_of

_CO_MAKERS = "partnerOf.co_makers"
_PAIR = 2
_TOGETHER = re.compile(
    r",?(?: and |/| with | together with | along with |[’\']s? partner,? )(?:our )?"
)


def relate(view: CallView) -> Iterator[Statement]:
    """Yield who works with whom."""
    yield from relate_by_rules(view, "partnerOf")
    yield from _co_makers(view)


def _co_makers(view: CallView) -> Iterator[Statement]:
    """Take two companies named together, with the medicine that both sell, as partners."""
    text = view.context.transcript.text
    seen: set[tuple[EntityId, EntityId]] = set()
    for sentence in view.sentences:
        companies = [s for s in sentence.slots if s.type is EntityType.COMPANY and not s.implicit]
        pairs = [
            (one, two)
            for one, two in pairwise(companies)
            if one.entity != two.entity and _TOGETHER.fullmatch(text[one.end : two.start])
        ]
        makers = [
            m for s in sentence.slots if pairs for m in (load_makers().get(s.entity, ()),) if m
        ]
        for one, two in pairs:
            if (one.entity, two.entity) not in seen and _make(view, one, two, makers):
                seen.add((one.entity, two.entity))
                yield Statement(
                    one.entity,
                    "partnerOf",
                    two.entity,
                    (view.quote(sentence.sentence, one.start, two.end),),
                    _CO_MAKERS,
                    confidence=confidence_of(_CO_MAKERS),
                )


def _make(view: CallView, one: Slot, two: Slot, makers: list[tuple[str, ...]]) -> bool:
    return any(
        any(is_name_of(view, one.entity, first) for first in names)
        and any(is_name_of(view, two.entity, second) for second in names)
        for names in makers
        if len(names) == _PAIR
    )
