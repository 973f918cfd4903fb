"""What the finders mark in a text, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mentions import Words, find_candidates, load_vocabulary
from extractors.mentions._words import TermIndex
from extractors.model import EntityType
from extractors.registry import discover


def found(text: str, kind: EntityType) -> list[str]:
    """Return the words marked with a type, without what context speaks against."""
    marked = find_candidates(text, load_vocabulary(), types=(kind,))
    return [text[c.start : c.end] for c in marked if c.weight]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("UCART22 and ALLO-501A", ["UCART22", "ALLO-501A"]),
        ("CTX110, VIR-5500; ARCT-032.", ["CTX110", "VIR-5500", "ARCT-032"]),
        ("LY3298176 against mRNA-1345", ["LY3298176", "mRNA-1345"]),
        ("MK-1234/AZD1234", ["MK-1234"]),
        ("dosed with AMG 133 and AOC 1001", ["AMG 133", "AOC 1001"]),
        ("HRS9531 and MM120", ["HRS9531", "MM120"]),
    ],
)
def test_codes_of_programs(text: str, codes: list[str]) -> None:
    assert found(text, EntityType.PROGRAM) == codes


@pytest.mark.parametrize(
    "text",
    [
        "R408W", "G551D", "Form 10-K and Form 20-F", "in Q4 of FY2031", "COVID-19", "HbA1c",
        "2x 60", "Part B", "Slide 12", "ASH 2031", "USD 500", "DKK 302", "ISO 9001", "[ NL50 ]",
        "$302 million", "a 1-1 ratio", "CD34+ cells", "IFRS 16", "ASC 606", "Week 52", "Type 2",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_program(text: str) -> None:
    assert found(text, EntityType.PROGRAM) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("a CD22-directed CAR", ["CD22"]),
        ("anti-BCMA and CD-19", ["BCMA", "CD-19"]),
        ("GLP-1s and IL‑23", ["GLP-1s", "IL‑23"]),
        ("the inhibitor of CDK12", ["CDK12"]),
        ("cd190 and CD2222", []),
    ],
)
def test_targets_with_their_hyphens_and_plurals(text: str, targets: list[str]) -> None:
    assert list(dict.fromkeys(found(text, EntityType.TARGET))) == targets


@pytest.mark.parametrize(
    ("text", "trials"),
    [
        ("the ZEPHYR trial", ["ZEPHYR"]),
        ("the ZEPHYR Phase IIb pivotal study", ["ZEPHYR"]),
        ("the ZEPHYR-1 and ZEPHYR-2 trials", ["ZEPHYR-1", "ZEPHYR-2"]),
        ("our dose-escalation trial ZEPHYR-01", ["ZEPHYR-01"]),
        ("ZEPHYR, a phase 3 outcome trial", ["ZEPHYR"]),
        ("ZEPHYR 1 was a phase 3B trial", ["ZEPHYR 1"]),
        ("ZEPHYR T2D, our Phase 3", ["ZEPHYR T2D"]),
        ("ZEPHYR sites are open", ["ZEPHYR"]),
        ("registered as NCT01234567", ["NCT01234567"]),
        ("the X-TORRENT2 study", ["X-TORRENT2"]),
        ("a trial with the FDA", []),
        ("the RCC trial", []),
        ("VRN-319 Phase 1 study", []),
        ("Phase III trials", []),
        ("the BOTOX trial", []),
    ],
)
def test_trials_by_what_stands_around_them(text: str, trials: list[str]) -> None:
    assert sorted(set(found(text, EntityType.TRIAL))) == sorted(trials)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the acquisition of Ostravia", ["Ostravia"]),
        ("our partner Quellmark will", ["Quellmark"]),
        ("Quellmark Therapeutics said", ["Quellmark Therapeutics"]),
        ("And Quellmark Biosciences", ["Quellmark Biosciences"]),
        ("our agreement with the FDA", []),
        ("we acquired IPR&D", []),
        ("an agreement with Congress", []),
    ],
)
def test_companies_by_the_words_of_a_deal(text: str, names: list[str]) -> None:
    assert found(text, EntityType.COMPANY) == names


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("our Raleigh facility", EntityType.FACILITY, ["Raleigh facility"]),
        ("plants in Lund, Sweden, and in Durham", EntityType.FACILITY, []),
        ("our plant in Lund and in Durham", EntityType.FACILITY, ["Lund", "Durham"]),
        ("our undrawn credit facility", EntityType.FACILITY, []),
        ("the University of Uppsala", EntityType.INSTITUTION, ["University of Uppsala"]),
        ("Dr. Ilse Maar and Mr. Okafor's team", EntityType.PERSON, ["Ilse Maar", "Okafor"]),
        ("our lead candidate, zorvexine, is", EntityType.PROGRAM, ["zorvexine"]),
        ("Brovantil, our first-in-class inhibitor", EntityType.PROGRAM, ["Brovantil"]),
        ("an IND for the CD70 CAR-T", EntityType.PROGRAM, ["CAR-T"]),
        ("GLP-1 agonists are a class", EntityType.PROGRAM, []),
        ("zorvexinib and vorlotamab", EntityType.DRUG, ["zorvexinib", "vorlotamab"]),
        ("kantosel-cel or CAR-T", EntityType.DRUG, ["kantosel-cel"]),
        ("VOLTERIA sales grew", EntityType.PROGRAM, ["VOLTERIA"]),
    ],
)
def test_other_signs(text: str, kind: EntityType, words: list[str]) -> None:
    assert found(text, kind) == words


def test_the_longest_name_at_a_place_wins() -> None:
    index = TermIndex([("myeloma", False, "m"), ("multiple myeloma", False, "mm")])
    assert [v for _, _, v in index.search(Words("multiple myeloma"))] == ["mm", "m"]
    index = TermIndex([("B-cell", False, "b"), ("B-cell lymphoma", False, "bl")])
    assert [v for _, _, v in index.search(Words("B cell lymphoma"))] == ["bl"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "İstanbul CD19 İ", "CD19\u200b", "\x00CD22", "A" * 5000, "(" * 3000, "CD19-" * 800],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    for candidate in find_candidates(text, load_vocabulary()):
        assert 0 <= candidate.start < candidate.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("CD19 -UCART22,.trial STEPAphase\n'’(α)É"), max_size=120))
def test_candidates_are_spans_and_the_same_each_time(text: str) -> None:
    once = find_candidates(text, load_vocabulary())
    assert once == find_candidates(text, load_vocabulary())
    for candidate in once:
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert candidate.rule
        assert candidate.rationale


def test_every_finder_says_what_it_gives() -> None:
    text = "UCART22, our CD22-directed candidate, in the ZEPHYR trial with Quellmark Pharma."
    for name, finder in discover("extractors.mentions", "find", "TYPES").items():
        assert finder.__doc__, name
        for candidate in finder.find(Words(text), load_vocabulary()):
            assert candidate.type in finder.TYPES, name
