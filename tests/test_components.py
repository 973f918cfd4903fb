"""The finders as spaCy components, on anybody's pipeline."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from extractors.components import COMPONENTS, candidates_of
from extractors.errors import ExtractionError, LexiconError
from extractors.model import Call, EntityType, Section, Transcript, Turn
from extractors.nlp import build_nlp, parse_turns

TEXT = "UCART22 is a CD22-directed candidate in the ZEPHYR trial for multiple myeloma."


def labels(doc: Doc) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans["qagraph"]]


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_works_on_a_blank_pipeline(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert {EntityType(span.label_) for span in doc.spans["qagraph"]} <= set(
        COMPONENTS[name] or EntityType
    )


def test_every_component_is_an_entry_point() -> None:
    declared = {point.name for point in entry_points(group="spacy_factories")}
    assert set(COMPONENTS) <= declared


def test_spans_carry_type_and_identifier() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qagraph_targets")
    nlp.add_pipe("qagraph_programs")
    assert labels(nlp(TEXT)) == [
        ("CD22", "Target", "HGNC:1643"),
        ("UCART22", "Program", "program/ucart22"),
    ]


def test_offsets_are_exact_where_the_tokens_are_wider() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qagraph_targets")
    doc = nlp("a CD19xCD3 antibody, CD22-directed")
    assert [doc.text[c.start : c.end] for c in candidates_of(doc)][-1] == "CD22"


def test_docs_and_pipelines_can_be_stored(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qagraph_targets")
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert labels(loaded(TEXT)) == labels(nlp(TEXT))
    other = spacy.blank("en")
    other.add_pipe("qagraph_targets")
    assert labels(other.from_bytes(nlp.to_bytes())(TEXT)) == labels(nlp(TEXT))
    doc = Doc(nlp.vocab).from_bytes(nlp(TEXT).to_bytes())
    assert candidates_of(doc) == candidates_of(nlp(TEXT))


def test_a_users_vocabulary_is_found(tmp_path: Path) -> None:
    row = "label\ttype\taliases\texact_match\tbroader\tcase\tstatus\tsource\tnote\n"
    row += "ZYX9R\tTarget\tzyxin nine\t\t\tany\tuser\tours\t\n"
    (tmp_path / "mine.tsv").write_text(row, encoding="utf-8")
    doc = build_nlp((tmp_path,))("It binds zyxin nine.")
    assert ("zyxin nine", "Target", "target/zyx9r") in labels(doc)
    with pytest.raises(LexiconError):
        build_nlp((tmp_path / "absent",))


def test_an_absent_trained_pipeline_is_one_clear_line() -> None:
    with pytest.raises(ExtractionError, match="no spaCy pipeline"):
        build_nlp(spacy_model="xx_absent_pipeline")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline trained here on a handful of sentences to mark two names."""
    fix_random_seed(1)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    sentences = [
        ("Our friends at Quellmark agreed to a merger", "Quellmark", "ORG"),
        ("We met Ilse Maar , chairman of the board", "Ilse Maar", "PERSON"),
        ("The word Quellmark was heard", "Quellmark", "ORG"),
    ]
    examples = []
    for text, words, label in sentences:
        start = text.index(words)
        marked = {"entities": [(start, start + len(words), label)]}
        examples.append(Example.from_dict(nlp.make_doc(text), marked))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    path = tmp_path_factory.mktemp("model") / "tiny"
    nlp.to_disk(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Our friends at Quellmark agreed to a merger", ["trained-organization"]),
        ("We met Ilse Maar , chairman of the board", ["trained-person"]),
        ("The word Quellmark was heard", []),
    ],
)
def test_a_trained_pipeline_is_held_to_evidence(
    tiny_model: Path, text: str, rules: list[str]
) -> None:
    nlp = build_nlp(spacy_model=str(tiny_model))
    doc = nlp(text)
    assert doc.ents, "the tiny pipeline marks its own examples"
    assert [c.rule for c in candidates_of(doc) if c.rule.startswith("trained")] == rules


def test_words_met_before_are_cut_as_in_the_text() -> None:
    said = "We don't know (yet). U.S.-based Dr. Maar's p.m. 2,5mg dose; it's CD19/CD22-directed—so."
    turn = Turn(0, "person/ida", Section.PREPARED_REMARKS, 0, len(said))
    transcript = Transcript(Call("x"), said, (), (turn,), "example")
    (doc,) = parse_turns(build_nlp(), transcript)
    assert [token.text for token in doc] == [token.text for token in spacy.blank("en")(said)]
    assert doc.text == said


def test_a_turn_may_be_longer_than_a_million_characters() -> None:
    doc = build_nlp().make_doc("abc " * 260_000)
    assert len(doc) == 260_000
