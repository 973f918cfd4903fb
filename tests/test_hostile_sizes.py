"""Texts far longer than a call that are no call are read or refused in one line, in little time."""

from __future__ import annotations

import pytest

from extractors.documents import html_to_text
from extractors.errors import ExtractionError
from extractors.exchanges import thread_exchanges
from extractors.reading import MAX_LINES, parse_transcript

SIZE = 250_000
LISTS = """Lumora Inc (NASDAQ:LMRA) Q4 2031 Earnings Conference Call March 6, 2032
Company Participants
Dana Whitlock - Chief Executive Officer
Ida Brandt - Head of Sales
Conference Call Participants
Joon Castellan - Northgate
Operator
Welcome to the call. I will hand over to Ida Brandt.
"""
REPEATED = {
    "speaker lines": "Ida Brandt\n",
    "names before colons": "Ida Brandt: Good day.\nDana Whitlock: Yes.\n",
    "names before colons on one line": "Ida Brandt: Good day. Dana Whitlock: Yes. ",
    "one line of names": "Ida Brandt Dana Whitlock ",
    "one line of words": "we grew in every region of the world in the quarter ",
    "one word": "a",
    "capitals": "A",
    "newlines": "\n",
    "blanks": " ",
    "colons": ":",
    "colons and blanks": ": ",
    "opening brackets": "[",
    "opening parentheses": "(",
    "digits": "1",
    "dots": ". ",
    "commas": "A, ",
    "dashes": "- ",
    "rules": "=====\n",
    "stars": "**Ida Brandt**\nHello.\n",
    "list headings": "Company Participants\nIda Brandt - CEO\n",
    "calls to ask": "Our next question is from Joon Castellan with Northgate. ",
    "unidentified analysts": "Unidentified Analyst\nWhy?\nOperator\nYes.\n",
    "rows of speech recognition": "a|1|0|0\n",
}


def refusal(text: str) -> str:
    """Read a text and return why it is refused, empty where it is not."""
    try:
        thread_exchanges(parse_transcript(text, name="hostile"))
    except ExtractionError as error:
        return str(error)
    return ""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("lists", ["", LISTS], ids=["bare", "below lists"])
@pytest.mark.parametrize("kind", REPEATED)
def test_repeated_text_is_read_or_refused_in_one_line(kind: str, lists: str) -> None:
    part = REPEATED[kind]
    said = refusal(lists + part * (SIZE // len(part)))
    assert "\n" not in said
    assert said.count("hostile: ") == bool(said)


@pytest.mark.timeout(60)
def test_a_text_of_too_many_lines_is_refused_before_it_is_read() -> None:
    assert f"more than {MAX_LINES:,} lines" in refusal(LISTS + "\n" * (MAX_LINES + 1))


@pytest.mark.timeout(60)
def test_many_lists_of_people_are_refused() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"B{a}{b}el Tr{b}{a}n" for a in letters for b in letters]
    text = LISTS + "".join(f"Analysts\n{name} - Northgate\n" for name in names)
    assert "people; is it one call?" in refusal(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("tag", ["div", "span", "b", "section"])
def test_deeply_nested_tags_leave_the_words(tag: str) -> None:
    deep = 200_000
    markup = f"<html><body>{f'<{tag}>' * deep}Good day.{f'</{tag}>' * deep}<p>Bye.</p></body>"
    words = html_to_text(markup).split()
    assert words == ["Good", "day.", "Bye."]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("end", ['"' * SIZE, 'Ida Brandt,"' + "a,b " * SIZE + '"'])
def test_tables_with_endless_cells_are_read_as_text_or_refused(end: str) -> None:
    assert "\n" not in refusal("speaker,text\n" + end)


@pytest.mark.timeout(60)
def test_tables_of_too_many_turns_are_refused() -> None:
    assert "more than 5,000 turns" in refusal("speaker,text\n" + "Ida Brandt,Hello.\n" * 6000)
