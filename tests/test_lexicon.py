from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import LexiconError
from extractors.lexicon import FalseFriend, Stem, Term, fold, load_lexicon
from extractors.model import EntityType, entity_id

HEADER = "label\ttype\taliases\texact_match\tbroader\tcase\tstatus\tsource\tnote"


def write(directory: Path, name: str, *lines: str) -> Path:
    directory.mkdir(exist_ok=True)
    (directory / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return directory


def row(label: str, *, kind: str = "Target", aliases: str = "", match: str = "") -> str:
    return "\t".join((label, kind, aliases, match, "", "any", "user", "our list", ""))


def test_a_users_row_with_a_new_name_is_a_new_term(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", "targets.tsv", HEADER, row("QRX7", aliases="quorum seven"))
    (term,) = load_lexicon(mine).find("Quorum-Seven")
    assert (term.id, term.status) == ("target/qrx7", "user")
    assert not load_lexicon().find("QRX7")


def test_a_mark_without_a_name_is_no_alias(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", "x.tsv", HEADER, row("QRX7", aliases="=;~; ;=Quor"))
    (term,) = load_lexicon(mine).find("QRX7")
    assert term.aliases == ("Quor",)


def test_a_users_row_for_a_known_thing_widens_it(tmp_path: Path) -> None:
    mine = write(
        tmp_path / "mine", "x.tsv", HEADER, row("TNFRSF17", aliases="tall-b", match="CURIE:1")
    )
    lexicon = load_lexicon(mine)
    (term,) = lexicon.find("tall-b", EntityType.TARGET)
    assert term.label == "BCMA"
    assert term.exact_match == ("HGNC:11913", "UniProt:Q02223", "CURIE:1")
    assert len(lexicon.terms) == len(load_lexicon().terms)


def test_a_name_of_another_type_stays_apart(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", "x.tsv", HEADER, row("BCMA", kind="Technology"))
    assert {term.type for term in load_lexicon(mine).find("BCMA")} == {
        EntityType.TARGET,
        EntityType.TECHNOLOGY,
    }


def test_two_directories_are_merged_in_order(tmp_path: Path) -> None:
    one = write(tmp_path / "one", "x.tsv", HEADER, row("QRX7"))
    two = write(tmp_path / "two", "x.tsv", HEADER, row("QRX7", aliases="quorum seven"))
    (term,) = load_lexicon(one, two).find("QRX7")
    assert term.aliases == ("quorum seven",)


def test_a_user_can_ignore_words_and_decide_friends(tmp_path: Path) -> None:
    write(tmp_path / "mine", "ignore.tsv", "surface\ttype\tnote", "ZETA\tCompany\tour project")
    write(
        tmp_path / "mine",
        "false_friends.tsv",
        "surface\ttype\tlabel\tcues\tagainst\tdefault\tnote",
        "ZETA\tTarget\tZETA\tinhibitor\t\tdrop\t",
    )
    lexicon = load_lexicon(tmp_path / "mine")
    assert lexicon.is_ignored("ZETA", EntityType.COMPANY)
    assert not lexicon.is_ignored("ZETA", EntityType.TARGET)
    (reading,) = lexicon.readings("ZETA")
    assert reading.holds("a ZETA inhibitor") and not reading.holds("project ZETA")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((), "empty"),
        (("label\ttype",), "lacks 'aliases'"),
        ((HEADER + "\tcolour", ""), "does not know 'colour'"),
        ((HEADER, "QRX7\tTarget"), "x.tsv:2: 2 cells"),
        ((HEADER, "# a comment", row("")), "x.tsv:3: a row needs a label"),
        ((HEADER, row("QRX7", kind="Gene")), "x.tsv:2: no type 'Gene'"),
        ((HEADER, row("QRX7").replace("\tuser\t", "\tsure\t")), "no status 'sure'"),
        ((HEADER, row("QRX7").replace("\tany\t", "\tboth\t")), "case is 'any' or 'exact'"),
        ((HEADER, row("QRX7", match="1643")), "'1643' is no identifier such as HGNC:1643"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    mine = write(tmp_path / "mine", "x.tsv", *lines)
    with pytest.raises(LexiconError, match=r"x\.tsv") as error:
        load_lexicon(mine)
    assert message in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ignore.tsv", ("surface\ttype\tnote", "ZETA\tGene\t")),
        (
            "false_friends.tsv",
            (
                "surface\ttype\tlabel\tcues\tagainst\tdefault\tnote",
                "ZETA\tTarget\tZETA\tx\t\tmaybe\t",
            ),
        ),
        ("medicine_stems.tsv", ("stem\tkind\tminimum\texceptions\tnote", "mab\tx\tsix\t\t")),
    ],
)
def test_the_special_files_are_checked_too(
    tmp_path: Path, name: str, lines: tuple[str, ...]
) -> None:
    mine = write(tmp_path / "mine", name, *lines)
    with pytest.raises(LexiconError, match=rf"{name}:2"):
        load_lexicon(mine)


def test_bytes_that_are_no_text_and_a_missing_directory_are_named(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.tsv").write_bytes(b"label\xff\xfe")
    with pytest.raises(LexiconError, match=r"x\.tsv: not readable"):
        load_lexicon(tmp_path / "mine")
    with pytest.raises(LexiconError, match="no such directory"):
        load_lexicon(tmp_path / "absent")


def test_short_names_and_acronyms_keep_their_case() -> None:
    term = Term("x", "c-Kit", EntityType.TARGET, aliases=("KIT", "mast/stem", "Xy", "IDs"))
    assert [surface.exact for surface in term.surfaces] == [False, True, False, True, True]


def test_short_forms_are_no_surfaces() -> None:
    (term,) = load_lexicon().find("Structure Therapeutics")
    assert "Structure" in term.aliases and term.short_forms == ("Structure",)
    assert "Structure" not in {surface.text for surface in term.surfaces}
    assert not load_lexicon().find("Structure")


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("the gene for phenylalanine hydroxylase, PAH, is", "PAH"),
        ("sotatercept in PAH", "pulmonary arterial hypertension"),
        ("and PAH then", None),
    ],
)
def test_readings_are_chosen_by_the_words_around(around: str, expected: str | None) -> None:
    holding = [r.label for r in load_lexicon().readings("PAH") if r.holds(around)]
    assert holding == ([expected] if expected else [])


def test_a_cue_is_a_whole_word_and_a_word_against_wins() -> None:
    friend = FalseFriend("MS", EntityType.INDICATION, "multiple sclerosis", ("lesion",), ("mass",))
    assert friend.holds("one MS lesion")
    assert not friend.holds("lesions of MS")
    assert not friend.holds("lesion by mass MS")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("pembrolizumab", "mab"),
        ("inclisiran", "siran"),
        ("cilta-cel", "cel"),
        ("tisagenlecleucel", "leucel"),
        ("daraxonrasib", "rasib"),
        ("etranacogene", "gene"),
        ("tofersen", "ersen"),
        ("survodutide", "tide"),
        ("sacituzumab", "mab"),
        ("tarlatamab", "tamab"),
        ("Ziltivekimab", "mab"),
        ("iptacopan", "copan"),
        ("cancel", None),
        ("riptide", None),
        ("peptide", None),
        ("concept", None),
        ("transgene", None),
        ("thermostat", None),
        ("Andersen", None),
        ("Petersen", None),
        ("interleukin", None),
        ("notide", None),
        ("myostatin", None),
        ("immunoglobulin", None),
        ("parcel", None),
        ("nucleotide", None),
    ],
)
def test_stems_tell_medicines_from_words(word: str, stem: str | None) -> None:
    found = load_lexicon().stem_of(word)
    assert (found.stem if found else None) == stem


def test_a_stem_alone_is_no_medicine() -> None:
    assert not Stem("mab", "antibody", 6).fits("mab")


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    lexicon = load_lexicon()
    assert isinstance(lexicon.find(text), tuple)
    assert isinstance(lexicon.is_ignored(text), bool)
    assert lexicon.stem_of(text) is None or text
    assert fold(fold(text)) == fold(text) or not text.isascii()


def test_a_term_is_found_by_its_identifier() -> None:
    term = load_lexicon().by_id(entity_id(EntityType.TARGET, "CD22"))
    assert term is not None and term.exact_match == ("HGNC:1643", "UniProt:P20273")
    assert load_lexicon().by_id("target/nothing") is None
