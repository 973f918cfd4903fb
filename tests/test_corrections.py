"""Corrections: each action, in a file that names its mistakes, kept as provenance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.corrections import (
    COLUMNS,
    apply_corrections,
    read_corrections,
    unused_corrections,
)
from extractors.errors import RecordError
from extractors.model import Correction, Extraction, Participant
from extractors.records import read_records, write_records
from graph.assemble import assemble
from graph.validate import validate_lines
from tests.sample_calls import first_call, second_call

WHO = {"author": "Ida", "reason": "said so on the line"}


def corrected(*rows: Correction, call: Extraction | None = None) -> Extraction:
    result = apply_corrections(call or first_call(), rows)
    report = validate_lines(assemble(result), result.transcript.call.id)
    assert report.conforms, report.to_text()
    return result


def relations(extraction: Extraction) -> set[tuple[str, str, str]]:
    return {(s.subject, s.predicate, s.object) for s in extraction.statements}


def test_merge_makes_one_node_of_two_with_all_names() -> None:
    result = corrected(Correction("merge", "program/orv-70", "program/orv-22", **WHO))
    assert "program/orv-70" not in {entity.id for entity in result.entities}
    kept = next(entity for entity in result.entities if entity.id == "program/orv-22")
    assert kept.alt_labels == ("ORV22", "ORV-70")
    assert {mention.entity for mention in result.mentions} == {"program/orv-22", "target/cd22"}
    assert result.questions[1].about == ("program/orv-22",)


def test_merged_statements_that_become_equal_are_one() -> None:
    call = second_call()
    row = Correction("merge", "org/tamsin-pharma", "org/orivale-bio", **WHO)
    result = corrected(row, call=call)
    assert len({statement.key for statement in result.statements}) == len(result.statements)


def test_rename_keeps_the_old_name() -> None:
    result = corrected(Correction("rename", "target/cd22", "SIGLEC2", **WHO))
    kept = next(entity for entity in result.entities if entity.id == "target/cd22")
    assert (kept.label, kept.alt_labels) == ("SIGLEC2", ("CD22", "Siglec-2"))


def test_retype_gives_the_identifier_of_the_type() -> None:
    result = corrected(Correction("retype", "program/orv-70", "Drug", **WHO))
    assert {"drug/orv-70"} <= {entity.id for entity in result.entities}
    assert result.questions[1].about == ("drug/orv-70",)


def test_split_takes_a_name_out() -> None:
    result = corrected(Correction("split", "target/cd22", "Siglec-2", **WHO))
    names = {entity.id: entity.alt_labels for entity in result.entities}
    assert names["target/cd22"] == ()
    assert "target/siglec-2" in names


def test_split_gives_a_person_back_the_name_as_printed() -> None:
    call = second_call()
    told = call.transcript.participants[2]
    printed = replace(told, id="person/petra-vance", name="Pet Vance")
    call = _put(call, printed)
    row = Correction("split", "person/petra-vance", "Pet Vance", **WHO)
    result = corrected(row, call=call)
    assert result.exchanges[0].analyst == "person/pet-vance"
    assert not [line for line in assemble(result) if "id/person/petra-vance>" in line]
    assert corrected(row) == first_call()


def _put(call: Extraction, person: Participant) -> Extraction:
    people = tuple(person if p.id == person.id else p for p in call.transcript.participants)
    return replace(call, transcript=replace(call.transcript, participants=people))


def test_reject_takes_out_a_thing_or_a_relation() -> None:
    edge = ("program/orv-22", "hasTarget", "target/cd22")
    row = Correction("reject", edge[0], f"{edge[1]} {edge[2]}", **WHO)
    assert relations(first_call()) - relations(corrected(row)) == {edge}
    gone = corrected(Correction("reject", "program/orv-22", **WHO))
    assert not [s for s in gone.statements if "program/orv-22" in (s.subject, s.object)]
    assert gone.questions[0].about == ()


def test_add_needs_words_of_the_call() -> None:
    words = "Is ORV-70 safe?"
    row = Correction("add", "program/orv-70", "hasTarget target/cd70", quote=words, **WHO)
    result = corrected(row)
    added = next(s for s in result.statements if s.rule == "correction")
    assert (added.evidence[0].quote, added.evidence[0].turn) == (words, 3)
    assert apply_corrections(second_call(), [row]) == second_call()


@pytest.mark.parametrize(
    "row",
    [
        Correction("merge", "program/nobody-9", "program/orv-22", **WHO),
        Correction("add", "program/nobody-9", "hasTarget target/cd22", quote="ORV-70", **WHO),
        Correction("add", "program/orv-70", "hasTarget target/unheard", quote="ORV-70", **WHO),
        Correction("add", "program/orv-70", "hasTarget target/cd22", quote="Never said.", **WHO),
        Correction("speaker", "1", "person/nobody", call=first_call().transcript.call.id, **WHO),
        Correction("speaker", "999", "person/ida", call=first_call().transcript.call.id, **WHO),
    ],
)
def test_what_is_not_in_the_call_is_not_corrected(row: Correction) -> None:
    result = corrected(row)
    assert result == first_call()
    assert unused_corrections([row], result.corrections) == (f"{row.action} {row.target}",)


def test_speaker_changes_the_turn_and_all_that_is_said_in_it() -> None:
    chief = "person/nils-ahrend-orivale-bio"
    row = Correction("speaker", "5", chief, call="orvl-2031q3", **WHO)
    result = corrected(row)
    assert result.transcript.turns[5].speaker == chief
    assert result.answers[1].given_by == chief
    assert result.transcript.doubts == ()
    assert {item.speaker for item in result.evidence() if item.turn == 5} <= {chief}


def test_what_changed_is_kept_and_survives_the_file(tmp_path: Path) -> None:
    row = Correction("rename", "target/cd22", "SIGLEC2", **WHO)
    idle = Correction("rename", "target/cd99", "nothing", **WHO)
    result = corrected(row, idle)
    assert result.corrections == (row,)
    write_records(result, tmp_path / "x.jsonl")
    assert read_records(tmp_path / "x.jsonl", result.transcript.text) == result
    assert any("/correction/" in line and "said so" in line for line in assemble(result))


def test_corrections_are_applied_once_and_again_to_the_same_end() -> None:
    rows = (
        Correction("merge", "program/orv-70", "program/orv-22", **WHO),
        Correction("rename", "program/orv-22", "Orvacel", **WHO),
    )
    assert corrected(*rows) == corrected(*rows)
    other = Correction("rename", "target/cd22", "X", call="another-call", **WHO)
    assert apply_corrections(first_call(), [other]) == first_call()


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    row = ("merge", "program/a", "program/b", "", "", "Ida", "one product")
    path.write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n", "utf-8")
    assert read_corrections(path) == (
        Correction("merge", "program/a", "program/b", author="Ida", reason="one product"),
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("fuse\ta/b\tc/d\t\t\tIda\twhy", "'fuse' is no action; there are merge, split"),
        ("merge\ta/b\t\t\t\tIda\twhy", "merge needs a value"),
        ("merge\ta/b\tc/d\t\t\t\twhy", "author is empty"),
        ("merge\ta/b\tc/d\t\t\tIda\t", "reason is empty"),
        ("retype\ta/b\tDog\t\t\tIda\twhy", "'Dog' is no type; there are Person"),
        ("add\ta/b\thasTarget\t\tq\tIda\twhy", "is no relation; write 'predicate object'"),
        ("add\ta/b\thasTarget c/d\t\t\tIda\twhy", "add needs a quote"),
        ("speaker\tx\tperson/a\t\t\tIda\twhy", "speaker needs a call and the index of a turn"),
        ("merge\ta/b\tc/d\t\t\tIda\twhy\tmore", "too many columns"),
        ("merge\ta/b\ta/b\t\t\tIda\twhy", "merge needs two identifiers"),
        ("merge\tVRN-122\ta/b\t\t\tIda\twhy", "'VRN-122' is no identifier such as"),
        ("add\ta/b\thasTargt c/d\t\tq\tIda\twhy", "'hasTargt' is no relation; there are"),
        ("add\ta/b\thasTarget <c/d>\t\tq\tIda\twhy", "'<c/d>' is no identifier such as"),
        ("speaker\t3\tIda Brandt\tcall\t\tIda\twhy", "'Ida Brandt' is no identifier such as"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + row + "\n", "utf-8")
    with pytest.raises(RecordError) as caught:
        read_corrections(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_a_file_without_the_columns_and_a_missing_one_are_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text("action\ttarget\n", "utf-8")
    with pytest.raises(RecordError, match="the columns must be action, target"):
        read_corrections(path)
    with pytest.raises(RecordError, match="cannot be read"):
        read_corrections(tmp_path / "none.tsv")
