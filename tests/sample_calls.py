"""Two small invented calls in which every kind of node occurs, built by hand.

Nothing here depends on how texts are understood: spans are found by searching the words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors import model as m

COMPANY = "org/orivale-bio"
PARTNER = "org/tamsin-pharma"
FIRM = "org/quill-street"
OTHER_FIRM = "org/larkmoor-capital"
CHIEF = "person/nils-ahrend-orivale-bio"
DOCTOR = "person/dara-quist-orivale-bio"
ANALYST = "person/petra-vance"
ABSENT = "person/hugo-lindt"
OPERATOR = "person/operator-{}"
PROGRAM = "program/orv-22"
OTHER = "program/orv-70"
TARGET = "target/cd22"
TRIAL = "trial/harbor-1"
DISEASE = "indication/multiple-myeloma"

T = m.EntityType
ENTITIES = (
    m.Entity(COMPANY, T.COMPANY, "Orivale Bio", ("Orivale",)),
    m.Entity(PARTNER, T.COMPANY, "Tamsin Pharma"),
    m.Entity(FIRM, T.FIRM, "Quill Street"),
    m.Entity(OTHER_FIRM, T.FIRM, "Larkmoor Capital"),
    m.Entity(CHIEF, T.PERSON, "Nils Ahrend"),
    m.Entity(DOCTOR, T.PERSON, "Dara Quist", ("Dr. Quist",)),
    m.Entity(ANALYST, T.PERSON, "Petra Vance"),
    m.Entity(ABSENT, T.PERSON, "Hugo Lindt"),
    m.Entity(PROGRAM, T.PROGRAM, "ORV-22", ("ORV22",)),
    m.Entity(OTHER, T.PROGRAM, "ORV-70"),
    m.Entity(TARGET, T.TARGET, "CD22", ("Siglec-2",), ("HGNC:1643", "UniProt:P20273")),
    m.Entity("target/cd70", T.TARGET, "CD70"),
    m.Entity(TRIAL, T.TRIAL, "HARBOR-1", (), ("NCT01234567",)),
    m.Entity(DISEASE, T.INDICATION, "multiple myeloma", (), (), ("indication/cancer",)),
    m.Entity("indication/cancer", T.INDICATION, "cancer"),
)

FIRST = (
    (CHIEF, "Our ORV-22 is directed against CD22. Tamsin Pharma pays up to $410 million."),
    (DOCTOR, "In HARBOR-1, seven of ten patients with multiple myeloma responded by day 28."),
    (DOCTOR, "We plan to show ORV-22 data in the first half of 2032."),
    (ANALYST, "It is Petra on for Hugo. When will you show ORV-22 data? Is ORV-70 safe?"),
    (CHIEF, "We do not comment on ORV-70. Dara will take the first one."),
    (DOCTOR, "In the first half of 2032."),
)
SECOND = (
    (CHIEF, "ORV-22 does not act on CD70. Cash was $212 million, or $221 million in all."),
    (DOCTOR, "The hold on ORV-22 was lifted in January. We now plan data in the second half."),
    (ANALYST, "Could ORV-70 go against CD22? What is the price of ORV-22?"),
    (CHIEF, "That is for later in the year."),
)


class _Builder:
    """Makes an extraction out of spoken turns; spans are found by their words."""

    def __init__(
        self, call_id: str, period: str, day: date, spoken: tuple[tuple[str, str], ...], asked: int
    ):
        text, turns = "Orivale Bio earnings call\nNils Ahrend - Chief Executive Officer\n", []
        for index, (speaker, words) in enumerate(spoken):
            section = m.Section.QUESTION_AND_ANSWER if index >= asked else (
                m.Section.PREPARED_REMARKS
            )  # fmt: skip
            turns.append(m.Turn(index, speaker, section, len(text), len(text) + len(words)))
            text += f"{words}\n"
        call = m.Call(call_id, "Orivale Bio", COMPANY, "ORVL", "NASDAQ", period, day)
        self.transcript = m.Transcript(
            call, text, (), tuple(turns), "example", "ab" * 32, ENTITIES[:1]
        )

    def span(self, words: str) -> tuple[int, int]:
        start = self.transcript.text.index(words)
        return start, start + len(words)

    def proof(self, *words: str) -> tuple[m.Evidence, ...]:
        return tuple(self.transcript.evidence(*self.span(said)) for said in words)

    def mention(self, entity: str, words: str, within: str) -> m.Mention:
        start = self.transcript.text.index(words, self.span(within)[0])
        turn = self.transcript.turn_at(start)
        assert turn is not None
        return m.Mention(entity, start, start + len(words), words, turn.index, "lexical", 0.9)

    def question(self, index: int, words: str, exchange: int = 0, **values: object) -> m.Question:
        start, end = self.span(words)
        turn = self.transcript.turn_at(start)
        assert turn is not None
        question = m.Question(index, exchange, turn.index, start, end, words, turn.speaker)
        return replace(question, **values)  # type: ignore[arg-type]

    def answer(self, index: int, words: str, exchange: int = 0) -> m.Answer:
        start, end = self.span(words)
        turn = self.transcript.turn_at(start)
        assert turn is not None
        return m.Answer(index, exchange, turn.index, start, end, words, turn.speaker)


def _participants(build: _Builder, firm: str) -> tuple[m.Participant, ...]:
    kind = m.ParticipantKind
    proof = build.proof("Nils Ahrend - Chief Executive Officer")
    return (
        m.Participant(
            CHIEF, "Nils Ahrend", kind.EXECUTIVE,
            (m.Attributed("Chief Executive Officer", proof),),
            (m.Affiliation(COMPANY, "Orivale Bio", build.proof("Orivale Bio")),),
            (), True, True,
        ),
        m.Participant(DOCTOR, "Dara Quist", kind.EXECUTIVE, spoke=True),
        m.Participant(
            ANALYST, "Petra Vance", kind.ANALYST,
            affiliations=(m.Affiliation(firm, "Quill", proof),), spoke=True,
        ),
        m.Participant(ABSENT, "Hugo Lindt", kind.ANALYST, listed=True),
    )  # fmt: skip


def _statement(
    build: _Builder, subject: str, predicate: str, value: str, words: str, **how: object
) -> m.Statement:
    statement = m.Statement(subject, predicate, value, build.proof(words), "example")
    return replace(statement, **how)  # type: ignore[arg-type]


def _fact(
    build: _Builder, kind: m.FactKind, subject: str | None, words: str, **values: m.Value
) -> m.Fact:
    pairs = tuple(
        (name, m.Reference(PARTNER) if name == "counterparty" else value)
        for name, value in values.items()
    )
    return m.Fact(kind, subject, pairs, build.proof(words), "example")


def first_call() -> m.Extraction:
    """A call with prepared remarks, a stand-in, two questions and a deal."""
    build = _Builder("orvl-2031q3", "2031Q3", date(2031, 11, 4), FIRST, 3)
    transcript = replace(
        build.transcript,
        participants=_participants(build, FIRM),
        doubts=(m.SpeakerDoubt(5, "answers for somebody else", build.proof(FIRST[5][1]), CHIEF),),
    )
    kind, due = m.FactKind, {"notBefore": date(2032, 1, 1), "notAfter": date(2032, 6, 30)}
    return m.Extraction(
        transcript,
        ENTITIES,
        (
            build.mention(PROGRAM, "ORV-22", "Our ORV-22"),
            build.mention(TARGET, "CD22", "against CD22"),
            build.mention(OTHER, "ORV-70", "Is ORV-70 safe?"),
        ),
        (
            m.Exchange(
                0, ANALYST, (3,), (4, 5), (4,), None, ABSENT, (DOCTOR, CHIEF),
                build.proof("It is Petra on for Hugo."),
            ),
        ),
        (
            build.question(
                0, "When will you show ORV-22 data?", about=(PROGRAM,), themes=("data-timing",),
                answers=(1,), answered_by=(DOCTOR,), response=m.Response.ANSWERED,
                response_confidence=0.8,
            ),
            build.question(
                1, "Is ORV-70 safe?", about=(OTHER,), themes=("safety",), answers=(0,),
                answered_by=(CHIEF,), response=m.Response.DECLINED,
                response_cues=build.proof("We do not comment"),
            ),
        ),
        (
            build.answer(0, "We do not comment on ORV-70."),
            build.answer(1, "In the first half of 2032."),
        ),
        (
            _statement(build, PROGRAM, "hasTarget", TARGET, "ORV-22 is directed against CD22"),
            _statement(build, PROGRAM, "developedBy", COMPANY, "Our ORV-22"),
            _statement(build, PROGRAM, "studiedIn", TRIAL, "HARBOR-1"),
            _statement(build, PROGRAM, "forIndication", DISEASE, "patients with multiple myeloma"),
            _statement(build, PROGRAM, "phase", "1/2", "HARBOR-1"),
            _statement(build, COMPANY, "partnerOf", PARTNER, "Tamsin Pharma pays"),
        ),
        (
            _fact(
                build, kind.DEAL_TERM, None, "up to $410 million", counterparty="",
                termKind="milestone", bound="upTo", amount=Decimal("410000000"), currency="USD",
            ),
            _fact(
                build, kind.CLINICAL_RESULT, PROGRAM, "seven of ten patients", measure="response",
                numerator=7, denominator=10, timepoint="by day 28", unit="patients",
            ),
            _fact(
                build, kind.GUIDANCE, PROGRAM, "We plan to show ORV-22 data", promise="show data",
                dueText="in the first half of 2032", promiseKind="data", **due,
            ),
        ),
    )  # fmt: skip


def second_call() -> m.Extraction:
    """The next call of the same company: a denial, a condition, a conflict, a lifted hold."""
    build = _Builder("orvl-2031q4", "2031Q4", date(2032, 3, 2), SECOND, 2)
    told = m.Identification("Pet is short for Petra", build.proof("Nils Ahrend"))
    transcript = replace(
        build.transcript,
        participants=tuple(
            replace(person, identified=told) if person.id == ANALYST else person
            for person in _participants(build, OTHER_FIRM)
        ),
    )
    kind = m.FactKind
    money = {"metric": "cash", "currency": "USD", "scope": "consolidated", "period": "2031Q4"}
    return m.Extraction(
        transcript,
        ENTITIES,
        (
            build.mention(PROGRAM, "ORV-22", "ORV-22 does"),
            build.mention(TARGET, "CD22", "go against"),
        ),
        (m.Exchange(0, ANALYST, (2,), (3,), answered_by=(CHIEF,)),),
        (
            build.question(0, "Could ORV-70 go against CD22?", about=(OTHER, TARGET),
                           answered_by=(CHIEF,), answers=(0,), response=m.Response.DEFERRED,
                           response_cues=build.proof("for later in the year"),
                           promised=date(2032, 12, 31)),
            build.question(1, "What is the price of ORV-22?", about=(PROGRAM,),
                           response=m.Response.NOT_ADDRESSED),
        ),
        (build.answer(0, "That is for later in the year."),),
        (
            _statement(build, PROGRAM, "hasTarget", "target/cd70", "ORV-22 does not act on CD70",
                       polarity=m.Polarity.NEGATED),
            _statement(build, OTHER, "hasTarget", TARGET, "Could ORV-70 go against CD22",
                       certainty=m.Certainty.ASKED),
            _statement(build, PROGRAM, "developedBy", COMPANY, "ORV-22 does"),
        ),
        (
            _fact(build, kind.FINANCIAL_FACT, COMPANY, "$212 million", value=Decimal("212000000"),
                  **money),
            _fact(build, kind.FINANCIAL_FACT, COMPANY, "$221 million", value=Decimal("221000000"),
                  **money),
            _fact(build, kind.STATUS_CHANGE, PROGRAM, "was lifted in January",
                  status="hold lifted", when="in January", notBefore=date(2032, 1, 1),
                  notAfter=date(2032, 1, 31)),
            _fact(build, kind.GUIDANCE, PROGRAM, "We now plan data", promise="show data",
                  dueText="in the second half", notBefore=date(2032, 7, 1),
                  notAfter=date(2032, 12, 31), promiseKind="data"),
        ),
        (m.Conflict(COMPANY, "cash", ("$212 million", "$221 million"),
                    build.proof("$212 million", "$221 million")),),
    )  # fmt: skip


def sample_calls() -> tuple[m.Extraction, m.Extraction]:
    """Both calls, the earlier one first."""
    return first_call(), second_call()
