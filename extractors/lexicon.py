"""The vocabulary: names of things as data files, loaded, merged with the user's own, looked up.

Every file under ``resources/lexicon`` is tab-separated with a header. A file of terms has the
columns of `COLUMNS` and any of `EXTRAS`; three files have their own columns: ``ignore.tsv`` (words
that are never an entity), ``false_friends.tsv`` (words decided by what stands around them) and
``medicine_stems.tsv`` (endings of international non-proprietary names).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from extractors.errors import LexiconError
from extractors.model import EntityId, EntityType, entity_id

COLUMNS = ("label", "type", "aliases", "exact_match", "broader", "case", "status", "source", "note")
EXTRAS = ("kind", "ticker", "parent", "substance", "maker")
STATUSES = ("checked", "curated", "imported", "user")
ANY_TYPE = "*"

_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z&./+ -]{2,6}s?")


class Surface(NamedTuple):
    """A way to write a name; ``exact`` ones match only in this case (``ALL``, ``KIT``)."""

    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A thing that the vocabulary knows, under all its names.

    ``kind`` refines the type (an indication may be a ``disease``, a ``class`` of diseases such as
    "cancer", or an ``event`` such as a side effect); ``substance`` names the medicine in a brand,
    ``maker`` and ``parent`` name companies as spoken.
    """

    id: EntityId
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    broader: tuple[EntityId, ...] = ()
    case_sensitive: bool = False
    exact_aliases: tuple[str, ...] = ()
    status: str = "user"
    source: str = ""
    note: str = ""
    kind: str = ""
    ticker: str = ""
    parent: str = ""
    substance: str = ""
    maker: str = ""

    @property
    def surfaces(self) -> tuple[Surface, ...]:
        """Return label and aliases, each with whether its case must be kept.

        Acronyms without a digit always keep their case, since many are words ("all", "met").

        >>> Term("target/kit", "CD117", EntityType.TARGET, aliases=("KIT", "c-Kit")).surfaces
        (Surface(text='CD117', exact=False), Surface(text='KIT', exact=True),
         Surface(text='c-Kit', exact=False))
        """
        return tuple(
            Surface(
                text,
                self.case_sensitive
                or text in self.exact_aliases
                or _ACRONYM.fullmatch(text) is not None,
            )
            for text in (self.label, *self.aliases)
        )


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """One reading of an ambiguous surface: it names ``label`` if the words around it say so.

    Several readings may share a surface (``PAH``: a target, an indication). ``default`` says what
    holds when neither a cue nor a word against it stands near.
    """

    surface: str
    type: EntityType
    label: str
    cues: tuple[str, ...]
    against: tuple[str, ...] = ()
    default: bool = False
    note: str = ""

    def holds(self, around: str) -> bool:
        """Return whether this reading is meant in the words around the surface.

        Args:
            around: the text near the mention, best its sentence or some 160 code points.

        >>> friend = FalseFriend("ALL", EntityType.INDICATION, "acute lymphoblastic leukemia",
        ...     cues=("leukemia", "patients"))
        >>> friend.holds("in relapsed patients with ALL"), friend.holds("ALL of our sites")
        (True, False)
        """
        if _near(self.against, around):
            return False
        return _near(self.cues, around) or self.default


@dataclass(frozen=True, slots=True)
class Stem:
    """An ending of international non-proprietary names, such as ``mab`` or ``siran``."""

    stem: str
    kind: str
    minimum: int
    exceptions: frozenset[str] = frozenset()
    note: str = ""

    def fits(self, word: str) -> bool:
        """Return whether a word is a medicine by this stem.

        >>> stem = Stem("tide", "peptide", 8, frozenset({"notide"}))
        >>> stem.fits("tirzepatide"), stem.fits("riptide"), stem.fits("peptide")
        (True, False, False)
        """
        low = word.casefold()
        return len(low) >= self.minimum and low.endswith(self.stem) and low not in self.exceptions


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, with look-up by surface. Make it with `load_lexicon`."""

    terms: tuple[Term, ...]
    false_friends: tuple[FalseFriend, ...] = ()
    stems: tuple[Stem, ...] = ()
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _exact: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _folded: Mapping[str, tuple[Term, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[EntityId, Term] = field(init=False, repr=False, compare=False)
    _readings: Mapping[str, tuple[FalseFriend, ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        exact: dict[str, list[Term]] = {}
        folded: dict[str, list[Term]] = {}
        for term in self.terms:
            for surface in term.surfaces:
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


def fold(surface: str) -> str:
    """Reduce a surface to what counts when names are compared: no case, hyphen or space.

    >>> fold("Non-Hodgkin’s Lymphoma"), fold("CD-19") == fold("cd 19"), fold("PD-1") == fold("PD-2")
    ("nonhodgkin'slymphoma", True, False)
    """
    return re.sub(r"[\s\u00ad\u2010-\u2015-]+", "", surface.replace("’", "'")).casefold()


@cache
def _cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in cues)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _near(cues: tuple[str, ...], around: str) -> bool:
    return bool(cues) and _cue_pattern(cues).search(around) is not None


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
    lexicon = Lexicon(terms=())
    lexicon = _merged(lexicon, files("extractors") / "resources" / "lexicon")
    for directory in extra:
        if not directory.is_dir():
            raise LexiconError(f"{directory}: no such directory; a vocabulary is one of .tsv files")
        lexicon = _merged(lexicon, directory)
    return lexicon


def _merged(lexicon: Lexicon, directory: Traversable | Path) -> Lexicon:
    terms = {term.id: term for term in lexicon.terms}
    names = {(t.type, fold(s.text)): t.id for t in lexicon.terms for s in t.surfaces}
    fixed = bool(terms)
    friends, stems, ignored = list(lexicon.false_friends), list(lexicon.stems), dict(lexicon.ignored)
    for file in sorted(directory.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".tsv"):
            continue
        if file.name == "ignore.tsv":
            for surface, kind in _read_ignored(file):
                ignored[surface] = ignored.get(surface, frozenset()) | {kind}
        elif file.name == "false_friends.tsv":
            friends.extend(_read_friends(file))
        elif file.name == "medicine_stems.tsv":
            stems.extend(_read_stems(file))
        else:
            for line, term in _read_terms(file):
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
    extras = {
        name: getattr(term, name) or getattr(other, name)
        for name in ("note", *EXTRAS)
    }
    return replace(
        term,
        aliases=(*term.aliases, *dict.fromkeys(aliases)),
        exact_match=tuple(dict.fromkeys((*term.exact_match, *other.exact_match))),
        broader=tuple(dict.fromkeys((*term.broader, *other.broader))),
        exact_aliases=tuple(dict.fromkeys((*term.exact_aliases, *other.exact_aliases))),
        **extras,
    )


def _rows(
    file: Traversable | Path, required: Iterable[str], optional: Iterable[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each row; lines that begin with ``#`` are comments."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{file}: not readable as UTF-8 text ({error})") from error
    numbered = [(n, row) for n, row in enumerate(lines, 1) if row.strip() and row[0] != "#"]
    if not numbered:
        raise LexiconError(f"{file}: empty; the first line must name the columns")
    split = [next(csv.reader([row], delimiter="\t", quoting=csv.QUOTE_NONE)) for _, row in numbered]
    header = tuple(split[0])
    missing = sorted(set(required) - set(header))
    unknown = sorted(set(header) - set(required) - set(optional))
    if missing or unknown:
        wrong = [f"lacks {name!r}" for name in missing]
        wrong += [f"does not know {name!r}" for name in unknown]
        raise LexiconError(f"{file}:{numbered[0][0]}: the header {', '.join(wrong)}")
    for (number, _), cells in zip(numbered[1:], split[1:], strict=True):
        if len(cells) != len(header):
            raise LexiconError(
                f"{file}:{number}: {len(cells)} cells where the header names {len(header)}"
            )
        yield number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _many(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _type(cell: str, place: str) -> EntityType:
    try:
        return EntityType(cell)
    except ValueError as error:
        known = ", ".join(EntityType)
        raise LexiconError(f"{place}: no type {cell!r}; it is one of {known}") from error


def _read_terms(file: Traversable | Path) -> Iterator[tuple[int, Term]]:
    for number, row in _rows(file, COLUMNS, EXTRAS):
        place = f"{file}:{number}"
        if not row["label"]:
            raise LexiconError(f"{place}: a row needs a label")
        if row["case"] not in ("any", "exact"):
            raise LexiconError(f"{place}: case is 'any' or 'exact', not {row['case']!r}")
        if row["status"] not in STATUSES:
            known = ", ".join(STATUSES)
            raise LexiconError(f"{place}: no status {row['status']!r}; it is one of {known}")
        kind = _type(row["type"], place)
        aliases = _many(row["aliases"])
        yield (
            number,
            Term(
                id=entity_id(kind, row["label"]),
                label=row["label"],
                type=kind,
                aliases=tuple(a.removeprefix("=") for a in aliases),
                exact_match=_many(row["exact_match"]),
                broader=tuple(entity_id(kind, label) for label in _many(row["broader"])),
                case_sensitive=row["case"] == "exact",
                exact_aliases=tuple(a[1:] for a in aliases if a.startswith("=")),
                **{name: row.get(name, "") for name in ("status", "source", "note", *EXTRAS)},
            ),
        )


def _read_ignored(file: Traversable | Path) -> Iterator[tuple[str, str]]:
    for number, row in _rows(file, ("surface", "type", "note")):
        kind = row["type"]
        yield row["surface"], kind if kind == ANY_TYPE else _type(kind, f"{file}:{number}").value


def _read_friends(file: Traversable | Path) -> Iterator[FalseFriend]:
    columns = ("surface", "type", "label", "cues", "against", "default", "note")
    for number, row in _rows(file, columns):
        place = f"{file}:{number}"
        if row["default"] not in ("keep", "drop"):
            raise LexiconError(f"{place}: default is 'keep' or 'drop', not {row['default']!r}")
        yield FalseFriend(
            surface=row["surface"],
            type=_type(row["type"], place),
            label=row["label"],
            cues=_many(row["cues"]),
            against=_many(row["against"]),
            default=row["default"] == "keep",
            note=row["note"],
        )


def _read_stems(file: Traversable | Path) -> Iterator[Stem]:
    for number, row in _rows(file, ("stem", "kind", "minimum", "exceptions", "note")):
        if not row["minimum"].isdigit():
            raise LexiconError(f"{file}:{number}: minimum is a number, not {row['minimum']!r}")
        yield Stem(
            stem=row["stem"],
            kind=row["kind"],
            minimum=int(row["minimum"]),
            exceptions=frozenset(word.casefold() for word in _many(row["exceptions"])),
            note=row["note"],
        )
