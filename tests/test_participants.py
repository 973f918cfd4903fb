# ruff: noqa: E501 (calls and cases are kept one a line)
"""Who is who: names, firms, roles and kinds from all that a call says of somebody."""

from __future__ import annotations

import pytest

from extractors.firms import firm_id, firm_label, same_firm, short_name
from extractors.headings import parse_heading
from extractors.introductions import find_introductions
from extractors.labels import read_label
from extractors.lines import split_lines
from extractors.model import Participant, ParticipantKind, Transcript
from extractors.names import clean_name, same_person
from extractors.participant_lists import parse_list
from extractors.reading import parse_transcript
from extractors.stand_ins import find_stand_in


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maurice Castellan", "Maury Castellan", True),
        ("L. Erika Sandoval", "Erika Sandoval", True),
        ("Jeffrey Ryan Stone", "Jeff Stone", True),
        ("Dr. André Brandt", "Andre Brandt, M.D.", True),
        ("Carsten Lønborg Madsen", "Carsten Madsen", True),
        ("Frank Garrett Louth", "Garrett Louth", True),
        ("Guiseppe Pino Tellaro", "Giuseppe Tellaro", True),
        ("Katie Hubery", "Katy Huberty", True),
        ("Geoff Meach", "Jeffrey Meach", True),
        ("Joon Castellan", "Jim Castellan", False),
        ("Peter Welf", "Peter Verd", False),
        ("Richard Parks", "Richard Vosser", False),
        ("Ming Li", "Wei Li", False),
        ("Ida", "Ida Brandt", False),
        ("", "Ida Brandt", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Northgate", "Northgate Securities, LLC, Research Division", True),
        ("Halebrook", "Hale Brook", True),
        ("P.D. Marlow", "PD Marlow & Co", True),
        ("HP", "Harrow Pine", True),
        ("Citi", "Citigroup Inc., Research Division", True),
        ("Northgate", "Harrow Pine", False),
        ("", "Harrow Pine", False),
    ],
)
def test_names_of_one_firm(one: str, other: str, same: bool) -> None:
    assert same_firm(one, other) is same
    assert same_firm(other, one) is same


def test_a_firm_is_one_node_under_the_name_that_the_call_uses() -> None:
    assert firm_id("Citi") == firm_id("Citigroup Inc., Research Division") == "org/citi"
    assert firm_label(["Northgate Securities, LLC, Research Division", "Northgate"]) == (
        "Northgate Securities"
    )
    assert short_name("Joh. Bergholm, Gossau & Co. KG, Research Division").startswith(
        "Joh. Bergholm"
    )


@pytest.mark.parametrize(
    ("said", "name", "firm"),
    [
        ("Next, we have Lee Tran at Pine.", "Lee Tran", "Pine"),
        ("We'll hear next from Lee Tran with P.D. Marlow.", "Lee Tran", "P.D. Marlow"),
        ("Your question comes off the line of Lee Tran, Pine Hill.", "Lee Tran", "Pine Hill"),
        ("One moment. It comes from the line of Lee Van Tran with Pine.", "Lee Van Tran", "Pine"),
        ("The first question in the queue is from Lee Tran.", "Lee Tran", None),
        ("Lee Tran with Pine, your line is open.", "Lee Tran", "Pine"),
        (
            "Our next question is from Lee Tran with Keel, Bruce, & Wood.",
            "Lee Tran",
            "Keel, Bruce, & Wood",
        ),
        ("The question is from [indiscernible] with Pine.", None, "Pine"),
        ("Next is Kai [ph] with Pine.", "Kai", "Pine"),
    ],
)
def test_introductions(said: str, name: str | None, firm: str | None) -> None:
    found = find_introductions(said, 0, len(said))[-1]
    assert (said[slice(*found.name)] if found.name else None) == name
    if firm is not None:
        assert found.firm and said[slice(*found.firm)] == firm


@pytest.mark.parametrize(
    "said",
    [
        "There are no further questions in the queue.",
        "I will now turn the call over to Ida Brandt, Head of Investor Relations.",
        "Please press star one to ask a question.",
    ],
)
def test_other_words_of_an_operator_introduce_nobody(said: str) -> None:
    assert find_introductions(said, 0, len(said)) == ()


@pytest.mark.parametrize(
    ("said", "who", "absent"),
    [
        ("This is Lee Tran on for Mona.", "Lee Tran", "Mona"),
        ("Hi, it's Lee in for Mona Aldous. Two questions.", "Lee", "Mona Aldous"),
        ("Good morning. This is Lee calling in on behalf of Mona.", "Lee", "Mona"),
        ("[indiscernible] on for Mona.", None, "Mona"),
        ("This is [indiscernible] for Mona.", None, "Mona"),
        ("Congrats. This is Lee filling in for Mona at Harrow Pine.", "Lee", "Mona"),
    ],
)
def test_stand_ins(said: str, who: str | None, absent: str) -> None:
    found = find_stand_in(said, 0, len(said))
    assert found
    assert (said[slice(*found.who)] if found.who else None) == who
    assert found.absent and said[slice(*found.absent)] == absent


@pytest.mark.parametrize(
    "said", ["Thanks for taking the question.", "How is the demand for Veltora?", "On for a while."]
)
def test_no_stand_in(said: str) -> None:
    assert find_stand_in(said, 0, len(said)) is None


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("Dana Whitlock--President and Chief Executive Officer", "Dana Whitlock", "Executive"),
        ("Joon Castellan -- Northgate -- Analyst", "Joon Castellan", "Analyst"),
        ("Ida Brandt (Chief Communications Officer)", "Ida Brandt", "Executive"),
        ("Joon Castellan (Analysts)", "Joon Castellan", "Analyst"),
        ("Operator (participant)", "Operator", "Operator"),
        (
            "Dana Whitlock Co-Founder, Chief Executive Officer & Director",
            "Dana Whitlock",
            "Executive",
        ),
        (
            "Joon P. Castellan, Northgate, Research Division - Analyst",
            "Joon P. Castellan",
            "Analyst",
        ),
        ("Speaker 3", "Speaker 3", None),
        ("Unknown Analyst", "Unknown Analyst", "Unidentified"),
    ],
)
def test_speaker_labels(line: str, name: str, kind: str | None) -> None:
    label = read_label(line, 0, len(line))
    assert label and label.name == name
    assert (label.role.kind.value if label.role.kind else None) == kind


@pytest.mark.parametrize("line", ["Thank you, Ida.", "Sure.", "so far so good", "Gross margin"])
def test_lines_that_are_no_label(line: str) -> None:
    label = read_label(line, 0, len(line))
    assert label is None or label.role.kind is None


def test_a_list_with_broken_and_crowded_lines() -> None:
    text = (
        "Ravi Oduya - P.D.\nMarlow & Co. Incorporated, Research Division\nL.\nErika Sandoval - Pine\n"
        "Lee Tran - Pine Group, Inc. Kai Mercer - Halebrook & Co. Mona Aldous - Stone\nIda Brandt\n"
        "Presentation\n"
    )
    _, listed = parse_list(text, split_lines(text), 0, ParticipantKind.ANALYST)
    names = [" ".join(text[slice(*entry.name)].split()) for entry in listed]
    assert names == [
        "Ravi Oduya", "L. Erika Sandoval", "Lee Tran", "Kai Mercer", "Mona Aldous", "Ida Brandt",
    ]  # fmt: skip
    assert listed[0].firm
    assert "Marlow" in text[slice(*listed[0].firm)]
    assert listed[-1].firm is None


@pytest.mark.parametrize(
    ("text", "company", "ticker", "exchange", "period", "day"),
    [
        ("Lumora SA (NASDAQ:LMRA) Q4 2031 Call March 5, 2032", "Lumora SA", "LMRA", "NASDAQ", "2031Q4", "2032-03-05"),
        ("Lumora, Inc.\n(LMRA) Q4 2031 Call", "Lumora, Inc.", "LMRA", None, "2031Q4", None),
        ("Lumora(LMRA+0.4%)Q2 2031 Earnings CallAug 14, 2031,9:30 a.m.", "Lumora", "LMRA", None, "2031Q2", "2031-08-14"),
        ("Q2 2031 Lumora Inc Earnings Call\nAPRIL 26, 2031 / 9:00PM", "Lumora Inc", None, None, "2031Q2", "2031-04-26"),
        ("Lumora, Inc. NYSE:LMRA\nFQ2 2031 Earnings Call\nThursday, July 25, 2031", "Lumora, Inc.", "LMRA", "NYSE", "2031Q2", "2031-07-25"),
        ("Good day to you all.", None, None, None, None, None),
    ],
)  # fmt: skip
def test_headings(
    text: str, company: str | None, ticker: str | None, exchange: str | None,
    period: str | None, day: str | None,
) -> None:  # fmt: skip
    heading = parse_heading(text)
    assert heading.company == company
    assert heading.ticker == ticker
    assert heading.exchange_code == exchange
    assert heading.fiscal_period == period
    assert (heading.held_on.isoformat() if heading.held_on else None) == day


CALL = """Lumora Inc. (NASDAQ:LMRA) Q3 2031 Earnings Call November 6, 2031
Company Participants
Simon Harnett - Senior Vice President, Strategy
Dana Whitlock - Chief Executive Officer
Paula Sorel - Chief Scientific Officer
Conference Call Participants
Kiran Desai
Joon Castellan - Northgate Securities, LLC
Lee Tran - Harrow Pine
Presentation
Operator
Good day. I turn the call over to Simon Harnett, Chief Investment Officer. Simon, please begin.
Simon Harnett
Thanks. With me is Dana Whitlock, our Chief Executive Officer. Over to Dana.
Dana Whitlock
We grew. I now give the floor to Dr. Kiran Desai of the state hospital.
Kiran Desai
I treat these patients every day, and the drug helps them.
Question-and-Answer Session
Operator
The first question is from Joey Castellan with Stonebridge. Please go ahead.
Joon Castellan
Hi. Dr. Desai, how many do you treat?
Kiran Desai
About forty a year in the clinic.
Operator
This ends our question-and-answer session.
"""


def person(transcript: Transcript, name: str) -> Participant:
    return next(p for p in transcript.participants if p.name == name)


def test_conflicting_titles_and_firms_are_all_kept_with_their_words() -> None:
    transcript = parse_transcript(CALL, name="lumora")
    titles = person(transcript, "Simon Harnett").titles
    assert [t.value for t in titles] == [
        "Senior Vice President, Strategy",
        "Chief Investment Officer",
    ]
    assert titles[0].evidence[0].turn is None
    assert titles[1].evidence[0].turn == 0
    firms = person(transcript, "Joon Castellan").affiliations
    assert {firm.name for firm in firms} >= {"Northgate Securities, LLC"}


def test_a_doctor_listed_with_analysts_is_a_guest() -> None:
    transcript = parse_transcript(CALL, name="lumora")
    assert person(transcript, "Kiran Desai").kind is ParticipantKind.GUEST


def test_those_who_never_speak_are_kept() -> None:
    transcript = parse_transcript(CALL, name="lumora")
    for name in ("Paula Sorel", "Lee Tran"):
        assert person(transcript, name).listed
        assert not person(transcript, name).spoke


def test_people_of_the_issuer_are_named_after_it() -> None:
    transcript = parse_transcript(CALL, name="lumora")
    assert person(transcript, "Dana Whitlock").id == "person/dana-whitlock-lumora"
    assert person(transcript, "Joon Castellan").id == "person/joon-castellan"
    assert person(transcript, "Operator").id == "person/operator-lmra-2031q3"
    assert transcript.call.issuer == "org/lumora"


@pytest.mark.parametrize(
    "name", ["Dr. Ida Brandt", "Ida Brandt, Ph.D., CFA", "IDA BRANDT", "Ida Brandt [ph]"]
)
def test_names_lose_titles_degrees_and_marks(name: str) -> None:
    assert clean_name(name) == "Ida Brandt"
