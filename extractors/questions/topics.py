"""What a question is about: the things it names, and those that it only refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.model import EntityId, EntityType, Mention
from extractors.questions.lookup import TOPICAL, Lookup, named
from extractors.questions.phrases import load_phrases, load_words
from extractors.questions.sentences import split_sentences
from extractors.questions.speech import Speech
from extractors.questions.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from extractors.context import CallContext

_ANCHORS = frozenset({EntityType.PROGRAM, EntityType.DRUG, EntityType.TRIAL, EntityType.COMPANY})
_OPENING = 12
_REACH = 110
_REMARK = 6
_ITEM = 30
_MEDICINES = frozenset({EntityType.PROGRAM, EntityType.DRUG})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the words of a question stand: its preamble and itself, code points half-open."""

    context_start: int
    start: int
    end: int
    block: int
    turn: int


def find_topics(
    context: CallContext, lookup: Lookup, scopes: Sequence[Scope]
) -> tuple[tuple[EntityId, ...], ...]:
    """Return the entities that each question of one exchange is about, in text order.

    A question that names nothing of its own takes over from its preamble or from the question
    before it; "the hold" or "those three programs" are looked up in what else the call says.
    """
    found: list[tuple[EntityId, ...]] = []
    carried: tuple[EntityId, ...] = ()
    other = False
    for i, scope in enumerate(scopes):
        asked = _asked(context, lookup.speech, scope)
        announced = _announced(context, lookup.speech, scopes, i, asked)
        meant = [_program_for(context, lookup, entity) for entity in announced]
        referred = _referred(context, lookup, asked)
        said = [
            entity
            for entity, program in zip(announced, meant, strict=True)
            if entity == program or _label(context, entity) not in _label(context, program)
        ]
        own = dict.fromkeys([*asked.named, *referred, *said, *meant])
        about = dict.fromkeys(_without_issuer(context, own))
        if not _anchored(context, about):
            about.update(dict.fromkeys(_lead(context, scopes, i)))
        turned = i > 0 and scope.turn != scopes[i - 1].turn
        fresh = i == 0 or (scope.block != scopes[i - 1].block and not turned and asked.announces)
        if fresh and not about:
            about.update(dict.fromkeys(lookup.associated(asked.words)))
        same = i > 0 and not turned and scope.block == scopes[i - 1].block
        goes_on = i > 0 and (same or not (fresh or about)) and not _is_corporate(asked)
        settled = _anchored if "same" in asked.categories else _settled
        other = "other" in asked.categories or (other and same)
        if goes_on and not settled(context, [e for e in about if e not in asked.compared]):
            about.update(dict.fromkeys(_taken_over(context, carried, other)))
        if "development" in asked.categories and not other:
            about = _with_programs(context, lookup, about)
        carried = (*meant, *referred) or _carried(context, _without_issuer(context, about))
        if "study" in asked.categories:
            about = _without_background(context, lookup, about, asked.named)
        found.append(_without_issuer(context, about))
    return tuple(found)


def _carried(context: CallContext, about: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
    """Leave out the medicines of others that a program or a trial was only compared with."""
    kinds = {context.entities[entity].type for entity in about}
    if not kinds & {EntityType.PROGRAM, EntityType.TRIAL}:
        return about
    return tuple(e for e in about if context.entities[e].type is not EntityType.DRUG)


def _taken_over(
    context: CallContext, carried: tuple[EntityId, ...], other: bool
) -> tuple[EntityId, ...]:
    """Return what a question takes over: "those other programs" are not the ones before."""
    if not other:
        return carried
    return tuple(e for e in carried if context.entities[e].type is not EntityType.PROGRAM)


def _without_background(
    context: CallContext,
    lookup: Lookup,
    about: Mapping[EntityId, None],
    said: Sequence[EntityId],
) -> dict[EntityId, None]:
    """Leave out the indication of a program whose study is asked about, unless it is named."""
    return {
        entity: None
        for entity in about
        if entity in said
        or context.entities[entity].type is not EntityType.INDICATION
        or lookup.program_of(entity) not in about
    }


def _is_corporate(asked: _Asked) -> bool:
    """Return whether a question turns to the company's money and points back to nothing."""
    pointing = load_words("pointing").intersection(asked.said)
    return "corporate" in asked.categories and not pointing


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question says: its things, its words with those of its preamble, its references."""

    named: tuple[EntityId, ...]
    compared: frozenset[EntityId]
    said: tuple[str, ...]
    words: tuple[str, ...]
    categories: frozenset[str]
    announces: bool


def _asked(context: CallContext, speech: Speech, scope: Scope) -> _Asked:
    tokens = speech.tokens(scope.start, scope.end)
    before = speech.tokens(scope.context_start, scope.start)
    stems = speech.stems(scope.context_start, scope.start)
    hits = load_phrases("references.tsv").find(tokens)
    own, lead = {hit.category for hit in hits}, _categories(before)
    beside = min((hit.end for hit in hits if hit.category == "compare"), default=scope.end)
    first = frozenset(_things(context, scope.start, beside))
    return _Asked(
        tuple(_things(context, scope.start, scope.end)),
        frozenset(_things(context, beside, scope.end)) - first,
        (*before.texts, *tokens.texts),
        (*stems, *speech.stems(scope.start, scope.end)),
        frozenset(own | (lead & {"status", "rejection", "partner"})),
        "announce" in own | lead or len(stems) > _REMARK,
    )


def _things(context: CallContext, start: int, end: int) -> list[EntityId]:
    """Return what is named in a span, without targets that only stand for a class of medicines."""
    text = context.transcript.text
    return [
        mention.entity
        for mention in context.mentions_between(start, end)
        if context.type_of(mention) in TOPICAL
        and not (context.type_of(mention) is EntityType.TARGET and _is_class(text, mention))
    ]


def _is_class(text: str, mention: Mention) -> bool:
    """Return whether a target is named as in "oral GLP-1" or "the GLP-1 market"."""
    last = tokenize(text[max(0, mention.start - 16) : mention.start]).texts[-1:]
    following = tokenize(text[mention.end : mention.end + 24]).texts[:1]
    return bool(
        load_words("route").intersection(last) or load_words("class noun").intersection(following)
    )


def _announced(
    context: CallContext, speech: Speech, scopes: Sequence[Scope], i: int, asked: _Asked
) -> list[EntityId]:
    """Return what a preamble announces: ``secondly, on VT-7``, ``a question regarding Calyra``."""
    if not asked.announces:
        return []
    text = context.transcript.text
    scope = scopes[i]
    found: list[EntityId] = []
    for start, end in split_sentences(text[scope.context_start : scope.start], scope.context_start):
        hits = load_phrases("references.tsv").find(speech.tokens(start, end), _OPENING)
        opens = [hit for hit in hits if hit.category == "announce"]
        if opens:
            found += _things(context, opens[0].end, _list_end(context, opens[0].end, end))
    later = _named_later(context, scopes, i)
    return [entity for entity in found if entity not in later] or found


def _list_end(context: CallContext, start: int, end: int) -> int:
    """Return where an announcement ends: at the first comma that no further name follows."""
    until = min(end, start + _REACH)
    places = [mention.end for mention in context.mentions_between(start, until)]
    for place, following in zip(places, [*places[1:], until], strict=False):
        comma = context.transcript.text.find(",", place, until)
        if comma != -1 and following > comma + _ITEM:
            return comma
    return until


def _named_later(context: CallContext, scopes: Sequence[Scope], i: int) -> set[EntityId]:
    """Return what later questions of the same turn name."""
    return {
        entity
        for other in scopes[i + 1 :]
        if other.turn == scopes[i].turn
        for entity in named(context, other.context_start, other.end)
    }


def _program_for(context: CallContext, lookup: Lookup, entity: EntityId) -> EntityId:
    """Return the program that an announced target stands for, or the entity itself."""
    if context.entities[entity].type is not EntityType.TARGET:
        return entity
    return lookup.program_of(entity) or entity


def _lead(context: CallContext, scopes: Sequence[Scope], i: int) -> list[EntityId]:
    """Return what the preamble names, but not what it only announces for a later question."""
    before = _things(context, scopes[i].context_start, scopes[i].start)
    later = _named_later(context, scopes, i)
    return [entity for entity in before if entity not in later] or before


def _without_issuer(context: CallContext, about: Mapping[EntityId, None]) -> tuple[EntityId, ...]:
    """Leave out the company itself, unless the question sets it beside another one."""
    issuer = context.transcript.call.issuer
    companies = [e for e in about if context.entities[e].type is EntityType.COMPANY]
    if len(companies) > 1:
        return tuple(about)
    return tuple(entity for entity in about if entity != issuer)


def _anchored(context: CallContext, about: Iterable[EntityId]) -> bool:
    issuer = context.transcript.call.issuer
    return any(context.entities[entity].type in _ANCHORS and entity != issuer for entity in about)


def _settled(context: CallContext, about: Iterable[EntityId]) -> bool:
    """Return whether a question says for itself what it is about, be it by an indication."""
    return _anchored(context, about) or any(
        context.entities[entity].type in (EntityType.INDICATION, EntityType.TARGET)
        for entity in about
    )


def _categories(tokens: Tokens) -> set[str]:
    return {hit.category for hit in load_phrases("references.tsv").find(tokens)}


def _referred(context: CallContext, lookup: Lookup, asked: _Asked) -> tuple[EntityId, ...]:
    """Look up what is referred to without a name."""
    issuer = context.transcript.call.issuer
    kinds = {context.entities[entity].type for entity in asked.named if entity != issuer}
    found: list[EntityId] = []
    if "programs" in asked.categories and not kinds & _MEDICINES:
        numbers = (n for n in (2, 3, 4) if load_words(f"number_{n}").intersection(asked.said))
        number = next(numbers, None)
        found.extend(lookup.programs(number))
    if "partner" in asked.categories and EntityType.COMPANY not in kinds:
        partner = lookup.said_with(asked.words, frozenset({EntityType.COMPANY}))
        if partner is not None:
            found.append(partner)
    if "status" in asked.categories and not kinds & _MEDICINES:
        held = lookup.said_with(["hold"], _MEDICINES, least=1)
        if held is not None:
            found.append(held)
    if "rejection" in asked.categories and not kinds & _MEDICINES:
        rejected = lookup.said_with(["crl", "letter"], _MEDICINES, least=1)
        if rejected is not None:
            found.append(rejected)
    return tuple(found)


def _with_programs(
    context: CallContext, lookup: Lookup, about: Mapping[EntityId, None]
) -> dict[EntityId, None]:
    """Add the program meant by "the PKU program", where an indication or target stands alone."""
    kinds = {context.entities[entity].type for entity in about}
    completed = dict(about)
    if kinds & _MEDICINES:
        return completed
    for entity in about:
        kind = context.entities[entity].type
        if kind not in (EntityType.INDICATION, EntityType.TARGET):
            continue
        program = lookup.program_of(entity)
        if program is None:
            continue
        if kind is EntityType.INDICATION:
            completed.setdefault(program)
        elif _label(context, entity) in _label(context, program):
            completed.pop(entity)
            completed.setdefault(program)
    return completed


def _label(context: CallContext, entity: EntityId) -> str:
    return context.entities[entity].label.casefold()
