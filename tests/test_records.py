"""An extraction survives its file, and a broken line is named."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import model as m
from extractors.errors import RecordError
from extractors.records import from_lines, read_records, to_records, write_records

TEXT = "Ida Moen\nVRN-22 binds CD22; up to $410.50 million.\n"
CALL = m.Call("vrno-2031q3", "Verrano", "org/verrano", "VRNO", held_on=date(2031, 11, 4))
TURN = m.Turn(0, "person/ida-moen-verrano", m.Section.PREPARED_REMARKS, 9, 50)


def example() -> m.Extraction:
    bare = m.Transcript(CALL, TEXT, (), (TURN,), "example", "ab" * 32, warnings=("one line",))
    proof = (bare.evidence(9, 26),)
    person = m.Entity("person/ida-moen-verrano", m.EntityType.PERSON, "Ida Moen", ("Ida",))
    participant = m.Participant(
        person.id,
        "Ida Moen",
        m.ParticipantKind.EXECUTIVE,
        titles=(m.Attributed("Chief Executive Officer", (bare.evidence(0, 8),)),),
        affiliations=(m.Affiliation("org/verrano", "Verrano", proof),),
        listed=True,
        spoke=True,
    )
    transcript = m.Transcript(
        CALL, TEXT, (participant,), (TURN,), "example", "ab" * 32, (person,),
        (m.SpeakerDoubt(0, "thanks himself", proof),), ("one line",),
    )  # fmt: skip
    return m.Extraction(
        transcript,
        entities=(
            person,
            m.Entity("program/vrn-22", m.EntityType.PROGRAM, "VRN-22"),
            m.Entity("target/cd22", m.EntityType.TARGET, "CD22", (), ("HGNC:1643",)),
        ),
        mentions=(m.Mention("target/cd22", 22, 26, "CD22", 0, "lexical", 0.9, "exact"),),
        exchanges=(m.Exchange(0, "person/a", (0,), announced_in=0, evidence=proof),),
        questions=(
            m.Question(
                0, 0, 0, 9, 26, TEXT[9:26], "person/a", ("target/cd22",), ("targets",), (0,), (),
                m.Response.DEFERRED, proof, 0.7, date(2031, 12, 31),
            ),
        ),
        answers=(m.Answer(0, 0, 0, 9, 26, TEXT[9:26], person.id),),
        statements=(
            m.Statement("program/vrn-22", "hasTarget", "target/cd22", proof, "example",
                        m.Polarity.NEGATED, m.Certainty.PLANNED, 0.5),
        ),
        facts=(
            m.Fact(
                m.FactKind.DEAL_TERM,
                None,
                (
                    ("amount", Decimal("410.50")),
                    ("counterparty", m.Reference("org/halden")),
                    ("notAfter", date(2032, 1, 1)),
                    ("perShare", True),
                    ("numerator", 7),
                    ("tier", "low"),
                ),
                proof,
                "example",
            ),
        ),
        conflicts=(m.Conflict("org/verrano", "amount", ("$1", "$2"), proof),),
    )  # fmt: skip


def lines() -> list[bytes]:
    return [json.dumps(record).encode() for record in to_records(example())]


def test_an_extraction_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    write_records(example(), path)
    assert read_records(path, TEXT) == example()


def test_values_keep_their_type(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    write_records(example(), path)
    fact = read_records(path, TEXT).facts[0]
    assert repr(fact) == repr(example().facts[0])


def test_equal_extractions_give_equal_bytes(tmp_path: Path) -> None:
    write_records(example(), tmp_path / "a")
    write_records(example(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_line_says_what_it_is() -> None:
    kinds = [json.loads(line)["record"] for line in lines()]
    assert kinds[0] == "call"
    assert "statement" in kinds
    assert "fact" in kinds


@settings(deadline=None)
@given(st.text())
def test_any_text_survives(text: str) -> None:
    transcript = m.Transcript(m.Call("x", company=text), text, (), (), text)
    extraction = m.Extraction(transcript)
    data = [json.dumps(record).encode() for record in to_records(extraction)]
    assert from_lines(data, text) == extraction


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=()), min_size=1))
def test_any_text_survives_the_file(text: str) -> None:
    evidence = m.Evidence(0, len(text), text)
    statement = m.Statement("a/b", "phase", text, (evidence,), "r")
    extraction = m.Extraction(m.Transcript(m.Call("x"), text, (), (), "l"), statements=(statement,))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statements.jsonl"
        write_records(extraction, path)
        assert read_records(path, text) == extraction


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Expecting property name"),
        ("[]", "a line must be an object with a 'record'"),
        ('{"record": "colour"}', "'colour' is no record; there are call, transcript"),
        ('{"record": "turn", "index": 0}', "a turn lacks its field 'speaker'"),
        (
            '{"record": "turn", "index": true, "speaker": "a", "section": "PreparedRemarks", '
            '"start": 0, "end": 1}',
            "index must be int, not True",
        ),
        (
            '{"record": "turn", "index": 0, "speaker": "a", "section": "Coffee", "start": 0, '
            '"end": 1}',
            "'Coffee' is not a valid Section",
        ),
        (
            '{"record": "mention", "entity": "target/cd22", "start": 0, "end": 3, "quote": "CD2", '
            '"turn": 0, "rule": "r"}',
            "the text at 0:3 is not 'CD2'",
        ),
        (
            '{"record": "fact", "kind": "Guidance", "subject": null, "evidence": [], "rule": "r", '
            '"properties": [["amount", {"decimal": "much"}]]}',
            "'much' is no decimal",
        ),
        (
            '{"record": "fact", "kind": "Guidance", "subject": null, "evidence": [], "rule": "r", '
            '"properties": [["amount", {"colour": "red"}]]}',
            "is no value; a typed one has the key id or decimal or date",
        ),
        ('{"record": "call", "id": "y"}', "a second call"),
        ('{"record": "transcript", "layout": "x", "text": ""}', "a transcript has the fields"),
        ('{"record": "entity", "id": "a/b", "type": "Firm", "label": "F", "alt_labels": "G"}',
         "alt_labels must be a list"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_bytes(b"\n".join([*lines()[:2], line.encode()]) + b"\n")
    with pytest.raises(RecordError) as caught:
        read_records(path, TEXT)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert message in str(caught.value)


def test_a_missing_file_and_a_missing_call_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"nothing\.jsonl: cannot be read"):
        read_records(tmp_path / "nothing.jsonl", "")
    with pytest.raises(RecordError, match="has no line of the record 'call'"):
        from_lines(lines()[1:], TEXT)


def test_a_text_that_was_changed_is_noticed() -> None:
    with pytest.raises(RecordError, match=r"the text at \d+:\d+ is not"):
        from_lines(lines(), TEXT.replace("CD22", "CD33"))
