"""Relations in sentences as they are said: who, what, how certain, with which words."""

from __future__ import annotations

import pytest

from extractors.merging import merge_statements
from extractors.model import Certainty, Polarity, Statement
from extractors.relations import relate
from extractors.relations._predicates import load_predicates
from tests.markup import mark_call


def said(*turns: str) -> tuple[Statement, ...]:
    return merge_statements(relate(mark_call(*turns).context))


def triples(*turns: str) -> set[tuple[str, str, str]]:
    return {
        (s.subject, s.predicate, s.object)
        for s in said(*turns)
        if s.holds and s.predicate != "worksFor"
    }


UCT = "program/lum-22"
HAS_TARGET = [
    "[LUM-22]{program}, our [CD22]{target} directed allogeneic therapy, is in the clinic.",
    "[LUM-22]{program} our [CD22]{target} directed allogeneic therapy is in the clinic.",
    "[LUM-22]{program} is a first-in-class [CD22]{target} inhibitor.",
    "[LUM-22]{program} is directed against [CD22]{target}.",
    "our oral [CD22]{target} antagonist, [LUM-22]{program}, moves on.",
    "[LUM-22]{program}, an anti-[CD22]{target} antibody, moves on.",
    "[LUM-22]{program}, an [anti-CD22]{target/cd22} antibody, moves on.",
    "[LUM-22]{program} is on track. It is a [CD22]{target} directed therapy.",
    "[LUM-22]{program} is on track. This program targets [CD22]{target}.",
    "Regarding [CD22]{target}, we showed data on [LUM-22]{program}.",
    "Our [CD22]{target} products, [LUM-22]{program} and [LUM-23]{program}, grew.",
]


@pytest.mark.parametrize("text", HAS_TARGET)
def test_target_is_found_in_each_form(text: str) -> None:
    assert (UCT, "hasTarget", "target/cd22") in triples(text)


FOR_INDICATION = [
    "[LUM-22]{program} is being evaluated in patients with relapsed [lymphoma]{indication}.",
    "[LUM-22]{program} was approved for the treatment of [lymphoma]{indication}.",
    "We have data of [LUM-22]{program} in severe [lymphoma]{indication}.",
    "We treated 22 [lymphoma]{indication} patients treated with [LUM-22]{program}.",
    "Within [lymphoma]{indication}, we started a trial with [LUM-22]{program}.",
    "Coming to [LUM-22]{program}.\nWe are enrolling patients with [lymphoma]{indication}.",
    "Our [lymphoma]{indication} franchise, including [LUM-22]{program}, grew.",
    "[LUM-22]{program} is our leading [lymphoma]{indication} medicine.",
]


@pytest.mark.parametrize("text", FOR_INDICATION)
def test_indication_is_found_in_each_form(text: str) -> None:
    assert (UCT, "forIndication", "indication/lymphoma") in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "[LUM-22]{program} lowers the risk of [lymphoma]{indication}.",
        "[LUM-22]{program} was given to people without [lymphoma]{indication}.",
        "[LUM-22]{program} comes with a warning about [lymphoma]{indication}.",
        "We like [LUM-22]{program}. Our competitor treats [lymphoma]{indication}.",
        "We sell [LUM-22]{program} and our non-[lymphoma]{indication} products in ten countries.",
    ],
)
def test_disease_that_is_no_indication_is_left_alone(text: str) -> None:
    assert not any(predicate == "forIndication" for _, predicate, _ in triples(text))


def test_lists_give_every_pair() -> None:
    found = triples(
        "[LUM-1]{program} and [LUM-2]{program} are studied in patients with [asthma]{indication}, "
        "relapsed [lymphoma]{indication} or [psoriasis]{indication}."
    )
    assert {(s, o) for s, p, o in found if p == "forIndication"} == {
        (f"program/lum-{i}", f"indication/{name}")
        for i in (1, 2)
        for name in ("asthma", "lymphoma", "psoriasis")
    }


def test_each_medicine_keeps_its_own_disease() -> None:
    found = triples(
        "We study [LUM-1]{program} in [asthma]{indication} and [LUM-2]{program} in "
        "[lymphoma]{indication}."
    )
    assert {(s, o) for s, p, o in found if p == "forIndication"} == {
        ("program/lum-1", "indication/asthma"),
        ("program/lum-2", "indication/lymphoma"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The [TRAVERA]{trial} trial evaluating [LUM-22]{program} goes on.",
        "[LUM-22]{program} was tested in our Phase 1 trial [TRAVERA]{trial}.",
        "The [LUM-22]{program} [TRAVERA]{trial} trial goes on.",
        "Starting with [LUM-22]{program}.\nWe showed data of our Phase 1 trial [TRAVERA]{trial}.",
    ],
)
def test_trial_is_found_in_each_form(text: str) -> None:
    assert (UCT, "studiedIn", "trial/travera") in triples(text)


def test_conditioning_is_not_what_the_trial_tests() -> None:
    found = triples(
        "The [TRAVERA]{trial} trial of [LUM-22]{program} goes on. "
        "We gave [fludarabine]{drug} in the trial."
    )
    assert ("drug/fludarabine", "studiedIn", "trial/travera") not in found


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("We are advancing [RIV-22]{program} into the clinic.", "org/lumenta"),
        ("[RIV-22]{program}, our lead candidate, moves on.", "org/lumenta"),
        ("Sales of [RIV-22]{program} grew.", "org/lumenta"),
        ("[Alogia]{org}'s [RIV-22]{program} moves on.", "org/alogia"),
        ("[Alogia]{org} presented data on patients treated with [RIV-22]{program}.", "org/alogia"),
        ("[RIV-22]{program} was discovered by [Alogia]{org}.", "org/alogia"),
        ("[RIV-22]{program} was the first product that [Alogia]{org} brought into the clinic.",
         "org/alogia"),
    ],
)  # fmt: skip
def test_developer_is_found(text: str, owner: str) -> None:
    assert {o for _, p, o in triples(text) if p == "developedBy"} == {owner}


@pytest.mark.parametrize(
    "turn",
    [
        "Ben Tal (analyst): Your [LUM-22]{program} and our [LUM-23]{program} look good.",
        "Our results were better than those of [RIV-5]{program}.",
        "Most patients had failed [RIV-5]{program}.",
    ],
)
def test_comparators_and_what_analysts_name_get_no_developer(turn: str) -> None:
    assert not any(predicate == "developedBy" for _, predicate, _ in triples(turn))


def test_code_names_its_developer() -> None:
    found = triples("[ALG-501]{program} is new. We know [Algenia]{org} well.")
    assert ("program/alg-501", "developedBy", "org/algenia") in found


def test_partners_are_named_once_with_the_issuer_first() -> None:
    found = triples(
        "Our partnerships with [Alogia]{org} and [Servora]{org} go well. "
        "[Alogia]{org} is our partner. [Alogia]{org} works with their partner [Springora]{org}."
    )
    assert {(s, o) for s, p, o in found if p == "partnerOf"} == {
        ("org/lumenta", "org/alogia"),
        ("org/lumenta", "org/servora"),
        ("org/alogia", "org/springora"),
    }


def test_loan_makes_no_partner() -> None:
    assert not triples("We signed a financing agreement with [Alogia]{org}.")


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("[AL-501]{program} is equal to [LUM-19]{program}.",
         ("program/al-501", "sameAs", "program/lum-19")),
        ("There is a new version of [LUM-19]{program} that is called [AL-5A]{program}.",
         ("program/al-5a", "variantOf", "program/lum-19")),
        ("[LUM-22]{program} leverages our [base editing]{technology} platform.",
         ("program/lum-22", "usesTechnology", "technology/base-editing")),
        ("[LUM-22]{program} is given in combination with [nirora]{drug}.",
         ("program/lum-22", "combinedWith", "drug/nirora")),
        ("We hold an equity stake of $15 million in [Cytora]{org} stock.",
         ("org/lumenta", "holdsEquityIn", "org/cytora")),
        ("Our majority-owned subsidiary [Calora]{org} grew.",
         ("org/calora", "subsidiaryOf", "org/lumenta")),
        ("[LUM-19]{program} is licensed to [Servora]{org}.",
         ("program/lum-19", "licensedTo", "org/servora")),
        ("[LUM-9]{program}, which we licensed from [Alogia]{org}, is new.",
         ("program/lum-9", "licensedFrom", "org/alogia")),
        ("Our manufacturing facilities in [Paris]{place} and [Raleigh]{place} run.",
         ("org/lumenta", "hasFacility", "place/raleigh")),
        ("We met [Ida Bern]{person}, who joined us from [Celora]{org}.",
         ("person/ida-bern", "formerlyAt", "org/celora")),
        ("We welcome [Jan Garin]{person}. Jan is known as the previous CEO of [Glaxora]{org}.",
         ("person/jan-garin", "formerlyAt", "org/glaxora")),
        ("We welcome [Una Moe]{person}. She joined us from [Celora]{org}.",
         ("person/una-moe", "formerlyAt", "org/celora")),
        ("Our Phase I/II trial [TRAVERA]{trial} enrolls.", ("trial/travera", "phase", "1/2")),
    ],
)  # fmt: skip
def test_other_relations(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(text)


def certainty(*turns: str) -> set[tuple[Polarity, Certainty]]:
    return {(s.polarity, s.certainty) for s in said(*turns) if s.predicate == "forIndication"}


@pytest.mark.parametrize(
    ("turn", "polarity", "how"),
    [
        ("We study [LUM-1]{program} in [asthma]{indication}.", "affirmed", "asserted"),
        ("We plan to study [LUM-1]{program} in [asthma]{indication}.", "affirmed", "planned"),
        ("We might study [LUM-1]{program} in [asthma]{indication}.", "affirmed", "hedged"),
        ("If we study [LUM-1]{program} in [asthma]{indication}, we say so.",
         "affirmed", "conditional"),
        ("We are not studying [LUM-1]{program} in [asthma]{indication}.", "negated", "asserted"),
        ("[LUM-1]{program} is not being studied in [asthma]{indication}.", "negated", "asserted"),
        ("Do we study [LUM-1]{program} in [asthma]{indication}?", "affirmed", "asked"),
        ("Ben Tal (analyst): You study [LUM-1]{program} in [asthma]{indication}.",
         "affirmed", "asked"),
    ],
)  # fmt: skip
def test_how_it_is_said(turn: str, polarity: str, how: str) -> None:
    assert certainty(turn) == {(Polarity(polarity), Certainty(how))}


def test_ownership_is_taken_for_granted_in_a_plan() -> None:
    (statement,) = (
        s for s in said("We plan to launch our [LUM-1]{program}.") if s.predicate == "developedBy"
    )
    assert statement.certainty is Certainty.ASSERTED


def test_heading_without_a_name_closes_the_topic() -> None:
    found = triples(
        "Coming to [LUM-22]{program}.\nTurning to our financials.\n"
        "We are enrolling patients with [lymphoma]{indication}."
    )
    assert not any(predicate == "forIndication" for _, predicate, _ in found)


def test_a_new_point_that_begins_with_another_program_is_about_that() -> None:
    text = (
        "Starting with [LUM-22]{program}. It works.\n"
        "Next, [LUM-30]{program}, our oral inhibitor. It goes well. "
        "The Phase 3 trials are [TORVO-1]{trial} and [TORVO-2]{trial}."
    )
    assert ("program/lum-30", "studiedIn", "trial/torvo-2") in triples(text)
    assert not [t for t in triples(text) if t[0] == "program/lum-22" and t[1] == "studiedIn"]


def test_what_patients_had_before_is_not_what_their_trial_tests() -> None:
    text = "[TORVO-1]{trial} is for those who had progressed on [Sifora]{drug}."
    assert not [t for t in triples(text) if t[1] == "studiedIn"]


def test_what_beats_a_medicine_makes_it_a_yardstick() -> None:
    text = "We show how [LUM-22]{program} beat [sivolol]{drug} on oxygen uptake."
    owned = {s for s, predicate, _ in triples(text) if predicate == "developedBy"}
    assert owned == {"program/lum-22"}


def test_topic_is_evidence_too() -> None:
    statements = said(
        "Coming to [LUM-22]{program}.\nWe are enrolling patients with [lymphoma]{indication}."
    )
    (statement,) = (s for s in statements if s.predicate == "forIndication")
    assert [e.quote for e in statement.evidence] == [
        "Coming to LUM-22.",
        "We are enrolling patients with lymphoma.",
    ]


def test_executives_work_for_the_issuer_and_analysts_do_not() -> None:
    works = {
        (s.subject, s.object)
        for s in said("Good morning.", "Ben Tal (analyst): Hello.")
        if s.predicate == "worksFor"
    }
    assert works == {("person/ana-ruiz", "org/lumenta")}


def test_every_statement_fits_its_predicate_and_quotes_the_text() -> None:
    call = mark_call(*HAS_TARGET, *FOR_INDICATION)
    predicates = load_predicates()
    entities = call.context.entities
    for statement in relate(call.context):
        predicate = predicates[statement.predicate]
        if statement.predicate != "worksFor":
            assert entities[statement.subject].type in predicate.subject_types
            assert predicate.literal or entities[statement.object].type in predicate.object_types
        assert statement.evidence
        for evidence in statement.evidence:
            assert call.transcript.text[evidence.start : evidence.end] == evidence.quote


def test_second_run_finds_the_same() -> None:
    context = mark_call(*HAS_TARGET, *FOR_INDICATION).context
    assert tuple(relate(context)) == tuple(relate(context))


def test_patients_of_a_trial_are_those_of_the_one_medicine_it_tests() -> None:
    trial = "The [BRAVA-3]{trial} trial of [LUM-22]{program} is done."
    patients = "In [BRAVA-3]{trial}, 62% of patients with [gout]{indication} responded."
    claim = (UCT, "forIndication", "indication/gout")
    other = "The [BRAVA-3]{trial} trial of [LUM-23]{program} is done."
    assert claim in triples(trial, patients)
    assert claim not in triples(trial, other, patients)


def test_paragraph_that_begins_with_another_program_is_about_that() -> None:
    found = triples(
        "Turning to [LUM-22]{program}. It works.\n"
        "Now [LUM-23]{program}, our newest. The third dose level of [ARGORA]{trial} is complete."
    )
    trials = {s for s, predicate, _ in found if predicate == "studiedIn"}
    assert trials == {"program/lum-23"}


def test_slip_of_the_tongue_has_no_developer() -> None:
    found = triples("[Lumimab]{program/slip} -- excuse me, [lumisumab]{drug}, moves on.")
    developed = {s for s, predicate, _ in found if predicate == "developedBy"}
    assert developed == {"drug/lumisumab"}


def test_code_that_begins_with_the_initials_of_the_issuer_is_its_own() -> None:
    assert (
        "program/lt-9003",
        "developedBy",
        "org/lumenta",
    ) in triples("With [Gubora]{company} we discussed [LT-9003]{program}.")
