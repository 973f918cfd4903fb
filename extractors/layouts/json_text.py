"""JSON that holds the transcript as text: one string, an array of strings, or chunks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from extractors.drafts import Draft, Heading, Source
from extractors.json_calls import find_heading
from extractors.layouts import general
from extractors.registry import discover

NAME = "json-text"

_TEXTS = ("transcript", "text", "content", "body", "full_text", "transcript_text")
_PARTS = ("prepared_remarks", "presentation", "questions_and_answers", "question_and_answer", "qa")


def _call(data: Any) -> Mapping[str, Any]:
    """Return the object that describes the call."""
    if isinstance(data, list):
        data = next((item for item in data if isinstance(item, Mapping)), {})
    return data if isinstance(data, Mapping) else {}


def _text(value: Any) -> str:
    """Join a string, an array of strings or of chunks to one text, chunks by their index."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        chunks = [item for item in value if isinstance(item, Mapping)]
        if chunks and all(isinstance(item.get("chunk_index"), int) for item in chunks):
            value = sorted(chunks, key=lambda item: item["chunk_index"])
        parts = []
        for item in value:
            if isinstance(item, Mapping):
                item = next((item[key] for key in (*_TEXTS, "en") if item.get(key)), "")
            parts.append(item if isinstance(item, str) else "")
        return "\n".join(parts)
    return ""


def _whole(data: Any) -> str:
    call = _call(data)
    for key in _TEXTS:
        if text := _text(call.get(key)):
            return text
    if pairs := _text(call.get("pairs")):
        return pairs
    sections = [(key, _text(call.get(key))) for key in _PARTS]
    found = [(key, text) for key, text in sections if text]
    if found:
        titles = {"questions_and_answers": "Questions and Answers", "qa": "Questions and Answers"}
        titles["question_and_answer"] = "Questions and Answers"
        return "\n\n".join(
            f"{titles.get(key, 'Prepared Remarks')}\n\n{text}" for key, text in found
        )
    if isinstance(data, list) and all(isinstance(item, str) for item in data):
        return "\n".join(data)
    return _text(data) if isinstance(data, list) else ""


def sniff(source: Source) -> float:
    """Score the values: a text under a known key."""
    return 0.7 if source.data is not None and len(_whole(source.data)) > 40 else 0.0


def parse(source: Source) -> Draft:
    """Parse the text by the layout that fits it best; facts of the JSON win over the text's."""
    text = _whole(source.data)
    inner = Source(source.name, text, source.sha256)
    best, highest = None, 0.0
    for name, layout in discover("extractors.layouts", "NAME", "sniff", "parse").items():
        score = 0.0 if name.startswith("json") else layout.sniff(inner)
        if score > highest:
            best, highest = layout, score
    draft: Draft = (best or general).parse(inner)
    return replace(draft, heading=_merge(find_heading(source.data)[0], draft.heading))


def _merge(first: Heading, second: Heading) -> Heading:
    return Heading(
        first.company or second.company,
        first.ticker or second.ticker,
        first.exchange_code or second.exchange_code,
        first.fiscal_period or second.fiscal_period,
        first.held_on or second.held_on,
    )
