"""Rows of speech recognition: a token a line, with the number of its speaker."""

from __future__ import annotations

import re

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, DraftTurn, Source
from extractors.lines import split_lines

NAME = "token-rows"

_ROW = re.compile(
    r"(?P<token>[^|]+)\|(?P<speaker>\d{1,3})\|[\d.]*\|[\d.]*(?:\|(?P<sign>[^|]{0,3}))?(?:\|.*)?"
)
_HEADER = "token|speaker|"


def sniff(source: Source) -> float:
    """Score the text: rows of a token, a speaker's number and two times."""
    lines = [line.text for line in split_lines(source.text)[:60] if line.text]
    rows = sum(1 for line in lines if "|" in line and _ROW.fullmatch(line))
    if rows < 5 or rows < 0.8 * (len(lines) - 1):
        return 0.0
    return 0.95 if lines[0].lower().startswith(_HEADER) else 0.85


def parse(source: Source) -> Draft:
    """Join tokens and their punctuation, and cut where the speaker changes."""
    runs: list[tuple[str, list[str]]] = []
    for line in split_lines(source.text):
        row = _ROW.fullmatch(line.text)
        if row is None:
            continue
        token = re.sub(r"<(\w+)>", r"[\1]", row["token"].strip())
        word = token + (row["sign"] or "").strip()
        if not runs or runs[-1][0] != row["speaker"]:
            runs.append((row["speaker"], []))
        runs[-1][1].append(word)
    parts: list[str] = []
    turns: list[DraftTurn] = []
    size = 0
    for speaker, words in runs:
        label = f"Speaker {speaker}"
        said = " ".join(words)
        start = size + len(label) + 1
        turns.append(DraftTurn(label, start, start + len(said), (size, size + len(label))))
        parts += [label, said, ""]
        size = start + len(said) + 2
    return name_speakers(Draft("\n".join(parts), tuple(turns)))
