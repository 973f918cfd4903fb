"""A call as the relation families see it: masked sentences, and who "we" is in each turn."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.context import CallContext, Sentence
from extractors.model import EntityId, Evidence, Mention, ParticipantKind, Statement
from extractors.relations._discourse import link_sentences
from extractors.relations._index import SentenceIndex, index_sentences
from extractors.relations._masking import LinkedSentence

_LONGEST_QUOTE = 360


@dataclass(frozen=True, slots=True)
class CallView:
    """One call, prepared once for all families.

    ``us`` gives for each turn the organization that its speaker means by "we", where known;
    ``asking`` tells the turns of those who are here to ask; ``index`` gives for each rule the
    sentences on which to try it; ``told`` keeps what a family found that others build on.
    """

    context: CallContext
    sentences: tuple[LinkedSentence, ...]
    us: tuple[EntityId | None, ...]
    asking: tuple[bool, ...]
    index: SentenceIndex
    told: dict[str, tuple[Statement, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def issuer(self) -> EntityId | None:
        """The company whose call it is."""
        return self.context.transcript.call.issuer

    def quote(self, sentence: Sentence, start: int, end: int) -> Evidence:
        """Quote the sentence, or only the span (code points) where the sentence is very long."""
        if sentence.end - sentence.start <= _LONGEST_QUOTE:
            start, end = _stripped(sentence)
        return self.context.transcript.evidence(start, end)

    def quote_mention(self, mention: Mention) -> Evidence:
        """Quote the sentence in which a mention stands."""
        for sentence in self.context.sentences(mention.turn):
            if sentence.start <= mention.start < sentence.end:
                return self.quote(sentence, mention.start, mention.end)
        return self.context.transcript.evidence(mention.start, mention.end)


def _stripped(sentence: Sentence) -> tuple[int, int]:
    lead = len(sentence.text) - len(sentence.text.lstrip())
    return sentence.start + lead, sentence.start + len(sentence.text.rstrip())


def view_call(context: CallContext) -> CallView:
    """Prepare a call: link its sentences and find what "we" means in each turn."""
    transcript = context.transcript
    kinds = {p.id: p.kind for p in transcript.participants}
    issuer = transcript.call.issuer
    speakers = [kinds.get(turn.speaker) for turn in transcript.turns]
    us = tuple(issuer if kind is ParticipantKind.EXECUTIVE else None for kind in speakers)
    sentences = link_sentences(context)
    return CallView(
        context,
        sentences,
        us,
        tuple(map(context.is_asking, range(len(speakers)))),
        index_sentences(sentences, us),
    )
