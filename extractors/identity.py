"""One node per thing: candidates that are spelled alike become one entity under all its names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._vocabulary import folded
from extractors.model import Entity, EntityId, EntityType, Mention, Transcript
from extractors.possession import find_own_medicines
from extractors.terms import Term

_MEDICINES = (EntityType.PROGRAM, EntityType.DRUG)
_ORGANIZATIONS = (EntityType.COMPANY, EntityType.FIRM, EntityType.INSTITUTION)
_UNTAUGHT = frozenset({"short-number", "described-program", "reference", "facility-place"})
"""Rules whose words are no name by themselves."""


def make_entities(
    transcript: Transcript, chosen: tuple[Candidate, ...], vocabulary: Vocabulary
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Return all entities of the call and the mentions of them in text order.

    Args:
        transcript: its own entities (people, firms, issuer) keep their identifiers.
        chosen: candidates that lie in turns and do not overlap, with code points of its text.
        vocabulary: gives label, other names and identifiers of what it knows.
    """
    same = _same_identifiers(transcript, chosen, vocabulary)
    own = {same.get(i, i) for i in find_own_medicines(transcript, chosen, vocabulary)}
    surfaces: dict[EntityId, Counter[str]] = defaultdict(Counter)
    kinds: dict[EntityId, Counter[EntityType]] = defaultdict(Counter)
    labels: dict[EntityId, Counter[str]] = defaultdict(Counter)
    mentions: list[Mention] = []
    for candidate in chosen:
        identifier = same.get(candidate.id, candidate.id)
        mention = _mention(transcript, candidate, identifier)
        mentions.append(mention)
        kinds[identifier][candidate.type] += 1
        labels[identifier][candidate.name] += 1
        if candidate.rule in _UNTAUGHT:
            surfaces[identifier][candidate.name] += 1
        else:
            surfaces[identifier][mention.quote if candidate.entity else candidate.name] += 1
            surfaces[identifier][mention.quote] += 1
    structural = {entity.id for entity in transcript.entities}
    entities = {
        identifier: _entity(identifier, kinds[identifier], labels[identifier], names, vocabulary)
        for identifier, names in surfaces.items()
        if identifier not in structural
    }
    for identifier in own & set(entities):
        entities[identifier] = replace(entities[identifier], type=EntityType.PROGRAM)
    for entity in transcript.entities:
        entities[entity.id] = _widened(entity, surfaces.get(entity.id, Counter()), same, vocabulary)
    return tuple(_calm(entities, surfaces, vocabulary)), tuple(mentions)


def _mention(transcript: Transcript, candidate: Candidate, identifier: EntityId) -> Mention:
    turn = transcript.turn_at(candidate.start)
    if turn is None:
        raise ValueError(f"{candidate.start}:{candidate.end} lies in no turn")
    return Mention(
        identifier,
        candidate.start,
        candidate.end,
        transcript.text[candidate.start : candidate.end],
        turn.index,
        candidate.rule,
        candidate.confidence,
        candidate.rationale,
    )


def _same_identifiers(
    transcript: Transcript, chosen: tuple[Candidate, ...], vocabulary: Vocabulary
) -> dict[EntityId, EntityId]:
    """Map identifiers to the one that stands for the thing."""
    lexicon = vocabulary.lexicon
    same: dict[EntityId, EntityId] = {}
    for entity in transcript.entities:
        if entity.type in _ORGANIZATIONS:
            for term in lexicon.find(entity.label, *_ORGANIZATIONS):
                if term.id != entity.id:
                    same.setdefault(term.id, entity.id)
    by_key: dict[tuple[str, str], EntityId] = {}
    for candidate in sorted(chosen, key=lambda c: lexicon.by_id(c.id) is None):
        kind = "medicine" if candidate.type in _MEDICINES else candidate.type.value
        first = by_key.setdefault((kind, folded(candidate.name)), candidate.id)
        if first != candidate.id:
            same.setdefault(candidate.id, same.get(first, first))
    return same


def _entity(
    identifier: EntityId,
    kinds: Counter[EntityType],
    labels: Counter[str],
    names: Counter[str],
    vocabulary: Vocabulary,
) -> Entity:
    term = vocabulary.lexicon.by_id(identifier)
    if term is None:
        kind = min(kinds, key=lambda k: (-kinds[k], k))
        label = min(labels, key=lambda name: (-labels[name], -len(name), name))
        return Entity(identifier, kind, label, tuple(sorted(set(names) - {label})))
    # What a technology is also called is often a kind of it (ABE8): only what was said counts.
    known = () if term.type is EntityType.TECHNOLOGY else term.aliases
    alt = sorted({*known, *names} - {term.label})
    broader = (*term.broader, *_substance(term, vocabulary))
    return Entity(identifier, term.type, term.label, tuple(alt), term.exact_match, broader)


def _substance(term: Term, vocabulary: Vocabulary) -> tuple[EntityId, ...]:
    """Return the medicine that a brand is made of: linked to it, never merged with it."""
    if not term.substance:
        return ()
    found = vocabulary.lexicon.find(term.substance, *_MEDICINES)
    return tuple(substance.id for substance in found if substance.id != term.id)


def _widened(
    entity: Entity,
    names: Counter[str],
    same: Mapping[EntityId, EntityId],
    vocabulary: Vocabulary,
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


def _calm(
    entities: Mapping[EntityId, Entity],
    surfaces: Mapping[EntityId, Counter[str]],
    vocabulary: Vocabulary,
) -> list[Entity]:
    """Drop known names that could also mean another thing, and links to what the call has not.

    A name that was said for the thing in this call always stays.
    """
    bearers = Counter(
        folded(name)
        for entity in entities.values()
        for name in {folded(n): n for n in (entity.label, *entity.alt_labels)}.values()
    )
    calm = []
    for _, entity in sorted(entities.items()):
        said = surfaces.get(entity.id, Counter())
        alt = tuple(
            name
            for name in entity.alt_labels
            if name in said
            or entity.type is EntityType.PERSON
            or (bearers[folded(name)] == 1 and not vocabulary.lexicon.readings(name))
        )
        broader = tuple(dict.fromkeys(b for b in entity.broader if b in entities))
        calm.append(replace(entity, alt_labels=alt, broader=broader))
    return calm
