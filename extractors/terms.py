"""What the vocabulary holds: terms with their surfaces, ambiguous words, stems of medicines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractors.model import EntityId, EntityType

_UNCOUNTED = re.compile(r"[\s\u00ad\u2010-\u2015-]+")
_LONGEST_ACRONYM = 7
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
    ``maker`` and ``parent`` name companies as spoken. ``short_forms`` are those aliases that are
    ordinary words ("Structure"): they name the term only in a call that also names it in full.
    """

    id: EntityId
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    broader: tuple[EntityId, ...] = ()
    case_sensitive: bool = False
    exact_aliases: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
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
        """Return label and aliases without short forms, each with whether its case must be kept.

        Acronyms and names of up to three characters always keep their case, since many are words
        ("all", "met").

        >>> Term("target/kit", "CD117", EntityType.TARGET, aliases=("KIT", "c-Kit")).surfaces
        (Surface(text='CD117', exact=False), Surface(text='KIT', exact=True),
         Surface(text='c-Kit', exact=False))
        """
        return tuple(
            Surface(
                text,
                self.case_sensitive
                or text in self.exact_aliases
                or (len(text) <= _LONGEST_ACRONYM and _ACRONYM.fullmatch(text) is not None)
                or (len(text) <= 3 and text != text.lower()),
            )
            for text in (self.label, *self.aliases)
            if text not in self.short_forms
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

    def verdict(self, around: str) -> bool | None:
        """Return what the words around the surface say: True, False, or None where they are silent.

        Args:
            around: the text near the mention and the mention: its sentence first, then some 160
                code points on each side.

        >>> friend = FalseFriend("ALL", EntityType.INDICATION, "acute lymphoblastic leukemia",
        ...     cues=("leukemia", "relapsed"), against=("caps",))
        >>> friend.verdict("relapsed ALL"), friend.verdict("ALL in caps"), friend.verdict("ALL of")
        (True, False, None)
        """
        if _near(self.against, around):
            return False
        return True if _near(self.cues, around) else None

    def holds(self, around: str) -> bool:
        """Return whether this reading is meant in the words around the surface.

        >>> friend = FalseFriend("MS", EntityType.INDICATION, "multiple sclerosis", ("lesions",))
        >>> friend.holds("relapses and lesions in"), friend.holds("an instrument")
        (True, False)
        """
        verdict = self.verdict(around)
        return self.default if verdict is None else verdict


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


def fold(surface: str) -> str:
    """Reduce a surface to what counts when names are compared: no case, hyphen or space.

    >>> fold("Non-Hodgkin’s Lymphoma"), fold("CD-19") == fold("cd 19"), fold("PD-1") == fold("PD-2")
    ("nonhodgkin'slymphoma", True, False)
    """
    if surface.isascii():
        return "".join(surface.split()).replace("-", "").lower()
    return _UNCOUNTED.sub("", surface.replace("’", "'")).casefold()


@cache
def _cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue in cues)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _near(cues: tuple[str, ...], around: str) -> bool:
    return bool(cues) and _cue_pattern(cues).search(around) is not None
