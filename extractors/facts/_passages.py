"""The sentences of a call as the fact finders see them: who speaks, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.context import CallContext, Sentence
from extractors.model import (
    EntityId,
    EntityType,
    Evidence,
    Mention,
    ParticipantKind,
    Section,
)
from extractors.money import Amount, find_amounts
from extractors.periods import Calendar, Period, find_periods
from extractors.tables import word_set

PRODUCTS = (EntityType.PROGRAM, EntityType.DRUG)
_SUBJECTS = (*PRODUCTS, EntityType.TRIAL, EntityType.FACILITY)
_LONGEST_QUOTE = 320
_LONGEST_SENTENCE = 1200
_UNBROKEN = 350
"""How far, in code points, a sentence of written speech goes without a mark."""
_MARK = re.compile(r"[.,;:?!-]\s")
_CUT = re.compile(r"\b(?:U\.S|U\.K|E\.U)\.\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its speaker and its subject matter.

    ``start`` is its offset in the transcript; positions inside ``text`` are relative to it.
    ``main`` are those of the ``mentions`` that are medicines it is about; ``topic`` is the program
    last spoken of before it in the same turn (or asked about), ``age`` how many sentences ago,
    ``partner`` the organization other than the issuer; ``recent`` is the only medicine that the
    sentence right before names.
    """

    context: CallContext
    turn: int
    start: int
    text: str
    kind: ParticipantKind
    section: Section
    mentions: tuple[Mention, ...]
    main: tuple[Mention, ...]
    topic: EntityId | None
    partner: EntityId | None
    calendar: Calendar
    recent: EntityId | None = None
    age: int = 0

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of the sentence, positions relative to it."""
        return _amounts(self.text)

    @property
    def by_company(self) -> bool:
        """Whether the company speaks: an executive, or an unnamed voice in its remarks."""
        return self.kind is ParticipantKind.EXECUTIVE or (
            self.kind is ParticipantKind.UNIDENTIFIED and self.section is Section.PREPARED_REMARKS
        )

    def periods(self, *, future: bool | None = None) -> tuple[Period, ...]:
        """Return the times of the sentence, positions relative to it."""
        return _periods(self.text, self.calendar, future)

    def of_type(self, *types: EntityType) -> Iterator[Mention]:
        """Yield the mentions of entities of these types."""
        return (m for m in self.mentions if self.context.type_of(m) in types)

    def nearest(self, position: int, *types: EntityType) -> EntityId | None:
        """Return the entity of these types named last before a position, else the first after."""
        found = list(self.of_type(*types))
        before = [m for m in found if m.start - self.start <= position]
        return before[-1].entity if before else found[0].entity if found else None

    def program(self, position: int) -> EntityId | None:
        """Return the program that a position is about: named in the sentence, else the topic.

        What is only combined with or compared to it does not count.
        """
        before = [m for m in self.main if m.start - self.start <= position]
        if self.main:
            return (before[-1] if before else self.main[0]).entity
        return self.continued_topic

    def subjects(self) -> list[Mention]:
        """Return what may have a status or be promised: main medicines, trials and facilities."""
        main = self.main
        return [
            m
            for m in self.mentions
            if (kind := self.context.type_of(m)) in _SUBJECTS
            and (kind not in PRODUCTS or m in main)
        ]

    @property
    def continued_topic(self) -> EntityId | None:
        """The topic, unless the sentence names something that is not known, as a new topic."""
        return None if self.topic is None or self.names_unknown() else self.topic

    @property
    def recent_medicine(self) -> EntityId | None:
        """The only medicine of the sentence before, unless this one names something unknown."""
        named = self.recent is None or self.names_unknown() or any(self.of_type(*PRODUCTS))
        return None if named else self.recent

    def names_unknown(self, end: int | None = None) -> bool:
        """Tell whether it names, before a position, something in capitals that is not known."""
        covered = [(m.start - self.start, m.end - self.start) for m in self.mentions]
        known = word_set("known_capitals")
        for match in _NAME.finditer(self.text, 0, len(self.text) if end is None else end):
            if match[0] in known or any(a <= match.start() < b for a, b in covered):
                continue
            if _names_trial(self.text, match):
                continue
            if match.start() > 0 or _BRAND.fullmatch(match[0]):
                return True
        return False

    @property
    def names_brand(self) -> bool:
        """Whether it names, in capitals, something that is not known, probably a medicine."""
        if "-" not in self.text and not _CAPITALS.search(self.text):
            return False
        return any(
            m[0] not in word_set("known_capitals")
            and not _names_trial(self.text, m)
            and not any(o.start <= self.start + m.start() < o.end for o in self.mentions)
            for m in _BRANDED.finditer(self.text)
        )

    def evidence(self, start: int = 0, end: int | None = None) -> tuple[Evidence, ...]:
        """Quote the sentence, or of a long one the part from ``start`` to ``end``."""
        text = self.text
        if len(text) <= _LONGEST_QUOTE or end is None:
            start, end = 0, len(text)
        else:
            start = _clause_start(text, start)
            end = _clause_end(text, end)
        while text[start].isspace() and start < end - 1:
            start += 1
        while text[end - 1].isspace() and start < end - 1:
            end -= 1
        return (self.context.transcript.evidence(self.start + start, self.start + end),)


_NAME = re.compile(
    r"(?<![\w-])(?:[A-Z][a-z]{3,}(?:-[A-Za-z]+)?|[A-Z]{5,}|[a-z]{1,2}[A-Z]{3,}\w*|[A-Z][a-z]+-(?:[A-Z]|cel|vec)\b)"
    r"(?![\w-])"
)


_BRAND = re.compile(r"[A-Z]{5,}|[a-z]{1,2}[A-Z]{3,}\w*|[A-Z][a-z]+-(?:[A-Z]|cel|vec)")
_BRANDED = re.compile(rf"(?<![\w-])(?:{_BRAND.pattern})(?![\w-])")
_CAPITALS = re.compile(r"[A-Z][A-Z][A-Z]")
"""What a brand holds that has no hyphen."""


_TRIAL_BEFORE = re.compile(
    r"\b(?:phase \w{1,4}|trials?|stud(?:y|ies)),?(?: called| named)? $", re.IGNORECASE
)
_TRIAL_AFTER = re.compile(
    r"(?:-\w{1,3})?,? (?:our |the |an? )?(?:[\w-]+ )?(?:phase|trial|study)\b", re.IGNORECASE
)


def _names_trial(text: str, name: re.Match[str]) -> bool:
    """Tell whether a name is that of a trial, which does not change what is spoken of."""
    if _TRIAL_AFTER.match(text, name.end()):
        return True
    return _TRIAL_BEFORE.search(text, max(0, name.start() - 24), name.start()) is not None


_BREAK = re.compile(
    r"[;:]\s|,\s(?:and|but|which|while|with|compared|as well as|along with)\s|\s--\s"
)


def _clause_start(text: str, position: int) -> int:
    """Go back to the beginning of the clause that holds a position."""
    breaks = [m.end() for m in _BREAK.finditer(text, 0, position)]
    start = breaks[-1] if breaks else 0
    return start if position - start <= _LONGEST_QUOTE else max(0, text.rfind(" ", 0, position))


def _clause_end(text: str, position: int) -> int:
    """Go on to the end of the clause that holds a position."""
    match = _BREAK.search(text, position)
    end = match.start() if match else len(text)
    return end if end - position <= _LONGEST_QUOTE else position


@lru_cache(maxsize=4096)
def _amounts(text: str) -> tuple[Amount, ...]:
    return find_amounts(text)


@lru_cache(maxsize=4096)
def _periods(text: str, calendar: Calendar, future: bool | None) -> tuple[Period, ...]:
    return find_periods(text, calendar, future=future)


def read_passages(context: CallContext) -> tuple[Passage, ...]:
    """Return every sentence of every turn but the operator's, in text order."""
    transcript = context.transcript
    kinds = {p.id: p.kind for p in transcript.participants}
    calendar = Calendar.of_call(transcript.call)
    asked = _asked_about(context)
    passages: list[Passage] = []
    for turn in transcript.turns:
        kind = kinds.get(turn.speaker, ParticipantKind.UNIDENTIFIED)
        if kind is ParticipantKind.OPERATOR:
            continue
        topic, partner = asked.get(turn.index, (None, None))
        recent: EntityId | None = None
        known: set[EntityId] = set()
        age = 0
        for sentence in _pieces(context.sentences(turn.index)):
            mentions = context.mentions_between(sentence.start, sentence.end)
            main = tuple(main_products(context, mentions))
            named = _topic(context, main, sentence.start)
            diseases = {m.entity for m in mentions if context.type_of(m) is EntityType.INDICATION}
            if named is None and diseases and known and diseases.isdisjoint(known):
                topic = None
            known = diseases if named not in (None, topic) else known | diseases
            passage = Passage(
                context, turn.index, sentence.start, sentence.text, kind, turn.section,
                mentions, main, topic, partner, calendar, recent, age,
            )  # fmt: skip
            passages.append(passage)
            medicines = {m.entity for m in passage.of_type(*PRODUCTS)}
            recent = next(iter(medicines)) if len(medicines) == 1 else None
            age = 1 if named else age + 1
            topic = named or (None if topic is None or passage.names_brand else topic)
            partner = _partner(context, mentions) or partner
    return tuple(passages)


def _pieces(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Cut what has no full stop, such as recognized speech, so that no pattern runs long."""
    for sentence in _joined(sentences):
        start = 0
        while len(sentence.text) - start > _LONGEST_SENTENCE:
            end = sentence.text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            end = end if end > start else start + _LONGEST_SENTENCE
            yield _part(sentence, start, end)
            start = end
        yield _part(sentence, start, len(sentence.text)) if start else sentence


def _joined(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Join what a full stop within a name has cut: "in the U.S." and "revenue rose"."""
    held: Sentence | None = None
    for sentence in sentences:
        if held is not None and sentence.text.lstrip()[:1].islower() and _CUT.search(held.text):
            gap = " " * (sentence.start - held.end)
            text = f"{held.text}{gap}{sentence.text}"
            held = Sentence(held.turn, held.start, sentence.end, text)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def is_unbroken(text: str) -> bool:
    """Tell whether it is recognized speech without marks, where no clause can be told.

    >>> is_unbroken("and then " * 50), is_unbroken("And then, " * 50)
    (True, False)
    """
    if len(text) <= _UNBROKEN:
        return False
    marks = [0, *(m.start() for m in _MARK.finditer(text)), len(text)]
    return max(after - before for before, after in pairwise(marks)) > _UNBROKEN


def names_another(text: str) -> bool:
    """Tell whether it names a product by its kind, which may not be the topic.

    >>> names_another("Our norovirus vaccine did well"), names_another("The lead program did")
    (True, False)
    """
    kinds = (m["kind"].casefold().split() for m in _ANOTHER.finditer(text))
    return any(not word_set("general_kinds").issuperset(kind) for kind in kinds)


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    text = sentence.text[start:end]
    return Sentence(sentence.turn, sentence.start + start, sentence.start + end, text)


_ANOTHER = re.compile(
    r"\b(?:our|the|an?|for)\s+(?P<kind>(?:(?!(?:on|of|in|for|to|this|the|that|with|our|and|by)\b)[\w/-]+\s+)"
    r"{1,4}?)(?:programs?|vaccines?|products?|candidates?|inhibitors?|agonists?|antibod(?:y|ies)"
    r"|combination|therap(?:y|ies)|agents?|molecules?)\b",
    re.IGNORECASE,
)
"""Another thing than the topic, named by its kind: "our norovirus program"."""


def main_products(context: CallContext, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the medicines that a sentence is about, not those it combines or compares them with.

    Programs go before drugs, which often are only given along with them.
    """
    found = [m for m in mentions if context.type_of(m) in PRODUCTS]
    if not found:
        return found
    text = context.transcript.text
    main = [m for m in found if not _ASIDE.search(text[max(0, m.start - 40) : m.start])]
    programs = [m for m in main if context.type_of(m) is EntityType.PROGRAM]
    if programs:
        return programs
    return [m for m in main if not _GIVEN_ALONG.search(text[max(0, m.start - 40) : m.start])]


_ASIDE = re.compile(
    r"\b(?:combin\w+ with|plus|after|following|versus|vs\.?|compar\w+ (?:to|with)|addition of"
    r"|added to|subsequent (?:\w+ )?with|than|refractory to|pretreated with|adjunct to|relative to"
    r"|similar to|unlike|like|against|inhibitors?|backbone of|on top of|competitor)\s+$",
    re.IGNORECASE,
)


_GIVEN_ALONG = re.compile(
    r"\b(?:treated with|therapy with|using|use of|conditioning with|lymphodepletion with"
    r"|progressed on|failed|add(?:ed|ing)?|gave|given|giving|receiv(?:ed?|ing))\s+$",
    re.IGNORECASE,
)
_SUBJECT_POSITION = 40
"""How far from the start of its sentence, in code points, a drug may stand to be its topic."""


def _topic(context: CallContext, main: Iterable[Mention], start: int) -> EntityId | None:
    """Return what the sentence makes the topic: the first medicine that it is about."""
    for mention in main:
        program = context.type_of(mention) is EntityType.PROGRAM
        if program or mention.start - start <= _SUBJECT_POSITION:
            return mention.entity
    return None


def _partner(context: CallContext, mentions: Iterable[Mention]) -> EntityId | None:
    issuer = context.transcript.call.issuer
    found = [
        m.entity
        for m in mentions
        if context.type_of(m) is EntityType.COMPANY and m.entity != issuer
    ]
    return found[-1] if found else None


def _asked_about(context: CallContext) -> dict[int, tuple[EntityId | None, EntityId | None]]:
    """Return for each answering turn the program and the partner that its question names."""
    asked: dict[int, tuple[EntityId | None, EntityId | None]] = {}
    for exchange in context.exchanges:
        mentions: list[Mention] = []
        for index in exchange.question_turns:
            turn = context.transcript.turns[index]
            mentions.extend(context.mentions_between(turn.start, turn.end))
        programs = {m.entity: None for m in main_products(context, mentions)}
        topic = next(iter(programs)) if len(programs) == 1 else None
        partner = _partner(context, mentions)
        for index in exchange.answer_turns:
            asked[index] = topic, partner
    return asked
