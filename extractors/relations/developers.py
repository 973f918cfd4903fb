"""Whose medicine it is: ``developedBy``.

"Our X" of an executive makes the issuer the developer, "Alogia's X" makes it Alogia. A competitor's
medicine, named for comparison, gets nobody, and a medicine that the vocabulary knows as somebody
else's never gets the issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, EntityType, Statement
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._rules import load_words
from extractors.relations._view import CallView

_REACH = 60
_CODE = re.compile(r"([A-Za-z]{2,6})-?\d")
_SHORTEST_PREFIX = 3
_CODE_PRECISION = 0.9
"""Share of developers read off a code that were right."""


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine is whose."""
    candidates = [
        candidate
        for candidate in find_candidates(view, "developedBy")
        if _is_fit(view, candidate) and not _is_compared(view, candidate)
    ]
    owned = {c.subject for c in candidates if c.object != view.issuer and c.object_slot is not None}
    for candidate in candidates:
        ours = candidate.object == view.issuer and candidate.object_slot is None
        if not (ours and candidate.subject in owned and _is_weak(candidate)):
            yield state(view, candidate)
    yield from _by_code(view)


def _by_code(view: CallView) -> Iterator[Statement]:
    """Read the developer off a code: "ALG-501" is Alogia's, "LMNT-7" that of the ticker LMNT."""
    owners = dict(_prefixes(view))
    seen = set()
    for mention in view.context.mentions:
        code = _CODE.match(mention.quote)
        if code is None or view.asking[mention.turn] or mention.entity in seen:
            continue
        if view.context.type_of(mention) is not EntityType.PROGRAM:
            continue
        owner = _owner(code[1].casefold(), owners)
        if owner is not None:
            seen.add(mention.entity)
            yield Statement(
                mention.entity,
                "developedBy",
                owner,
                (view.quote_mention(mention),),
                "developedBy.code",
                confidence=round(_CODE_PRECISION * mention.confidence, 4),
            )


def _prefixes(view: CallView) -> Iterator[tuple[str, EntityId]]:
    """Yield the names a code may begin like, and whose they are; the issuer comes first."""
    call = view.context.transcript.call
    if call.issuer is not None and call.ticker:
        yield call.ticker.casefold(), call.issuer
    mentioned = dict.fromkeys(m.entity for m in view.context.mentions)
    issuer = (call.issuer,) if call.issuer is not None else ()
    for name in dict.fromkeys((*issuer, *mentioned)):
        entity = view.context.entities.get(name)
        if entity is not None and entity.type is EntityType.COMPANY:
            for label in (entity.label, *entity.alt_labels):
                yield label.casefold(), name


def _owner(prefix: str, owners: dict[str, EntityId]) -> EntityId | None:
    if prefix in owners:
        return owners[prefix]
    if len(prefix) < _SHORTEST_PREFIX:
        return None
    found = {owner for name, owner in owners.items() if name.startswith(prefix)}
    return found.pop() if len(found) == 1 else None


def _is_weak(candidate: Candidate) -> bool:
    return candidate.rule.id in {"developedBy.we_verb", "developedBy.sales"}


def _is_fit(view: CallView, candidate: Candidate) -> bool:
    if candidate.object != view.issuer:
        return True
    maker = _makers().get(candidate.subject)
    issuer = view.context.entities.get(candidate.object)
    if maker:
        names = (issuer.label, *issuer.alt_labels) if issuer else ()
        return any(_same_company(maker, name) for name in names)
    entity = view.context.entities.get(candidate.subject)
    return entity is None or entity.type is EntityType.PROGRAM or not _is_weak(candidate)


@cache
def _makers() -> dict[EntityId, str]:
    return {term.id: term.maker for term in load_lexicon().terms if term.maker}


def _same_company(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


@cache
def _compared_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{load_words()['compared']}\W*(?:[\w-]+ ){{0,3}}$", re.IGNORECASE)


def _is_compared(view: CallView, candidate: Candidate) -> bool:
    """Whether the words before the medicine make it the yardstick for another."""
    slot = candidate.subject_slot
    if slot is None or slot.implicit:
        return False
    start = max(slot.start - _REACH, candidate.sentence.sentence.start)
    return _compared_pattern().search(view.context.transcript.text[start : slot.start]) is not None
