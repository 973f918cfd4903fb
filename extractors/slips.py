"""Slips of speech recognition: ``CDI9`` for ``CD19``, ``DS-3242`` beside ``GS-3242``.

A slip is linked with low confidence; its words stay as they are in the transcript.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.mentions import Candidate, Vocabulary
from extractors.mentions._vocabulary import folded
from extractors.model import EntityType
from extractors.terms import Term

_MIXED = re.compile(r"[A-Z](?<![\w-].)[A-Z0-9-]{2,14}(?![\w-])")
_LOOKALIKE = str.maketrans({"I": "1", "O": "0"})
_CODE = re.compile(r"(?P<prefix>[A-Za-z]{1,8})[-‑–]?(?P<number>\d{3,8}[A-Za-z]?)")
_CONFIDENCE = 0.5
_MEDICINES = (EntityType.PROGRAM, EntityType.DRUG)
_LONG_NAME = 10
_COINED = 8
_FARTHEST = 2
_LONG = re.compile(r"[A-Za-z](?<![\w-].)[a-z]{9,}(?![\w-])")
_CODED = frozenset({"program-code", "trial-code", "gene-family"})


def find_lookalikes(text: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield words that become a name of this call when ``I`` is read as 1 and ``O`` as 0.

    Args:
        text: the whole transcript.
        found: candidates with code points of ``text``.
    """
    known = {
        folded(text[c.start : c.end]): c
        for c in found
        if c.type in (EntityType.TARGET, EntityType.PROGRAM) and any(map(str.isdigit, c.name))
    }
    for match in _MIXED.finditer(text):
        word = match.group()
        if not _is_mixed(word) or folded(word) in known:
            continue
        for place, char in enumerate(word):
            if char not in "IO":
                continue
            guess = word[:place] + char.translate(_LOOKALIKE) + word[place + 1 :]
            owner = known.get(folded(guess))
            if owner is not None:
                why = f"{word!r} is heard for {owner.name}, named in this call"
                yield Candidate(
                    *match.span(),
                    owner.type,
                    owner.name,
                    "slip",
                    owner.id,
                    _CONFIDENCE,
                    why,
                    weight=3,
                )
                break


def _is_mixed(word: str) -> bool:
    return any(char.isdigit() for char in word) and ("I" in word or "O" in word)


def find_misheard(
    text: str, found: Iterable[Candidate], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Yield long words that are one or two letters away from the one medicine spelled like them.

    Args:
        text: the whole transcript.
        found: candidates with code points of ``text``; words that they hold are known.
        vocabulary: gives the medicines.
    """
    names = _long_medicines(vocabulary)
    taken = {text[c.start : c.end].lower() for c in found}
    seen: dict[str, Term | None] = {}
    for match in _LONG.finditer(text):
        word = match.group().lower()
        if word not in seen:
            terms = [] if word in taken else names.get((word[:2], word[-3:]), [])
            near = [term for term in terms if _is_near(word, term.label.lower())]
            seen[word] = near[0] if len(near) == 1 else None
        term = seen[word]
        if term is not None:
            why = f"{match.group()!r} is heard for {term.label}, a medicine"
            yield Candidate(*match.span(), term.type, term.label, "slip", term.id, _CONFIDENCE, why)


@lru_cache(maxsize=8)
def _long_medicines(vocabulary: Vocabulary) -> dict[tuple[str, str], list[Term]]:
    """Return the medicines with a long name by its first two and last three letters."""
    names: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in vocabulary.lexicon.terms:
        low = term.label.lower()
        if term.type in _MEDICINES and len(low) >= _LONG_NAME and low.isalpha():
            names[low[:2], low[-3:]].append(term)
    return names


def _is_near(word: str, name: str) -> bool:
    """Return whether two letters differ at most, or one is too many or too few.

    >>> _is_near("emeraclidine", "emraclidine"), _is_near("ocederunone", "ocedurenone")
    (True, True)
    >>> _is_near("examination", "emraclidine")
    False
    """
    if len(word) == len(name):
        return sum(a != b for a, b in zip(word, name, strict=True)) <= _FARTHEST
    shorter, longer = sorted((word, name), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def relink_misheard(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Link a medicine known by its stem alone to the one like it that the call names as often."""
    candidates = list(candidates)
    counts = Counter(c.name.lower() for c in candidates if c.type in _MEDICINES)
    known = {c.name.lower(): c for c in candidates if c.type in _MEDICINES and c.entity}
    owners: dict[str, Candidate] = {}
    for name in sorted({c.name.lower() for c in candidates if c.rule == "stem" and not c.entity}):
        near = [
            other
            for other in sorted(known)
            if len(other) >= _COINED
            and (name[:2], name[-3:]) == (other[:2], other[-3:])
            and counts[name] <= counts[other]
            and _is_near(name, other)
        ]
        if len(near) == 1 and near[0] != name:
            owners[name] = known[near[0]]
    return [
        _heard_for(candidate, owners[candidate.name.lower()])
        if candidate.rule == "stem" and candidate.name.lower() in owners
        else candidate
        for candidate in candidates
    ]


def _heard_for(candidate: Candidate, owner: Candidate) -> Candidate:
    return candidate._replace(
        type=owner.type,
        name=owner.name,
        entity=owner.entity,
        rule="slip",
        confidence=_CONFIDENCE,
        rationale=f"{candidate.name!r} is heard for {owner.name}, named in this call",
    )


def relink_codes(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Link a code heard once to the code with the same number that the call uses more often."""
    candidates = list(candidates)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    owners: dict[str, Candidate] = {}
    codes = {name: _CODE.fullmatch(name) for name in {c.name for c in candidates}}
    for candidate in candidates:
        match = codes[candidate.name]
        if match is not None and candidate.type in (EntityType.PROGRAM, EntityType.DRUG):
            counts[match["number"]][match["prefix"]] += 1
            owners.setdefault(candidate.name, candidate)
    prefixes: Counter[str] = Counter()
    for of_number in counts.values():
        prefixes.update(of_number.keys())
    result = []
    for candidate in candidates:
        match = codes[candidate.name]
        rivals = counts[match["number"]] if match and candidate.rule in _CODED else Counter()
        if match and len(rivals) > 1 and rivals[match["prefix"]] == 1:
            best = max(rivals, key=lambda prefix: (rivals[prefix], prefixes[prefix], prefix))
            owner = next(
                (
                    o
                    for name, o in owners.items()
                    if name.startswith(best) and match["number"] in name
                ),
                None,
            )
            if owner is not None and best != match["prefix"] and _alike(best, match["prefix"]):
                why = f"{candidate.name!r} is heard for {owner.name}, which has the same number"
                candidate = candidate._replace(
                    name=owner.name,
                    entity=owner.id,
                    rule="slip",
                    confidence=_CONFIDENCE,
                    rationale=why,
                )
        result.append(candidate)
    return result


def _alike(one: str, other: str) -> bool:
    """Return whether one prefix can be a mishearing of the other; mere case is none.

    >>> _alike("GS", "DS"), _alike("ABBV", "A"), _alike("BEAM", "VX")
    (True, True, False)
    """
    if one.lower() == other.lower():
        return False
    if one.startswith(other) or other.startswith(one):
        return True
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
