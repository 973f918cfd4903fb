"""The vocabulary: names of things as data files, loaded, merged with the user's own, looked up.

Every file under ``resources/lexicon`` is tab-separated with a header. A file of terms has the
columns of `COLUMNS` and any of `EXTRAS`; three files have their own columns: ``ignore.tsv`` (words
that are never an entity), ``false_friends.tsv`` (words decided by what stands around them) and
``medicine_stems.tsv`` (endings of international non-proprietary names).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from extractors.errors import LexiconError
from extractors.lexicon_files import (
    ANY_TYPE,
    COLUMNS,
    EXTRAS,
    STATUSES,
    read_friends,
    read_ignored,
    read_stems,
    read_terms,
)
from extractors.model import EntityId, EntityType
from extractors.terms import FalseFriend, Stem, Surface, Term, fold

__all__ = [
    "ANY_TYPE",
    "COLUMNS",
    "EXTRAS",
    "STATUSES",
    "FalseFriend",
    "Lexicon",
    "Stem",
    "Surface",
    "Term",
    "fold",
    "load_lexicon",
]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, with look-up by surface. Make it with `load_lexicon`."""

    terms: tuple[Term, ...]
    false_friends: tuple[FalseFriend, ...] = ()
    stems: tuple[Stem, ...] = ()
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _exact: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _folded: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _surfaces: Mapping[EntityId, tuple[Surface, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[EntityId, Term] = field(init=False, repr=False, compare=False)
    _readings: Mapping[str, tuple[FalseFriend, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        exact: dict[str, list[Term]] = {}
        folded: dict[str, list[Term]] = {}
        surfaces = {term.id: term.surfaces for term in self.terms}
        for term in self.terms:
            for surface in surfaces[term.id]:
                table, key = (
                    (exact, surface.text) if surface.exact else (folded, fold(surface.text))
                )
                found = table.setdefault(key, [])
                if term not in found:
                    found.append(term)
        readings: dict[str, list[FalseFriend]] = {}
        for friend in self.false_friends:
            readings.setdefault(friend.surface, []).append(friend)
        object.__setattr__(self, "_exact", {k: tuple(v) for k, v in exact.items()})
        object.__setattr__(self, "_folded", {k: tuple(v) for k, v in folded.items()})
        object.__setattr__(self, "_surfaces", surfaces)
        object.__setattr__(self, "_by_id", {term.id: term for term in self.terms})
        object.__setattr__(self, "_readings", {k: tuple(v) for k, v in readings.items()})

    def of_type(self, *types: EntityType) -> tuple[Term, ...]:
        """Return the terms of the given types, in the order of the files."""
        return tuple(term for term in self.terms if term.type in types)

    def find(self, surface: str, *types: EntityType) -> tuple[Term, ...]:
        """Return the terms that a surface may name, all types unless some are given.

        Hyphens, spaces and case do not count, save the case of exact surfaces.

        >>> lexicon = load_lexicon()
        >>> [term.label for term in lexicon.find("cd-22", EntityType.TARGET)]
        ['CD22']
        >>> lexicon.find("all")
        ()
        """
        found = dict.fromkeys((*self._exact.get(surface, ()), *self._folded.get(fold(surface), ())))
        return tuple(term for term in found if not types or term.type in types)

    def surfaces_of(self, term: Term) -> tuple[Surface, ...]:
        """Return the surfaces of a term of this vocabulary, made once for all who ask."""
        return self._surfaces[term.id]

    def by_id(self, identifier: EntityId) -> Term | None:
        """Return the term with this local identifier, or None where there is none."""
        return self._by_id.get(identifier)

    def readings(self, surface: str) -> tuple[FalseFriend, ...]:
        """Return how an ambiguous surface can be read; empty for a surface that is not one."""
        return self._readings.get(surface, ())

    def is_ignored(self, surface: str, kind: EntityType | None = None) -> bool:
        """Return whether a surface is never an entity, or never one of the given type.

        >>> lexicon = load_lexicon()
        >>> lexicon.is_ignored("DLT", EntityType.PROGRAM), lexicon.is_ignored("CD22")
        (True, False)
        """
        types = self.ignored.get(surface, frozenset())
        return ANY_TYPE in types or (kind is not None and kind.value in types)

    def stem_of(self, word: str) -> Stem | None:
        """Return the longest stem that makes a word a medicine, or None.

        >>> stem = load_lexicon().stem_of("inclisiran")
        >>> stem.stem if stem else None
        'siran'
        """
        fitting = [stem for stem in self.stems if stem.fits(word)]
        return max(fitting, key=lambda stem: len(stem.stem)) if fitting else None


def load_lexicon(*extra: Path) -> Lexicon:
    """Load the vocabulary of the package and merge directories of the user into it.

    A user's row that shares its label or an alias with a packaged term of its type adds aliases
    and identifiers to that term; any other row is a new term.

    Args:
        extra: directories with ``*.tsv`` files in the same format; the later wins.

    Raises:
        LexiconError: a file is missing or breaks the format; the message names file and line.
    """
    return _load(tuple(Path(directory) for directory in extra))


@cache
def _load(extra: tuple[Path, ...]) -> Lexicon:
    if not extra:
        return _merged(Lexicon(terms=()), files("extractors") / "resources" / "lexicon")
    lexicon, directory = _load(extra[:-1]), extra[-1]
    if not directory.is_dir():
        raise LexiconError(f"{directory}: no such directory; a vocabulary is one of .tsv files")
    return _merged(lexicon, directory)


def _merged(lexicon: Lexicon, directory: Traversable | Path) -> Lexicon:
    terms = {term.id: term for term in lexicon.terms}
    fixed = bool(terms)
    names = {
        (term.type, fold(text)): term.id
        for term in lexicon.terms
        for text in (term.label, *term.aliases)
    }
    friends, stems, ignored = (
        list(lexicon.false_friends),
        list(lexicon.stems),
        dict(lexicon.ignored),
    )
    for file in sorted(directory.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".tsv"):
            continue
        if file.name == "ignore.tsv":
            for surface, kind in read_ignored(file):
                ignored[surface] = ignored.get(surface, frozenset()) | {kind}
        elif file.name == "false_friends.tsv":
            friends.extend(read_friends(file))
        elif file.name == "medicine_stems.tsv":
            stems.extend(read_stems(file))
        else:
            for line, term in read_terms(file):
                known = _known(term, names) if fixed else None
                if known is not None:
                    terms[known] = _widened(terms[known], term)
                elif term.id in terms and not fixed:
                    raise LexiconError(f"{file}:{line}: {term.label!r} is in the vocabulary twice")
                else:
                    terms[term.id] = term
    return Lexicon(tuple(terms.values()), tuple(friends), tuple(stems), ignored)


def _known(term: Term, names: Mapping[tuple[EntityType, str], EntityId]) -> EntityId | None:
    for text in (term.label, *term.aliases):
        if (found := names.get((term.type, fold(text)))) is not None:
            return found
    return None


def _widened(term: Term, other: Term) -> Term:
    """Return ``term`` with the names and identifiers that only ``other`` has."""
    have = {term.label, *term.aliases}
    aliases = (a for a in (other.label, *other.aliases) if a not in have)
    extras = {name: getattr(term, name) or getattr(other, name) for name in ("note", *EXTRAS)}
    return replace(
        term,
        aliases=(*term.aliases, *dict.fromkeys(aliases)),
        exact_match=tuple(dict.fromkeys((*term.exact_match, *other.exact_match))),
        broader=tuple(dict.fromkeys((*term.broader, *other.broader))),
        exact_aliases=tuple(dict.fromkeys((*term.exact_aliases, *other.exact_aliases))),
        short_forms=tuple(dict.fromkeys((*term.short_forms, *other.short_forms))),
        **extras,
    )
