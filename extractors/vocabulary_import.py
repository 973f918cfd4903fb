"""Widen the vocabulary from files that users download: HGNC, MONDO, SEC company tickers.

What is written is a directory for ``--vocab``. A row for a thing that the package knows carries
only its identifiers; other rows are new terms, and names that would find the wrong thing in speech
(genes that are words, companies of one word, abbreviations of diseases) are left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractors.errors import InputError, LexiconError
from extractors.lexicon import COLUMNS, Lexicon, Term, fold, load_lexicon
from extractors.model import EntityType

_UNITS = ("family", "variant", "isoform", "pair", "complex", "class", "domain")
_SYNONYM = re.compile(r'synonym: "(?P<text>(?:[^"\\]|\\.)*)" EXACT\b')
_XREF = re.compile(r"xref: NCIT:(?P<id>C\d+)\b.*MONDO:equivalentTo")
_SUFFIX = re.compile(
    r"(?:[,\s]+(?:inc|corp|corporation|company|co|ltd|limited|plc|llc|lp|sa|s\.a|nv|n\.v|ag|se|a/s"
    r"|holdings?|group|/[a-z]{2,3}/?)\.?)+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    case: str = "exact"
    ticker: str = ""


def import_vocabulary(kind: str, file: Path, directory: Path) -> Path:
    """Turn an official file into a vocabulary file of ours and return the path written.

    Args:
        kind: ``"hgnc"`` (the complete set, tab-separated), ``"mondo"`` (the ``.obo`` file) or
            ``"sec-tickers"`` (``company_tickers.json``, with or without exchanges).
        file: the downloaded file.
        directory: where ``<kind>.tsv`` goes; made when it is missing.

    Raises:
        InputError: the file cannot be read.
        LexiconError: the kind is unknown, or the file is not in the format of its kind.
    """
    if kind not in _READERS:
        known = ", ".join(sorted(_READERS))
        raise LexiconError(f"no vocabulary {kind!r} can be imported; it is one of {known}")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: not readable as UTF-8 text ({error})") from error
    rows = list(_READERS[kind](text, file, load_lexicon()))
    if not rows:
        raise LexiconError(f"{file}: nothing in it is a term for {kind!r}")
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{kind}.tsv"
    part = path.with_suffix(".tsv.part")
    part.write_text(_to_tsv(rows, source=f"{kind}: {file.name}"), encoding="utf-8", newline="\n")
    part.replace(path)
    return path


def _to_tsv(rows: Iterable[_Row], *, source: str) -> str:
    lines = ["\t".join((*COLUMNS, "ticker"))]
    unique = {(row.type, fold(row.label)): row for row in rows}
    for row in sorted(unique.values(), key=lambda r: (r.type, r.label)):
        cells = {
            "label": row.label,
            "type": row.type.value,
            "aliases": ";".join(row.aliases),
            "exact_match": ";".join(row.exact_match),
            "case": row.case,
            "status": "imported",
            "source": source,
        }
        clean = [re.sub(r"\s+", " ", cells.get(name, "")) for name in COLUMNS]
        lines.append("\t".join((*clean, row.ticker)))
    return "\n".join(lines) + "\n"


def _labels(lexicon: Lexicon, *types: EntityType) -> dict[str, Term]:
    return {fold(term.label): term for term in lexicon.of_type(*types)}


def _surfaces(lexicon: Lexicon, *types: EntityType) -> dict[str, Term]:
    terms = lexicon.of_type(*types) if types else lexicon.terms
    found: dict[str, Term] = {}
    for term in terms:
        for text in (term.label, *term.aliases):
            found.setdefault(fold(text), term)
    return found


def _read_hgnc(text: str, file: Path, lexicon: Lexicon) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text), delimiter="\t")
    wanted = ("hgnc_id", "symbol", "name", "locus_group", "status", "uniprot_ids")
    missing = [name for name in wanted if name not in (reader.fieldnames or ())]
    if missing:
        raise LexiconError(f"{file}:1: the HGNC complete set has a column {missing[0]!r}")
    genes = [row for row in reader if row["status"] == "Approved" and row["symbol"]]
    known = _surfaces(lexicon, EntityType.TARGET)
    claims: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for row in genes:
        term = known.get(fold(row["symbol"])) or known.get(fold(row["name"]))
        identifiers = (row["hgnc_id"], *_uniprot(row["uniprot_ids"]))
        if term is not None:
            claims.setdefault(term.id, []).append((_strength(row, term), identifiers))
        elif _is_code(row) and not lexicon.find(row["symbol"]):
            yield _Row(row["symbol"], EntityType.TARGET, exact_match=identifiers)
    for term_id, found in claims.items():
        term = lexicon.by_id(term_id)
        best = [ids for strength, ids in found if strength == max(s for s, _ in found)]
        if term is not None and len(best) == 1 and _may_have(term, best[0]):
            yield _Row(term.label, term.type, exact_match=best[0], case="any")


def _uniprot(cell: str) -> tuple[str, ...]:
    accessions = [part for part in (cell or "").strip('"').split("|") if part]
    return (f"UniProt:{accessions[0]}",) if len(accessions) == 1 else ()


def _strength(row: dict[str, str], term: Term) -> int:
    """Rank how well a gene fits a target: by its symbol as label, by its name, by an alias."""
    if fold(row["symbol"]) == fold(term.label):
        return 2
    return int(fold(row["name"]) in {fold(text) for text in (term.label, *term.aliases)})


def _is_code(row: dict[str, str]) -> bool:
    """Keep new genes whose symbol cannot be a word: four characters or more, with a digit."""
    symbol = row["symbol"]
    return (
        row["locus_group"] == "protein-coding gene"
        and len(symbol) >= 4
        and any(c.isdigit() for c in symbol)
    )


def _may_have(term: Term, identifiers: tuple[str, ...]) -> bool:
    """Return whether a gene's identifiers suit a term: no family, no other gene already there."""
    return term.kind not in _UNITS and (
        not any(x.startswith("HGNC:") for x in term.exact_match)
        or identifiers[0] in term.exact_match
    )


@dataclass(slots=True)
class _Disease:
    id: str = ""
    name: str = ""
    synonyms: list[str] = field(default_factory=list)
    ncit: list[str] = field(default_factory=list)
    obsolete: bool = False


def _diseases(text: str, file: Path) -> Iterator[_Disease]:
    current: _Disease | None = None
    if "[Term]" not in text:
        raise LexiconError(f"{file}:1: not an OBO file; take mondo.obo")
    for line in text.splitlines():
        if line.startswith("["):
            if current is not None:
                yield current
            current = _Disease() if line.strip() == "[Term]" else None
        elif current is None:
            continue
        elif line.startswith("id: MONDO:"):
            current.id = line[4:].strip()
        elif line.startswith("name: "):
            current.name = line[6:].strip()
        elif line.startswith("is_obsolete: true"):
            current.obsolete = True
        elif match := _SYNONYM.match(line):
            current.synonyms.append(re.sub(r"\\(.)", r"\1", match["text"]))
        elif match := _XREF.match(line):
            current.ncit.append(match["id"])
    if current is not None:
        yield current


def _read_mondo(text: str, file: Path, lexicon: Lexicon) -> Iterator[_Row]:
    labels = _labels(lexicon, EntityType.INDICATION)
    known = _surfaces(lexicon)
    claimed: set[str] = set()
    pending: list[_Disease] = []
    for disease in _diseases(text, file):
        if disease.obsolete or not disease.id or not disease.name:
            continue
        term = labels.get(fold(disease.name))
        if term is not None:
            claimed.add(term.id)
            yield from _enriched(term, disease)
        else:
            pending.append(disease)
    for disease in pending:
        by_synonym = [labels[key] for s in disease.synonyms if (key := fold(s)) in labels]
        if by_synonym:
            if by_synonym[0].id not in claimed:
                claimed.add(by_synonym[0].id)
                yield from _enriched(by_synonym[0], disease)
        elif fold(disease.name) not in known and _is_long(disease.name):
            aliases = [s for s in disease.synonyms if _is_long(s) and fold(s) not in known]
            names = tuple(s for s in dict.fromkeys(aliases) if ";" not in s and s[0] not in "=~")
            identifiers = _disease_ids(disease)
            yield _Row(disease.name, EntityType.INDICATION, names, identifiers, case="any")


def _disease_ids(disease: _Disease) -> tuple[str, ...]:
    return (disease.id, *(f"NCIT:{c}" for c in dict.fromkeys(disease.ncit)))


def _enriched(term: Term, disease: _Disease) -> Iterator[_Row]:
    have = [x for x in term.exact_match if x.startswith("MONDO:")]
    if not have or disease.id in have:
        yield _Row(term.label, term.type, exact_match=_disease_ids(disease), case="any")


def _is_long(name: str) -> bool:
    """Keep names that are no abbreviation and no everyday word: two words and more."""
    return " " in name.strip() and len(name) >= 9


def _read_sec(text: str, file: Path, lexicon: Lexicon) -> Iterator[_Row]:
    known = _surfaces(lexicon, EntityType.COMPANY, EntityType.FIRM)
    taken = _surfaces(lexicon)
    seen: set[int] = set()
    for cik, ticker, title in _sec_companies(text, file):
        if cik in seen:
            continue
        seen.add(cik)
        identifier = (f"CIK:{cik:010d}",)
        bare = _SUFFIX.sub("", title.strip()).strip(" ,")
        term = known.get(fold(title)) or known.get(fold(bare))
        if term is not None and fold(term.label) in (fold(title), fold(bare)):
            yield _Row(term.label, term.type, exact_match=identifier, ticker=ticker)
        elif term is None and " " in bare and fold(bare) not in taken:
            name = bare.title() if bare.isupper() else bare
            yield _Row(name, EntityType.COMPANY, exact_match=identifier, ticker=ticker)


def _sec_companies(text: str, file: Path) -> Iterator[tuple[int, str, str]]:
    try:
        data = json.loads(text)
        if "fields" in data:
            at = {name: data["fields"].index(name) for name in ("cik", "ticker", "name")}
            rows = [(r[at["cik"]], r[at["ticker"]], r[at["name"]]) for r in data["data"]]
        else:
            rows = [(r["cik_str"], r["ticker"], r["title"]) for r in data.values()]
        yield from [(int(cik), str(ticker), str(title)) for cik, ticker, title in rows]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise LexiconError(f"{file}: not the SEC's company_tickers.json ({error})") from error


_READERS: dict[str, Callable[[str, Path, Lexicon], Iterator[_Row]]] = {
    "hgnc": _read_hgnc,
    "mondo": _read_mondo,
    "sec-tickers": _read_sec,
}
