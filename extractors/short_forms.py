"""Short forms of a name used later in the same call: ``302`` for ``BEAM-302``, ``pove``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from extractors.mentions import Candidate
from extractors.mentions._vocabulary import load_words
from extractors.mentions._words import any_of
from extractors.model import EntityType

_MEDICINES = (EntityType.PROGRAM, EntityType.DRUG)
_NUMBERED = re.compile(r"[A-Za-z]+[-‑– ]?(?P<number>\d{2,8}[A-Z]?)")
_DECLARED = re.compile(
    r"\b(?:or|call(?:ed)? it|abbreviated) (?P<short>[A-Za-z]{3,7}),? for short\b"
)
_BARE = re.compile(r"\d(?<![\w$€£#.,/–-].)\d{1,5}[A-Z]?(?![\w%/]|[-.,:]\d)")


def find_short_forms(text: str, known: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield bare numbers and clipped names that stand for a program or trial already named.

    Args:
        text: the whole transcript.
        known: the candidates chosen so far, with code points of ``text``.
    """
    known = tuple(known)
    yield from _numbers(text, known)
    yield from _clipped(text, known)
    yield from _declared(text, known)


def _numbers(text: str, known: tuple[Candidate, ...]) -> Iterator[Candidate]:
    owners = _owners(text, known)
    if not owners:
        return
    units = load_words("units")
    before_words = load_words("before_numbers")
    for match in _BARE.finditer(text):
        rivals = owners.get(match.group())
        if rivals is None:
            continue
        after = re.match(r"[\s-]*([A-Za-z]+)?", text[match.end() : match.end() + 24])
        follows = (after[1] or "") if after else ""
        leads = re.search(r"([A-Za-z]+)[ ,]*$", text[max(0, match.start() - 24) : match.start()])
        leader = leads[1] if leads else ""
        if follows.lower() in units or leader.lower() in before_words:
            continue
        if len(match.group()) < 3 and leader.lower() not in ("on", "for", "about", "the"):
            continue
        if (
            len(match.group()) < 3
            and follows
            and follows.lower() not in load_words("program_nouns")
        ):
            continue
        trial_word = follows.lower() in ("trial", "study", "studies", "trials")
        ranked = rivals.most_common()
        owner = next(
            (c for c, _ in ranked if (c[0] is EntityType.TRIAL) == trial_word), ranked[0][0]
        )
        kind, name, identifier = owner
        why = f"{match.group()!r} is the number of {name}, named in this call"
        yield Candidate(*match.span(), kind, name, "short-number", identifier, 0.85, why)


def _owners(
    text: str,
    known: Iterable[Candidate],
) -> dict[str, Counter[tuple[EntityType, str, str]]]:
    owners: dict[str, Counter[tuple[EntityType, str, str]]] = defaultdict(Counter)
    for candidate in known:
        if candidate.type not in (*_MEDICINES, EntityType.TRIAL):
            continue
        owner = (candidate.type, candidate.name, candidate.id)
        said = text[candidate.start : candidate.end]
        for name in dict.fromkeys((candidate.name, said)):
            match = _NUMBERED.fullmatch(name)
            if match is not None:
                owners[match["number"]][owner] += 1
                break
    return owners


def _clipped(text: str, known: tuple[Candidate, ...]) -> Iterator[Candidate]:
    names = {
        candidate.name.lower(): candidate
        for candidate in known
        if candidate.type in _MEDICINES and re.fullmatch(r"[A-Za-z]{8,}", candidate.name)
    }
    heads: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for name, candidate in names.items():
        for size in range(4, len(name) - 2):
            heads[name[:size]][candidate.id] = candidate
    if not heads:
        return
    begins = sorted({head[:4] for head in heads})
    titled = any_of(begin.capitalize() for begin in begins)
    forms = rf"(?:{any_of(begins)})[a-z]{{0,5}}|(?:{titled})[a-z]{{2,5}}"
    for match in re.finditer(rf"(?:{forms})(?![\w-])", text):
        low = match.group().lower()
        owners = heads.get(low)
        if owners is None or len(owners) != 1 or low in load_words("plain_words"):
            continue
        (owner,) = owners.values()
        why = f"{match.group()!r} is how {owner.name}, named in this call, is clipped"
        yield Candidate(*match.span(), owner.type, owner.name, "short-word", owner.id, 0.8, why)


def _declared(text: str, known: tuple[Candidate, ...]) -> Iterator[Candidate]:
    """Yield the places of a short form that the speaker announces: "or luma for short"."""
    for match in _DECLARED.finditer(text):
        short = match["short"].lower()
        owners = {
            candidate.id or candidate.name: candidate
            for candidate in known
            if candidate.type in _MEDICINES and candidate.name.lower().startswith(short)
        }
        if len(owners) != 1:
            continue
        (owner,) = owners.values()
        why = f"{short!r} is said to be short for {owner.name}"
        forms = rf"(?<![\w-])(?:{short}|{short.capitalize()}|{short.upper()})(?![\w-])"
        for place in re.finditer(forms, text):
            yield Candidate(*place.span(), owner.type, owner.name, "short-word", owner.id, 0.9, why)
