"""What a medicine is directed against: ``hasTarget``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.model import EntityId, EntityType, Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._rules import confidence_of
from extractors.relations._substances import first_mentions, substance_of
from extractors.relations._view import CallView

_MEDICINES = frozenset({EntityType.PROGRAM, EntityType.DRUG})


def relate(view: CallView) -> Iterator[Statement]:
    """Yield which medicine has which target."""
    said = (*relate_by_rules(view, "hasTarget", presupposed=True), *_by_name(view))
    yield from said
    yield from _by_substance(view, said)


def _by_substance(view: CallView, said: tuple[Statement, ...]) -> Iterator[Statement]:
    """Give what is said of one brand of a substance to the others that the call names."""
    first = first_mentions(view)
    groups: dict[str, list[EntityId]] = {}
    for name in first:
        groups.setdefault(substance_of(view, name), []).append(name)
    known = {(s.subject, s.object) for s in said if s.holds}
    for statement in said:
        if not statement.holds or statement.subject not in first:
            continue
        for name in groups[substance_of(view, statement.subject)]:
            if (name, statement.object) not in known:
                known.add((name, statement.object))
                evidence = {*statement.evidence, view.quote_mention(first[name])}
                yield replace(
                    statement,
                    subject=name,
                    evidence=tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
                    rule="hasTarget.substance",
                    confidence=round(
                        statement.confidence * confidence_of("hasTarget.substance"), 4
                    ),
                )


def _by_name(view: CallView) -> Iterator[Statement]:
    """Read targets off names that are made of them, such as "GLP-1 GIP co-agonist"."""
    names = _target_names(view)
    if not names:
        return
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=lambda n: (-len(n), n))))})(?!\w)"
    )
    seen: set[tuple[EntityId, EntityId]] = set()
    for mention in view.context.mentions:
        if view.context.type_of(mention) not in _MEDICINES or view.asking[mention.turn]:
            continue
        for match in pattern.finditer(mention.quote):
            pair = (mention.entity, names[match[0]])
            if match[0] != mention.quote and pair not in seen:
                seen.add(pair)
                yield Statement(
                    mention.entity,
                    "hasTarget",
                    pair[1],
                    (view.quote_mention(mention),),
                    "hasTarget.name",
                    confidence=round(confidence_of("hasTarget.name") * mention.confidence, 4),
                )


def _target_names(view: CallView) -> dict[str, EntityId]:
    """Return how the targets of the vocabulary that this call names are written, and whose."""
    return {
        name: entity.id
        for entity in view.context.entities.values()
        if entity.type is EntityType.TARGET
        for name in (entity.label, *entity.alt_labels)
        if len(name) > 2
    }
