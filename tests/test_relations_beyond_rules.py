"""What no pattern says: codes of known houses, two who sell one medicine, trials in vain."""

from __future__ import annotations

import pytest

from extractors.relations import relate
from tests.markup import mark_call


def said(text: str) -> set[tuple[str, str, str]]:
    statements = relate(mark_call(text).context)
    return {(s.subject, s.predicate, s.object) for s in statements if s.holds}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "[Biogen]{company} told us how [BIIB900]{program} fared.",
            ("program/biib900", "developedBy", "org/biogen"),
        ),
        (
            "[Amgen]{company} and [AstraZeneca]{company} sell [Tezspire]{drug}.",
            ("org/amgen", "partnerOf", "org/astrazeneca"),
        ),
        (
            "[LUM-5]{program} and [LUM-6]{program} are tested in [Lassa fever]{indication} and "
            "[gout]{indication}, respectively.",
            ("program/lum-6", "forIndication", "indication/gout"),
        ),
        (
            "[LUM-3]{program} did not separate from placebo in the [HELORA]{trial} trial.",
            ("program/lum-3", "studiedIn", "trial/helora"),
        ),
    ],
)
def test_said_without_a_pattern(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in said(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "[Amgen]{company} told us how [BIIB900]{program} fared.",
            ("program/biib900", "developedBy", "org/amgen"),
        ),
        (
            "[Amgen]{company} and [AstraZeneca]{company} sell [Wegovy]{drug}.",
            ("org/amgen", "partnerOf", "org/astrazeneca"),
        ),
        (
            "[LUM-3]{program} is not tested in the [HELORA]{trial} trial.",
            ("program/lum-3", "studiedIn", "trial/helora"),
        ),
        (
            "[LUM-5]{program} and [LUM-6]{program} are tested in [Lassa fever]{indication} and "
            "[gout]{indication}, respectively.",
            ("program/lum-5", "forIndication", "indication/gout"),
        ),
        (
            "Ferrano has [FNR-2]{program} there.",
            ("program/fnr-2", "developedBy", "org/lumenta"),
        ),
        (
            "the [HELORA]{trial} trial of those who progressed on [Enhertu]{drug}",
            ("drug/enhertu", "studiedIn", "trial/helora"),
        ),
    ],
)
def test_not_said(text: str, relation: tuple[str, str, str]) -> None:
    assert relation not in said(text)
