from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.errors import InputError, LexiconError
from extractors.lexicon import load_lexicon
from extractors.model import EntityType
from extractors.vocabulary_import import import_vocabulary

HGNC = "\t".join(("hgnc_id", "symbol", "name", "locus_group", "status", "uniprot_ids")) + "\n"
GENES = (
    ("HGNC:1643", "CD22", "CD22 molecule", "protein-coding gene", "Approved", "P20273"),
    ("HGNC:90001", "QRX7", "quorum example 7", "protein-coding gene", "Approved", "P90001"),
    ("HGNC:90002", "QRX8", "two products", "protein-coding gene", "Approved", '"P90002|P90003"'),
    ("HGNC:90003", "WORD", "a gene that is a word", "protein-coding gene", "Approved", "P90004"),
    ("HGNC:90004", "QRX9P", "pseudogene", "pseudogene", "Approved", ""),
    ("HGNC:90005", "QRX5", "withdrawn", "protein-coding gene", "Entry Withdrawn", ""),
    ("HGNC:90006", "HDAC6", "one of a family", "protein-coding gene", "Approved", "P90006"),
    ("HGNC:90007", "TSLP", "thymic lymphopoietin example", "protein-coding gene", "Approved", ""),
    ("HGNC:90008", "CD70", "not the gene it claims", "protein-coding gene", "Approved", "P90008"),
)

OBO = """format-version: 1.2

[Term]
id: MONDO:0099901
name: lupus nephritis
xref: NCIT:C99901 {source="MONDO:equivalentTo"}
xref: NCIT:C99902 {source="MONDO:relatedTo"}

[Term]
id: MONDO:0099902
name: verdant marsh syndrome
synonym: "marsh-related pallor disease" EXACT []
synonym: "VMS2" EXACT ABBREVIATION []
synonym: "a wider thing" BROAD []

[Term]
id: MONDO:0099903
name: obsolete verdant disease of marshes
is_obsolete: true

[Term]
id: MONDO:0099904
name: shortname

[Typedef]
id: part_of
name: part of something else
"""

SEC = {
    "0": {"cik_str": 1234567, "ticker": "VRNX", "title": "Verrano Example Labs, Inc."},
    "1": {"cik_str": 1234568, "ticker": "TGTX9", "title": "TARGETWORD CORP"},
    "2": {"cik_str": 1234569, "ticker": "CLLS", "title": "Cellectis S.A."},
    "3": {"cik_str": 1234567, "ticker": "VRNXW", "title": "Verrano Example Labs, Inc."},
}


@pytest.fixture
def official(tmp_path: Path) -> dict[str, Path]:
    files = {"hgnc": "hgnc.txt", "mondo": "mondo.obo", "sec-tickers": "company_tickers.json"}
    paths = {kind: tmp_path / name for kind, name in files.items()}
    paths["hgnc"].write_text(HGNC + "".join("\t".join(gene) + "\n" for gene in GENES))
    paths["mondo"].write_text(OBO)
    paths["sec-tickers"].write_text(json.dumps(SEC))
    return paths


def test_genes_widen_known_targets_and_add_codes_that_are_no_words(
    official: dict[str, Path], tmp_path: Path
) -> None:
    path = import_vocabulary("hgnc", official["hgnc"], tmp_path / "mine")
    lexicon = load_lexicon(path.parent)
    new = {term.label for term in lexicon.terms} - {term.label for term in load_lexicon().terms}
    assert new == {"QRX7", "QRX8"}
    (known,) = lexicon.find("TSLP", EntityType.TARGET)
    assert "HGNC:90007" in known.exact_match and "thymic stromal lymphopoietin" in known.aliases
    (two,) = lexicon.find("QRX8", EntityType.TARGET)
    assert two.exact_match == ("HGNC:90002",)  # which of two proteins is meant is unknown


def test_a_gene_never_changes_a_family_or_a_checked_identifier(
    official: dict[str, Path], tmp_path: Path
) -> None:
    path = import_vocabulary("hgnc", official["hgnc"], tmp_path / "mine")
    lexicon = load_lexicon(path.parent)
    assert not any("HGNC:90006" in term.exact_match for term in lexicon.terms)
    assert not any("HGNC:90008" in term.exact_match for term in lexicon.terms)


def test_diseases_bring_identifiers_and_long_names_only(
    official: dict[str, Path], tmp_path: Path
) -> None:
    path = import_vocabulary("mondo", official["mondo"], tmp_path / "mine")
    lexicon = load_lexicon(path.parent)
    (nephritis,) = lexicon.find("lupus nephritis")
    assert nephritis.exact_match == ("MONDO:0099901", "NCIT:C99901")
    (syndrome,) = lexicon.find("Verdant Marsh syndrome")
    assert syndrome.aliases == ("marsh-related pallor disease",)
    assert not lexicon.find("VMS2") and not lexicon.find("shortname")
    assert not lexicon.find("obsolete verdant disease of marshes")


@pytest.mark.parametrize("with_exchanges", [False, True])
def test_companies_bring_tickers_and_no_bare_words(
    official: dict[str, Path], tmp_path: Path, with_exchanges: bool
) -> None:
    if with_exchanges:
        data = [[row["cik_str"], row["title"], row["ticker"], "Nasdaq"] for row in SEC.values()]
        table = {"fields": ["cik", "name", "ticker", "exchange"], "data": data}
        official["sec-tickers"].write_text(json.dumps(table))
    path = import_vocabulary("sec-tickers", official["sec-tickers"], tmp_path / "mine")
    lexicon = load_lexicon(path.parent)
    (labs,) = lexicon.find("Verrano Example Labs")
    assert (labs.ticker, labs.exact_match) == ("VRNX", ("CIK:0001234567",))
    assert "CIK:0001234569" in lexicon.find("Cellectis", EntityType.COMPANY)[0].exact_match
    assert not lexicon.find("Targetword")


@pytest.mark.parametrize("kind", ["hgnc", "mondo", "sec-tickers"])
def test_importing_twice_gives_the_same_bytes(
    official: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    first = import_vocabulary(kind, official[kind], tmp_path / "one").read_bytes()
    assert import_vocabulary(kind, official[kind], tmp_path / "two").read_bytes() == first
    assert not list((tmp_path / "one").glob("*.part"))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("hgnc", "symbol\tname\nCD22\tmolecule\n"),
        ("mondo", "id\tname\nMONDO:1\tx\n"),
        ("mondo", "[Term]\nid: MONDO:0099904\nname: short\n"),
        ("sec-tickers", "[1, 2]"),
        ("sec-tickers", '{"0": {"ticker": "X"}}'),
        ("sec-tickers", "not json"),
    ],
)
def test_a_file_of_another_format_is_one_clear_error(
    tmp_path: Path, kind: str, content: str
) -> None:
    file = tmp_path / "given.dat"
    file.write_text(content)
    with pytest.raises(LexiconError, match=r"given\.dat"):
        import_vocabulary(kind, file, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_an_unknown_kind_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="hgnc, mondo, sec-tickers"):
        import_vocabulary("chembl", tmp_path / "x", tmp_path)
    with pytest.raises(InputError, match="absent"):
        import_vocabulary("hgnc", tmp_path / "absent", tmp_path)
