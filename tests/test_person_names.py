"""One person, one node: forms of a name in one call and over calls, namesakes, moves, undoing."""

from __future__ import annotations

from pathlib import Path

import pytest

import qagraph
from extractors.firms import firm_id, issuer_id
from extractors.model import Participant, Transcript
from extractors.person_names import known_name
from extractors.reading import parse_transcript

CALL = """{company} ({ticker}) {quarter} Earnings Call {day}
Company Participants
{chief} - Chief Executive Officer
Conference Call Participants
{first} - {bank}
{second} - {other_bank}
Presentation
Operator
Good day. I turn the call over to {chief}, Chief Executive Officer.
{chief}
We grew again, and the plant opened.
Question-and-Answer Session
Operator
The first question is from {first} with {bank}. Please go ahead.
{first}
What did the plant cost?
{chief}
It cost nine million dollars.
Operator
The next question is from {second} with {other_bank}. Please go ahead.
{second}
And when does it pay?
{chief}
Next year.
Operator
This ends our question-and-answer session.
"""
FIELDS = {
    "company": "Lumora Inc.",
    "ticker": "NASDAQ:LMRA",
    "quarter": "Q3 2031",
    "day": "November 6, 2031",
    "chief": "Jeffrey Ryan Moss",
    "first": "Christopher Thomas Sorel",
    "bank": "Northgate",
    "second": "Christine Sorel",
    "other_bank": "Harrow Pine",
}
LATER = {"quarter": "Q4 2031", "day": "March 2, 2032"}


def written(**fields: str) -> str:
    return CALL.format(**FIELDS | fields)


def people(**fields: str) -> dict[str, Participant]:
    transcript: Transcript = parse_transcript(written(**fields), name="lumora")
    return {p.name: p for p in transcript.participants}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jeff Moss", "Jeffrey Ryan Moss"),
        ("Dave Moss", "David R. Moss"),
        ("Steve Moss", "Steven Moss"),
        ("L. Erika Moss", "Erika Moss"),
        ('Robert "Bob" Moss', "Bob Moss"),
        ("Richard Moss III", "Rick Moss"),
        ("Karsten Holst Moss", "Karsten Moss"),
        ("Katie Moss", "Katy Moss"),
        ("Jensen Hsun Huang", "Jensen Huang"),
        ("Jean Paul Moss", "Jean-Paul Moss"),
    ],
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert slug(one) == slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chris Moss", "Christine Moss"),
        ("Alex Moss", "Alexandra Moss"),
        ("Sam Moss", "Samuel Moss"),
        ("Pat Moss", "Patricia Moss"),
        ("Sung Min Park", "Sung Ho Park"),
        ("Mary Ann Moss", "Mary Moss"),
        ("Jeff Moss", "Jeff van Moss"),
        ("Jeff Moss", "Geoff Moss"),
        ("Moss", "Jeff Moss"),
    ],
)
def test_names_of_different_people(one: str, other: str) -> None:
    assert slug(one) != slug(other)


def slug(name: str) -> str:
    return "-".join(known_name(name)[0].casefold().replace("-", " ").split())


def test_an_executive_is_one_node_under_every_form() -> None:
    ids = {
        found.id
        for name in ("Jeff Moss", "Jeffrey Moss", "Jeffrey Ryan Moss", "Jeffery R. Moss")
        for found in [people(chief=name)[name]]
    }
    assert ids == {"person/jeffrey-moss-lumora"}


def test_short_forms_of_several_names_are_read_only_within_a_company() -> None:
    assert people(chief="Sam Moss")["Sam Moss"].id == "person/samuel-moss-lumora"
    assert people(first="Sam Moss")["Sam Moss"].id == "person/sam-moss"


def test_namesakes_at_other_companies_stay_apart() -> None:
    other = people(company="Tamsin Inc.", ticker="NASDAQ:TMSN")
    assert other["Jeffrey Ryan Moss"].id == "person/jeffrey-moss-tamsin"
    assert other["Christopher Thomas Sorel"].id == people()["Christopher Thomas Sorel"].id


def test_two_people_of_a_call_never_become_one() -> None:
    found = people(first="Michael Ann Sorel", second="Michael Bo Sorel")
    assert len({p.id for p in found.values()}) == len(found)
    found = people(first="Chris Sorel", bank="Northgate", other_bank="Northgate")
    assert found["Chris Sorel"].id == "person/christopher-sorel"
    assert found["Christine Sorel"].id == "person/christine-sorel"


def test_the_decision_says_why_and_shows_the_name() -> None:
    told = people(chief="Jeff R. Moss")["Jeff R. Moss"].identified
    assert told is not None
    assert told.reason == "Jeff is short for Jeffrey; R. is left out"
    assert [proof.quote for proof in told.evidence] == ["Jeff R. Moss"]
    assert people(chief="Jeffrey Moss")["Jeffrey Moss"].identified is None


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("JPMorgan Chase and Company", "org/jpmorgan"),
        ("J.P. Morgan Securities LLC", "org/jpmorgan"),
        ("Joh. Berenberg, Gossler & Co. KG, Research Division", "org/berenberg"),
        ("Goldman Sachs and Company", "org/goldman-sachs"),
        ("Cowen and Company, LLC, Research Division", "org/td-cowen"),
        ("Harrow Pine and Company", "org/harrow-pine-and-company"),
    ],
)
def test_a_firm_is_one_node_under_every_form(name: str, firm: str) -> None:
    assert firm_id(name) == firm


@pytest.mark.parametrize(
    ("name", "ticker", "company"),
    [
        ("Digital Realty Trust, Inc.", "DLR", "org/digital-realty"),
        ("Digital Realty", "DLR", "org/digital-realty"),
        ("Digital Realty Trust, Inc.", None, "org/digital-realty-trust"),
        ("Lumora Realty Trust, Inc.", "DLR", "org/lumora-realty-trust"),
    ],
)
def test_the_issuer_is_known_by_name_and_ticker(
    name: str, ticker: str | None, company: str
) -> None:
    assert issuer_id(name, ticker) == company


@pytest.fixture(scope="module")
def two_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calls")
    (folder / "one.txt").write_text(written(chief="Jeff Moss", first="Chris Sorel"), "utf-8")
    moved = {"first": "Christopher Thomas Sorel", "bank": "Harrow Pine", "second": "Ida Brandt"}
    (folder / "two.txt").write_text(written(**LATER | moved), "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(two_calls: Path, tmp_path_factory: pytest.TempPathFactory) -> qagraph.KnowledgeGraph:
    return qagraph.build([two_calls], output=tmp_path_factory.mktemp("out"))


def test_an_analyst_who_moves_is_one_node_with_two_dated_firms(
    built: qagraph.KnowledgeGraph,
) -> None:
    rows = built.query(name="analyst-moves").astype(str).values.tolist()
    assert rows == [
        ["Chris Sorel", "Northgate", "2031-11-06", "2031-11-06"],
        ["Chris Sorel", "Harrow Pine", "2032-03-02", "2032-03-02"],
    ]


def test_queries_find_a_person_by_either_name(built: qagraph.KnowledgeGraph) -> None:
    for name in ("Chris Sorel", "Christopher Thomas Sorel"):
        assert len(built.query(name="analyst-coverage", params={"analyst": name})) == 2
    rows = built.query(name="identities")
    assert set(rows["reason"]) == {
        "Chris is short for Christopher",
        "Jeff is short for Jeffrey",
        "Thomas is left out",
        "Ryan is left out",
    }


def test_names_that_may_be_one_are_left_to_a_reader(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(written(first="Ida Brandt"), "utf-8")
    other = {"first": "Ida Brannt", "second": "Christina Sorel", "chief": "Joan Moss"}
    (tmp_path / "two.txt").write_text(written(**LATER | other), "utf-8")
    kg = qagraph.build([tmp_path], output=tmp_path / "out")
    assert kg.query(name="likely-same-people").astype(str).values.tolist() == [
        ["Christina Sorel", "Christine Sorel", "Harrow Pine", "1", "1"],
        ["Jeffrey Ryan Moss", "Joan Moss", "Lumora", "1", "1"],
        ["Ida Brandt", "Ida Brannt", "Northgate", "1", "1"],
    ]


def test_executives_are_found_by_their_company(built: qagraph.KnowledgeGraph) -> None:
    found = built.query(
        """SELECT DISTINCT ?who WHERE {
             ?part qa:affiliation/rdfs:label "Lumora" ; qa:participant ?who }"""
    )
    assert list(found["who"]) == ["https://w3id.org/qagraph/id/person/jeffrey-moss-lumora"]
    assert built.check().conforms


def test_another_call_changes_no_graph(
    built: qagraph.KnowledgeGraph, two_calls: Path, tmp_path: Path
) -> None:
    alone = qagraph.build([two_calls / "two.txt"], output=tmp_path)
    assert alone.store().lines("lmra-2031q4") == built.store().lines("lmra-2031q4")


def test_a_correction_takes_two_forms_apart(two_calls: Path, tmp_path: Path) -> None:
    rows = tmp_path / "corrections.tsv"
    rows.write_text(
        "action\ttarget\tvalue\tcall\tquote\tauthor\treason\n"
        "split\tperson/christopher-sorel\tChris Sorel\t\t\tIda\tanother analyst\n",
        "utf-8",
    )
    kg = qagraph.build([two_calls], output=tmp_path / "out", corrections=rows)
    assert kg.query(name="analyst-moves").empty
    assert kg.check().conforms
