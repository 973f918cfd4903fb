"""What a question is about: the things it names, and those that it only refers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.model import EntityId, EntityType, Section
from extractors.questions.phrases import Token, load_phrases, load_words, tokenize
from extractors.questions.terms import content_words

if TYPE_CHECKING:
    from extractors.context import CallContext

_TOPICAL = frozenset(EntityType) - {EntityType.PERSON, EntityType.FIRM, EntityType.PLACE}
_ANCHORS = frozenset({EntityType.PROGRAM, EntityType.DRUG, EntityType.TRIAL, EntityType.COMPANY})
_MEDICINES = frozenset({EntityType.PROGRAM, EntityType.DRUG})
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the words of a question stand: its preamble and itself, code points half-open."""

    context_start: int
    start: int
    end: int
    block: int
    turn: int


class Lookup:
    """What a call says together: which program goes with an indication, a target, some words."""

    __slots__ = ("_context", "_programs", "_together", "_words")

    def __init__(self, context: CallContext) -> None:
        self._context = context
        together: dict[EntityId, Counter[EntityId]] = {}
        words: dict[EntityId, Counter[str]] = {}
        programs: Counter[EntityId] = Counter()
        for turn in context.transcript.turns:
            for sentence in context.sentences(turn.index):
                found = [
                    m.entity
                    for m in context.mentions_between(sentence.start, sentence.end)
                    if context.type_of(m) in _TOPICAL
                ]
                if not found:
                    continue
                bag = set(content_words(tokenize(sentence.text)))
                for entity in dict.fromkeys(found):
                    kind = context.entities[entity].type
                    if kind in _ANCHORS:
                        words.setdefault(entity, Counter()).update(bag)
                    if kind is EntityType.PROGRAM and turn.section is Section.PREPARED_REMARKS:
                        programs[entity] += 1
                    together.setdefault(entity, Counter()).update(set(found) - {entity})
        self._together = together
        self._words = words
        self._programs = programs

    def programs(self, number: int | None) -> tuple[EntityId, ...]:
        """Return the programs that the company speaks of most: ``number``, or the leading ones."""
        ranked = sorted(self._programs.items(), key=lambda item: (-item[1], item[0]))
        if number is not None:
            return tuple(entity for entity, _ in ranked[:number])
        most = ranked[0][1] if ranked else 0
        return tuple(entity for entity, count in ranked[:4] if 4 * count >= most)

    def program_of(self, entity: EntityId) -> EntityId | None:
        """Return the program that is named most with an indication or a target.

        A program that bears the target in its name comes first. None when nothing leads clearly.
        """
        label = self._context.entities[entity].label.casefold()
        found = [
            (2 * count if label in self._context.entities[other].label.casefold() else count, other)
            for other, count in self._together.get(entity, Counter()).items()
            if self._context.entities[other].type is EntityType.PROGRAM
        ]
        found.sort(key=lambda item: (-item[0], item[1]))
        if not found or (len(found) > 1 and found[0][0] < 1.5 * found[1][0]):
            return None
        return found[0][1]

    def said_with(self, words: Iterable[str], kinds: frozenset[EntityType]) -> EntityId | None:
        """Return the thing of some kinds in whose sentences the words stand most often."""
        wanted = sorted(set(words))
        issuer = self._context.transcript.call.issuer
        scored = [
            (sum(bag[word] for word in wanted), entity)
            for entity, bag in self._words.items()
            if self._context.entities[entity].type in kinds and entity != issuer
        ]
        scored.sort(key=lambda item: (-item[0], item[1]))
        if not scored or scored[0][0] < 2:
            return None
        return scored[0][1]


def find_topics(
    context: CallContext, lookup: Lookup, scopes: Sequence[Scope]
) -> tuple[tuple[EntityId, ...], ...]:
    """Return the entities that each question of one exchange is about, in text order.

    A question that names nothing of its own takes over from its preamble or from the question
    before it; "the hold" or "those three programs" are looked up in what else the call says.
    """
    found: list[tuple[EntityId, ...]] = []
    for i, scope in enumerate(scopes):
        own = _named(context, scope.start, scope.end)
        lead = _named(context, scope.context_start, scope.start)
        tokens = tokenize(context.transcript.text[scope.start : scope.end], scope.start)
        before = tokenize(context.transcript.text[scope.context_start : scope.start])
        about = dict.fromkeys(own)
        categories = _categories(tokens) | (_categories(before) & {"status", "partner"})
        about.update(dict.fromkeys(_referred(context, lookup, [*before, *tokens], categories, own)))
        if not _anchored(context, about):
            about.update(dict.fromkeys(lead))
        if (
            not _anchored(context, about)
            and i
            and _inherits(scope, scopes[i - 1], about, categories)
        ):
            about.update(dict.fromkeys(found[i - 1]))
        if "development" in categories:
            about = _with_programs(context, lookup, about)
        found.append(tuple(about))
    return tuple(found)


def _named(context: CallContext, start: int, end: int) -> list[EntityId]:
    return [
        mention.entity
        for mention in context.mentions_between(start, end)
        if context.type_of(mention) in _TOPICAL
    ]


def _anchored(context: CallContext, about: Iterable[EntityId]) -> bool:
    issuer = context.transcript.call.issuer
    return any(context.entities[entity].type in _ANCHORS and entity != issuer for entity in about)


def _categories(tokens: Sequence[Token]) -> set[str]:
    return {hit.category for hit in load_phrases("references.tsv").find(tokens)}


def _inherits(
    scope: Scope, last: Scope, about: Mapping[EntityId, None], categories: set[str]
) -> bool:
    """Return whether a question goes on about what the one before it was about."""
    if scope.turn != last.turn:
        return not about
    return scope.block == last.block or (not about and "back" in categories)


def _referred(
    context: CallContext,
    lookup: Lookup,
    tokens: Sequence[Token],
    categories: set[str],
    own: Sequence[EntityId],
) -> list[EntityId]:
    """Look up what is referred to without a name."""
    issuer = context.transcript.call.issuer
    named = {context.entities[entity].type for entity in own if entity != issuer}
    found: list[EntityId] = []
    if "programs" in categories and not named & _MEDICINES:
        numbers = [load_words(f"number_{n}") for n in (2, 3, 4)]
        said = {token.text for token in tokens}
        number = next(
            (n for n, words in zip((2, 3, 4), numbers, strict=True) if words & said), None
        )
        found.extend(lookup.programs(number))
    if "partner" in categories and EntityType.COMPANY not in named:
        partner = lookup.said_with(content_words(tokens), frozenset({EntityType.COMPANY}))
        if partner is not None:
            found.append(partner)
    if "status" in categories and not named & _MEDICINES:
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
        if context.entities[entity].type in (EntityType.INDICATION, EntityType.TARGET):
            program = lookup.program_of(entity)
            if program is not None:
                completed.setdefault(program)
    return completed
