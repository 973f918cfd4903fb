"""The data files themselves: right in form, free of contradictions, and of words that poison."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from extractors.lexicon import Term, fold, load_lexicon
from extractors.model import EntityType

FORMS = {
    "HGNC": r"HGNC:\d+",
    "UniProt": (
        r"UniProt:(?:[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2})"
    ),
    "MONDO": r"MONDO:\d{7}",
    "NCIT": r"NCIT:C\d+",
}
PREFIXES = {EntityType.TARGET: {"HGNC", "UniProt"}, EntityType.INDICATION: {"MONDO", "NCIT"}}
SHARED = Path(__file__).parents[2] / "shared" / "data" / "targets.tsv"

TERMS = load_lexicon().terms
WORDS = """all met kit step select impact car set max rest light star act gas fact camp was
complement
prime structure design generate adaptive fate relay legend century summit wave spark harmony
catalyst passage rocket united perspective cardinal array horizon assembly silence innate
compass aim ash ada us it he who nice cell science nature blood brain lead gap target step
match purpose alpha beta gamma delta receptor program trial patients study data growth sales
royalty milestone guidance cash"""


def names(term: Term) -> tuple[str, ...]:
    return (term.label, *term.aliases)


def test_identifiers_have_the_form_of_their_vocabulary() -> None:
    wrong = [
        (term.label, curie)
        for term in TERMS
        for curie in term.exact_match
        if curie.split(":")[0] not in PREFIXES.get(term.type, set())
        or not re.fullmatch(FORMS[curie.split(":")[0]], curie)
    ]
    assert not wrong


def test_only_checked_rows_carry_identifiers() -> None:
    assert not [t.label for t in TERMS if bool(t.exact_match) != (t.status == "checked")]
    assert {t.status for t in TERMS} == {"checked", "curated"}
    assert not [t.label for t in TERMS if not t.source]


def test_an_identifier_names_one_term() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for term in TERMS:
        for curie in term.exact_match:
            owners[curie].append(term.label)
    assert not {curie: labels for curie, labels in owners.items() if len(labels) > 1}


def test_target_identifiers_are_those_of_the_checked_table() -> None:
    if not SHARED.exists():
        pytest.skip("the checked table of targets is not beside the repository")
    with SHARED.open(encoding="utf-8") as lines:
        table = list(csv.DictReader(lines, delimiter="\t"))
    known = {(r["hgnc_id"], f"UniProt:{r['uniprot']}") for r in table if r["hgnc_id"]}
    targets = [t for t in TERMS if t.type is EntityType.TARGET and t.exact_match]
    assert len(targets) > 90
    assert not [t.label for t in targets if t.exact_match not in known]


def test_two_terms_of_a_type_share_a_surface_only_when_the_context_decides() -> None:
    owners: dict[tuple[EntityType, str], set[Term]] = defaultdict(set)
    for term in TERMS:
        for surface in term.surfaces:
            owners[term.type, fold(surface.text)].add(term)
    lexicon = load_lexicon()
    for (kind, folded), terms in owners.items():
        if len(terms) < 2:
            continue
        shared = [s.text for t in terms for s in t.surfaces if fold(s.text) == folded]
        readings = {r.label for s in shared for r in lexicon.readings(s) if r.type is kind}
        assert {term.label for term in terms} <= readings, shared


def test_a_name_of_two_types_has_a_rule_that_decides() -> None:
    owners: dict[str, set[EntityType]] = defaultdict(set)
    for term in TERMS:
        for surface in term.surfaces:
            owners[surface.text].add(term.type)
    lexicon = load_lexicon()
    undecided = [
        (text, kind.value)
        for text, kinds in owners.items()
        if len(kinds) > 1 or lexicon.readings(text)
        for kind in sorted(kinds)
        if kind not in {reading.type for reading in lexicon.readings(text)}
    ]
    assert not undecided


def test_no_term_is_ignored_for_its_own_type_unless_the_context_decides() -> None:
    lexicon = load_lexicon()
    ignored = [
        (term.type.value, surface.text)
        for term in TERMS
        for surface in term.surfaces
        if lexicon.is_ignored(surface.text, term.type)
    ]
    assert not ignored


def test_false_friends_point_to_terms_that_have_the_surface() -> None:
    lexicon = load_lexicon()
    for friend in lexicon.false_friends:
        assert not lexicon.is_ignored(friend.surface, friend.type), friend
        assert friend.cues or friend.default, friend
        assert friend.verdict(friend.surface) is None, "a word decides nothing about itself"
        if friend.type is not EntityType.TRIAL:
            found = {term.label for term in lexicon.find(friend.surface, friend.type)}
            assert friend.label in found, friend


def test_broader_terms_makers_and_parents_exist() -> None:
    lexicon = load_lexicon()
    companies = {t.label for t in lexicon.of_type(EntityType.COMPANY)}
    for term in TERMS:
        assert all(lexicon.by_id(parent) for parent in term.broader), term
        assert not term.maker or companies.issuperset(term.maker.split(";")), term
        assert not term.parent or term.type is not EntityType.COMPANY or term.parent in companies
        assert term.id not in term.broader


def test_aliases_are_clean() -> None:
    for term in TERMS:
        assert len({*names(term)}) == len(names(term)), term
        for name in names(term):
            assert name == " ".join(name.split()) and 2 <= len(name) <= 80, term
            assert "�" not in name


@pytest.mark.parametrize(
    "word",
    WORDS.split(),
)
def test_everyday_words_are_no_terms(word: str) -> None:
    assert not load_lexicon().find(word)


@pytest.mark.parametrize(
    ("surface", "kind", "label"),
    [
        ("GLP-1", EntityType.TARGET, "GLP-1 receptor"),
        ("GLP1", EntityType.TARGET, "GLP-1 receptor"),
        ("c-Met", EntityType.TARGET, "MET"),
        ("Claudin-18.2", EntityType.TARGET, "CLDN18.2"),
        ("IL-4Rα", EntityType.TARGET, "IL-4Ralpha"),
        ("KRAS G12D", EntityType.TARGET, "KRAS G12D"),
        ("transthyretin", EntityType.TARGET, "TTR"),
        ("AML", EntityType.INDICATION, "acute myeloid leukemia"),
        ("acute myeloid leukaemia", EntityType.INDICATION, "acute myeloid leukemia"),
        ("non-Hodgkin's lymphoma", EntityType.INDICATION, "non-Hodgkin lymphoma"),
        ("MASH", EntityType.INDICATION, "metabolic dysfunction-associated steatohepatitis"),
        ("DMD", EntityType.INDICATION, "Duchenne muscular dystrophy"),
        ("wet AMD", EntityType.INDICATION, "neovascular age-related macular degeneration"),
        ("BMS", EntityType.COMPANY, "Bristol Myers Squibb"),
        ("J&J", EntityType.COMPANY, "Johnson & Johnson"),
        ("GlaxoSmithKline", EntityType.COMPANY, "GSK"),
        ("Piper Jaffray", EntityType.FIRM, "Piper Sandler"),
        ("SVB Leerink", EntityType.FIRM, "Leerink Partners"),
        ("JP Morgan", EntityType.FIRM, "JPMorgan"),
        ("H. C. Wainwright", EntityType.FIRM, "H.C. Wainwright"),
        ("axi-cel", EntityType.DRUG, "axicabtagene ciloleucel"),
        ("Kaftrio", EntityType.DRUG, "Trikafta"),
        ("TALENs", EntityType.TECHNOLOGY, "TALEN"),
        ("CAR T cells", EntityType.MODALITY, "CAR T-cell therapy"),
        ("U.S. FDA", EntityType.REGULATOR, "FDA"),
        ("NEJM", EntityType.PUBLICATION, "The New England Journal of Medicine"),
        ("UPenn", EntityType.INSTITUTION, "University of Pennsylvania"),
    ],
)
def test_names_as_spoken_find_their_term(surface: str, kind: EntityType, label: str) -> None:
    assert [term.label for term in load_lexicon().find(surface, kind)] == [label]


def test_no_gene_stands_for_what_is_no_gene() -> None:
    for surface in ("GD2", "HLA", "TCR", "EGFRvIII", "CLDN18.2", "gamma secretase"):
        (term,) = load_lexicon().find(surface, EntityType.TARGET)
        assert not term.exact_match, surface
    (variant,) = load_lexicon().find("EGFRvIII", EntityType.TARGET)
    assert variant.broader == ("target/egfr",)
