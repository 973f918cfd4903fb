"""What a call says together: which program goes with an indication, a target, some words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.model import EntityId, EntityType, Section
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


class Lookup:
    """What a call says together: which program goes with an indication, a target, some words."""

    __slots__ = ("_beside", "_context", "_named", "_programs", "_seen", "_together", "speech")

    def __init__(self, context: CallContext, speech: Speech) -> None:
        self.speech = speech
        self._context = context
        self._together: defaultdict[EntityId, Counter[EntityId]] = defaultdict(Counter)
        self._programs: Counter[EntityId] = Counter()
        self._beside: list[tuple[frozenset[str], list[EntityId]]] = []
        self._seen: Counter[str] = Counter()
        self._named: list[list[tuple[EntityId, ...]]] = []
        asking = {turn for exchange in context.exchanges for turn in exchange.question_turns}
        for turn in context.transcript.turns:
            found = [
                tuple(dict.fromkeys(named(context, sentence.start, sentence.end)))
                for sentence in context.sentences(turn.index)
            ]
            self._named.append(found)
            if turn.index in asking:
                continue
            prepared = turn.section is Section.PREPARED_REMARKS
            for recent, things in pairwise([(), *found]):
                if things:
                    self._add_things(things, recent, prepared)

    def _read_words(self) -> None:
        """Collect the words beside things; only calls with a reference to look up need them."""
        if self._seen:
            return
        for turn, named in zip(self._context.transcript.turns, self._named, strict=True):
            recent: tuple[EntityId, ...] = ()
            for sentence, found in zip(self._context.sentences(turn.index), named, strict=True):
                bag = frozenset(self.speech.stems(sentence.start, sentence.end))
                beside = {*found, *recent}
                self._seen.update(bag)
                self._beside.append((bag, [e for e in beside if self._type(e) in _SUBJECTS]))
                recent = found

    def _counted(self, words: Iterable[str]) -> dict[EntityId, Counter[str]]:
        """Return how often each of some words stands in or right after a sentence with a thing."""
        wanted = frozenset(words)
        counted: defaultdict[EntityId, Counter[str]] = defaultdict(Counter)
        for bag, beside in self._beside:
            if not beside:
                continue
            shared = bag & wanted
            for entity in beside:
                counts = counted[entity]
                for word in shared:
                    counts[word] += 1
        return counted

    def _type(self, entity: EntityId) -> EntityType:
        return self._context.entities[entity].type

    def _add_things(
        self, found: tuple[EntityId, ...], recent: tuple[EntityId, ...], prepared: bool
    ) -> None:
        kinds = {entity: self._context.entities[entity].type for entity in found}
        issuer = self._context.transcript.call.issuer
        foreign = any(
            self._context.entities[entity].type is EntityType.COMPANY and entity != issuer
            for entity in (*found, *recent)
        )
        before = [other for other in recent if other not in kinds]
        for entity, kind in kinds.items():
            if kind is EntityType.PROGRAM and (prepared or foreign):
                self._programs[entity] += -2 if foreign else 1
            others = self._together[entity]
            for other in found:
                if other != entity:
                    others[other] += 2 if foreign else 4
            for other in before:
                others[other] += 1
                self._together[other][entity] += 1

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
        self._read_words()
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
        self._read_words()
        total = self._seen.total()
        known = [word for word in sorted(set(words)) if self._seen[word] > 1]
        rare = {word: math.log(total / (50.0 * self._seen[word])) for word in known}
        rare = {word: weight for word, weight in rare.items() if weight > 0}
        scale = sum(rare.values())
        scored = [
            (sum(rare[w] * bag[w] / self._seen[w] for w in rare) / scale, entity)
            for entity, bag in self._counted(rare).items()
            if scale and self._type(entity) is EntityType.INDICATION
        ]
        scored.sort(key=lambda item: (-item[0], item[1]))
        rival = scored[1][0] if len(scored) > 1 else 0.0
        if not scored or scored[0][0] < max(_SURE, _LEAD * rival):
            return ()
        program = self.program_of(scored[0][1])
        return (scored[0][1],) if program is None else (scored[0][1], program)
