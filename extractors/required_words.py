"""The words without which a regular expression cannot match, read from the expression itself.

Engines that scan for literals first (RE2, Rust's) work so; Python's only looks for a first letter.
A required word is in lower case; with a star behind it, it is any part of a text. What cannot be
read requires nothing, so that no match is ever lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

Needs = tuple[frozenset[str], ...]
"""Sets of words; a text must hold one of each."""
Path = tuple[str, frozenset[str]]
"""A way to match: the word that is not yet ended, and the words that have ended.

A word whose beginning is not known begins with a star.
"""

_MANY_PATHS = 10
_MOST_PATHS = 125
_SHORTEST_PART = 3
"""A shorter part of a word says too little to look for it."""
_MARKS = "%$€£"
_UNKNOWN = "*"


def required_words(pattern: str) -> tuple[Needs, ...]:
    r"""Return for each alternative of a pattern the words that must stand in a text it matches.

    An alternative without any may match every text.

    >>> for needs in required_words(r"\b(?:plac|put)ed on hold\b|\blaunch\w*"):
    ...     print([sorted(words) for words in needs])
    [['placed', 'puted'], ['on'], ['hold']]
    [['launch*']]
    >>> required_words(r"\d+")
    ((),)
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)
    return tuple(_needs_of(way) for way in _ways(list(parsed)))


def _ways(steps: list[Any]) -> list[list[Any]]:
    """Tell apart the alternatives of which a pattern consists, behind what all begin with."""
    kind, value = steps[-1]
    if kind.name == "BRANCH" and all(step[0].name == "AT" for step in steps[:-1]):
        return [[*steps[:-1], *branch] for branch in value[1]]
    return [steps]


def _needs_of(steps: Sequence[Any]) -> Needs:
    found: list[frozenset[str]] = []
    paths: set[Path] = {(_UNKNOWN, frozenset())}
    for step in _flat(steps):
        paths = _follow(paths, [step])
        if all(said for _, said in paths):
            found.extend(_shared([said for _, said in paths]))
            paths = {(word, frozenset()) for word, _ in paths}
    paths = {_anything(path) for path in paths}
    found.extend(_shared([said for _, said in paths]))
    return tuple(found)


def _flat(steps: Iterable[Any]) -> Iterator[Any]:
    """Yield the steps, those of a group in place of it."""
    for step in steps:
        if step[0].name == "SUBPATTERN":
            yield from _flat(step[1][3])
        else:
            yield step


def _shared(ways: list[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Yield sets of few words, of each of which every way holds one, without a word in common."""
    while all(ways):
        left, chosen = ways, set()
        while left:
            counts = Counter(word for said in left for word in said)
            best = max(counts, key=lambda word: (counts[word], len(word), word))
            chosen.add(best)
            left = [said for said in left if best not in said]
        yield frozenset(chosen)
        ways = [said - chosen for said in ways]


def _follow(paths: set[Path], steps: Iterable[Any]) -> set[Path]:
    """Return where the paths lead to over some steps of a pattern."""
    for kind, value in steps:
        paths = _step(paths, kind.name, value)
        if len(paths) > _MANY_PATHS:
            paths = _thinned(paths)
    return paths


def _step(paths: set[Path], kind: str, value: Any) -> set[Path]:
    match kind:
        case "LITERAL":
            return {_read(path, chr(value)) for path in paths}
        case "IN":
            letters = _letters(value)
            if letters is None:
                return {_anything(path) for path in paths}
            return {_read(path, letter) for path in paths for letter in letters}
        case "BRANCH":
            return set().union(*(_follow(paths, branch) for branch in value[1]))
        case "SUBPATTERN":
            return _follow(paths, value[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeat(paths, *value)
        case "AT":
            return paths if value.name == "AT_NON_BOUNDARY" else {_ended(path) for path in paths}
        case "ASSERT" | "ASSERT_NOT":
            apart = kind == "ASSERT_NOT" and _is_word_class(value[1])
            return {_ended(path) for path in paths} if apart else paths
        case "ANY" | "NOT_LITERAL":
            return {_anything(path) for path in paths}
        case _:
            return paths | {_anything(path) for path in paths}


def _repeat(paths: set[Path], least: int, most: Any, steps: Any) -> set[Path]:
    once = _follow(paths, steps)
    found = once if least else paths | once
    if most == 1:
        return found
    ends = {word for word, _ in _follow({(_UNKNOWN, frozenset())}, steps)}
    if ends == {""}:
        return found | {("", said) for _, said in found}
    return found | {_anything(path) for path in found}


def _read(path: Path, letter: str) -> Path:
    letter = letter.lower()
    if letter == "_" or len(letter) != 1:
        return _anything(path)
    if letter.isalnum():
        return path[0] + letter, path[1]
    word, said = _ended(path)
    return (word, said | {f"{letter}*"}) if letter in _MARKS else (word, said)


def _ended(path: Path) -> Path:
    """End the word of a path, where no letter may follow it."""
    word, said = path
    if word.startswith(_UNKNOWN):
        return "", _anything(path)[1]
    return "", said | {word} if word else said


def _anything(path: Path) -> Path:
    """Let anything follow, so that of the word only a part is known."""
    word, said = path
    part = word.removeprefix(_UNKNOWN)
    return _UNKNOWN, said | {f"{part}*"} if len(part) >= _SHORTEST_PART else said


def _thinned(paths: set[Path]) -> set[Path]:
    """Leave out paths that only say more than another; of too many keep what all of them say."""
    kept: dict[str, list[frozenset[str]]] = {}
    for word, said in sorted(paths, key=lambda path: len(path[1])):
        known = kept.setdefault(word, [])
        if not any(map(said.issuperset, known)):
            known.append(said)
    found = {(word, said) for word, known in kept.items() for said in known}
    if len(found) <= _MOST_PATHS:
        return found
    return {(_UNKNOWN, frozenset.intersection(*(said for _, said in found)))}


def _letters(members: Sequence[Any]) -> str | None:
    """Return the few letters of a class, a space for those that are no letters, None for many."""
    found = ""
    for kind, value in members:
        if kind.name == "LITERAL":
            found += chr(value)
        elif kind.name == "RANGE" and value[1] - value[0] < 10:
            found += "".join(map(chr, range(value[0], value[1] + 1)))
        elif kind.name == "CATEGORY" and value.name in ("CATEGORY_SPACE", "CATEGORY_NOT_WORD"):
            found += " "
        else:
            return None
    return found


def _is_word_class(steps: Sequence[Any]) -> bool:
    """Tell whether it is a class that holds every letter, so that its absence ends a word."""
    return len(steps) == 1 and any(
        kind.name == "CATEGORY" and value.name == "CATEGORY_WORD"
        for kind, value in (steps[0][1] if steps[0][0].name == "IN" else ())
    )
