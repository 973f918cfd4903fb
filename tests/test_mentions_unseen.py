"""Names of companies nobody has heard of: what the words around them show them to be."""

from __future__ import annotations

import pytest

from extractors.company_lists import find_listed_companies
from extractors.learned_names import is_chance
from extractors.mentions import Candidate, find_candidates, load_vocabulary
from extractors.model import EntityType
from extractors.standing import drop_fields_of_work


def found(text: str, kind: EntityType) -> list[str]:
    """Return the names of one type without repeats, in text order."""
    marked = find_candidates(text, load_vocabulary(), types=(kind,))
    return list(dict.fromkeys(c.name for c in marked if c.weight))


@pytest.mark.parametrize(
    ("text", "trials"),
    [
        ("We began a Phase 2 study in narcolepsy, called EMBERLIN.", ["EMBERLIN"]),
        ("the Phase III program, which will be called TORVALE, opens", ["TORVALE"]),
        ("two Phase 3 studies in asthma, FERN-1 and FERN-2.", ["FERN-1", "FERN-2"]),
        ("In FERN-1, 58% of patients responded.", ["FERN-1"]),
        ("TORVALE data were expected in May", ["TORVALE"]),
        ("the explorer7 study and the evoke+ trials", ["explorer7", "evoke+"]),
        ("we filed after the P303 study", ["P303"]),
        ("the Phase IIb study and the Phase IIIb data", []),
        ("two studies in Europe, Japan and the US, FDA willing.", []),
        ("a study named after our founder", []),
        ("the chapter11 trial", []),
        ("In the second trial, LUMORDA was well tolerated.", []),
        ("our second trial, TORVALE, opens", ["TORVALE"]),
        ("We enrolled STAR-31 in record time.", ["STAR-31"]),
        ("Patients were dosed with STAR-0310.", []),
        ("results of ICON-1, the ICON-1 clinical study", ["ICON-1"]),
        ("X-TORV2 and X-TORV3 are both enrolling.", ["X-TORV3"]),
        ("approved based on the data from TORVALE-B12", ["TORVALE-B12"]),
    ],
)
def test_trials_by_list_and_naming(text: str, trials: list[str]) -> None:
    assert found(text, EntityType.TRIAL) == trials


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("our migraine medicine, Quorvane, grew", ["Quorvane"]),
        ("Our newest medicine, quorlipra, is a pill.", ["quorlipra"]),
        ("In neuroscience, Quorvane revenue was $4 million.", ["Quorvane"]),
        ("The erosion of Quorvane after the loss of exclusivity", ["Quorvane"]),
        ("in Europe, product sales fell, and Specialty sales grew", []),
        ("QV-4418, our TYK2 inhibitor, enters a Phase 3 trial.", ["QV-4418"]),
        ("We advanced our TYK2 inhibitor, QV-4418, to a phase 3 trial.", ["QV-4418"]),
        ("Our pill, however, is ready.", []),
        ("LUMORDA, the first oral PCSK9 inhibitor, was approved", ["LUMORDA"]),
        ("the Phase 1 trial with QVC-S118AI is open", ["QVC-S118AI"]),
        ("RMB-7 is our lead candidate in Fabry disease.", ["RMB-7"]),
        ("We dosed the first patient with RMB-7 in a Phase 1 trial.", ["RMB-7"]),
        ("Dosed with RMB-201, patients then received QXV-4.", ["RMB-201", "QXV-4"]),
        ("We also advance PLG-322, for Danon disease.", ["PLG-322"]),
        ("a licence for doses of RMB-7 million, and USD-12 of that", []),
        ("STAR-412, our next-generation CAR-T, enters the clinic", ["STAR-412"]),
        ("In May we launched Quorvane in Germany.", ["Quorvane"]),
        ("The FDA approved Quorvane for gout.", ["Quorvane"]),
        ("Quorvane, which was approved last year, did well.", ["Quorvane"]),
        ("In May we launched QUORVANE in Germany.", ["QUORVANE"]),
        ("In May we launched Phase 3, subject to approval of Medicare.", []),
    ],
)
def test_products_by_what_is_said_of_them(text: str, programs: list[str]) -> None:
    assert found(text, EntityType.PROGRAM) == programs


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Take our lumorda, an ADC. A lumorda arm is open; each lumorda dose counts.", True),
        ("It has a clean outcome. Given this outcome, our novel ADC may help.", False),
    ],
)
def test_a_small_word_after_an_article_is_no_product(text: str, kept: bool) -> None:
    name = "lumorda" if kept else "outcome"
    start = text.index(f"{name}, ")
    chance = Candidate(start, start + 7, EntityType.PROGRAM, name, "apposition")
    assert is_chance(chance, text) is not kept


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("our TLR7/8 inhibitor", ["TLR7", "TLR8"]),
        ("against BAFF and APRIL", ["BAFF", "APRIL"]),
        ("a CDK4/6 inhibitor", ["CDK4/6"]),
        ("a GLP-1 receptor agonist", ["GLP-1 receptor"]),
        ("our PD-1xVEGF bispecific", ["PD-1", "VEGF"]),
        ("our PD-1/VEGF bispecific", ["PD-1", "VEGF"]),
        ("the MaxxHealth study", []),
        ("in 7/8 patients", []),
    ],
)
def test_each_of_two_targets_counts(text: str, targets: list[str]) -> None:
    assert found(text, EntityType.TARGET) == targets


def test_a_verb_is_no_disease() -> None:
    assert found("it burns fat and spares the muscle", EntityType.INDICATION) == []
    assert found("patients with severe burns", EntityType.INDICATION) == ["wound healing"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("what Arrowhead and Wave have shown", ["Wave Life Sciences"]),
        ("what Wave, Arrowhead and others have shown", ["Wave Life Sciences"]),
        ("Arrowhead has seen a Wave of interest", []),
    ],
)
def test_a_common_word_beside_a_company(text: str, names: list[str]) -> None:
    vocabulary = load_vocabulary()
    chosen = [c for c in find_candidates(text, vocabulary) if c.type is EntityType.COMPANY]
    assert [c.name for c in find_listed_companies(text, chosen, vocabulary)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the orexin franchise; the orexin-2 receptor", ["orexin 2 receptor"]),
        ("the orexin franchise", ["orexin receptor"]),
    ],
)
def test_a_field_of_work_is_no_second_target(text: str, names: list[str]) -> None:
    vocabulary = load_vocabulary()
    targets = find_candidates(text, vocabulary, types=(EntityType.TARGET,))
    assert [c.name for c in drop_fields_of_work(text, targets, vocabulary)] == names


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("The Q517R mutation is common, the S44T allele is rare.", ["Q517R", "S44T"]),
        ("one copy of the SERPINA1 E342K change", ["E342K"]),
        ("patients who carry two alleles, Q517R and S44T", ["Q517R", "S44T"]),
        ("We shipped the Q517R and opened in W24H.", []),
        ("the V600E mutation of BRAF, known as such, and the H15H variant", []),
    ],
)
def test_changes_in_genes(text: str, variants: list[str]) -> None:
    assert found(text, EntityType.VARIANT) == variants
