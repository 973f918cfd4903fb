"""One long line: a speaker's number and a time glued together before each piece of speech."""

from __future__ import annotations

import re

from extractors.anonymous import name_speakers
from extractors.drafts import Draft, Source
from extractors.headings import parse_heading
from extractors.labels import Label, Mark, make_turns

NAME = "glued-times"

_STAMP = re.compile(
    r"(?P<label>Operator|Moderator|(?:Unidentified |Unknown )?(?:Speaker|Participant|Analyst)"
    r"(?: ?\d{1,3}?)?)(?P<time>\d\d:\d\d:\d\d)"
)
_CLOCK = re.compile(r":\d\d:\d\d")
"""What a time holds: it begins with a sign that is rare, and so costs next to nothing to find."""
_LEAST = 5
_TAIL = re.compile(
    r"(?:Read moreRemove Ads|Remove Ads|Powered by|Read more|Conference Call Resources)"
)


def sniff(source: Source) -> float:
    """Score the text: times glued to speakers, more than a few."""
    head = source.text[:400_000]
    if len(_CLOCK.findall(head)) < _LEAST:
        return 0.0
    return 0.85 if len(_STAMP.findall(head)) >= _LEAST else 0.0


def parse(source: Source) -> Draft:
    """Cut the text at each speaker with a time, and join what one speaker says in pieces."""
    text = source.text
    labels: list[Label] = []
    for found in _STAMP.finditer(text):
        printed = found.span("label")
        labels.append(Label(found["label"], found.start(), found.end(), printed))
    marks = []
    if labels and (tail := _TAIL.search(text, labels[-1].end)):
        marks.append(Mark(tail.start(), tail.end(), stops=True))
    turns, notes = make_turns(text, labels, marks, len(text))
    head = text[: labels[0].start] if labels else text[:600]
    return name_speakers(Draft(text, turns, (), parse_heading(head[-1500:]), notes=notes))
