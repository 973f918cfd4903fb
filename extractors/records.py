"""An extraction as JSON Lines, and back without loss: ``statements.jsonl``.

Every line is an object whose ``record`` says what it is (`KINDS`). Fields are those of
`extractors.model`; one that has its default value is left out. The text itself is in
``transcript.txt``, and every quote is checked against it on reading.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from extractors import model
from extractors.errors import RecordError
from extractors.model import Evidence, Extraction, Transcript

KINDS: dict[str, tuple[type, str]] = {
    "call": (model.Call, "call"),
    "transcript": (Transcript, ""),
    "participant": (model.Participant, "participants"),
    "turn": (model.Turn, "turns"),
    "doubt": (model.SpeakerDoubt, "doubts"),
    "named": (model.Entity, "entities"),
    "entity": (model.Entity, "entities"),
    "mention": (model.Mention, "mentions"),
    "exchange": (model.Exchange, "exchanges"),
    "question": (model.Question, "questions"),
    "answer": (model.Answer, "answers"),
    "statement": (model.Statement, "statements"),
    "fact": (model.Fact, "facts"),
    "conflict": (model.Conflict, "conflicts"),
    "correction": (model.Correction, "corrections"),
}
"""What a line can be, in the order of the file: its type, and the field that collects it.

``named`` are the entities of the transcript's own structure, ``entity`` those of the whole call.
"""

_OF_TRANSCRIPT = ("participant", "turn", "doubt", "named")
_ONCE = ("call", "transcript")
_SCALARS = ("layout", "sha256", "warnings")


def to_records(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Yield every part of an extraction as an object fit for JSON, in the order of `KINDS`."""
    transcript = extraction.transcript
    for kind, (_, name) in KINDS.items():
        if kind == "call":
            yield {"record": kind} | _encode_fields(transcript.call)
        elif kind == "transcript":
            yield {"record": kind} | {k: _encode(getattr(transcript, k)) for k in _SCALARS}
        else:
            owner = transcript if kind in _OF_TRANSCRIPT else extraction
            for item in getattr(owner, name):
                yield {"record": kind} | _encode_fields(item)


def write_records(extraction: Extraction, path: Path) -> None:
    """Write an extraction as JSON Lines in UTF-8; equal extractions give equal bytes."""
    path.write_bytes(b"".join(_to_line(record) for record in to_records(extraction)))


def _to_line(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair; JSON can escape it
        return json.dumps(record).encode() + b"\n"


def read_records(path: Path, text: str) -> Extraction:
    """Read what `write_records` wrote.

    Args:
        path: the ``statements.jsonl``.
        text: the transcript's text, from ``transcript.txt``.

    Raises:
        RecordError: a line is no record, or a quote is not in the text at its place; the message
            names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read: {error.strerror}") from error
    return from_lines(data.splitlines(), text, source=str(path))


def from_lines(lines: Iterable[bytes], text: str, *, source: str = "<lines>") -> Extraction:
    """Build an extraction from lines of JSON.

    Raises:
        RecordError: as `read_records`.

    >>> from_lines([b'{"record": "call", "id": "x", "colour": 1}'], "")
    Traceback (most recent call last):
        ...
    extractors.errors.RecordError: <lines>:1: a call has no field 'colour'
    """
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    scalars: dict[str, Any] = {}
    for number, line in enumerate(lines, start=1):
        try:
            kind, item = _parse(line)
            _check_quotes(item, text)
        except (ValueError, TypeError) as error:
            raise RecordError(f"{source}:{number}: {error}") from error
        if kind in _ONCE and found[kind]:
            raise RecordError(f"{source}:{number}: a second {kind}")
        if kind == "transcript":
            scalars = item
        found[kind].append(item)
    for kind in _ONCE:
        if not found[kind]:
            raise RecordError(f"{source}: has no line of the record {kind!r}")
    owned: dict[str, Any] = {KINDS[kind][1]: tuple(found[kind]) for kind in _OF_TRANSCRIPT}
    transcript = Transcript(call=found["call"][0], text=text, **owned, **scalars)
    rest = {
        name: tuple(found[kind])
        for kind, (_, name) in KINDS.items()
        if kind not in (*_OF_TRANSCRIPT, *_ONCE)
    }
    return Extraction(transcript=transcript, **rest)


def _parse(line: bytes) -> tuple[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict) or not isinstance(record.get("record"), str):
        raise ValueError("a line must be an object with a 'record'")
    kind = record.pop("record")
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no record; there are {', '.join(KINDS)}")
    if kind == "transcript":
        hints = {name: _hints(Transcript)[name] for name in _SCALARS}
        unknown = sorted(set(record) - set(hints))
        if unknown or "layout" not in record:
            raise ValueError(f"a transcript has the fields {', '.join(_SCALARS)}")
        return kind, {name: _decode(hints[name], value, name) for name, value in record.items()}
    return kind, _decode_fields(KINDS[kind][0], record, kind)


def _check_quotes(item: Any, text: str) -> None:
    if isinstance(item, Evidence | model.Mention) and text[item.start : item.end] != item.quote:
        raise ValueError(f"the text at {item.start}:{item.end} is not {item.quote!r}")
    if isinstance(item, tuple):
        for part in item:
            _check_quotes(part, text)
    elif is_dataclass(item):
        for part in fields(item):
            _check_quotes(getattr(item, part.name), text)


def _default(item: Field[Any]) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


def _encode_fields(item: Any) -> dict[str, Any]:
    pairs = ((part, getattr(item, part.name)) for part in fields(item) if part.init)
    return {
        part.name: _encode_properties(value) if part.name == "properties" else _encode(value)
        for part, value in pairs
        if value != _default(part)
    }


def _encode(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return _encode_fields(value) if is_dataclass(value) else value


def _encode_properties(pairs: tuple[tuple[str, Any], ...]) -> list[list[Any]]:
    return [[name, _tag(value)] for name, value in pairs]


def _tag(value: Any) -> Any:
    """Keep the type of a fact's value where JSON has none for it."""
    if isinstance(value, model.Reference):
        return {"id": value.id}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"date": value.isoformat()} if isinstance(value, date) else value


_UNTAG: dict[str, Callable[[str], Any]] = {
    "id": model.Reference,
    "decimal": Decimal,
    "date": date.fromisoformat,
}


def _untag(value: Any) -> Any:
    if not isinstance(value, dict):
        if isinstance(value, str | int | bool):
            return value
        raise ValueError(f"{value!r} is no value of a property")
    if len(value) != 1 or not set(value) <= set(_UNTAG):
        raise ValueError(f"{value!r} is no value; a typed one has the key {' or '.join(_UNTAG)}")
    ((tag, text),) = value.items()
    try:
        return _UNTAG[tag](text)
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{text!r} is no {tag}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _init_fields(kind: type) -> dict[str, Field[Any]]:
    return {part.name: part for part in fields(kind) if part.init}


def _decode_fields(kind: type, record: Any, name: str) -> Any:
    if not isinstance(record, dict):
        raise ValueError(f"a {name} must be an object, not {record!r}")
    known = _init_fields(kind)
    for field_name in record:
        if field_name not in known:
            raise ValueError(f"a {name} has no field {field_name!r}")
    for field_name, part in known.items():
        if field_name not in record and _default(part) is MISSING:
            raise ValueError(f"a {name} lacks its field {field_name!r}")
    values = {}
    for field_name, value in record.items():
        if field_name == "properties":
            values[field_name] = tuple((str(key), _untag(said)) for key, said in value)
        else:
            values[field_name] = _decode(_hints(kind)[field_name], value, field_name)
    return kind(**values)


def _decode(hint: Any, value: Any, name: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (hint,) = [part for part in get_args(hint) if part is not types.NoneType]
        return _decode(hint, value, name)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{name} must be a list, not {value!r}")
        inner = get_args(hint)[0]
        return tuple(_decode(inner, part, name) for part in value)
    if is_dataclass(hint):
        return _decode_fields(hint, value, name)  # type: ignore[arg-type]
    return _decode_plain(hint, value, name)


def _decode_plain(hint: Any, value: Any, name: str) -> Any:
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"{name} must be {hint.__name__}, not {value!r}")
    return value
