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
from extractors.trained_names import find_trained_names

KEY = "qagraph"
VOCAB = "qagraph_vocab"
_TEXT = "qagraph_text"
_TYPES = {kind.value: kind for kind in EntityType}

COMPONENTS: dict[str, tuple[EntityType, ...]] = {
    "qagraph_entities": (),
    "qagraph_targets": (EntityType.TARGET, EntityType.VARIANT),
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
        trained: whether ``PERSON`` and ``ORG`` of a trained component before this one count.
    """

    def __init__(
        self,
        types: tuple[EntityType, ...] = (),
        vocab: tuple[str, ...] = (),
        *,
        trained: bool = False,
    ) -> None:
        self.types = types
        self.vocab = vocab
        self.trained = trained

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans found to ``doc.spans["qagraph"]``."""
        vocabulary = load_vocabulary(*(Path(directory) for directory in self.vocab))
        text = doc.user_data.pop(_TEXT, None)
        found = find_candidates(doc.text if text is None else text, vocabulary, types=self.types)
        if self.trained:
            found = (*found, *find_trained_names(doc, vocabulary))
        doc.user_data[VOCAB] = list(self.vocab)
        doc.user_data[KEY] = [*doc.user_data.get(KEY, ()), *(_row(c) for c in found)]
        spans = [_span(doc, candidate, vocabulary) for candidate in found if candidate.weight]
        doc.spans[KEY] = [*doc.spans.get(KEY, ()), *spans]
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the settings as bytes; the packaged vocabulary is not part of them."""
        settings = {"types": self.types, "vocab": self.vocab, "trained": self.trained}
        return json.dumps(settings).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> MentionFinder:
        """Take the settings from bytes."""
        settings = json.loads(data)
        self.types = tuple(EntityType(name) for name in settings["types"])
        self.vocab = tuple(settings["vocab"])
        self.trained = settings["trained"]
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings to a directory."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> MentionFinder:
        """Take the settings from a directory."""
        return self.from_bytes((Path(path) / "settings.json").read_bytes())


def hand_text(doc: Doc, text: str) -> None:
    """Give a Doc the text it was made from, until a finder takes it.

    A Doc has no text of its own: it is put together from the tokens each time that it is asked for.
    """
    doc.user_data[_TEXT] = text


def _row(candidate: Candidate) -> tuple[object, ...]:
    """Return a candidate as plain values, which a Doc can serialise."""
    start, end, kind, *rest = candidate
    return (start, end, kind.value, *rest)


def candidates_of(doc: Doc) -> tuple[Candidate, ...]:
    """Return what our components have found in a Doc; offsets are code points into its text."""
    return tuple(
        Candidate(start, end, _TYPES[kind], *rest)
        for start, end, kind, *rest in doc.user_data.get(KEY, ())
    )


def _span(doc: Doc, candidate: Candidate, vocabulary: Vocabulary) -> Span:
    term = vocabulary.lexicon.by_id(candidate.id)
    span = doc.char_span(
        candidate.start,
        candidate.end,
        candidate.type.value,
        kb_id=term.exact_match[0] if term and term.exact_match else candidate.id,
        span_id=candidate.id,
        alignment_mode="expand",
    )
    if span is None:
        raise ValueError(f"{candidate.start}:{candidate.end} is no span of the Doc")
    return span


def _register(name: str) -> Callable[..., MentionFinder]:
    types = COMPONENTS[name]

    def make(nlp: Language, name: str, vocab: list[str], trained: bool) -> MentionFinder:
        return MentionFinder(types, tuple(vocab), trained=trained)

    defaults: dict[str, object] = {"vocab": [], "trained": False}
    Language.factory(name, assigns=["doc.spans"], default_config=defaults, func=make)
    return make


make_entities = _register("qagraph_entities")
make_targets = _register("qagraph_targets")
make_indications = _register("qagraph_indications")
make_programs = _register("qagraph_programs")
make_trials = _register("qagraph_trials")
make_companies = _register("qagraph_companies")
make_technologies = _register("qagraph_technologies")
make_institutions = _register("qagraph_institutions")
make_meetings = _register("qagraph_meetings")
make_places = _register("qagraph_places")
make_people = _register("qagraph_people")
