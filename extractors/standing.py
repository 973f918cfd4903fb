"""Which diseases are spoken of as something to treat, and which only in passing.

A disease named once as a side effect, a symptom or a risk is no indication of the call. One that is
studied, treated, sold for or spoken of again and again is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial

from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._vocabulary import folded, load_words
from extractors.model import EntityId, EntityType

_BEFORE = 70
_AFTER = 40
_SENTENCE = 200
_SENTENCE_END = re.compile(r"[.?!;]\s|\n")
_JOINT = re.compile(r"(?:\s*,)?\s*(?:and|or|/|&)?\s*(?:\w+\s+)?")


@cache
def _signs(side: str) -> re.Pattern[str]:
    words = [sign for sign, where in load_words("indication_signs").items() if where == side]
    joined = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len)[::-1]
    )
    if side == "sentence":
        return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)
    if side in ("after", "event-after"):
        return re.compile(rf"[\s-]+(?:[a-z-]+\s+)?(?:{joined})\b", re.IGNORECASE)
    return re.compile(
        rf"\b(?:{joined})(?:\s+(?:the|a|an|our|its|their|other|these|various|multiple|both))?"
        rf"(?:\s+[\w/-]+,?){{0,3}}?\s*$",
        re.IGNORECASE,
    )


def drop_passing_mentions(
    text: str, candidates: Iterable[Candidate], vocabulary: Vocabulary
) -> list[Candidate]:
    """Return the candidates without the diseases that are only spoken of in passing.

    Args:
        text: the whole transcript.
        candidates: in text order, without overlaps; code points of ``text``.
        vocabulary: says which indications are classes of diseases or mere events.
    """
    candidates = list(candidates)
    places: dict[EntityId, list[tuple[int, int]]] = defaultdict(list)
    for chain in _chains(text, candidates):
        for candidate in chain:
            places[candidate.id].append((chain[0].start, chain[-1].end))
    view = lru_cache(maxsize=None)(partial(_view, text))
    dropped = {
        identifier
        for identifier, seen in places.items()
        if not _stands(identifier, (view(*place) for place in seen), vocabulary)
    }
    return [
        candidate
        for candidate in candidates
        if candidate.type is not EntityType.INDICATION or candidate.id not in dropped
    ]


def drop_fields_of_work(
    text: str, candidates: Iterable[Candidate], vocabulary: Vocabulary
) -> list[Candidate]:
    """Return the candidates without families of targets that only name a field of work.

    Beside "the orexin-2 receptor", "the orexin franchise" speaks of no other target.

    Args:
        text: the whole transcript.
        candidates: code points of ``text``.
        vocabulary: says which targets are families.
    """
    candidates = list(candidates)
    targets = {(c.id, folded(c.name)) for c in candidates if c.type is EntityType.TARGET}
    words = "|".join(load_words("field_words"))
    field = re.compile(rf"[ -](?:{words})\b")
    kept = []
    for candidate in candidates:
        if candidate.type is EntityType.TARGET and field.match(text, candidate.end):
            term = vocabulary.lexicon.by_id(candidate.id)
            said = folded(text[candidate.start : candidate.end])
            if (
                term is not None
                and term.kind == "family"
                and any(name.startswith(said) for other, name in targets if other != candidate.id)
            ):
                continue
        kept.append(candidate)
    return kept


def _chains(text: str, candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Yield runs of diseases in one list ("infarction, stroke or ..."): they share a context."""
    chain: list[Candidate] = []
    for candidate in candidates:
        if candidate.type is not EntityType.INDICATION:
            continue
        if chain and not _JOINT.fullmatch(text, chain[-1].end, candidate.start):
            yield chain
            chain = []
        chain.append(candidate)
    if chain:
        yield chain


def _view(text: str, start: int, end: int) -> str:
    """Return how a disease is spoken of: ``strong`` (treated), ``event``, or ``neutral``."""
    before = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    after = text[end : end + _AFTER]
    if _signs("event").search(before) or _signs("event-after").match(after):
        return "event"
    if _signs("before").search(before) or _signs("after").match(after):
        return "strong"
    wide = _SENTENCE_END.split(text[max(0, start - _SENTENCE) : start])[-1]
    rest = _SENTENCE_END.split(text[end : end + _SENTENCE])[0]
    return "event" if _signs("sentence").search(f"{wide} {rest}") else "neutral"


def _stands(identifier: EntityId, seen: Iterable[str], vocabulary: Vocabulary) -> bool:
    term = vocabulary.lexicon.by_id(identifier)
    kind = term.kind if term else ""
    if term is not None and term.label in load_words("broad_indications"):
        return False
    is_event = kind == "event" or (term is not None and term.label in load_words("side_effects"))
    if not is_event and kind != "class":
        return any(view != "event" for view in seen)
    views = Counter(seen)
    strong, events = views["strong"], views["event"]
    return strong > events if is_event else strong >= 1 and strong >= events
