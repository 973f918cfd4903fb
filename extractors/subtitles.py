"""Subtitles: the words of WebVTT and SubRip files, a line for each speaker."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"^[ \t]*(?:\d+:)?\d\d:\d\d[.,]\d{3}[ \t]*-->[ \t]*(?:\d+:)?\d\d:\d\d[.,]\d{3}.*$", re.MULTILINE
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt|font)\b[^>]*>|<\d[\d:.]*>", re.IGNORECASE)
_SPEAKER = re.compile(r"(?P<name>[^\W\d_a-z][^:\n]{1,60}?):\s+")


def subtitles_to_text(text: str) -> str | None:
    r"""Return the words of subtitles, those of one speaker in a line; None for other text.

    >>> cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>Good\n\n00:02.000 --> 00:03.000\nday.\n"
    >>> subtitles_to_text(cues)
    'Ida: Good day.'
    >>> subtitles_to_text("Ida: Good day.") is None
    True
    """
    if "-->" not in text:
        return None
    cues = list(_CUE.finditer(text))
    if len(cues) < 2:
        return None
    said: list[tuple[str, list[str]]] = []
    for i, cue in enumerate(cues):
        end = cues[i + 1].start() if i + 1 < len(cues) else len(text)
        for who, words in _voices(text[cue.end() : end]):
            if not said or (who and who != said[-1][0]):
                said.append((who, []))
            said[-1][1].append(words)
    lines = [f"{who}: {' '.join(words)}" if who else " ".join(words) for who, words in said]
    return "\n".join(lines)


def _voices(block: str) -> list[tuple[str, str]]:
    """Return the speakers of one cue with their words; no name where the last one goes on."""
    lines = [line.strip() for line in block.strip().split("\n")]
    while lines and (not lines[-1] or lines[-1].isdigit()):
        lines.pop()
    made: list[tuple[str, str]] = []
    for line in lines:
        voice = _VOICE.search(line)
        words = re.sub(r"\s+", " ", _TAG.sub("", line)).strip()
        named = None if voice else _SPEAKER.match(words)
        who = voice["name"].strip() if voice else named["name"] if named else ""
        words = words[named.end() :] if named else words
        if not words:
            continue
        if made and not who:
            made[-1] = (made[-1][0], f"{made[-1][1]} {words}")
        else:
            made.append((who, words))
    return made
