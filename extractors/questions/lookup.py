"""What a call says together: which program goes with an indication, a target, some words."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.model import EntityId, EntityType, Section, Turn
from extractors.questions.speech import Speech

if TYPE_CHECKING:
    from extractors.context import CallContext

TOPICAL = frozenset(EntityType) - {
    EntityType.PERSON,
    EntityType.FIRM,
    EntityType.PLACE,
    EntityType.VARIANT,
}
_SUBJECTS = frozenset(
    {
        EntityType.PROGRAM,
        EntityType.DRUG,
        EntityType.TRIAL,
        EntityType.COMPANY,
        EntityType.INDICATION,
    }
)
_SURE = 0.15
_LEAD = 2.5
_TOGETHER = 2
"""A common sentence counts 4, or 2 beside another company; neighbouring ones count 1."""


def named(context: CallContext, start: int, end: int) -> list[EntityId]:
    """Return the things mentioned in a span of code points that a question may be about."""
    return [
        mention.entity
        for mention in context.mentions_between(start, end)
        if context.type_of(mention) in TOPICAL
    ]


def _named_by_sentence(context: CallContext, turn: Turn) -> list[tuple[EntityId, ...]]:
    """Return the things that each sentence of a turn names, each once, in text order."""
    sentences = context.sentences(turn.index)
    starts = [sentence.start for sentence in sentences]
    found: list[dict[EntityId, None]] = [{} for _ in sentences]
    for mention in context.mentions_between(turn.start, turn.end):
        if context.type_of(mention) in TOPICAL:
            found[bisect_right(starts, mention.start) - 1][mention.entity] = None
    return [tuple(things) for things in found]


class _Words:
    """In which sentences of a call each stem stands, and what is named in or right before each."""

    __slots__ = ("beside", "places", "total")

    def __init__(
        self, context: CallContext, speech: Speech, named: Sequence[Sequence[tuple[EntityId, ...]]]
    ) -> None:
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.beside: list[list[EntityId]] = []
        for turn, things in zip(context.transcript.turns, named, strict=True):
            recent: tuple[EntityId, ...] = ()
            for sentence, found in zip(context.sentences(turn.index), things, strict=True):
                for stem in frozenset(speech.stems(sentence.start, sentence.end)):
                    self.places[stem].append(len(self.beside))
                self.beside.append(
                    [e for e in {*found, *recent} if context.entities[e].type in _SUBJECTS]
                )
                recent = found
        self.total = sum(map(len, self.places.values()))


class Lookup:
    """What a call says together: which program goes with an indication, a target, some words."""

    __slots__ = ("_context", "_named", "_programs", "_together", "_words", "speech")

    def __init__(self, context: CallContext, speech: Speech) -> None:
        self.speech = speech
        self._context = context
        self._together: defaultdict[EntityId, Counter[EntityId]] = defaultdict(Counter)
        self._programs: Counter[EntityId] = Counter()
        self._named = [_named_by_sentence(context, turn) for turn in context.transcript.turns]
        self._words: _Words | None = None
        asking = {turn for exchange in context.exchanges for turn in exchange.question_turns}
        for turn, found in zip(context.transcript.turns, self._named, strict=True):
            if turn.index in asking:
                continue
            prepared = turn.section is Section.PREPARED_REMARKS
            for recent, things in pairwise([(), *found]):
                if things:
                    self._add_things(things, recent, prepared)

    def _type(self, entity: EntityId) -> EntityType:
        return self._context.entities[entity].type

    def _add_things(
        self, found: Sequence[EntityId], recent: Sequence[EntityId], prepared: bool
    ) -> None:
        kinds = {entity: self._type(entity) for entity in (*found, *recent)}
        issuer = self._context.transcript.call.issuer
        foreign = any(
            kind is EntityType.COMPANY and entity != issuer for entity, kind in kinds.items()
        )
        before = [other for other in recent if other not in found]
        for entity in found:
            if kinds[entity] is EntityType.PROGRAM and (prepared or foreign):
                self._programs[entity] += -2 if foreign else 1
            others = self._together[entity]
            for other in found:
                if other != entity:
                    others[other] += 2 if foreign else 4
            for other in before:
                others[other] += 1
                self._together[other][entity] += 1

    def _said(self) -> _Words:
        """Return the words of the call; only calls with a reference to look up need them."""
        if self._words is None:
            self._words = _Words(self._context, self.speech, self._named)
        return self._words

    def _counted(self, words: Iterable[str]) -> dict[EntityId, Counter[str]]:
        """Return how often each of some words stands in or right after a sentence with a thing."""
        said = self._said()
        counted: defaultdict[EntityId, Counter[str]] = defaultdict(Counter)
        for word in set(words):
            for place in said.places.get(word, ()):
                for entity in said.beside[place]:
                    counted[entity][word] += 1
        return counted

    def programs(self, number: int | None) -> tuple[EntityId, ...]:
        """Return the programs that the company speaks of most: ``number``, or the leading ones."""
        spoken = Counter(mention.entity for mention in self._context.mentions)
        ranked = sorted(
            self._programs.items(), key=lambda item: (-item[1], -spoken[item[0]], item[0])
        )
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
        rival = found[1][0] if len(found) > 1 else 0
        if not found or found[0][0] < max(_TOGETHER, 1.5 * rival):
            return None
        return found[0][1]

    def said_with(
        self, words: Iterable[str], kinds: frozenset[EntityType], *, least: int = 2
    ) -> EntityId | None:
        """Return the thing of some kinds in whose sentences the words stand most often.

        ``least`` is how often they must.
        """
        issuer = self._context.transcript.call.issuer
        scored = [
            (counts.total(), entity)
            for entity, counts in self._counted(words).items()
            if self._type(entity) in kinds and entity != issuer
        ]
        scored.sort(key=lambda item: (-item[0], item[1]))
        if not scored or scored[0][0] < least:
            return None
        return scored[0][1]

    def associated(self, words: Iterable[str]) -> tuple[EntityId, ...]:
        """Return the indication that rare words of a question stand for, and its program.

        A word counts by how rare it is and by the share of its sentences in which, or right after
        which, the thing is named.
        """
        said = self._said()
        seen = {word: len(said.places.get(word, ())) for word in sorted(set(words))}
        rare = {
            word: math.log(said.total / (50.0 * count)) for word, count in seen.items() if count > 1
        }
        rare = {word: weight for word, weight in rare.items() if weight > 0}
        scale = sum(rare.values())
        scored = [
            (sum(rare[w] * bag[w] / seen[w] for w in rare) / scale, entity)
            for entity, bag in self._counted(rare).items()
            if scale and self._type(entity) is EntityType.INDICATION
        ]
        scored.sort(key=lambda item: (-item[0], item[1]))
        rival = scored[1][0] if len(scored) > 1 else 0.0
        if not scored or scored[0][0] < max(_SURE, _LEAD * rival):
            return ()
        program = self.program_of(scored[0][1])
        return (scored[0][1],) if program is None else (scored[0][1], program)
