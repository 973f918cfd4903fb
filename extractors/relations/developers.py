"""Whose medicine it is: ``developedBy``.

"Our X" of an executive makes the issuer the developer, "Alogia's X" makes it Alogia. A competitor's
medicine, named for comparison, gets nobody, and a medicine that the vocabulary knows as somebody
else's never gets the issuer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.model import EntityId, EntityType, Section, Statement
from extractors.relations._comparing import is_yardstick
from extractors.relations._masking import LinkedSentence, Slot
from extractors.relations._matching import Candidate, find_candidates, state
from extractors.relations._medicines import (
    MEDICINES,
    load_aids,
    load_code_prefixes,
    load_makers,
    load_vocabulary,
)
from extractors.relations._rules import FIRST_PERSON, confidence_of, load_words
from extractors.relations._view import CallView

_OTHERS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})
_OWNING = frozenset(
    {
        "developedBy.our",
        "developedBy.our_after",
        "developedBy.possessive",
        "developedBy.from",
        "developedBy.whose",
        "developedBy.is_theirs",
        "developedBy.a_product",
        "developedBy.has",
        "developedBy.belongs",
    }
)
_WE = re.compile(FIRST_PERSON["us"])
_HAS = re.compile(
    r"\b(?!(?:We|They|It|This|That|Who|You|I)\b)[A-Z][a-z]{2,}[\w&]* ha(?:s|ve) (?:[\w-]+ )?$"
)
"""A name, of whomever, before what it has: "Gubora has LUM-5"."""
_CODE = re.compile(r"([A-Za-z]{2,6})-?\d")
_SHORTEST_PREFIX = 3
_BY_MAKER = "developedBy.maker"


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
            yield state(view, candidate, presupposed=True)
    coded = tuple(_by_code(view))
    yield from coded
    named = tuple(_by_maker(view))
    yield from named
    owned.update(s.subject for s in named if s.object != view.issuer)
    yield from _by_default(view, owned | {s.subject for s in coded if s.object != view.issuer})


def _by_maker(view: CallView) -> Iterator[Statement]:
    """Take a sentence that names a medicine and who is known to make it as saying so."""
    seen: set[tuple[EntityId, EntityId]] = set()
    for sentence in view.sentences:
        if view.asking[sentence.sentence.turn]:
            continue
        companies = [s for s in sentence.slots if s.type is EntityType.COMPANY and not s.implicit]
        medicines = [s for s in sentence.slots if s.type in MEDICINES and companies]
        for slot in medicines:
            for maker in load_makers().get(slot.entity, ()):
                for company in companies:
                    pair = (slot.entity, company.entity)
                    if pair in seen or not is_name_of(view, company.entity, maker):
                        continue
                    seen.add(pair)
                    start, end = min(slot.start, company.start), max(slot.end, company.end)
                    yield Statement(
                        slot.entity,
                        "developedBy",
                        company.entity,
                        (view.quote(sentence.sentence, start, end),),
                        "developedBy.maker_named",
                        confidence=confidence_of("developedBy.maker_named"),
                    )


def _by_default(view: CallView, owned: set[EntityId]) -> Iterator[Statement]:
    """Take what the issuer's people speak of in their own remarks as the issuer's.

    Not so what is somebody else's by other words, by its code or by the vocabulary, and not what
    is named beside it or for comparison.
    """
    seen = set(owned)
    for sentence in view.sentences:
        us = view.us[sentence.sentence.turn]
        if us is None:
            continue
        others = any(s.type in _OTHERS and s.entity != us for s in sentence.slots)
        for slot in sentence.slots:
            if slot.source is None or slot.start != slot.source.start or slot.entity in seen:
                continue
            rule = _default_rule(view, sentence, slot, us)
            if rule == _BY_MAKER or (rule is not None and not others):
                seen.add(slot.entity)
                yield Statement(
                    slot.entity,
                    "developedBy",
                    us,
                    (view.quote(sentence.sentence, slot.start, slot.end),),
                    rule,
                    confidence=confidence_of(rule),
                )


def _default_rule(view: CallView, sentence: LinkedSentence, slot: Slot, us: EntityId) -> str | None:
    if slot.type not in MEDICINES or is_yardstick(view, slot, sentence.sentence.start):
        return None
    if _slip_pattern().match(view.context.transcript.text, slot.end):
        return None
    makers = load_makers().get(slot.entity)
    before = view.context.transcript.text[sentence.sentence.start : slot.start]
    if not makers and _HAS.search(before) is not None:
        return None
    if makers:
        ours = any(is_name_of(view, us, maker) for maker in makers)
        return _BY_MAKER if ours else None
    turn = view.context.transcript.turns[sentence.sentence.turn]
    prepared = turn.section is Section.PREPARED_REMARKS
    unknown = slot.type is EntityType.PROGRAM or slot.entity not in load_vocabulary()
    own = unknown or _WE.search(sentence.words) is not None
    return "developedBy.remarks" if prepared and own and _is_candidate(slot) else None


def _is_candidate(slot: Slot) -> bool:
    """Whether a medicine may be somebody's program, and is no chemotherapy, steroid or such."""
    return slot.type is EntityType.PROGRAM or slot.entity not in load_aids()


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
                confidence=round(confidence_of("developedBy.code") * mention.confidence, 4),
            )


def _prefixes(view: CallView) -> Iterator[tuple[str, EntityId]]:
    """Yield the names a code may begin like, and whose they are; what comes later counts."""
    call = view.context.transcript.call
    mentioned = dict.fromkeys(m.entity for m in view.context.mentions)
    for name in mentioned:
        for prefix in load_code_prefixes().get(name, ()):
            yield prefix, name
    if call.issuer is not None and call.ticker:
        yield call.ticker.casefold(), call.issuer
    if call.issuer is not None and call.issuer in view.context.entities:
        yield _initials(view.context.entities[call.issuer].label), call.issuer
    issuer = (call.issuer,) if call.issuer is not None else ()
    for name in dict.fromkeys((*issuer, *mentioned)):
        entity = view.context.entities.get(name)
        if entity is not None and entity.type is EntityType.COMPANY:
            for label in (entity.label, *entity.alt_labels):
                yield label.casefold(), name


def _initials(name: str) -> str:
    """Return the first letters of a name of two or three words: "hl" of "Harrow & Lyle"."""
    letters = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", name))
    return letters.casefold() if len(letters) in (2, 3) else ""


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
    makers = load_makers().get(candidate.subject)
    if makers:
        return any(is_name_of(view, candidate.object, maker) for maker in makers)
    slot = candidate.subject_slot
    return slot is None or _is_candidate(slot) or not _is_weak(candidate)


def is_name_of(view: CallView, organization: EntityId, maker: str) -> bool:
    """Tell whether the vocabulary's name of a maker is that of an organization of the call."""
    entity = view.context.entities.get(organization)
    names = (entity.label, *entity.alt_labels) if entity else ()
    return any(_same_company(maker, name) for name in names)


def _same_company(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


@cache
def _slip_pattern() -> re.Pattern[str]:
    return re.compile(rf"{load_words()['slip']}\b", re.IGNORECASE)


def _is_compared(view: CallView, candidate: Candidate) -> bool:
    """Whether the words before the medicine make it the yardstick for another."""
    slot = candidate.subject_slot
    if slot is None or slot.implicit or candidate.rule.id in _OWNING:
        return False
    return is_yardstick(view, slot, candidate.sentence.sentence.start)
