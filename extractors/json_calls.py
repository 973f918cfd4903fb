"""What JSON says of a call: who spoke which words, who takes part, and the facts of the event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from extractors.drafts import Heading
from extractors.headings import parse_date, parse_heading, parse_period
from extractors.labels import MAX_TURNS, read_section
from extractors.model import ParticipantKind, Section
from extractors.roles import read_kind
from extractors.speech import load_rows

_DEEPEST = 6
"""Objects in objects; exports nest less."""


_ASKED = re.compile(r"\b(?:q ?(?:&|and)? ?a|questions?|answers?)\b")


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as JSON prints them: a name or number, and the title and firm beside it."""

    name: str
    title: str = ""
    firm: str = ""
    kind: ParticipantKind | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of one speaker."""

    who: Who
    words: str
    section: Section | None = None


@cache
def _keys(meaning: str) -> tuple[str, ...]:
    return tuple(row["key"] for row in load_rows("json_keys.tsv") if row["meaning"] == meaning)


def _plain(key: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(key).lower())


def _values(entry: Mapping[str, Any], meaning: str) -> Iterator[Any]:
    """Yield the values whose keys have the meaning, spelled in any way."""
    found = {_plain(key): value for key, value in entry.items()}
    return (found[key] for key in _keys(meaning) if found.get(key) not in (None, ""))


def _get(entry: Mapping[str, Any], meaning: str) -> Any:
    """Return the first value whose key has the meaning."""
    return next(_values(entry, meaning), None)


def _said(entry: Mapping[str, Any]) -> str:
    value = _get(entry, "words")
    if isinstance(value, list):
        return "\n".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def read_who(entry: Mapping[str, Any]) -> Who | None:
    """Read the speaker of an entry, who may be an object of its own.

    >>> read_who({"speaker": "Ida Brandt", "role": "CFO"})
    Who(name='Ida Brandt', title='CFO', firm='', kind=None)
    >>> read_who({"text": "Good day."}) is None
    True
    """
    who = _get(entry, "speaker")
    if isinstance(who, Mapping):
        inner = read_who(who)
        title, kind = _title(entry)
        return inner and replace(inner, title=inner.title or title, kind=inner.kind or kind)
    if not isinstance(who, str | int) or not str(who).strip():
        return None
    title, kind = _title(entry)
    return Who(_text(who), title, _text(_get(entry, "firm")), kind)


def _title(entry: Mapping[str, Any]) -> tuple[str, ParticipantKind | None]:
    """Read the title of a speaker, and a kind that stands in its place or beside it."""
    title, kind = "", None
    for value in map(_text, _values(entry, "title")):
        known = read_kind(value)
        kind = kind or known
        title = title or ("" if known else value)
    return title, kind


def find_spoken(data: Any) -> list[Spoken]:
    """Return who speaks which words, in order; empty where the values are of another shape.

    >>> said = [{"speaker": "Ida", "text": "No."}, {"name": "Lee", "text": "Thanks."}]
    >>> found = find_spoken({"qa": said})
    >>> [item.who.name for item in found], found[0].section.value
    (['Ida', 'Lee'], 'QuestionAndAnswer')
    >>> find_spoken({"transcript": "Ida: No."})
    []
    """
    return _find(data, None, 0)


def _find(data: Any, section: Section | None, depth: int) -> list[Spoken]:
    if depth > _DEEPEST:
        return []
    if isinstance(data, list):
        return _entries(data, section) or _inner(data, section, depth)
    if not isinstance(data, Mapping):
        return []
    parts: list[Spoken] = []
    for key, value in data.items():
        if isinstance(value, list) and (named := _section(str(key))):
            parts += _entries(value, named)
    if len(parts) > 1:
        return parts
    return _inner(data.values(), section, depth)


def _inner(values: Any, section: Section | None, depth: int) -> list[Spoken]:
    """Return the longest run of speech in any of the values."""
    best: list[Spoken] = []
    for value in values:
        if isinstance(value, Mapping | list):
            found = _find(value, section, depth + 1)
            if len(found) > len(best):
                best = found
    return best


def _entries(data: list[Any], section: Section | None) -> list[Spoken]:
    made = []
    for entry in data:
        if not isinstance(entry, Mapping):
            return []
        who, words = read_who(entry), _said(entry)
        if who and words.strip():
            own = _section(_text(_get(entry, "section")))
            made.append(Spoken(who, words.strip(), own or section))
            if len(made) > MAX_TURNS:
                break  # More than any call holds: whoever parses it refuses it.
    return made if len(made) > 1 or (made and section) else []


def _section(name: str) -> Section | None:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\s-]+", " ", name).strip().lower()
    if _ASKED.search(plain):
        return Section.QUESTION_AND_ANSWER
    return read_section(plain) if plain else None


def find_people(data: Any) -> dict[str, Who]:
    """Return the participants that JSON lists apart from the speech, by name or speaker id.

    >>> found = find_people({"participants": ["Ida Brandt--CFO", {"name": "Lee", "firm": "Pine"}]})
    >>> found["Ida Brandt"].title, found["Lee"].firm
    ('CFO', 'Pine')
    >>> find_people({"transcript": ["Ida Brandt--CFO"]})
    {}
    """
    found: dict[str, Who] = {}
    for key, value in _walk(data, 0):
        if not _names_people(key):
            continue
        if isinstance(value, list):
            for entry in value:
                found.update(_person(entry))
        elif isinstance(value, Mapping):
            for who, entry in sorted(value.items(), key=lambda item: str(item[0])):
                if isinstance(entry, Mapping) and (person := read_who(entry)):
                    found[str(who)] = person
                elif isinstance(entry, str) and entry.strip():
                    found[str(who)] = Who(entry.strip())
    return found


def _names_people(key: object) -> bool:
    return any(word in _plain(key) for word in _keys("people"))


def _walk(data: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping) and depth <= _DEEPEST:
        for key in sorted(data, key=str):
            yield str(key), data[key]
            yield from _walk(data[key], depth + 1)


def _person(entry: Any) -> Iterator[tuple[str, Who]]:
    if isinstance(entry, str):
        parts = re.split(r"\s*--\s*|\s+-\s+", entry.strip(), maxsplit=1)
        if parts[0]:
            yield parts[0], Who(parts[0], parts[1] if len(parts) > 1 else "")
    elif isinstance(entry, Mapping) and not _said(entry) and (who := read_who(entry)):
        nested = next((v for v in entry.values() if isinstance(v, Mapping)), None)
        person = read_who(nested) if nested else None
        yield (who.name, person or who)


def find_heading(data: Any) -> tuple[Heading, str]:
    """Read the facts of the event, and the lines that print them.

    >>> find_heading({"symbol": "LMRA", "year": 2031, "quarter": "Q3"})[0].fiscal_period
    '2031Q3'
    """
    call = data
    if isinstance(data, list):
        call = next((item for item in data if isinstance(item, Mapping)), {})
    if not isinstance(call, Mapping):
        return Heading(), ""
    values = dict(call)
    for key in sorted(call, key=str):
        value = call[key]
        if isinstance(value, Mapping) and not _names_people(key):
            plain = {k: v for k, v in value.items() if not isinstance(v, Mapping | list)}
            values = {**plain, **values}
    company, ticker, exchange, year, quarter, title = (
        _text(_get(values, part))
        for part in ("company", "ticker", "exchange", "year", "quarter", "headline")
    )
    when, said = _day(_get(values, "date"))
    digits = "".join(re.findall(r"[1-4]", re.sub(r"(?:19|20)\d\d", "", quarter)))[:1]
    year = year or "".join(re.findall(r"(?:19|20)\d\d", quarter)[:1])
    period = f"{year}Q{digits}" if re.fullmatch(r"\d{4}[1-4]", f"{year}{digits}") else None
    printed = parse_heading(title)
    lines = [company, ticker, period or "", said, title]
    if ":" in ticker:
        exchange, ticker = (part.strip() for part in ticker.split(":", 1))
    heading = Heading(
        company or (printed.company if printed.company != ticker else None),
        ticker or printed.ticker,
        exchange or printed.exchange_code,
        period or parse_period(quarter) or printed.fiscal_period,
        when or printed.held_on,
    )
    return heading, "\n".join(line for line in lines if line)


def _day(value: Any) -> tuple[date | None, str]:
    """Return a day, and how to print it: as it is, or of a number of seconds the day."""
    if isinstance(value, int) and 10**8 < value < 10**11:
        when = datetime.fromtimestamp(value, UTC).date()
        return when, when.isoformat()
    if not isinstance(value, str):
        return None, ""
    return parse_date(value[:10]) or parse_date(value), value.strip()
