"""JSON with an array of speakers and texts, with or without a map from speaker ids to names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, DraftTurn, Heading, Listed, Source
from extractors.headings import parse_date, parse_period
from extractors.model import ParticipantKind
from extractors.roles import label_kinds, split_role

NAME = "json-speakers"

_LISTS = (
    "speakers",
    "transcript",
    "turns",
    "segments",
    "utterances",
    "data",
    "content",
    "paragraphs",
)
_WHO = ("speaker", "speaker_name", "name", "speaker_id", "speakerName")
_SAID = ("text", "content", "speech", "transcript", "value", "paragraph")


def _turns(data: Any) -> list[tuple[str, str, str]]:
    """Return speaker, title and words of each entry; empty where the shape is another."""
    if isinstance(data, Mapping):
        for key in _LISTS:
            if found := _turns(data.get(key)):
                return found
        return []
    if not isinstance(data, list):
        return []
    turns = []
    for entry in data:
        if not isinstance(entry, Mapping):
            return []
        who = next((entry[key] for key in _WHO if isinstance(entry.get(key), str | int)), None)
        said = next((entry[key] for key in _SAID if isinstance(entry.get(key), str)), None)
        if isinstance(entry.get("speaker"), Mapping):
            who = entry["speaker"].get("name")
        if who is None or said is None:
            continue
        title = entry.get("title") or entry.get("role") or entry.get("speaker_title") or ""
        turns.append((str(who).strip(), str(title).strip(), said))
    return turns if len(turns) > 1 else []


def sniff(source: Source) -> float:
    """Score the values: a list of objects that have a speaker and a text."""
    if source.data is None:
        return 0.0
    return 0.9 if _turns(source.data) else 0.0


def _map(data: Any) -> dict[str, tuple[str, str]]:
    """Return name and title by speaker id."""
    found: dict[str, tuple[str, str]] = {}
    if not isinstance(data, Mapping):
        return found
    for key in sorted(data, key=str):
        value = data[key]
        if "map" not in str(key) and str(key) not in ("participants", "names"):
            continue
        if isinstance(value, Mapping):
            for who, entry in value.items():
                if isinstance(entry, Mapping) and entry.get("name"):
                    found[str(who)] = (str(entry["name"]), str(entry.get("title") or ""))
                elif isinstance(entry, str):
                    found[str(who)] = (entry, "")
    return found


def _heading(data: Any) -> tuple[Heading, str]:
    """Read the event's facts, and print them for the text."""
    event = data.get("event", data) if isinstance(data, Mapping) else {}
    if not isinstance(event, Mapping):
        return Heading(), ""

    def get(*keys: str) -> str:
        for key in keys:
            value = event.get(key, data.get(key) if isinstance(data, Mapping) else None)
            if isinstance(value, str | int) and str(value).strip():
                return str(value).strip()
        return ""

    company = get("company_name", "company", "companyName", "issuer")
    ticker = get("ticker", "symbol", "company_ticker")
    year = get("year", "fiscal_year", "fiscalYear")
    quarter = re.sub(r"\D", "", get("quarter", "fiscal_quarter", "fiscal_period", "period")[:2])
    when = get("conference_date", "date", "call_date", "event_date", "datetime")
    period = f"{year}Q{quarter}" if re.fullmatch(r"\d{4}[1-4]", f"{year}{quarter}") else None
    title = get("title", "event_title", "headline")
    lines = [company, ticker, period or "", when, title]
    heading = Heading(
        company or None,
        ticker or None,
        get("exchange") or None,
        period or parse_period(title),
        parse_date(when[:10]) or parse_date(title),
    )
    return heading, "\n".join(line for line in lines if line)


def parse(source: Source) -> Draft:
    """Write the map and the turns out as text, and mark each turn in it."""
    heading, head = _heading(source.data)
    names = _map(source.data)
    spoken = _turns(source.data)
    parts = [head, ""] if head else []
    size = sum(len(part) + 1 for part in parts)
    entries: list[tuple[str, int, str]] = []
    for key in sorted(names):
        name, title = names[key]
        line = f"{key}: {name}" + (f" - {title}" if title else "")
        entries.append((key, size + len(key) + 2, line))
        parts.append(line)
        size += len(line) + 1
    parts.append("")
    size += 1
    turns: list[DraftTurn] = []
    for who, title, said in spoken:
        label = f"{who} - {title}" if title else who
        start = size + len(label) + 1
        bare = said.strip()
        parts += [label, bare, ""]
        size = start + len(bare) + 2
        if bare:
            turns.append(_turn(who, title, names, start, len(bare)))
    text = "\n".join(parts)
    listed = tuple(_listed(text, names, entries))
    draft = Draft(text, tuple(turns), listed, heading)
    return name_speakers(draft)


def _turn(
    who: str, title: str, names: dict[str, tuple[str, str]], start: int, length: int
) -> DraftTurn:
    name = names.get(who, (who, ""))[0]
    kind = ParticipantKind.OPERATOR if name.lower() == "operator" else None
    label_start = start - 1 - len(who) - (len(title) + 3 if title else 0)
    label = (label_start, label_start + len(who))
    role = (label[1] + 3, start - 1) if title else None
    return DraftTurn(name, start, start + length, label, title=role, kind=kind)


def _listed(
    text: str, names: dict[str, tuple[str, str]], entries: list[tuple[str, int, str]]
) -> Iterator[Listed]:
    for key, start, _line in entries:
        name, title = names[key]
        if name.lower() in label_kinds():
            continue
        end = start + len(name)
        if not title:
            continue
        role = split_role(text, (end + 3, end + 3 + len(title)))
        kind = role.kind or ParticipantKind.EXECUTIVE
        yield Listed((start, end), kind, role.title, role.firm)
