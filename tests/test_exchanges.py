# ruff: noqa: E501 (calls and cases are kept one a line)
"""Who asks, for whom, and who answers: small calls, one trap each."""

from __future__ import annotations

import pytest

from extractors.exchanges import thread_exchanges
from extractors.handovers import judge_turn
from extractors.model import Exchange, Transcript
from extractors.reading import parse_transcript

HEAD = """Lumora Therapeutics SA (NASDAQ:LMRA) Q4 2031 Earnings Conference Call March 6, 2032
Company Participants
Dana Whitlock - Chief Executive Officer
Ida Brandt - Head of Investor Relations
Priya Raman - Chief Medical Officer
Conference Call Participants
Joon Castellan - Northgate Securities, LLC
Maurice Aldous - Harrow Pine
Kai Mercer - Halebrook
Operator
Greetings. I will hand the call to Ida Brandt.
Ida Brandt
Good day. We grew in every region this year.
Question-and-Answer Session
"""


def call(session: str) -> Transcript:
    lines = []
    for line in session.strip().splitlines():
        who, said = line.split(": ", 1)
        lines += [who.strip(), said]
    return parse_transcript(HEAD + "\n".join(lines) + "\n", name="lumora")


def told(transcript: Transcript) -> list[tuple[str, str | None, tuple[str, ...]]]:
    names = {person.id: person.name for person in transcript.participants}

    def row(exchange: Exchange) -> tuple[str, str | None, tuple[str, ...]]:
        behalf = names[exchange.on_behalf_of] if exchange.on_behalf_of else None
        return names[exchange.analyst], behalf, tuple(names[who] for who in exchange.answered_by)

    return [row(exchange) for exchange in thread_exchanges(transcript)]


ASK = "Operator: Our first question is from Joon Castellan with Northgate. Please go ahead.\n"
SESSIONS = {
    "a follow-up stays in the exchange": (
        ASK + "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points.\n"
        "Joon Castellan: And the tax rate?\nPriya Raman: It is near twenty percent for the year.",
        [("Joon Castellan", None, ("Dana Whitlock", "Priya Raman"))],
    ),
    "a hand-over and thanks are no answer": (
        ASK
        + "Joon Castellan: How is the trial?\nDana Whitlock: Priya, do you want to take that one?\n"
        "Priya Raman: We enrolled eleven patients.\nJoon Castellan: Thanks.\nPriya Raman: You're welcome.",
        [("Joon Castellan", None, ("Priya Raman",))],
    ),
    "one word may answer": (
        ASK + "Joon Castellan: Do you still expect the filing in May?\nDana Whitlock: Yes.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "called, silent, called again": (
        "Operator: The first question is from Kai Mercer with Halebrook. Kai, your line is open. "
        "We move on. Our next question comes from Joon Castellan with Northgate.\n"
        "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Operator: We go back to Kai Mercer with Halebrook.\n"
        "Kai Mercer: Sorry. What of Europe?\nDana Whitlock: We sell there through a partner.",
        [("Joon Castellan", None, ("Dana Whitlock",)), ("Kai Mercer", None, ("Dana Whitlock",))],
    ),
    "a stand-in whom the operator does not know": (
        "Operator: Our next question is from Ravi Oduya with Halebrook.\n"
        "Kai Mercer: Hi, this is Kai on for Ravi. What of Europe?\n"
        "Dana Whitlock: We sell there through a partner.",
        [("Kai Mercer", "Ravi Oduya", ("Dana Whitlock",))],
    ),
    "a stand-in under the other's name": (
        "Operator: Our next question is from Maury Aldous with Harrow Pine.\n"
        "Maurice Aldous: Hi, this is Lee Tran on for Maury. What of Europe?\n"
        "Dana Whitlock: We sell there through a partner.",
        [("Lee Tran", "Maurice Aldous", ("Dana Whitlock",))],
    ),
    "a stand-in whose name was lost": (
        "Operator: Our next question is from Ravi Oduya with Stonebridge.\n"
        "Unidentified Analyst: This is [indiscernible] for Ravi. What of Europe?\n"
        "Dana Whitlock: We sell there through a partner.",
        [("Unidentified Analyst", "Ravi Oduya", ("Dana Whitlock",))],
    ),
    "two unidentified analysts are two people": (
        "Operator: The next question is from [indiscernible]. Please proceed.\n"
        "Unidentified Analyst: What of Europe?\nDana Whitlock: We sell there through a partner.\n"
        "Operator: The next question is from [indiscernible]. Please proceed.\n"
        "Unidentified Analyst: What of Asia?\nPriya Raman: We have no trial there so far.",
        [
            ("Unidentified Analyst", None, ("Dana Whitlock",)),
            ("Unidentified Analyst", None, ("Priya Raman",)),
        ],
    ),
    "a moderator instead of an operator": (
        "Ida Brandt: The first question is from Joon Castellan with Northgate.\n"
        "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Ida Brandt: Thanks. Next question from Kai Mercer at Halebrook, please.\n"
        "Kai Mercer: What of Europe?\nDana Whitlock: We sell there through a partner.",
        [("Joon Castellan", None, ("Dana Whitlock",)), ("Kai Mercer", None, ("Dana Whitlock",))],
    ),
    "another analyst's thanks open no exchange": (
        ASK
        + "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Kai Mercer: Great, thank you.\nOperator: We have no further questions.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "closing remarks answer nothing": (
        ASK
        + "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Operator: There are no further questions. I hand it back to Priya Raman.\n"
        "Priya Raman: We thank the patients and the sites, and we wish you all a good day.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "the session's end in a company turn": (
        ASK
        + "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Ida Brandt: Thanks, Joon. That concludes today's call. A replay is on our website at noon.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "a name that was misheard": (
        "Operator: The next question is from June Castelan with Northgate.\n"
        "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "an unknown voice in an exchange opens none": (
        ASK
        + "Joon Castellan: How is the margin?\nDana Whitlock: It rose by two points this year.\n"
        "Unidentified Analyst: And next year, do you see more of that?\n"
        "Dana Whitlock: We see one more point next year.",
        [("Joon Castellan", None, ("Dana Whitlock",))],
    ),
    "nobody announces": (
        "Joon Castellan: Thanks for taking the question. How is the margin?\n"
        "Dana Whitlock: It rose by two points this year.\n"
        "Kai Mercer: Hi. What of Europe, and what of Asia?\n"
        "Dana Whitlock: We sell there through a partner.",
        [("Joon Castellan", None, ("Dana Whitlock",)), ("Kai Mercer", None, ("Dana Whitlock",))],
    ),
}


@pytest.mark.parametrize(("session", "expected"), SESSIONS.values(), ids=SESSIONS.keys())
def test_exchanges(session: str, expected: list[tuple[str, str | None, tuple[str, ...]]]) -> None:
    assert told(call(session)) == expected


def test_turns_are_sorted_by_what_they_do() -> None:
    (exchange,) = thread_exchanges(call(SESSIONS["a hand-over and thanks are no answer"][0]))
    assert exchange.announced_in == 2
    assert exchange.question_turns == (3, 6)
    assert exchange.handover_turns == (4,)
    assert exchange.answer_turns == (5,)


def test_the_words_that_prove_a_stand_in_are_kept() -> None:
    transcript = call(SESSIONS["a stand-in whom the operator does not know"][0])
    (exchange,) = thread_exchanges(transcript)
    quotes = [evidence.quote for evidence in exchange.evidence]
    assert any("Ravi Oduya" in quote for quote in quotes)
    assert any("on for Ravi" in quote for quote in quotes)


def test_a_printed_name_that_a_stand_in_disowns_is_a_doubt() -> None:
    transcript = call(SESSIONS["a stand-in under the other's name"][0])
    (doubt,) = transcript.doubts
    assert doubt.suggested == "person/lee-tran"
    assert "on for Maury" in doubt.evidence[0].quote
    assert transcript.turns[doubt.turn].speaker == "person/maurice-aldous"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Thanks, Joon. Ida?", "handover"),
        ("So, Ida, on the margin and then on the plant.", "handover"),
        ("Ida, will you give some color on that?", "handover"),
        ("Thank you, Ida. We're ready for the next question.", "handover"),
        ("Either Ida or Lee, you want to talk about the dose?", "handover"),
        ("Okay. Thank you very much, everyone.", "courtesy"),
        ("Next question, please.", "courtesy"),
        ("Let me take that. We see growth of four percent in the year.", "answer"),
        (
            "The plant is on budget and opens in the second week of May. Ida will speak to the margin.",
            "answer",
        ),
        ("As Ida said, the margin rose by two points because of the mix.", "answer"),
        ("I can handle that. The trial reads out in the second half.", "answer"),
    ],
)
def test_a_turn_is_judged_by_what_is_left_of_it(text: str, act: str) -> None:
    found = judge_turn(
        text, {"ida", "lee"}, {"ida"} if "Ida" in text else (), {"joon", "ida", "lee"}
    )
    assert found.value == act
