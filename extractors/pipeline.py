"""The order of the stages, in one place: transcript -> docs -> links -> statements, questions."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language

from extractors.collector import paused_collector
from extractors.conflicts import find_conflicts
from extractors.context import CallContext
from extractors.exchanges import thread_exchanges
from extractors.facts import find_facts
from extractors.linking import link_mentions
from extractors.merging import merge_facts, merge_statements
from extractors.model import Extraction, Transcript
from extractors.nlp import build_nlp, parse_turns
from extractors.questions import thread_questions
from extractors.relations import relate

__all__ = ["build_nlp", "extract", "read_context"]


def read_context(transcript: Transcript, nlp: Language) -> CallContext:
    """Parse, link and thread one call: what the stages that look for statements see of it."""
    docs = parse_turns(nlp, transcript)
    entities, mentions = link_mentions(transcript, docs)
    return CallContext(
        transcript=transcript,
        docs=docs,
        entities={entity.id: entity for entity in entities},
        mentions=mentions,
        exchanges=thread_exchanges(transcript),
    )


@paused_collector()
def extract(transcript: Transcript, nlp: Language) -> Extraction:
    """Find everything in one call.

    Args:
        transcript: what `extractors.reading.read_transcript` returns.
        nlp: a pipeline made by `build_nlp`; one serves any number of calls.
    """
    context = read_context(transcript, nlp)
    statements = merge_statements(relate(context))
    facts = merge_facts(find_facts(context))
    questions, answers, exchanges = thread_questions(context)
    extraction = Extraction(
        transcript=transcript,
        entities=tuple(context.entities.values()),
        mentions=context.mentions,
        exchanges=exchanges,
        questions=questions,
        answers=answers,
        statements=statements,
        facts=facts,
    )
    return replace(extraction, conflicts=find_conflicts(extraction))
