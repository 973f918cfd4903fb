"""A call reads alike with other line ends, blanks, names of the operator and degrees."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.exchanges import thread_exchanges
from extractors.model import ParticipantKind, Transcript
from extractors.reading import parse_transcript

CALLS = Path(__file__).parent / "calls"
SAMPLES = (
    "colon-once.txt",
    "titled-labels.txt",
    "name-title-company.txt",
    "headings-once.md",
    "front-matter.md",
    "label-then-time.txt",
    "colon.txt",
    "seeking-alpha-names.txt",
)


def _operator_named(name: str) -> Callable[[str], str]:
    def rename(text: str) -> str:
        for end in ("\n", ":", "**"):
            text = text.replace(f"Operator{end}", f"{name}{end}")
        return text

    return rename


VARIATIONS: dict[str, Callable[[str], str]] = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "blanks that do not break": lambda text: text.replace(", ", ",\u00a0"),
    "two blanks behind a sentence": lambda text: text.replace(". ", ".  "),
    "blank lines between all lines": lambda text: text.replace("\n", "\n\n"),
    "blanks at line ends": lambda text: text.replace("\n", "   \n"),
    "operator called coordinator": _operator_named("Coordinator"),
    "operator called moderator": _operator_named("Moderator"),
    "operator in full": _operator_named("Conference Call Operator"),
}


def exchanges_of(transcript: Transcript) -> list[tuple[str, str | None, list[str]]]:
    names = {person.id: person.name for person in transcript.participants}
    return [
        (
            names[e.analyst],
            names[e.on_behalf_of] if e.on_behalf_of else None,
            [names[who] for who in e.answered_by],
        )
        for e in thread_exchanges(transcript)
    ]


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_variation_changes_nobody(sample: str, variation: str) -> None:
    text = (CALLS / sample).read_text(encoding="utf-8")
    gold = json.loads((CALLS / f"{Path(sample).stem}.expected.json").read_text(encoding="utf-8"))
    transcript = parse_transcript(VARIATIONS[variation](text), name="call")
    expected = [(e["analyst"], e["on_behalf_of"], e["answered_by"]) for e in gold["exchanges"]]
    assert exchanges_of(transcript) == expected
    kinds = sorted(person["kind"] for person in gold["participants"])
    assert sorted(p.kind.value.lower() for p in transcript.participants) == kinds


def test_degrees_and_generations_are_no_firms() -> None:
    text = (
        "Operator: Good day. Over to Ida Brandt.\n"
        "Ida Brandt: With me is Dana Whitlock, M.D., Ph.D., our Chief Medical Officer.\n"
        "Dana Whitlock: The trial is full.\n"
        "Operator: The first question is from Lee Tran, Jr., with Northgate.\n"
        "Lee Tran: When do you report?\nDana Whitlock: In May.\n"
    )
    people = {p.name: p for p in parse_transcript(text, name="call").participants}
    assert [firm.name for firm in people["Lee Tran"].affiliations] == ["Northgate"]
    assert [title.value for title in people["Dana Whitlock"].titles] == ["Chief Medical Officer"]


STRIPPED = (
    "Lumora Inc. (LMRA) Q2 2031 Earnings Call Transcript\n"
    "Ida Brandt - Head of Investor Relations Dana Whitlock - Chief Executive Officer\n"
    "Lee Tran - Northgate Ravi Oduya - Harrow Pine\n"
    "Good day, and welcome to the earnings call of the second quarter. Our revenue grew.\n"
    "Thank you, operator. We raise our guidance for the fiscal year, and investors may ask.\n"
)


def test_a_list_above_text_without_speakers_names_people_who_do_not_speak() -> None:
    transcript = parse_transcript(STRIPPED, name="call")
    listed = {p.name: p.kind for p in transcript.participants if p.listed}
    assert transcript.warnings
    assert thread_exchanges(transcript) == ()
    assert listed == {
        "Ida Brandt": ParticipantKind.EXECUTIVE,
        "Dana Whitlock": ParticipantKind.EXECUTIVE,
        "Lee Tran": ParticipantKind.ANALYST,
        "Ravi Oduya": ParticipantKind.ANALYST,
    }
    assert not any(p.spoke for p in transcript.participants if p.listed)
