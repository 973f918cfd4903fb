"""What a sentence is about when it does not say so: topics, pronouns, "this program", "they".

Within a turn the state moves from sentence to sentence. A heading ("Turning to X") sets the topic;
an anaphor ("this program") stands for the last thing of its type that can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from extractors.context import CallContext, Sentence
from extractors.model import EntityId, EntityType, Mention
from extractors.relations._masking import MaskedSentence, Slot, mask
from extractors.relations._medicines import load_aids
from extractors.relations._rules import load_words, read_table

_PROGRAMS = frozenset({EntityType.PROGRAM, EntityType.DRUG})
_ORGANIZATIONS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})
_UNRELATED = frozenset(
    {EntityType.PERSON, EntityType.FIRM, EntityType.MEETING, EntityType.PUBLICATION}
)
"""Types that take part in no relation on their own."""
_GLUED = re.compile(r"\d[A-Za-z]?\.\s+(?=[A-Z][a-z])")
_MEMORY = 4
"""For how many sentences a medicine stays the topic without a heading."""
_BEGINNING = 20
"""Within how many characters a paragraph names the program that it turns to."""
_TOPICS = (EntityType.PROGRAM, EntityType.INDICATION, EntityType.TARGET)
_REMEMBERED = (EntityType.PROGRAM, EntityType.TRIAL, EntityType.COMPANY, EntityType.PERSON)
_KINDS = {
    kind: next((group for group in (_PROGRAMS, _ORGANIZATIONS) if kind in group), frozenset({kind}))
    for kind in EntityType
}
"""What may be meant where a type is said: a program also by the name of a drug."""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A phrase that stands for something named at most ``reach`` sentences before.

    ``confidence`` is how often it was resolved rightly in a sample that was read.
    """

    pattern: str
    type: EntityType
    reach: int
    confidence: float


@cache
def load_anaphors() -> tuple[Anaphor, ...]:
    """Read the table of anaphors.

    >>> any(anaphor.pattern == "this program" for anaphor in load_anaphors())
    True
    """
    return tuple(
        Anaphor(
            row["pattern"], EntityType(row["type"]), int(row["reach"]), float(row["confidence"])
        )
        for row in read_table("resources/cues/anaphors.tsv")
    )


@cache
def _anaphor_pattern() -> re.Pattern[str]:
    anaphors = load_anaphors()
    parts = (f"(?P<a{i}>{a.pattern})" for i, a in enumerate(anaphors))
    # Most words begin otherwise: one look at the first letter saves trying every phrase.
    first = (re.sub(r"\(\?(?:<![^)]*\)|:)", "", a.pattern)[0] for a in anaphors)
    letters = "".join(sorted(set(first)))
    return re.compile(rf"\b(?=[{letters}])(?:{'|'.join(parts)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that announce a topic within ``reach`` characters; some close the topic before."""

    pattern: re.Pattern[str]
    reach: int
    closes: bool


@cache
def load_headings() -> tuple[Heading, ...]:
    """Read the table of headings.

    >>> any(h.pattern.match("Turning to LUM-22") for h in load_headings())
    True
    """
    return tuple(
        Heading(
            re.compile(rf"(?:{row['pattern']})\b", re.IGNORECASE),
            int(row["reach"]),
            row["closes"] == "yes",
        )
        for row in read_table("resources/cues/headings.tsv")
    )


@dataclass(slots=True)
class _State:
    """What was named so far in a turn."""

    topics: dict[EntityType, Slot] = field(default_factory=dict)
    last: dict[EntityType, tuple[tuple[Slot, ...], int]] = field(default_factory=dict)
    sentence: int = 0
    recent: tuple[Slot, ...] = ()
    age: int = 0


def mask_call(context: CallContext) -> tuple[MaskedSentence, ...]:
    """Mask all sentences of a call, with anaphors resolved and topics put in front."""
    issuer = context.transcript.call.issuer
    return tuple(
        masked
        for turn in range(len(context.transcript.turns))
        for masked in _mask_turn(context, turn, issuer)
    )


def _mask_turn(
    context: CallContext, turn: int, issuer: EntityId | None
) -> Iterator[MaskedSentence]:
    state, previous = _State(), None
    span = context.transcript.turns[turn]
    if not context.mentions_between(span.start, span.end):
        return
    for sentence in _split(context.sentences(turn)):
        opens = previous is None or "\n" in context.transcript.text[previous : sentence.start]
        if opens:
            _begin_paragraph(state)
        previous = sentence.end
        named = _named(context, sentence)
        if named or state.topics or state.recent:
            _set_topics(state, sentence, named, opens)
        slots = _with_anaphors(state, sentence, named)
        if not any(s.type in _ORGANIZATIONS and s.entity != issuer for s in slots):
            slots = _with_topics(state, sentence, slots)
        if any(s.type not in _UNRELATED for s in slots):
            yield mask(sentence, slots)
        _remember(state, named, issuer)


def _split(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Trim sentences, and part those that a code at the end glued together ("LUM-5A. So")."""
    for sentence in sentences:
        start, text = 0, sentence.text
        # Most sentences have no full stop but at their end.
        glued = text.find(".", 0, -1) >= 0 and _GLUED.search(text) is not None
        if not glued and text == text.strip():
            yield sentence
            continue
        for end in (*(m.end() for m in _GLUED.finditer(text)), len(text)):
            words = text[start:end]
            if words.strip():
                first = sentence.start + start + len(words) - len(words.lstrip())
                last = sentence.start + start + len(words.rstrip())
                yield Sentence(sentence.turn, first, last, words.strip())
            start = end


def _named(context: CallContext, sentence: Sentence) -> tuple[Slot, ...]:
    mentions = context.mentions_between(sentence.start, sentence.end)
    if not mentions:
        return ()
    slots: list[Slot] = []
    for m in mentions:
        if m.end <= sentence.end and (not slots or m.start >= slots[-1].end):
            kind = context.type_of(m)
            start, end = _core(m) if kind is EntityType.TARGET else (m.start, m.end)
            slots.append(Slot(m.entity, kind, start, end, m.confidence, m))
    return tuple(slots)


def _core(mention: Mention) -> tuple[int, int]:
    """Leave what is done to a target ("anti-", "inhibitor") outside its slot, for the rules."""
    match = _target_pattern().fullmatch(mention.quote)
    if match is None:
        return mention.start, mention.end
    return mention.start + match.start(1), mention.start + match.end(1)


@cache
def _target_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:anti[- ]?)?(.+?)(?:[ -]{load_words()['acts']})?", re.IGNORECASE)


def _begin_paragraph(state: _State) -> None:
    """Forget what only holds in one paragraph; the program of a heading reaches further."""
    state.recent = ()
    for kind in (EntityType.INDICATION, EntityType.TARGET):
        state.topics.pop(kind, None)
    if EntityType.PROGRAM not in state.topics:
        for kind in _PROGRAMS:
            state.last.pop(kind, None)


def _set_topics(state: _State, sentence: Sentence, named: tuple[Slot, ...], opens: bool) -> None:
    found_heading = _match_heading(sentence.text)
    if found_heading is None:
        if opens:
            _change_subject(state, sentence, named)
        return
    heading, length = found_heading
    first = sentence.start + length
    head = [s for s in named if first <= s.start < first + heading.reach]
    if heading.closes or (opens and head):
        # Also one without a topic ("Turning to our financials") closes the topic before it.
        state.topics.clear()
        state.last.clear()
    if head or heading.closes or not heading.reach:
        # Also a mere "Finally", which has no reach, ends what the sentences before were about.
        state.recent = ()
    programs = {s.entity for s in head if s.type in _PROGRAMS}
    for kind in _TOPICS:
        slots = [s for s in head if s.type in _kinds(kind)]
        # "For X," is about its own and the next sentences; only "Turning to X" opens a topic.
        if slots and (kind is not EntityType.PROGRAM or (heading.closes and len(programs) == 1)):
            state.topics[kind] = slots[0]


def _change_subject(state: _State, sentence: Sentence, named: tuple[Slot, ...]) -> None:
    """Let a paragraph that begins with another program ("Now LUM-22, our ...") be about that."""
    topic = state.topics.get(EntityType.PROGRAM)
    first = next((s for s in named if s.type in _PROGRAMS), None)
    if topic is None or first is None or first.start - sentence.start > _BEGINNING:
        return
    if first.entity != topic.entity:
        state.last.clear()
        state.topics[EntityType.PROGRAM] = first


def _match_heading(text: str) -> tuple[Heading, int] | None:
    for heading in load_headings():
        match = heading.pattern.match(text)
        if match is not None:
            return heading, match.end()
    return None


def _with_anaphors(state: _State, sentence: Sentence, named: tuple[Slot, ...]) -> tuple[Slot, ...]:
    if not (named or state.last or state.topics):
        return named
    slots = list(named) + _first_name(state, sentence, named)
    anaphors = load_anaphors()
    for match in _anaphor_pattern().finditer(sentence.text):
        anaphor = anaphors[int(str(match.lastgroup)[1:])]
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if any(s.start < end and start < s.end for s in slots):
            continue
        antecedent = _antecedent(state, named, anaphor, start)
        if antecedent is not None:
            confidence = round(anaphor.confidence * antecedent.confidence, 4)
            slots.append(
                Slot(antecedent.entity, antecedent.type, start, end, confidence, antecedent.source)
            )
    return tuple(sorted(slots, key=lambda s: s.start))


def _first_name(state: _State, sentence: Sentence, named: tuple[Slot, ...]) -> list[Slot]:
    """Take a sentence that begins with the first name of somebody just named as about them."""
    for person in state.last.get(EntityType.PERSON, ((), 0))[0]:
        name = person.source.quote.split()[0] if person.source is not None else ""
        if len(name) > 2 and re.match(rf"{re.escape(name)}\b", sentence.text):
            start, end = sentence.start, sentence.start + len(name)
            if not any(s.start < end for s in named):
                return [replace(person, start=start, end=end)]
    return []


def _antecedent(
    state: _State, named: tuple[Slot, ...], anaphor: Anaphor, start: int
) -> Slot | None:
    kinds = _kinds(anaphor.type)
    before = [s for s in named if s.type in kinds and s.end <= start]
    if not before and anaphor.type in state.last:
        slots, sentence = state.last[anaphor.type]
        before = list(slots) if state.sentence - sentence < anaphor.reach else []
    if before:
        return before[0] if len({s.entity for s in before}) == 1 else None
    return state.topics.get(anaphor.type)


def _kinds(kind: EntityType) -> frozenset[EntityType]:
    return _KINDS[kind]


def _with_topics(state: _State, sentence: Sentence, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    present = {s.type for s in slots}
    topics = []
    for kind in _TOPICS:
        topic = state.topics.get(kind)
        if topic is None and kind is EntityType.PROGRAM:
            last = state.recent if state.age <= _MEMORY else ()
            alone = len({s.entity for s in last}) == 1 and last[0].entity not in load_aids()
            topic = last[0] if alone else None
        kinds = _kinds(kind)
        if topic is not None and not present & kinds and topic.source is not None:
            source: Mention = topic.source
            at = sentence.start
            topics.append(Slot(topic.entity, kind, at, at, 1.0, source, implicit=True))
    return (*topics, *slots)


def _remember(state: _State, named: tuple[Slot, ...], issuer: EntityId | None) -> None:
    state.sentence += 1
    if not named:
        state.age += 1
        return
    programs = tuple(s for s in named if s.type in _PROGRAMS)
    state.recent, state.age = (programs, 1) if programs else (state.recent, state.age + 1)
    for kind in _REMEMBERED:
        kinds = _kinds(kind)
        found = tuple(s for s in named if s.type in kinds and s.entity != issuer)
        if found:
            state.last[kind] = (found, state.sentence)
