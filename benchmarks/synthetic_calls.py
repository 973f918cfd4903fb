"""Any number of generated calls, the same each time, made from the graphs of the example calls.

A generated call holds the parts of the examples three times under new names: about 10,000 quads.
Every `CALLS_A_COMPANY` calls are one company, with its own executives, programs and trials. As in
reality, calls share the rest: analysts follow several companies, companies share targets, partners
and houses, and all share regulators, meetings and themes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.identifiers import BASE

CALLS_A_COMPANY = 5
COMPANIES_AN_ANALYST = 8
FIELDS = 20
"""How many groups of companies there are that work on the same targets and diseases."""

_ROOT = Path(__file__).resolve().parent.parent
_LINE = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) <[^>]*> \.\n")
_CALL = re.compile(rf"<{BASE}call/([^/>]+)(?:/([^/>]+)/([^>]+))?>")
_ENTITY = re.compile(rf"<{BASE}(?!call/|graph/)([a-z]+)/([^>]+)>")
_DAY = re.compile(r'"(\d{4})(-\d\d-\d\d"\^\^.*)')
_LABELS = ("#label>", "#altLabel>")
_WORDS = ("#quote>", "#text>", "#rationale>", "#responseCue>", "#promise>")
_OWN = frozenset({"program", "trial", "facility"})
_FIELD = frozenset({"target", "indication", "drug"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a term of an example goes: the ``copy``-th part of call ``number``."""

    number: int
    copy: int

    @property
    def company(self) -> int:
        return self.number // CALLS_A_COMPANY

    @property
    def year(self) -> int:
        return self.number % CALLS_A_COMPANY


def call_id(number: int) -> str:
    """Return the id of a generated call.

    >>> call_id(7)
    'c0001-2033q3'
    """
    return f"c{number // CALLS_A_COMPANY:04d}-{2031 + number % CALLS_A_COMPANY}q3"


def example_lines() -> tuple[tuple[str, ...], ...]:
    """Extract the example calls and return the N-Quads of each."""
    from extractors.pipeline import build_nlp, extract
    from extractors.reading import read_transcript
    from graph.assemble import assemble

    nlp = build_nlp()
    paths = sorted((_ROOT / "examples").glob("*.txt"))
    return tuple(assemble(extract(read_transcript(path), nlp)) for path in paths)


class CallMaker:
    """Makes the N-Quads of generated calls; make it once, it parses the examples."""

    def __init__(self, examples: tuple[tuple[str, ...], ...]) -> None:
        parsed = [
            [match.groups() for match in map(_LINE.fullmatch, lines) if match] for lines in examples
        ]
        self._kinds = dict(_kinds_of(parsed))
        self._issuer = _issuer_of(parsed)
        self._parts = (parsed[0], parsed[1], parsed[0])

    def lines(self, number: int, *, edition: str = "") -> tuple[str, ...]:
        """Return the sorted N-Quads of one call.

        Args:
            number: from 0; calls of neighbouring numbers are of one company.
            edition: added to each quote, as if the rules that cut them had changed.
        """
        name = call_id(number)
        graph = f"<{BASE}graph/{name}>"
        found = set()
        for copy, part in enumerate(self._parts):
            place = _Place(number, copy)
            memo: dict[str, str] = {}
            for subject, predicate, value in part:
                about_call = _CALL.fullmatch(subject)
                if copy and about_call and not about_call[2]:
                    continue  # what is said of the call itself is said once
                if subject not in memo:
                    memo[subject] = self._iri(subject, place)
                if value.startswith("<"):
                    if value not in memo:
                        memo[value] = self._iri(value, place)
                    new = memo[value]
                else:
                    new = self._literal(subject, predicate, value, place, edition)
                found.add(f"{memo[subject]} {predicate} {new} {graph} .\n")
        return tuple(sorted(found))

    def calls(self, count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield id and lines of the first ``count`` calls."""
        for number in range(count):
            yield call_id(number), self.lines(number)

    def _iri(self, iri: str, place: _Place) -> str:
        if match := _CALL.fullmatch(iri):
            if match[2] is None:
                return f"<{BASE}call/{call_id(place.number)}>"
            return f"<{BASE}call/{call_id(place.number)}/{match[2]}/{place.copy}{match[3]}>"
        if match := _ENTITY.fullmatch(iri):
            return f"<{BASE}{match[1]}/{match[2]}{self._mark(match[1], match[2], place)}>"
        return iri

    def _mark(self, folder: str, slug: str, place: _Place) -> str:
        """Say which of the many variants of an entity of the examples this call names."""
        if folder in _OWN or slug == self._issuer:
            return f"-c{place.company}"
        if folder == "person":
            if slug.endswith(f"-{self._issuer}"):
                return f"-c{place.company}"
            if slug.startswith(("operator-", "unidentified-")):
                return f"-{place.number}-{place.copy}"
            return f"-a{place.company // COMPANIES_AN_ANALYST}-{place.copy}"
        if folder in _FIELD:
            return f"-f{place.company % FIELDS}"
        if folder == "org" and self._kinds.get(slug) == "Firm":
            return f"-h{place.company // COMPANIES_AN_ANALYST % 8}"
        if folder == "org" and self._kinds.get(slug) == "Company":
            return f"-p{place.company // 4}"
        return ""

    def _literal(
        self, subject: str, predicate: str, value: str, place: _Place, edition: str
    ) -> str:
        if predicate.endswith(_LABELS):
            match = _ENTITY.fullmatch(subject)
            mark = self._mark(match[1], match[2], place) if match else ""
            # a person's mark is part of the last name, as if families differed
            kept = mark if match and match[1] == "person" else mark.replace("-", " ")
            return f"{value[:-1]}{kept}{value[-1]}"
        if predicate.endswith("#callId>"):
            return f'"{call_id(place.number)}"'
        if predicate.endswith("#fiscalPeriod>"):
            return f'"{2031 + place.year}Q3"'
        if predicate.endswith(_WORDS) and len(value) > 40:
            return f'{value[:-1]} {call_id(place.number)}{place.copy}{edition}"'
        if match := _DAY.fullmatch(value):
            return f'"{int(match[1]) + place.year}{match[2]}'
        if predicate.endswith("Index>"):
            index = int(value.split('"')[1]) + 1000 * place.copy
            return f'"{index}"{value[value.rindex("^^") :]}'
        return value


def _kinds_of(parsed: list[list[tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    for part in parsed:
        for subject, predicate, value in part:
            match = _ENTITY.fullmatch(subject)
            if match and match[1] == "org" and predicate.endswith("#type>"):
                yield match[2], value.rpartition("#")[2].rstrip(">")


def _issuer_of(parsed: list[list[tuple[str, ...]]]) -> str:
    found = (value for _, predicate, value in parsed[0] if predicate.endswith("#issuer>"))
    match = _ENTITY.fullmatch(next(found))
    assert match is not None
    return match[2]
