"""Files that cannot be read are refused with one clear line; the rest is read as it stands."""

from __future__ import annotations

import builtins
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import ExtractionError, InputError, LayoutError
from extractors.exchanges import thread_exchanges
from extractors.reading import parse_transcript, read_source, read_transcript, sniff_scores

CALLS = Path(__file__).parent / "calls"
BUILT_IN_IMPORT = builtins.__import__


def one_line(error: pytest.ExceptionInfo[ExtractionError], name: str) -> str:
    message = str(error.value)
    assert "\n" not in message
    assert name in message
    assert ";" in message or "(" in message
    return message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00\x01\x02PNG" * 50, "binary"),
        (bytes(range(1, 32)) * 40, "binary"),
        (b"\xff\xfe\x00\x00" + b"\x80\x00" * 400, "binary"),
        (b'{"transcript": ', "JSON"),
        (b"%PDF-1.7 nothing else", "PDF"),
        (b"1,2,3\n4,5,6\n", "transcript"),
        (b"Once upon a time there was a fox. " * 40, "transcript"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_a_file_that_holds_no_call_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "input.json" if content[:1] in b"[{" and content else tmp_path / "input.txt"
    path.write_bytes(content)
    with pytest.raises(ExtractionError) as error:
        read_transcript(path)
    assert says in one_line(error, path.name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_transcript(tmp_path / "gone.txt")
    assert "no such file" in one_line(error, "gone.txt")
    with pytest.raises(InputError) as error:
        read_transcript(tmp_path)
    assert "folder" in one_line(error, tmp_path.name)


def test_fifty_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"Operator\nGood day.\n" * 2_800_000)
    start = time.perf_counter()
    with pytest.raises(InputError) as error:
        read_transcript(path)
    assert time.perf_counter() - start < 1
    assert "MB" in one_line(error, "large.txt")


def test_text_from_standard_input_is_refused_alike() -> None:
    with pytest.raises(InputError):
        parse_transcript("  ", name="-")
    with pytest.raises(LayoutError):
        parse_transcript("The fox ran over the hill and the dog ran after the fox. " * 9, name="-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = (CALLS / "colon.txt").read_text(encoding="utf-8").replace("Ida Brandt", "André Brandt")
    path = tmp_path / "call.txt"
    path.write_bytes(text.encode(encoding))
    assert "André Brandt" in {p.name for p in read_transcript(path).participants}


def test_the_text_is_untouched_and_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    raw = (CALLS / "colon.txt").read_bytes().replace(b"\n", b"\r\n")
    path = tmp_path / "call.txt"
    path.write_bytes(raw)
    transcript = read_transcript(path)
    assert transcript.text.encode() == raw
    assert transcript.sha256 == hashlib.sha256(raw).hexdigest()


def test_scores_come_best_first() -> None:
    scores = sniff_scores(read_source(CALLS / "street-events.txt"))
    assert scores[0][0] == "street-events"
    assert [score for _, score in scores] == sorted((s for _, s in scores), reverse=True)


def test_a_pdf_without_its_reader_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(name: str, *rest: Any) -> Any:
        if name == "pdfplumber":
            raise ImportError(name)
        return BUILT_IN_IMPORT(name, *rest)

    path = tmp_path / "call.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="pip install"):
        read_transcript(path)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    for path in sorted(CALLS.glob("*.txt"))[:6]:
        assert read_transcript(path) == read_transcript(path)


LINES = st.sampled_from(
    [
        "Operator",
        "Operator:",
        "Company Participants",
        "Conference Call Participants",
        "Question-and-Answer Session",
        "Ida Brandt - Chief Executive Officer",
        "Ida Brandt",
        "Ida Brandt: Good day, everyone. Over to you, Lee.",
        "Our next question comes from Lee Tran with Northgate.",
        "Lee Tran: Northgate, Research Division Thanks. What of the margin?",
        "Lee Tran--Northgate -- Analyst",
        "",
        "This is Kai on for Lee.",
        "====",
        "Unidentified Analyst",
    ]
)
TEXTS = st.lists(LINES | st.text(max_size=60), min_size=3, max_size=40).map("\n".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_parsed_or_refused_and_spans_hold(text: str) -> None:
    try:
        transcript = parse_transcript(text, name="any")
    except ExtractionError:
        return
    end = 0
    people = {person.id for person in transcript.participants}
    for turn in transcript.turns:
        assert end <= turn.start < turn.end <= len(transcript.text)
        assert turn.speaker in people
        end = turn.end
    assert len(people) == len(transcript.participants)
    for exchange in thread_exchanges(transcript):
        assert exchange.analyst in people
        assert set(exchange.answered_by) <= people
        assert not set(exchange.answer_turns) & set(exchange.question_turns)


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.text(max_size=20) | st.integers(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(
                    ["speakers", "transcript", "text", "speaker", "event", "pairs", "en"]
                ),
                x,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_parsed_or_refused(value: object) -> None:
    try:
        parse_transcript(json.dumps(value), name="any.json")
    except ExtractionError as error:
        assert "\n" not in str(error)


def test_a_text_longer_than_any_call_is_refused() -> None:
    with pytest.raises(LayoutError, match="give one call"):
        parse_transcript("We saw sales grow in the third quarter.\n" * 60_000, name="long")


def test_a_json_list_of_speakers_is_read() -> None:
    said = [{"speaker": name, "text": "Good day to you."} for name in ("Ida Brandt", "Lee Tran")]
    assert len(parse_transcript(json.dumps(said), name="list").turns) == 2
