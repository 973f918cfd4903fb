"""The closed lists: kinds of participants, entities, facts; polarity, certainty, responses."""

from __future__ import annotations

from enum import StrEnum


class ParticipantKind(StrEnum):
    """In which part somebody takes part in a call."""

    EXECUTIVE = "Executive"
    ANALYST = "Analyst"
    OPERATOR = "Operator"
    GUEST = "Guest"
    UNIDENTIFIED = "Unidentified"


class Section(StrEnum):
    """The two sections of a call."""

    PREPARED_REMARKS = "PreparedRemarks"
    QUESTION_AND_ANSWER = "QuestionAndAnswer"


class EntityType(StrEnum):
    """What a thing is; the names are classes of the ontology."""

    PERSON = "Person"
    FIRM = "Firm"
    COMPANY = "Company"
    PROGRAM = "Program"
    DRUG = "Drug"
    TARGET = "Target"
    INDICATION = "Indication"
    TRIAL = "Trial"
    TECHNOLOGY = "Technology"
    MODALITY = "Modality"
    FACILITY = "Facility"
    REGULATOR = "Regulator"
    INSTITUTION = "Institution"
    MEETING = "Meeting"
    PUBLICATION = "Publication"
    PLACE = "Place"
    VARIANT = "Variant"


class Polarity(StrEnum):
    """Whether a statement is affirmed or denied by its speaker."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Certainty(StrEnum):
    """How firmly a statement is made."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    HEDGED = "hedged"
    ASKED = "asked"


class FactKind(StrEnum):
    """The typed facts; the names are classes of the ontology."""

    DEAL_TERM = "DealTerm"
    GUIDANCE = "Guidance"
    CLINICAL_RESULT = "ClinicalResult"
    FINANCIAL_FACT = "FinancialFact"
    STATUS_CHANGE = "StatusChange"


class Response(StrEnum):
    """What became of a question."""

    ANSWERED = "Answered"
    PARTLY_ANSWERED = "PartlyAnswered"
    DEFERRED = "Deferred"
    DECLINED = "Declined"
    NOT_ADDRESSED = "NotAddressed"
