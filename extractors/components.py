"""The finders as spaCy components, for our pipeline and for anybody's.

``nlp.add_pipe("qagraph_targets")`` works on a blank pipeline: the spans are in
``doc.spans["qagraph"]``, each with the type as ``label_`` (``Target``), a CURIE such as
``HGNC:1643`` or else the local identifier as ``kb_id_``, and the local identifier as ``id_``.
Spans may overlap and are widened to whole tokens; the exact code points are in
``doc.user_data["qagraph"]``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.mentions import Candidate, Vocabulary, find_candidates, load_vocabulary
from extractors.model import EntityType

KEY = "qagraph"
VOCAB = "qagraph_vocab"

COMPONENTS: dict[str, tuple[EntityType, ...]] = {
    "qagraph_entities": (),
    "qagraph_targets": (EntityType.TARGET,),
    "qagraph_indications": (EntityType.INDICATION,),
    "qagraph_programs": (EntityType.PROGRAM, EntityType.DRUG),
    "qagraph_trials": (EntityType.TRIAL,),
    "qagraph_companies": (EntityType.COMPANY, EntityType.FIRM),
    "qagraph_technologies": (EntityType.TECHNOLOGY, EntityType.MODALITY),
    "qagraph_institutions": (EntityType.INSTITUTION, EntityType.REGULATOR),
    "qagraph_meetings": (EntityType.MEETING, EntityType.PUBLICATION),
    "qagraph_places": (EntityType.FACILITY, EntityType.PLACE),
    "qagraph_people": (EntityType.PERSON,),
}
"""Each factory and the types that it looks for; `qagraph_entities` looks for all in one pass."""


class MentionFinder:
    """A pipeline component that marks what may name an entity.

    Args:
        types: the types to look for; all when empty.
        vocab: directories with the user's own vocabulary.
    """

    def __init__(self, types: tuple[EntityType, ...] = (), vocab: tuple[str, ...] = ()) -> None:
        self.types = types
        self.vocab = vocab

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans found to ``doc.spans["qagraph"]``."""
        vocabulary = load_vocabulary(*(Path(directory) for directory in self.vocab))
        found = find_candidates(doc.text, vocabulary, types=self.types)
        doc.user_data[VOCAB] = list(self.vocab)
        doc.user_data[KEY] = [*doc.user_data.get(KEY, ()), *(_row(c) for c in found)]
        spans = [_span(doc, candidate, vocabulary) for candidate in found if candidate.weight]
        doc.spans[KEY] = [*doc.spans.get(KEY, ()), *spans]
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the settings as bytes; the packaged vocabulary is not part of them."""
        return json.dumps({"types": self.types, "vocab": self.vocab}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> MentionFinder:
        """Take the settings from bytes."""
        settings = json.loads(data)
        self.types = tuple(EntityType(name) for name in settings["types"])
        self.vocab = tuple(settings["vocab"])
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings to a directory."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> MentionFinder:
        """Take the settings from a directory."""
        return self.from_bytes((Path(path) / "settings.json").read_bytes())


def _row(candidate: Candidate) -> tuple[int, int, str, str, str, str, float, str, int]:
    """Return a candidate as plain values, which a Doc can serialise."""
    return (
        candidate.start,
        candidate.end,
        candidate.type.value,
        candidate.name,
        candidate.rule,
        candidate.entity,
        candidate.confidence,
        candidate.rationale,
        candidate.weight,
    )


def candidates_of(doc: Doc) -> tuple[Candidate, ...]:
    """Return what our components have found in a Doc; offsets are code points into its text."""
    return tuple(
        Candidate(start, end, EntityType(kind), *rest)
        for start, end, kind, *rest in doc.user_data.get(KEY, ())
    )


def _span(doc: Doc, candidate: Candidate, vocabulary: Vocabulary) -> Span:
    span = doc.char_span(
        candidate.start, candidate.end, candidate.type.value, alignment_mode="expand"
    )
    term = vocabulary.lexicon.by_id(candidate.id)
    span.kb_id_ = term.exact_match[0] if term and term.exact_match else candidate.id
    span.id_ = candidate.id
    return span


def _register(name: str, types: tuple[EntityType, ...]) -> Callable[..., MentionFinder]:
    def make(nlp: Language, name: str, vocab: list[str]) -> MentionFinder:
        return MentionFinder(types, tuple(vocab))

    Language.factory(name, assigns=["doc.spans"], default_config={"vocab": []}, func=make)
    return make


for _name, _types in COMPONENTS.items():
    _register(_name, _types)
