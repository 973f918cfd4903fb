"""One node per thing: candidates that are spelled alike become one entity under all its names."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from extractors.lexicon import fold
from extractors.mentions import Candidate, Vocabulary
from extractors.model import Entity, EntityId, EntityType, Mention, Transcript

_MEDICINES = (EntityType.PROGRAM, EntityType.DRUG)
_UNTAUGHT = frozenset({"short-number", "described-program"})
"""Rules whose words are no name by themselves."""


def make_entities(
    transcript: Transcript, chosen: tuple[Candidate, ...], vocabulary: Vocabulary
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Return all entities of the call and the mentions of them in text order."""
    same = _same_identifiers(transcript, chosen, vocabulary)
    structural = {entity.id: entity for entity in transcript.entities}
    surfaces: dict[EntityId, Counter[str]] = defaultdict(Counter)
    kinds: dict[EntityId, Counter[EntityType]] = defaultdict(Counter)
    mentions: list[Mention] = []
    for candidate in chosen:
        turn = transcript.turn_at(candidate.start)
        if turn is None:
            continue
        identifier = same.get(candidate.id, candidate.id)
        quote = transcript.text[candidate.start : candidate.end]
        mentions.append(
            Mention(
                identifier,
                candidate.start,
                candidate.end,
                quote,
                turn.index,
                candidate.rule,
                candidate.confidence,
                candidate.rationale,
            )
        )
        kinds[identifier][candidate.type] += 1
        if candidate.rule in _UNTAUGHT:
            surfaces[identifier][candidate.name] += 1
        else:
            surfaces[identifier][quote if candidate.entity else candidate.name] += 1
            surfaces[identifier][quote] += 1
    entities = [
        _entity(identifier, kinds[identifier], names, vocabulary)
        for identifier, names in surfaces.items()
        if identifier not in structural
    ]
    entities += [
        _widened(entity, surfaces.get(entity.id, Counter()), same, vocabulary)
        for entity in transcript.entities
    ]
    return tuple(sorted(entities, key=lambda entity: entity.id)), tuple(mentions)


def _same_identifiers(
    transcript: Transcript, chosen: tuple[Candidate, ...], vocabulary: Vocabulary
) -> dict[EntityId, EntityId]:
    """Map identifiers to the one that stands for the thing."""
    same: dict[EntityId, EntityId] = {}
    for entity in transcript.entities:
        if entity.type in (EntityType.COMPANY, EntityType.FIRM):
            for term in vocabulary.lexicon.find(
                entity.label, EntityType.COMPANY, EntityType.FIRM, EntityType.INSTITUTION
            ):
                if term.id != entity.id:
                    same.setdefault(term.id, entity.id)
    by_key: dict[tuple[str, str], EntityId] = {}
    for candidate in sorted(chosen, key=lambda c: vocabulary.lexicon.by_id(c.id) is None):
        kind = "medicine" if candidate.type in _MEDICINES else candidate.type.value
        first = by_key.setdefault((kind, fold(candidate.name)), candidate.id)
        if first != candidate.id:
            same.setdefault(candidate.id, first)
    return same


def _entity(
    identifier: EntityId, kinds: Counter[EntityType], names: Counter[str], vocabulary: Vocabulary
) -> Entity:
    term = vocabulary.lexicon.by_id(identifier)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    if term is None:
        label = min(names, key=lambda name: (-names[name], name))
        return Entity(identifier, kind, label, tuple(sorted(set(names) - {label})))
    # What a technology is also called is often a kind of it (ABE8): only what was said counts.
    known = () if term.type is EntityType.TECHNOLOGY else term.aliases
    alt = sorted({*known, *names} - {term.label})
    return Entity(identifier, term.type, term.label, tuple(alt), term.exact_match, term.broader)


def _widened(
    entity: Entity, names: Counter[str], same: dict[EntityId, EntityId], vocabulary: Vocabulary
) -> Entity:
    """Return an entity of the call's lists with the names and identifiers found for it."""
    if entity.type is EntityType.PERSON:
        extra = {name for name in names if name != entity.label}
        return replace(entity, alt_labels=tuple(sorted({*entity.alt_labels, *extra})))
    terms = [vocabulary.lexicon.by_id(entity.id)]
    terms += [
        vocabulary.lexicon.by_id(old) for old, new in sorted(same.items()) if new == entity.id
    ]
    alt, matches = {*entity.alt_labels, *names}, list(entity.exact_match)
    for term in terms:
        if term is not None:
            alt |= {term.label, *term.aliases}
            matches += [match for match in term.exact_match if match not in matches]
    return replace(
        entity, alt_labels=tuple(sorted(alt - {entity.label})), exact_match=tuple(matches)
    )
