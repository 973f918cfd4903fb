"""What a question is about: the things it names, and those that it only refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.model import EntityId, EntityType
from extractors.questions.lookup import Lookup, named
from extractors.questions.phrases import Token, load_phrases, load_words, tokenize
from extractors.questions.sentences import split_sentences
from extractors.questions.terms import content_words

if TYPE_CHECKING:
    from extractors.context import CallContext

_ANCHORS = frozenset({EntityType.PROGRAM, EntityType.DRUG, EntityType.TRIAL, EntityType.COMPANY})
_OPENING = 12
_REACH = 110
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
    for i, scope in enumerate(scopes):
        tokens = tokenize(context.transcript.text[scope.start : scope.end], scope.start)
        before = tokenize(context.transcript.text[scope.context_start : scope.start])
        about = dict.fromkeys(named(context, scope.start, scope.end))
        categories = _categories(tokens) | (_categories(before) & {"status", "partner"})
        about.update(
            dict.fromkeys(_referred(context, lookup, [*before, *tokens], categories, tuple(about)))
        )
        announced = _announced(context, lookup, scope)
        about.update(dict.fromkeys(announced))
        if not _anchored(context, about):
            about.update(dict.fromkeys(_lead(context, scopes, i)))
        fresh = i == 0 or scope.block != scopes[i - 1].block or scope.turn != scopes[i - 1].turn
        if fresh and not about:
            about.update(dict.fromkeys(lookup.associated(content_words([*before, *tokens]))))
        goes_on = i > 0 and (not fresh or (not about and _points_back(scopes, i, categories)))
        if goes_on and not _settled(context, about):
            about.update(dict.fromkeys(carried))
        if "development" in categories:
            about = _with_programs(context, lookup, about)
        found.append(_without_issuer(context, about))
        carried = tuple(announced) or found[-1]
    return tuple(found)


def _points_back(scopes: Sequence[Scope], i: int, categories: set[str]) -> bool:
    return scopes[i].turn != scopes[i - 1].turn or "same" in categories


def _announced(context: CallContext, lookup: Lookup, scope: Scope) -> list[EntityId]:
    """Return what a preamble announces: ``secondly, on VT-7``, ``a question regarding Calyra``."""
    text = context.transcript.text
    found: list[EntityId] = []
    for start, end in split_sentences(text[scope.context_start : scope.start], scope.context_start):
        tokens = tokenize(text[start:end], start)
        hits = load_phrases("references.tsv").find(tokens[:_OPENING])
        opens = [hit for hit in hits if hit.category == "announce"]
        if opens:
            found += named(context, opens[0].end, min(end, opens[0].end + _REACH))
    return [_program_for(context, lookup, entity) for entity in found]


def _program_for(context: CallContext, lookup: Lookup, entity: EntityId) -> EntityId:
    """Return the program that an announced target stands for, or the entity itself."""
    if context.entities[entity].type is not EntityType.TARGET:
        return entity
    return lookup.program_of(entity) or entity


def _lead(context: CallContext, scopes: Sequence[Scope], i: int) -> list[EntityId]:
    """Return what the preamble names, but not what it only announces for a later question."""
    scope = scopes[i]
    before = named(context, scope.context_start, scope.start)
    later = {
        entity
        for other in scopes[i + 1 :]
        if other.turn == scope.turn
        for entity in named(context, other.context_start, other.end)
    }
    kept = [entity for entity in before if entity not in later]
    return kept or before


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


def _categories(tokens: Sequence[Token]) -> set[str]:
    return {hit.category for hit in load_phrases("references.tsv").find(tokens)}


def _referred(
    context: CallContext,
    lookup: Lookup,
    tokens: Sequence[Token],
    categories: set[str],
    own: Sequence[EntityId],
) -> list[EntityId]:
    """Look up what is referred to without a name."""
    issuer = context.transcript.call.issuer
    kinds = {context.entities[entity].type for entity in own if entity != issuer}
    found: list[EntityId] = []
    if "programs" in categories and not kinds & _MEDICINES:
        numbers = [load_words(f"number_{n}") for n in (2, 3, 4)]
        said = {token.text for token in tokens}
        number = next(
            (n for n, words in zip((2, 3, 4), numbers, strict=True) if words & said), None
        )
        found.extend(lookup.programs(number))
    if "partner" in categories and EntityType.COMPANY not in kinds:
        partner = lookup.said_with(content_words(tokens), frozenset({EntityType.COMPANY}))
        if partner is not None:
            found.append(partner)
    if "status" in categories and not kinds & _MEDICINES:
        held = lookup.said_with(["hold"], _MEDICINES)
        if held is not None:
            found.append(held)
    return found


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
        label = context.entities[entity].label.casefold()
        if kind is EntityType.TARGET and label in context.entities[program].label.casefold():
            completed.pop(entity)
        completed.setdefault(program)
    return completed
