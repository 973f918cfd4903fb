"""One node per thing, under all its names, and nothing that the call does not speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.linking import link_mentions
from extractors.model import Call, Entity, EntityType, Mention, Section, Transcript, Turn
from extractors.nlp import build_nlp, parse_turns
from extractors.reading import read_transcript

ISSUER = Entity("org/lumenta", EntityType.COMPANY, "Lumenta", ("Lumenta Therapeutics",))
SPEAKER = Entity("person/ida-brandt-lumenta", EntityType.PERSON, "Ida Brandt")


@dataclass(frozen=True, slots=True)
class Linked:
    transcript: Transcript
    entities: dict[str, Entity]
    mentions: tuple[Mention, ...]

    def quotes(self, identifier: str) -> list[str]:
        return [m.quote for m in self.mentions if m.entity == identifier]

    def of_type(self, kind: EntityType) -> list[str]:
        return [e.label for e in self.entities.values() if e.type is kind]


@cache
def nlp() -> Language:
    return build_nlp()


def link(*speeches: str) -> Linked:
    """Link a call of one speaker."""
    text, turns = "", []
    for index, speech in enumerate(speeches):
        start = len(text)
        text += speech + "\n"
        section = Section.PREPARED_REMARKS
        turns.append(Turn(index, SPEAKER.id, section, start, start + len(speech)))
    call = Call("x", issuer=ISSUER.id, ticker="LUMT")
    transcript = Transcript(call, text, (), tuple(turns), "test", entities=(ISSUER, SPEAKER))
    entities, mentions = link_mentions(transcript, parse_turns(nlp(), transcript))
    return Linked(transcript, {entity.id: entity for entity in entities}, mentions)


def test_spellings_of_one_program_are_one_node() -> None:
    linked = link("LUM-302 works. LUM 302 is safe. We like LUM-302. Read the 302 data.")
    assert linked.quotes("program/lum-302") == ["LUM-302", "LUM 302", "LUM-302", "302"]
    assert "302" not in linked.entities["program/lum-302"].alt_labels


def test_versions_are_kept_apart() -> None:
    linked = link("ALLO-501 treats lymphoma. ALLO-501A came later. Then 501A again.")
    assert linked.quotes("program/allo-501") == ["ALLO-501"]
    assert linked.quotes("program/allo-501a") == ["ALLO-501A", "501A"]


@pytest.mark.parametrize(
    "words",
    [
        "302 patients",
        "$302 million",
        "Slide 302",
        "302 milligrams",
        "302%",
        "from 302 to 304",
        "1,302",
    ],
)
def test_amounts_are_no_short_forms(words: str) -> None:
    assert link(f"LUM-302 targets CD22. We saw {words} there.").quotes("program/lum-302") == [
        "LUM-302"
    ]


def test_a_two_digit_number_needs_its_words() -> None:
    linked = link("LUMCAR22 targets CD22.", "A question on 22, please.", "We have 22 sites.")
    assert linked.quotes("program/lumcar22") == ["LUMCAR22", "22"]


def test_clipped_names_are_linked() -> None:
    linked = link("Zorvexolimab targets CD22. With zorve we saw more. Over time, more came.")
    assert linked.quotes("program/zorvexolimab") == ["Zorvexolimab", "zorve"]


def test_a_clipped_name_may_be_capitalised() -> None:
    linked = link("We study lumoravatinib. Lumora comes next, and Lumoravat too. Lumo is none.")
    (program,) = (e for e in linked.entities if e.startswith("program/"))
    assert linked.quotes(program) == ["lumoravatinib", "Lumora", "Lumoravat"]


def test_a_short_form_that_the_speaker_announces() -> None:
    linked = link("We begin with zorvexolimab, or zor for short. Zor works. A zorb does not.")
    assert linked.quotes("program/zorvexolimab") == ["zorvexolimab", "zor", "Zor"]


def test_a_program_made_of_prefix_and_target() -> None:
    linked = link("LUMCAR22 and LUMCAR123 are in the clinic. LUMCAR CS1 targets CS1.")
    assert linked.quotes("program/lumcarcs1") == ["LUMCAR CS1"]
    assert linked.quotes("target/cs1") == ["CS1"]


def test_a_program_named_by_its_target() -> None:
    linked = link("LUMCAR22 is one. LUMCARCS1 targets CS1. The CS1 program is on hold.")
    assert "CS1 program" in linked.quotes("program/lumcarcs1")


def test_slips_are_linked_with_doubt_and_kept_as_they_are() -> None:
    linked = link("LUM-3242 targets CD19. LUM-3242 again. RUM-3242 and CDI9 were heard.")
    slips = {m.quote: m for m in linked.mentions if m.rule == "slip"}
    assert slips["CDI9"].entity == "target/cd19"
    assert slips["RUM-3242"].entity == "program/lum-3242"
    assert all(m.confidence <= 0.5 and m.rationale for m in slips.values())


def test_a_medicine_heard_a_little_wrong_is_linked_with_doubt() -> None:
    linked = link("LUM-302 targets CD22. We study emeraclidine, by examination and discipline.")
    (slip,) = (m for m in linked.mentions if m.rule == "slip")
    assert (slip.quote, slip.entity) == ("emeraclidine", "drug/emraclidine")
    assert slip.confidence <= 0.5 and slip.rationale


def test_a_medicine_unknown_but_for_its_stem_is_the_one_like_it_in_the_call() -> None:
    said = "LUM-302 targets CD22. Etentamig is in phase 3, {} too."
    linked = link(said.format("etansamig"))
    (slip,) = (m for m in linked.mentions if m.rule == "slip")
    assert (slip.quote, slip.entity) == ("etansamig", "drug/etentamig")
    linked = link(said.format("ezorvamig"))
    assert linked.quotes("program/ezorvamig") == ["ezorvamig"]


def test_trials_are_learned_and_their_family_found() -> None:
    linked = link(
        "The ZEPHYR-2 trial in myeloma with LUM-302 is open. Before it, ZEPHYR had enrolled.",
        "In zephyr trials we saw more of LUM-302. ZEPHYR-2 goes on, and zephyr three is planned.",
    )
    assert linked.quotes("trial/zephyr-2") == ["ZEPHYR-2", "ZEPHYR-2"]
    assert linked.quotes("trial/zephyr") == ["ZEPHYR", "zephyr"]
    assert linked.quotes("trial/zephyr-3") == ["zephyr three"]


def test_companies_are_learned_with_their_short_names() -> None:
    linked = link("The acquisition of Quellmark Pharma closed. Quellmark has LUM-7 and CD22.")
    assert linked.quotes("org/quellmark-pharma") == ["Quellmark Pharma", "Quellmark"]


def test_an_abbreviation_means_what_the_call_defines() -> None:
    linked = link(
        "LUM-302 is for phenylketonuria, or PKU. PKU comes from mutations in the PAH gene.",
        "We work with the Children's Hospital of Philadelphia. CHOP enrolls patients with PKU.",
    )
    assert linked.quotes("indication/phenylketonuria") == ["phenylketonuria", "PKU", "PKU", "PKU"]
    assert linked.of_type(EntityType.INDICATION) == ["phenylketonuria"]
    hospital = next(e for e in linked.entities.values() if e.type is EntityType.INSTITUTION)
    assert "CHOP" in linked.quotes(hospital.id)


def test_a_disease_that_no_list_holds_is_learned_from_its_definition() -> None:
    linked = link("LUM-302 is for Brandt-Maar skeletal dysplasia syndrome, or BMSDS, in children.")
    assert "Brandt-Maar skeletal dysplasia syndrome" in linked.of_type(EntityType.INDICATION)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("LUM-302 is for patients with multiple myeloma.", True),
        ("We are evaluating LUM-302 in sickle cell disease.", True),
        ("With LUM-302 there was a higher risk of stroke.", False),
        ("There was no neutropenia with LUM-302.", False),
        ("Patients had prior myocardial infarction or stroke.", False),
        ("Let me speak in broad strokes about LUM-302.", False),
    ],
)
def test_diseases_in_passing_are_no_indications(text: str, stands: bool) -> None:
    assert bool(link(text).of_type(EntityType.INDICATION)) is stands


def test_brand_and_substance_are_linked_and_not_merged() -> None:
    linked = link("Wegovy is semaglutide for obesity, and Ozempic is for diabetes.")
    medicines = {e.label: e for e in linked.entities.values() if e.id.startswith("drug/")}
    assert set(medicines) == {"Wegovy", "semaglutide", "Ozempic"}
    assert medicines["Wegovy"].broader == (medicines["semaglutide"].id,)


def test_the_issuers_medicines_are_programs_and_others_are_drugs() -> None:
    linked = link("Our zorvexolimab is given after fludarabine. LUM-302 targets CD22.")
    assert sorted(linked.of_type(EntityType.PROGRAM)) == ["LUM-302", "zorvexolimab"]
    assert linked.of_type(EntityType.DRUG) == ["fludarabine"]


def test_the_substance_of_the_issuers_brand_is_a_program(shared: Path) -> None:
    transcript = read_transcript(shared / "transcripts" / "motley-fool" / "NVO-2023Q3.txt")
    entities, _ = link_mentions(transcript, parse_turns(nlp(), transcript))
    kinds = {entity.label: entity.type for entity in entities}
    assert kinds["semaglutide"] is EntityType.PROGRAM
    assert kinds["Mounjaro"] is EntityType.DRUG


def test_the_issuer_is_one_node() -> None:
    linked = link("Lumenta Therapeutics grew. Lumenta's team and LUMT did well. We thank you.")
    assert linked.quotes("org/lumenta") == ["Lumenta Therapeutics", "Lumenta", "LUMT"]


def test_people_of_the_call_are_linked_by_title() -> None:
    linked = link("I thank Dr. Brandt. Dr. Ilse Maar of the FDA wrote about CD22.")
    assert linked.quotes(SPEAKER.id) == ["Dr. Brandt"]
    assert linked.quotes("person/ilse-maar") == ["Ilse Maar"]


def test_nicknames_of_participants_and_bare_surnames_are_one_person() -> None:
    linked = link(
        "Idy Brandt, our Chief Executive Officer, is here. Dr. Ilse Maar wrote about CD22.",
        "We thank Dr. Maar.",
    )
    assert linked.quotes(SPEAKER.id) == ["Idy Brandt"]
    assert linked.quotes("person/ilse-maar") == ["Ilse Maar", "Maar"]


def test_a_call_about_other_things_has_no_programs() -> None:
    linked = link("Our GB200 chips ship. The AMD share fell, and TOP500 machines use them. " * 300)
    for kind in (EntityType.PROGRAM, EntityType.TARGET, EntityType.INDICATION, EntityType.TRIAL):
        assert linked.of_type(kind) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["CD22", "LUM-302", "302", "ALL", "the ZEPHYR trial", "Dr. Maar", "PAH", "zorvexinib",
             ",", "or", "(PKU)", "phenylketonuria", "Quellmark Pharma", ".", "in patients with",
             "CDI9"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_mentions_are_ordered_apart_and_quoted(words: list[str]) -> None:
    linked = link(" ".join(words) or "-")
    end = 0
    for mention in linked.mentions:
        assert mention.start >= end
        end = mention.end
        assert linked.transcript.text[mention.start : mention.end] == mention.quote
        assert mention.entity in linked.entities
        assert mention.rule and mention.rationale
    assert all(set(e.broader) <= set(linked.entities) for e in linked.entities.values())


def test_the_example_call_has_its_programs_targets_and_trials(examples: Path) -> None:
    transcript = read_transcript(examples / "verrano-2031q4.txt")
    entities, _ = link_mentions(transcript, parse_turns(nlp(), transcript))
    by_type = {kind: {e.label for e in entities if e.type is kind} for kind in EntityType}
    assert {"VRN-122", "VRN-123", "VRN-319", "VRN-455"} <= by_type[EntityType.PROGRAM]
    assert {"CD22", "CS1", "CD123", "BCMA", "CD70"} <= by_type[EntityType.TARGET]
    assert by_type[EntityType.TRIAL] == {"ARGENT", "COASTLINE", "LUCENT-1", "MERIDIAN"}
    assert "Ostara Biosciences" in by_type[EntityType.COMPANY]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["seeking-alpha-text/JPM-4Q25.txt", "motley-fool/MSFT-2025Q1.txt"])
def test_real_calls_of_other_trades_stay_empty(shared: Path, name: str) -> None:
    transcript = read_transcript(shared / "transcripts" / name)
    entities, _ = link_mentions(transcript, parse_turns(nlp(), transcript))
    medical = (EntityType.PROGRAM, EntityType.DRUG, EntityType.TARGET)
    assert sum(entity.type in medical for entity in entities) <= 3
