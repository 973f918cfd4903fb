"""Each layout reads its invented call; real transcripts lose no word and gain no participant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractors.drafts import Source
from extractors.exchanges import thread_exchanges
from extractors.firms import same_firm
from extractors.model import ParticipantKind, Section, Transcript
from extractors.names import same_person
from extractors.reading import parse_transcript, read_source, read_transcript, sniff_scores
from extractors.registry import discover

CALLS = Path(__file__).parent / "calls"
REAL = Path(__file__).parents[2] / "shared" / "transcripts"
EXPECTED = sorted(CALLS.glob("*.expected.json"))
FILES = sorted(p for p in REAL.glob("*/*") if p.parent.name != "unstructured")
LAYOUTS = sorted(discover("extractors.layouts", "NAME", "sniff", "parse"))
_SEEN: dict[Path, Transcript] = {}


def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def transcript_of(path: Path) -> Transcript:
    if path not in _SEEN:
        _SEEN[path] = read_transcript(path)
    return _SEEN[path]


def invented(path: Path) -> Transcript:
    return transcript_of(CALLS / gold_of(path)["file"])


def names_of(transcript: Transcript) -> dict[str, set[str]]:
    return {e.id: {e.label, *e.alt_labels} for e in transcript.entities}


@pytest.fixture(params=EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def expected(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_layout_is_told_by_its_score(expected: Path) -> None:
    assert invented(expected).layout == gold_of(expected)["layout"]


def test_the_call_is_dated_and_named(expected: Path) -> None:
    call, gold = invented(expected).call, gold_of(expected)["call"]
    for key, value in (
        ("company", call.company),
        ("ticker", call.ticker),
        ("fiscal_period", call.fiscal_period),
        ("date", call.held_on.isoformat() if call.held_on else None),
    ):
        assert gold[key] in (None, value), key


def test_every_turn_is_found_once(expected: Path) -> None:
    assert len(invented(expected).turns) == gold_of(expected)["turns"]


def test_everybody_is_found_with_kind_title_and_firm(expected: Path) -> None:
    transcript = invented(expected)
    forms = names_of(transcript)
    labels = {entity.id: entity.label for entity in transcript.entities}
    found = set()
    for gold in gold_of(expected)["participants"]:
        person = next(
            (
                p
                for p in transcript.participants
                if p.id not in found and any(same_person(gold["name"], f) for f in forms[p.id])
            ),
            None,
        )
        assert person, gold["name"]
        found.add(person.id)
        assert person.kind.value.lower() == gold["kind"], gold["name"]
        assert person.spoke or not gold["spoke"], gold["name"]
        firms = [labels[a.organization] for a in person.affiliations]
        assert gold["firm"] is None or any(same_firm(gold["firm"], f) for f in firms), gold["name"]
        titles = [title.value.replace("-", ", ") for title in person.titles]
        assert gold["title"] is None or any(
            title[:12].lower() in gold["title"].lower() for title in titles
        ), gold["name"]
    assert [p.name for p in transcript.participants if p.id not in found] == []


def test_exchanges_say_who_asks_for_whom_and_who_answers(expected: Path) -> None:
    transcript = invented(expected)
    names = {person.id: person.name for person in transcript.participants}
    found = [
        {
            "analyst": names[e.analyst],
            "on_behalf_of": names[e.on_behalf_of] if e.on_behalf_of else None,
            "answered_by": [names[who] for who in e.answered_by],
            "questions": [],
        }
        for e in thread_exchanges(transcript)
    ]
    assert found == gold_of(expected)["exchanges"]


def test_evidence_is_the_text_at_its_offsets(expected: Path) -> None:
    transcript = invented(expected)
    said = [
        evidence
        for person in transcript.participants
        for found in (
            [title.evidence for title in person.titles],
            [firm.evidence for firm in person.affiliations],
            [alias.evidence for alias in person.aliases],
        )
        for evidences in found
        for evidence in evidences
    ]
    said += [evidence for e in thread_exchanges(transcript) for evidence in e.evidence]
    said += [evidence for doubt in transcript.doubts for evidence in doubt.evidence]
    assert said
    for evidence in said:
        assert transcript.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_scores_between_0_and_1_and_nothing_0(name: str) -> None:
    layout = discover("extractors.layouts", "NAME", "sniff", "parse")[name]
    assert layout.__doc__
    assert layout.sniff(Source("empty.txt", "", "")) == 0
    for path in EXPECTED:
        assert 0 <= layout.sniff(read_source(CALLS / gold_of(path)["file"])) <= 1


def test_layout_names_are_unique() -> None:
    names = [
        item.NAME for item in discover("extractors.layouts", "NAME", "sniff", "parse").values()
    ]
    assert len(set(names)) == len(names)


def test_the_best_score_is_alone() -> None:
    for path in EXPECTED:
        (_, first), (_, second), *_ = sniff_scores(read_source(CALLS / gold_of(path)["file"]))
        assert first > second, path.name


def test_text_without_speakers_gives_a_warning_and_no_exchange() -> None:
    text = (
        "welcome to the lumora second quarter earnings call our revenue grew and the net loss per "
        "share fell we raise our guidance for the fiscal year and thank our investors "
    ) * 4
    transcript = parse_transcript(text, name="dump")
    assert transcript.warnings
    assert thread_exchanges(transcript) == ()
    assert len(transcript.turns) == 1


@pytest.mark.skipif(not FILES, reason="the folder of real transcripts is not beside the project")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
class TestRealTranscripts:
    def test_no_word_is_lost_between_first_and_last_turn(self, path: Path) -> None:
        transcript = transcript_of(path)
        end = transcript.turns[0].start
        for turn in transcript.turns:
            between = transcript.text[end : turn.start]
            words = re.findall(r"[^\W\d_]+", between)
            assert len(words) <= 28, between
            assert not re.search(r"[a-z]{3,} [a-z]{3,}, [a-z]{3,} [a-z]{3,}", between), between
            end = turn.end
        tail = transcript.text[end:].strip()
        assert not tail or re.match(r"-|Duration|This article|Copyright|[=A-Z]{4}", tail), tail[:80]

    def test_turns_are_in_order_and_hold_no_label(self, path: Path) -> None:
        transcript = transcript_of(path)
        end = 0
        for index, turn in enumerate(transcript.turns):
            assert turn.index == index
            assert end <= turn.start < turn.end
            end = turn.end
            said = transcript.text[turn.start : turn.end]
            assert said == said.strip()
            assert not re.search(r"\n(?:Operator|Unidentified Analyst)\s*\n", said)

    def test_no_participant_is_invented(self, path: Path) -> None:
        transcript = transcript_of(path)
        for person in transcript.participants:
            last = person.name.split()[-1]
            if person.kind not in (ParticipantKind.OPERATOR, ParticipantKind.UNIDENTIFIED):
                assert last in transcript.text
                assert person.listed or person.spoke or person.affiliations or person.aliases

    def test_every_analyst_has_the_firm_that_the_text_gives(self, path: Path) -> None:
        transcript = transcript_of(path)
        without = [
            person.name
            for person in transcript.participants
            if person.kind is ParticipantKind.ANALYST and not person.affiliations
        ]
        assert without == []

    def test_there_are_exchanges_and_each_is_answered(self, path: Path) -> None:
        transcript = transcript_of(path)
        exchanges = thread_exchanges(transcript)
        sections = {turn.section for turn in transcript.turns}
        assert Section.QUESTION_AND_ANSWER in sections
        assert exchanges
        for exchange in exchanges:
            assert exchange.question_turns
            assert exchange.answered_by


ONCE = {
    "before a colon": (
        "Operator: Good day. Over to Ida Brandt.\n"
        "Ida Brandt: With me is Tom Hale, our Chief Financial Officer. We had a good quarter.\n"
        "Dana Whitlock: The trial is full.\nTom Hale: Cash was $40 million.\n"
        "Operator: The first question is from Lee Tran with Northgate.\n"
        "Lee Tran: When do you report?\nDana Whitlock: In May.\nIda Brandt: Thank you all.\n"
    ),
    "title below the name": (
        "Operator\nGood day. Over to Ida Brandt.\n"
        "Ida Brandt\nHead of Investor Relations, Lumora\nWe had a good quarter.\n"
        "Dana Whitlock\nChief Executive Officer, Lumora\nThe trial is full.\n"
        "Tom Hale\nChief Financial Officer, Lumora\nCash was $40 million.\n"
        "Operator\nThe first question is from Lee Tran with Northgate.\n"
        "Lee Tran\nAnalyst, Northgate\nWhen do you report?\n"
        "Dana Whitlock\nChief Executive Officer, Lumora\nIn May.\n"
    ),
    "behind another's words in one line": (
        "Lumora Inc (NASDAQ:LMRA) Q3 2031 Earnings Call\nExecutives\n"
        "Ida Brandt - Head of Investor Relations\nTom Hale - Chief Financial Officer\nAnalysts\n"
        "Lee Tran - Northgate\n\nOperator: Good day. Over to Ida Brandt.\n"
        "Ida Brandt: We had a good quarter. Tom Hale: Cash was $40 million.\n"
        "Operator: The first question is from Lee Tran.\nLee Tran: When do you report?\n"
        "Ida Brandt: In May.\n"
    ),
}


@pytest.mark.parametrize("text", ONCE.values(), ids=ONCE)
def test_who_speaks_once_keeps_the_own_words(text: str) -> None:
    transcript = parse_transcript(text, name="once")
    said = {transcript.text[t.start : t.end]: t.speaker for t in transcript.turns}
    names = {p.id: p.name for p in transcript.participants}
    assert names[said["Cash was $40 million."]] == "Tom Hale"
