"""Changes that people make to what was found; they are applied on every rebuilding.

``corrections.tsv`` has the columns action, target, value, call, quote, author and reason. ``call``
may be empty: then the row holds for all calls. The actions:

=========  ====================  ==========================================================
action     target                value
=========  ====================  ==========================================================
merge      an entity             the entity that it is
rename     an entity             its best name; the old one is kept as another name
retype     an entity             its type, such as ``Drug``
split      an entity             one of its names, which becomes an entity of its own; of a
                                 person also the name as printed where calls print two forms
reject     an entity             nothing: the entity goes; or ``predicate object``: that relation
add        the subject           ``predicate object``; ``quote`` holds the words that prove it
speaker    the index of a turn   the person who speaks; the row must name the call
=========  ====================  ==========================================================

Entities are named by their identifier, such as ``program/vrn-122``. What is added must be between
things of the call, and who speaks must be a person of the call.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from extractors.errors import RecordError
from extractors.model import (
    Correction,
    Entity,
    EntityType,
    Extraction,
    Participant,
    ParticipantKind,
    Statement,
    entity_id,
)

COLUMNS = ("action", "target", "value", "call", "quote", "author", "reason")
RULE = "correction"
"""The rule that is named for an added statement."""
_ID = re.compile(r"[a-z]+/[a-z0-9-]+")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a file of corrections.

    Raises:
        RecordError: it cannot be read or a row is wrong; the message names file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: is no UTF-8; save it as tab-separated text") from error
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise RecordError(f"{path}:1: the columns must be {', '.join(COLUMNS)}")
    found = []
    for row in rows:
        values = {name: (row[name] or "").strip() for name in COLUMNS}
        problem = _problem(values)
        if None in row or problem:
            raise RecordError(f"{path}:{rows.line_num}: {problem or 'too many columns'}")
        found.append(Correction(**values))
    return tuple(found)


def _problem(values: dict[str, str]) -> str:
    action = values["action"]
    if action not in _ACTIONS:
        return f"{action!r} is no action; there are {', '.join(_ACTIONS)}"
    for name in ("target", "author", "reason"):
        if not values[name]:
            return f"{name} is empty"
    if action != "reject" and not values["value"]:
        return f"{action} needs a value"
    if action == "retype" and values["value"] not in set(EntityType):
        return f"{values['value']!r} is no type; there are {', '.join(EntityType)}"
    if action in ("add", "reject") and values["value"] and " " not in values["value"]:
        return f"{values['value']!r} is no relation; write 'predicate object'"
    if action == "add" and not values["quote"]:
        return "add needs a quote"
    if action == "speaker" and not (values["call"] and values["target"].isdecimal()):
        return "speaker needs a call and the index of a turn"
    if action == "merge" and values["target"] == values["value"]:
        return "merge needs two identifiers"
    return _problem_of_names(values)


def _relations() -> dict[str, bool]:
    """Return the names of the relations, each with whether its object is a literal."""
    # Only where a row has a relation: the import loads spaCy, which takes a second.
    from extractors.relations._predicates import load_predicates

    return {name: predicate.literal for name, predicate in load_predicates().items()}


def _problem_of_names(values: dict[str, str]) -> str:
    """Say what is no identifier, or no relation."""
    action, value = values["action"], values["value"]
    things = [] if action == "speaker" else [values["target"]]
    if action in ("merge", "speaker"):
        things.append(value)
    elif action in ("add", "reject") and value:
        name, _, thing = value.partition(" ")
        if name not in _relations():
            return f"{name!r} is no relation; there are {', '.join(_relations())}"
        things += [] if _relations()[name] else [thing]
    wrong = next((thing for thing in things if not _ID.fullmatch(thing)), None)
    return "" if wrong is None else f"{wrong!r} is no identifier such as 'program/vrn-122'"


def apply_corrections(extraction: Extraction, corrections: Iterable[Correction]) -> Extraction:
    """Apply corrections in order; those that change this call are kept in the result.

    A correction that finds nothing to change, such as one of a thing that is not in this call, is
    left out, so that one file serves many calls.
    """
    call = extraction.transcript.call.id
    for correction in corrections:
        if correction.call not in ("", call):
            continue
        changed = _ACTIONS[correction.action](extraction, correction)
        if changed != extraction:
            extraction = replace(changed, corrections=(*changed.corrections, correction))
    return extraction


def unused_corrections(
    corrections: Iterable[Correction], used: Iterable[Correction]
) -> tuple[str, ...]:
    """Name the corrections that changed nothing anywhere, as ``action target``.

    >>> row = Correction("reject", "program/a", author="Ida", reason="no program")
    >>> unused_corrections([row], []), unused_corrections([row], [row])
    (('reject program/a',), ())
    """
    applied = frozenset(used)
    idle = (row for row in corrections if row not in applied)
    return tuple(f"{row.action} {row.target}" for row in idle)


def _entities(
    extraction: Extraction, change: Callable[[Entity], Entity | None], target: str
) -> Extraction:
    """Change the entity of an id, wherever it is described; None takes it out."""

    def over(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        changed = (change(item) if item.id == target else item for item in entities)
        return tuple(item for item in changed if item is not None)

    transcript = extraction.transcript
    transcript = replace(transcript, entities=over(transcript.entities))
    return replace(extraction, transcript=transcript, entities=over(extraction.entities))


def _put_id(item: Any, old: str, new: str) -> Any:
    """Put an id in the place of another one, everywhere but in words."""
    if isinstance(item, tuple):
        return tuple(_put_id(part, old, new) for part in item)
    if is_dataclass(item) and not isinstance(item, type):
        values = {
            part.name: _put_id(getattr(item, part.name), old, new)
            for part in fields(item)
            if part.init and part.name not in ("text", "quote", "label", "corrections")
        }
        return replace(item, **values)
    return new if item == old else item


def _merge(extraction: Extraction, correction: Correction) -> Extraction:
    gone = [item for item in extraction.entities if item.id == correction.target]
    kept = any(item.id == correction.value for item in extraction.entities)
    if not gone:
        return extraction
    if not kept:
        return _renumber(extraction, correction.target, correction.value)
    names = [name for item in gone for name in (item.label, *item.alt_labels)]

    def add(entity: Entity) -> Entity:
        new = [name for name in names if name not in (entity.label, *entity.alt_labels)]
        return replace(entity, alt_labels=(*entity.alt_labels, *dict.fromkeys(new)))

    without = _entities(extraction, lambda entity: None, correction.target)
    return _renumber(_entities(without, add, correction.value), correction.target, correction.value)


def _renumber(extraction: Extraction, old: str, new: str) -> Extraction:
    changed: Extraction = _put_id(extraction, old, new)
    seen: dict[object, Statement] = {}
    for statement in changed.statements:
        before = seen.get(statement.key)
        if before is None:
            seen[statement.key] = statement
        else:
            more = tuple(item for item in statement.evidence if item not in before.evidence)
            seen[statement.key] = replace(before, evidence=(*before.evidence, *more))
    kept = tuple(item for item in seen.values() if item.subject != item.object)
    return replace(changed, statements=kept)


def _rename(extraction: Extraction, correction: Correction) -> Extraction:
    def change(entity: Entity) -> Entity:
        if entity.label == correction.value:
            return entity
        others = [entity.label, *(n for n in entity.alt_labels if n != correction.value)]
        return replace(entity, label=correction.value, alt_labels=tuple(dict.fromkeys(others)))

    return _entities(extraction, change, correction.target)


def _retype(extraction: Extraction, correction: Correction) -> Extraction:
    kind = EntityType(correction.value)
    found = [item for item in extraction.entities if item.id == correction.target]
    if not found or found[0].type is kind:
        return extraction
    changed = _entities(extraction, lambda item: replace(item, type=kind), correction.target)
    return _renumber(changed, correction.target, entity_id(kind, found[0].label))


def _split(extraction: Extraction, correction: Correction) -> Extraction:
    printed = _printed_as(extraction, correction.target, correction.value)
    if printed is not None:
        return _split_person(extraction, printed)
    found = [item for item in extraction.entities if item.id == correction.target]
    if not found or correction.value not in found[0].alt_labels:
        return extraction
    new = Entity(entity_id(found[0].type, correction.value), found[0].type, correction.value)

    def change(entity: Entity) -> Entity:
        names = tuple(name for name in entity.alt_labels if name != correction.value)
        return replace(entity, alt_labels=names)

    def moved(mention: Any) -> Any:
        mine = mention.entity == correction.target and mention.quote == correction.value
        return replace(mention, entity=new.id) if mine else mention

    changed = _entities(extraction, change, correction.target)
    mentions = tuple(moved(mention) for mention in changed.mentions)
    return replace(changed, entities=(*changed.entities, new), mentions=mentions)


def _printed_as(extraction: Extraction, target: str, name: str) -> Participant | None:
    """Return the person of an id whom this call prints under a form of the name."""
    people = extraction.transcript.participants
    fits = (p for p in people if p.id == target and p.name == name and p.identified)
    return next(fits, None)


def _split_person(extraction: Extraction, person: Participant) -> Extraction:
    """Give somebody the identifier of the name as printed."""
    issuer = extraction.transcript.call.issuer
    own = [person.name]
    if person.kind is ParticipantKind.EXECUTIVE and issuer:
        own.append(issuer.partition("/")[2])
    transcript = extraction.transcript
    people = tuple(
        replace(item, identified=None) if item is person else item
        for item in transcript.participants
    )
    apart = replace(extraction, transcript=replace(transcript, participants=people))
    return _renumber(apart, person.id, entity_id(EntityType.PERSON, " ".join(own)))


def _reject(extraction: Extraction, correction: Correction) -> Extraction:
    target = correction.target
    if correction.value:
        relation = (target, *correction.value.split(" ", 1))
        kept = (s for s in extraction.statements if (s.subject, s.predicate, s.object) != relation)
        return replace(extraction, statements=tuple(kept))
    without = _entities(extraction, lambda entity: None, target)
    return replace(
        without,
        mentions=tuple(item for item in without.mentions if item.entity != target),
        statements=tuple(s for s in without.statements if target not in (s.subject, s.object)),
        facts=tuple(fact for fact in without.facts if fact.subject != target),
        conflicts=tuple(item for item in without.conflicts if item.about != target),
        questions=tuple(
            replace(q, about=tuple(thing for thing in q.about if thing != target))
            for q in without.questions
        ),
    )


def _add(extraction: Extraction, correction: Correction) -> Extraction:
    start = extraction.transcript.text.find(correction.quote)
    if start < 0:
        return extraction
    predicate, value = correction.value.split(" ", 1)
    known = {item.id for item in extraction.entities}
    if correction.target not in known or (value not in known and not _relations()[predicate]):
        return extraction
    proof = extraction.transcript.evidence(start, start + len(correction.quote))
    statement = Statement(correction.target, predicate, value, (proof,), RULE)
    if any(item.key == statement.key for item in extraction.statements):
        return extraction
    return replace(extraction, statements=(*extraction.statements, statement))


def _speaker(extraction: Extraction, correction: Correction) -> Extraction:
    index = int(correction.target)
    turns = extraction.transcript.turns
    known = {item.id for item in extraction.entities}
    if index >= len(turns) or correction.value not in known:
        return extraction
    if turns[index].speaker == correction.value:
        return extraction
    spoken = replace(turns[index], speaker=correction.value)
    transcript = replace(
        extraction.transcript,
        turns=(*turns[:index], spoken, *turns[index + 1 :]),
        doubts=tuple(d for d in extraction.transcript.doubts if d.turn != index),
    )
    answers = tuple(
        replace(answer, given_by=correction.value) if answer.turn == index else answer
        for answer in extraction.answers
    )
    questions = tuple(
        replace(question, asked_by=correction.value) if question.turn == index else question
        for question in extraction.questions
    )
    changed = replace(
        extraction, transcript=transcript, answers=answers, questions=questions
    )  # fmt: skip
    result: Extraction = _put_speaker(changed, index, correction.value)
    return result


def _put_speaker(item: Any, turn: int, speaker: str) -> Any:
    """Put a speaker to every evidence of a turn."""
    if isinstance(item, tuple):
        return tuple(_put_speaker(part, turn, speaker) for part in item)
    if not is_dataclass(item) or isinstance(item, type):
        return item
    values = {
        p.name: _put_speaker(getattr(item, p.name), turn, speaker) for p in fields(item) if p.init
    }
    if type(item).__name__ == "Evidence" and values["turn"] == turn:
        values["speaker"] = speaker
    return replace(item, **values)


_ACTIONS: dict[str, Callable[[Extraction, Correction], Extraction]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "retype": _retype,
    "reject": _reject,
    "add": _add,
    "speaker": _speaker,
}
