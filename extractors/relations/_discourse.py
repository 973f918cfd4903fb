"""What a sentence is about when it does not say so: topics, pronouns, "this program", "they".

Within a turn the state moves from sentence to sentence. A heading ("Turning to X") sets the topic;
an anaphor ("this program") stands for the last thing of its type that can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractors.context import CallContext, Sentence
from extractors.folding import fold
from extractors.model import EntityId, EntityType
from extractors.relations._masking import LinkedSentence, Slot
from extractors.relations._medicines import load_aids
from extractors.relations._rules import in_lower_case, load_words, read_table

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
_FRONT = 12
"""Within how many characters a sentence names its subject."""
_GOES_ON = re.compile(r"(?:(?:and|but|now|so|then|today),? )?(?:it|that|this|we|our)\b")
"""How a sentence with another company in it begins that is still about what went before."""
_TOPICS = (EntityType.PROGRAM, EntityType.INDICATION, EntityType.TARGET)
_KINDS = {
    kind: next((group for group in (_PROGRAMS, _ORGANIZATIONS) if kind in group), frozenset({kind}))
    for kind in EntityType
}
"""What may be meant where a type is said: a program also by the name of a drug."""
_MEANT_LATER = (EntityType.PROGRAM, EntityType.TRIAL, EntityType.COMPANY, EntityType.PERSON)
_REMEMBERED = {
    kind: tuple(later for later in _MEANT_LATER if kind in _KINDS[later]) for kind in EntityType
}
"""As what a thing of each type may be meant by a later anaphor."""


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
    """One alternation of all anaphors, for texts in lower case.

    They are sorted by their first word, and only behind its first letter the engine looks whether
    a word begins there: so it passes over most words at a glance.
    """
    words: dict[str, list[str]] = {}
    for i, anaphor in enumerate(load_anaphors()):
        first = re.split(r"\W", anaphor.pattern, maxsplit=1)[0]
        words.setdefault(first, []).append(f"(?P<a{i}>{anaphor.pattern[len(first) :]})")
    letters: dict[str, list[str]] = {}
    for first, rests in words.items():
        letters.setdefault(first[0], []).append(f"{first[1:]}(?:{'|'.join(rests)})")
    parts = (f"{c}(?<!\\w{c})(?:{'|'.join(rests)})" for c, rests in letters.items())
    return re.compile(rf"(?:{'|'.join(parts)})\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that announce a topic within ``reach`` characters; some close the topic before."""

    pattern: str
    reach: int
    closes: bool


@cache
def load_headings() -> tuple[Heading, ...]:
    """Read the table of headings.

    >>> any(re.match(h.pattern, "turning to LUM-22") for h in load_headings())
    True
    """
    return tuple(
        Heading(in_lower_case(row["pattern"]), int(row["reach"]), row["closes"] == "yes")
        for row in read_table("resources/cues/headings.tsv")
    )


@cache
def _heading_pattern() -> re.Pattern[str]:
    """One alternation of all headings, for texts in lower case."""
    parts = (f"(?P<h{i}>(?:{heading.pattern})\\b)" for i, heading in enumerate(load_headings()))
    return re.compile("|".join(parts))


@dataclass(slots=True)
class _State:
    """What was named so far in a turn."""

    topics: dict[EntityType, Slot] = field(default_factory=dict)
    last: dict[EntityType, tuple[tuple[Slot, ...], int]] = field(default_factory=dict)
    sentence: int = 0
    recent: tuple[Slot, ...] = ()
    age: int = 0


def link_sentences(context: CallContext) -> tuple[LinkedSentence, ...]:
    """Give each sentence what it names, its anaphors resolved and its topic put in front.

    Left out are sentences that name nothing which takes part in relations.
    """
    issuer = context.transcript.call.issuer
    return tuple(
        linked
        for turn in range(len(context.transcript.turns))
        for linked in _link_turn(context, turn, issuer)
    )


def _link_turn(
    context: CallContext, turn: int, issuer: EntityId | None
) -> Iterator[LinkedSentence]:
    text, span = context.transcript.text, context.transcript.turns[turn]
    mentions = context.mentions_between(span.start, span.end)
    state, previous = _State(), None
    for sentence in _split(context.sentences(turn)) if mentions else ():
        opens = previous is None or text.find("\n", previous, sentence.start) >= 0
        previous = sentence.end
        if sentence.end <= mentions[0].start:
            continue
        if opens:
            _begin_paragraph(state)
        named = _named(context, sentence)
        words = fold(sentence.text)
        if named or state.topics or state.recent:
            _set_topics(state, sentence.start, words, named, opens)
        slots = _with_anaphors(state, sentence, words, named)
        if state.topics or state.recent:
            others = any(s.type in _ORGANIZATIONS and s.entity != issuer for s in slots)
            if not others or _GOES_ON.match(words):
                slots = _with_topics(state, sentence.start, slots)
        if any(s.type not in _UNRELATED for s in slots):
            yield LinkedSentence(sentence, words, slots)
        _remember(state, sentence.start, named, issuer)


def _split(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Trim sentences, and part those that a code at the end glued together ("LUM-5A. So")."""
    for sentence in sentences:
        text = sentence.text
        # Most sentences have no full stop but at their end.
        glued = text.find(".", 0, -1) >= 0 and _GLUED.search(text) is not None
        if not glued and text == text.strip():
            yield sentence
            continue
        start = 0
        for end in (*(m.end() for m in _GLUED.finditer(text)), len(text)):
            words = text[start:end]
            if words.strip():
                first = sentence.start + start + len(words) - len(words.lstrip())
                last = sentence.start + start + len(words.rstrip())
                yield Sentence(sentence.turn, first, last, words.strip())
            start = end


def _named(context: CallContext, sentence: Sentence) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    after = sentence.start
    for m in context.mentions_between(sentence.start, sentence.end):
        if after <= m.start and m.end <= sentence.end:
            kind = context.type_of(m)
            start, after = m.start, m.end
            if kind is EntityType.TARGET:
                first, last = _core(m.quote)
                start, after = m.start + first, m.start + last
            slots.append(Slot(m.entity, kind, start, after, m.confidence, m))
    return tuple(slots)


@lru_cache(maxsize=4096)
def _core(words: str) -> tuple[int, int]:
    """Leave what is done to a target ("anti-", "inhibitor") outside its slot, for the rules."""
    match = _target_pattern().fullmatch(words)
    return (0, len(words)) if match is None else match.span(1)


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


def _set_topics(
    state: _State, start: int, words: str, named: tuple[Slot, ...], opens: bool
) -> None:
    found_heading = _heading_pattern().match(words)
    if found_heading is None:
        _change_subject(state, start, named, _BEGINNING if opens else _FRONT)
        return
    heading = load_headings()[int(str(found_heading.lastgroup)[1:])]
    first = start + found_heading.end()
    if not heading.reach:
        _change_subject(state, first, named, _FRONT)
    head = [s for s in named if first <= s.start < first + heading.reach]
    if heading.closes or (opens and head):
        # Also one without a topic ("Turning to our financials") closes the topic before it.
        state.topics.clear()
        state.last.clear()
    if head or heading.closes or not heading.reach:
        # Also a mere "Finally", which has no reach, ends what the sentences before were about.
        state.recent = ()
    if not heading.closes:
        _change_subject(state, first, named, _FRONT)
    programs = {s.entity for s in head if s.type in _PROGRAMS}
    for kind in _TOPICS:
        slots = [s for s in head if s.type in _KINDS[kind]]
        # "For X," is about its own and the next sentences; only "Turning to X" opens a topic.
        if slots and (kind is not EntityType.PROGRAM or (heading.closes and len(programs) == 1)):
            state.topics[kind] = slots[0]


def _change_subject(state: _State, start: int, named: tuple[Slot, ...], reach: int) -> None:
    """Let what begins with another program ("Now LUM-22, our ...") be about that."""
    topic = state.topics.get(EntityType.PROGRAM)
    first = next((s for s in named if s.type in _PROGRAMS), None)
    if topic is None or first is None or first.start - start > reach:
        return
    if first.entity != topic.entity:
        state.last.clear()
        state.topics[EntityType.PROGRAM] = first


def _with_anaphors(
    state: _State, sentence: Sentence, words: str, named: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    if not (named or state.last or state.topics):
        return named
    added = _first_name(state, sentence, named)
    anaphors = load_anaphors()
    for match in _anaphor_pattern().finditer(words):
        anaphor = anaphors[int(str(match.lastgroup)[1:])]
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if any(s.start < end and start < s.end for s in (*named, *added)):
            continue
        antecedent = _antecedent(state, named, anaphor, start)
        if antecedent is not None:
            confidence = round(anaphor.confidence * antecedent.confidence, 4)
            added.append(antecedent._replace(start=start, end=end, confidence=confidence))
    return tuple(sorted((*named, *added), key=lambda s: s.start)) if added else named


def _first_name(state: _State, sentence: Sentence, named: tuple[Slot, ...]) -> list[Slot]:
    """Take a sentence that begins with the first name of somebody just named as about them."""
    if EntityType.PERSON not in state.last:
        return []
    for person in state.last[EntityType.PERSON][0]:
        name = person.source.quote.split()[0] if person.source is not None else ""
        if len(name) > 2 and re.match(rf"{re.escape(name)}\b", sentence.text):
            start, end = sentence.start, sentence.start + len(name)
            if not any(s.start < end for s in named):
                return [person._replace(start=start, end=end)]
    return []


def _antecedent(
    state: _State, named: tuple[Slot, ...], anaphor: Anaphor, start: int
) -> Slot | None:
    kinds = _KINDS[anaphor.type]
    before = [s for s in named if s.type in kinds and s.end <= start]
    if not before and anaphor.type in state.last:
        slots, sentence = state.last[anaphor.type]
        before = list(slots) if state.sentence - sentence < anaphor.reach else []
    if before:
        return before[0] if len({s.entity for s in before}) == 1 else None
    return state.topics.get(anaphor.type)


def _with_topics(state: _State, start: int, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    carried = dict(state.topics)
    if EntityType.PROGRAM not in carried and state.recent and state.age <= _MEMORY:
        last = state.recent[0]
        if len({s.entity for s in state.recent}) == 1 and last.entity not in load_aids():
            carried[EntityType.PROGRAM] = last
    if not carried:
        return slots
    # What is given along with a medicine does not end what is said of it.
    present = {s.type for s in slots if s.entity not in load_aids()}
    topics = []
    for kind in _TOPICS:
        topic = carried.get(kind)
        if topic is not None and topic.source is not None and present.isdisjoint(_KINDS[kind]):
            topics.append(Slot(topic.entity, kind, start, start, 1.0, topic.source, implicit=True))
    return (*topics, *slots)


def _remember(state: _State, start: int, named: tuple[Slot, ...], issuer: EntityId | None) -> None:
    state.sentence += 1
    state.age += 1
    if not named:
        return
    programs = tuple([s for s in named if s.type in _PROGRAMS])
    if programs:
        # What a sentence begins with is its subject, whatever it is compared with.
        subject = programs[:1] if programs[0].start - start <= _FRONT else programs
        state.recent, state.age = subject, 1
    found: dict[EntityType, list[Slot]] = {}
    for slot in named:
        for kind in _REMEMBERED[slot.type] if slot.entity != issuer else ():
            found.setdefault(kind, []).append(slot)
    for kind, slots in found.items():
        state.last[kind] = (tuple(slots), state.sentence)
