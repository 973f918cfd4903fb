"""The ontology: complete, documented, mapped to terms that exist, and within OWL 2 RL."""

from __future__ import annotations

from importlib.resources import files

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS

from extractors import model as m
from graph.errors import UnknownTermError
from graph.exports.jsonld import context
from graph.identifiers import BASE
from graph.namespaces import QA, expand, ontology, prefixes, resource, term

TERMS = tuple(ontology().values())
PREDICATES = files("extractors") / "resources" / "predicates.tsv"
CLOSED = {str(space): space for space in (DCTERMS, FOAF, ORG, PROV, SDO, SKOS, RDF, RDFS, OWL)}
FIXED = """
    Call Participation Turn Exchange Question Answer Mention Person Firm Company Program Drug Target
    Indication Trial Technology Modality Facility Regulator Institution Meeting Publication Place
    Statement Evidence DealTerm Guidance ClinicalResult FinancialFact StatusChange Conflict
    issuer ticker exchangeCode fiscalPeriod heldOn layout sha256 inCall participant participantKind
    Executive Analyst Operator Guest Unidentified title affiliation spoke listed turnIndex speaker
    section PreparedRemarks QuestionAndAnswer text start end exchangeIndex analyst onBehalfOf
    answeredBy hasQuestion inExchange questionIndex askedBy inTurn about hasAnswer response Answered
    PartlyAnswered Deferred Declined NotAddressed responseCue givenBy refersTo quote worksFor
    formerlyAt hasTarget forIndication studiedIn developedBy licensedTo licensedFrom sameAs
    variantOf usesTechnology combinedWith phase partnerOf holdsEquityIn subsidiaryOf hasFacility
    polarity
    certainty confidence rule evidence counterparty termKind amount currency bound tier subject
    promise notBefore notAfter dueText measure value unit numerator denominator metric period scope
    status when conflictingValue
"""


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=resource("ontology.ttl"), format="turtle")


@pytest.mark.parametrize("name", FIXED.split())
def test_the_fixed_names_are_there(name: str) -> None:
    assert term(name) == f"{QA}{name}"


@pytest.mark.parametrize("known", TERMS, ids=lambda known: known.name)
def test_every_term_is_documented(known: object) -> None:
    item = ontology()[getattr(known, "name")]  # noqa: B009
    assert item.label
    assert item.comment.endswith(".")
    if item.kind == "property":
        loose = item.name == "inCall"
        assert loose or (len(item.domain) == 1 and len(item.range) == 1)


def test_domains_and_ranges_are_classes() -> None:
    for known in TERMS:
        for name in (*known.domain, *known.range):
            assert name.startswith("xsd:") == known.literal or name in known.domain
            assert name.startswith("xsd:") or ontology()[name].kind == "class"


def test_every_type_and_kind_of_the_model_is_a_term() -> None:
    enums = (m.EntityType, m.ParticipantKind, m.Section, m.FactKind, m.Response)
    assert {item.value for enum in enums for item in enum} <= set(ontology())


def test_predicates_ontology_and_ranges_agree() -> None:
    for line in PREDICATES.read_text("utf-8").splitlines()[1:]:
        name, subjects, objects, *_ = line.split("\t")
        known = ontology()[name]
        assert known.literal == (objects == "literal")
        for allowed, said in ((subjects, known.domain), (objects, known.range)):
            if allowed != "literal":
                assert all(said[0] in ancestors(item) for item in allowed.split())


def ancestors(name: str) -> set[str]:
    if name not in ontology():
        return {name}
    return {name}.union(*(ancestors(parent) for parent in ontology()[name].parents))


def test_foreign_terms_exist(graph: rdflib.Graph) -> None:
    checked = 0
    for node in {part for triple in graph for part in triple if isinstance(part, rdflib.URIRef)}:
        for start, space in CLOSED.items():
            if str(node).startswith(start) and str(node) != start:
                assert node in space, f"{node} does not exist"
                checked += 1
    assert checked > 40


def test_all_axioms_are_within_owl_2_rl(graph: rdflib.Graph) -> None:
    used = {p for p in graph.predicates() if str(p).startswith((str(OWL), str(RDFS)))}
    allowed = {"subClassOf", "domain", "range", "label", "comment", "isDefinedBy", "inverseOf"}
    assert {str(predicate).rpartition("#")[2] for predicate in used} <= allowed
    kinds = {str(kind).rpartition("#")[2] for kind in graph.objects(None, RDF.type)}
    assert kinds & {"Restriction", "FunctionalProperty", "Class"} == {"Class"}
    assert not list(graph.objects(None, OWL.imports))
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]


def test_prefixes_of_ontology_and_table_agree(graph: rdflib.Graph) -> None:
    declared = {
        line.split()[1].rstrip(":"): line.split()[2].strip("<>")
        for line in resource("ontology.ttl").splitlines()
        if line.startswith("@prefix")
    }
    assert declared.items() <= dict(prefixes()).items()


def test_the_context_names_every_property() -> None:
    known = context(BASE)
    assert {item.name for item in TERMS if item.kind == "property"} <= set(known)


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("HGNC:1643", "https://identifiers.org/hgnc:1643"),
        ("NCT:01234567", "https://clinicaltrials.gov/study/NCT01234567"),
        ("NCIt:C3171", "http://purl.obolibrary.org/obo/NCIT_C3171"),
        ("mondo:0018874", "http://purl.obolibrary.org/obo/MONDO_0018874"),
    ],
)
def test_an_identifier_becomes_an_iri(curie: str, iri: str) -> None:
    assert expand(curie) == iri


@pytest.mark.parametrize("curie", ["", "HGNC", "x:1", "HGNC:", "NCT123"])
def test_an_unknown_identifier_is_refused(curie: str) -> None:
    with pytest.raises(UnknownTermError):
        expand(curie)
