"""Read a file as text, choose its layout and return the transcript."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from charset_normalizer import from_bytes

from extractors.collector import paused_collector
from extractors.documents import html_to_text, is_html, pairs_to_text, read_json, read_rows
from extractors.drafts import Draft, Source
from extractors.errors import InputError, LayoutError
from extractors.json_calls import find_spoken
from extractors.labels import MAX_TURNS
from extractors.model import Transcript
from extractors.participants import identify
from extractors.pdf_text import pdf_to_text
from extractors.registry import discover
from extractors.roles import label_kinds
from extractors.subtitles import subtitles_to_text

MAX_BYTES = 20_000_000
MAX_TEXT = 2_000_000
"""Code points of words; the longest calls have a tenth of it."""
MAX_LINES = 40_000
"""Speech recognition prints a word a line: three calls' worth of words."""
_CONTROL = bytes([*range(9), *range(14, 32), 127])


def _decode(name: str, raw: bytes) -> str:
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in raw[:65536]:
            raise InputError(f"{name}: is a binary file; give a transcript as text") from error
        best = from_bytes(raw[:200_000]).best()
        if best is None:
            raise InputError(
                f"{name}: its encoding cannot be told; save it as UTF-8 and try again"
            ) from error
        text = raw.decode(best.encoding, errors="replace")
    head = text[:200_000].encode("utf-8", "surrogatepass")
    if "\0" in text or 100 * (len(head) - len(head.translate(None, _CONTROL))) > len(head):
        raise InputError(f"{name}: is a binary file; give a transcript as text")
    return text


def read_source(path: Path) -> Source:
    """Read a file.

    Raises:
        InputError: it is missing, a folder, empty, binary, too large, or in no known encoding.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder; give a transcript file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise InputError(f"{path}: has {size:,} bytes, more than {limit} MB; give one call")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        raise InputError(f"{path}: is empty; give a transcript file")
    sha256 = hashlib.sha256(raw).hexdigest()
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return Source(name, pdf_to_text(raw, str(path)), sha256)
    return _open(name, str(path), _decode(str(path), raw), sha256)


def _open(name: str, place: str, text: str, sha256: str) -> Source:
    """Take the words out of web pages, JSON and texts in two languages."""
    if is_html(text):
        return Source(name, html_to_text(text), sha256)
    rows = read_rows(text)
    if rows is not None and find_spoken(rows):
        return Source(name, "", sha256, rows)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return Source(name, "", sha256, read_json(text, place))
        except InputError:
            if name.lower().endswith(".json") or text.lstrip()[:2] in ('{"', "[{"):
                raise
    return Source(name, subtitles_to_text(text) or pairs_to_text(text) or text, sha256)


def sniff_scores(source: Source) -> tuple[tuple[str, float], ...]:
    """Return each layout's name and its score for the file, from 0 to 1, the best first."""
    layouts = discover("extractors.layouts", "NAME", "sniff", "parse").values()
    scores = [(str(layout.NAME), float(layout.sniff(source))) for layout in layouts]
    return tuple(sorted(scores, key=lambda item: (-item[1], item[0])))


def parse_source(source: Source) -> Transcript:
    """Parse a file by the layout with the highest score.

    Raises:
        LayoutError: no layout finds a call in it, or it is longer than any call.
    """
    if len(source.text) > MAX_TEXT:
        raise LayoutError(f"{source.name}: holds more than {MAX_TEXT:,} characters; give one call")
    if source.text.count("\n") > MAX_LINES:
        raise LayoutError(f"{source.name}: holds more than {MAX_LINES:,} lines; give one call")
    scores = sniff_scores(source)
    if not scores[0][1]:
        raise LayoutError(f"{source.name}: holds no earnings call; is it a transcript?")
    try:
        name, draft = _parse_best(source, scores)
        if len(draft.turns) > MAX_TURNS:
            raise LayoutError(f"holds more than {MAX_TURNS:,} turns; give one call")
        return identify(draft, name=source.stem, layout=name, sha256=source.sha256)
    except LayoutError as error:
        raise LayoutError(f"{source.name}: {error}") from error


def _parse_best(source: Source, scores: Sequence[tuple[str, float]]) -> tuple[str, Draft]:
    """Parse by the best layout, or where it finds next to no speakers by the one that does."""
    layouts = {
        str(layout.NAME): layout
        for layout in discover("extractors.layouts", "NAME", "sniff", "parse").values()
    }
    name = scores[0][0]
    draft: Draft = layouts[name].parse(source)
    most = _speakers(draft)
    if most >= _LEAST_SPEAKERS or draft.warnings:
        return name, draft
    for other, score in scores[1:]:
        if score:
            made: Draft = layouts[other].parse(source)
            if _speakers(made) > most:
                name, draft, most = other, made, _speakers(made)
    return name, draft


_LEAST_SPEAKERS = 2


def _speakers(draft: Draft) -> int:
    """Count those who speak by name."""
    return len({turn.name.lower() for turn in draft.turns} - set(label_kinds()))


@paused_collector()
def read_transcript(path: Path) -> Transcript:
    """Read a call from a file.

    Raises:
        InputError: the file cannot be read as text.
        LayoutError: no layout finds a call in it.
    """
    return parse_source(read_source(Path(path)))


def parse_transcript(text: str, *, name: str) -> Transcript:
    """Read a call from text; ``name`` stands for the file's name in messages and identifiers.

    Raises:
        InputError: the text is empty or binary.
        LayoutError: no layout finds a call in it.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        raise InputError(f"{name}: is empty; give a transcript")
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: has more than {MAX_BYTES // 1_000_000} MB; give one call")
    return parse_source(_open(name, name, _decode(name, raw), hashlib.sha256(raw).hexdigest()))
