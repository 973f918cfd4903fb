"""From mentions to entities: one node per thing, under all its names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc

from extractors.call_names import find_call_names
from extractors.company_lists import find_listed_companies
from extractors.components import VOCAB, candidates_of
from extractors.definitions import find_defined
from extractors.field_of_call import keep_to_field
from extractors.identity import make_entities
from extractors.learned_names import find_learned_names, is_chance
from extractors.mentions import Candidate, Vocabulary, find_candidates, load_vocabulary
from extractors.model import Entity, Mention, Transcript
from extractors.namesakes import relink_people
from extractors.overlaps import choose
from extractors.references import find_references
from extractors.short_forms import find_short_forms
from extractors.slips import find_lookalikes, find_misheard, relink_codes, relink_misheard
from extractors.standing import drop_fields_of_work, drop_passing_mentions
from extractors.trial_names import find_trial_families


def link_mentions(
    transcript: Transcript, docs: tuple[Doc, ...]
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Return the entities of a call and the mentions of them in text order."""
    vocabulary = _vocabulary_of(docs)
    found = list(_candidates(transcript, docs, vocabulary))
    found += _inside(transcript, find_call_names(transcript, vocabulary))
    defined, meaningless = find_defined(transcript.text, found)
    found += _inside(transcript, defined)
    text = transcript.text
    found = [
        candidate
        for candidate in found
        if candidate.weight
        and text[candidate.start : candidate.end] not in meaningless
        and not is_chance(candidate, text)
    ]
    found += _inside(transcript, find_learned_names(transcript, found, vocabulary))
    found += _inside(transcript, find_trial_families(transcript.text, found, vocabulary))
    found += _inside(transcript, find_lookalikes(text, found))
    found += _inside(transcript, find_misheard(text, found, vocabulary))
    found = relink_people(transcript, relink_misheard(relink_codes(found)))
    chosen = choose(found)
    found += _inside(transcript, find_listed_companies(text, chosen, vocabulary))
    found += _inside(transcript, find_short_forms(text, chosen))
    found += _inside(transcript, find_references(text, chosen))
    chosen = choose(keep_to_field(text, choose(found)))
    chosen = choose(drop_passing_mentions(text, chosen, vocabulary))
    chosen = tuple(drop_fields_of_work(text, chosen, vocabulary))
    return make_entities(transcript, chosen, vocabulary)


def _vocabulary_of(docs: tuple[Doc, ...]) -> Vocabulary:
    directories = next((doc.user_data[VOCAB] for doc in docs if VOCAB in doc.user_data), ())
    return load_vocabulary(*(Path(directory) for directory in directories))


def _candidates(
    transcript: Transcript, docs: tuple[Doc, ...], vocabulary: Vocabulary
) -> Iterable[Candidate]:
    for turn, doc in zip(transcript.turns, docs, strict=True):
        marked = VOCAB in doc.user_data
        found = candidates_of(doc) if marked else find_candidates(doc.text, vocabulary)
        for candidate in found:
            yield candidate.shifted(turn.start)


def _inside(transcript: Transcript, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep what lies wholly in a turn: names in participant lists are no mentions."""
    kept = []
    for candidate in candidates:
        turn = transcript.turn_at(candidate.start)
        if turn is not None and candidate.end <= turn.end:
            kept.append(candidate)
    return kept
