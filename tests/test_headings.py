"""The lines above a call give company, ticker, exchange, period and date in many forms."""

from __future__ import annotations

import pytest

from extractors.headings import parse_heading

HEADS = [
    (
        "Tellwick Biologics, Inc.\n\nQ2 2032 Earnings Conference Call\n\n8/5/2032\n\n",
        ("Tellwick Biologics, Inc.", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "“Tellwick Biologics Limited\nQ2 FY2032 Earnings Conference Call”\nAugust 05, 2032\n",
        ("Tellwick Biologics Limited", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "“Tellwick Biologics Limited Q2 FY32 Earnings Conference Call”\nAugust 05, 2032\n",
        ("Tellwick Biologics Limited", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics Q2 2032 Earnings Call Transcript\nAugust 5, 2032\n",
        ("Tellwick Biologics", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick's Q2 2032 Earnings Call",
        ("Tellwick", None, None, "2032Q2", None),
    ),
    (
        "NASDAQ:TLWK Tellwick Biologics Q2 2032 Earnings Report $4.02 +0.05",
        ("Tellwick Biologics", "TLWK", "NASDAQ", "2032Q2", None),
    ),
    (
        " date 2032-08-05 Tellwick Biologics, Inc. (NASDAQ:TLWK) Q2 2032 Earnings "
        "Conference Call August 5, 2032 5:00 PM ET",
        ("Tellwick Biologics, Inc.", "TLWK", "NASDAQ", "2032Q2", "2032-08-05"),
    ),
    (
        "<<< back to TLWK company page\n"
        "\n"
        "Tellwick Biologics [TLWK] Conference call transcript for 2032 q2\n"
        "\n"
        "2032-08-05 20:54:08\n"
        "\n"
        "Fiscal: 2032 q2\n",
        ("Tellwick Biologics", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "FINAL TRANSCRIPT\n"
        "\n"
        "Conference Call Transcript\n"
        "\n"
        "TLWK - Q2 2032 Tellwick Biologics, Inc. Earnings Conference Call\n"
        "\n"
        "Event Date/Time: Aug. 05. 2032 / 4:30PM ET\n",
        ("Tellwick Biologics, Inc.", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "---\nsymbol: TLWK\nquarter: 2\nyear: 2032\ndate: 2032-08-05 16:30:00\n---\n",
        (None, "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Company: Tellwick Biologics\n"
        "Ticker: TLWK\n"
        "Fiscal Year: 2032\n"
        "Fiscal Quarter: Q2\n"
        "Date: August 5, 2032\n",
        ("Tellwick Biologics", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Company Name: Tellwick Biologics Inc\n"
        "Company Ticker: TLWK US\n"
        "Date: 2032-08-05\n"
        "Event Description: Q2 2032 Earnings Call\n",
        ("Tellwick Biologics Inc", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Exhibit 99.2\n"
        "TELLWICK BIOLOGICS, INC.\n"
        "2nd Quarter 2032 Earnings Release Conference Call\n"
        "August 5, 2032\n"
        "2:00 pm PT\n",
        ("TELLWICK BIOLOGICS, INC.", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics, Inc.\n"
        "Second Quarter 2032 Results Conference Call\n"
        "Thursday, August 5, 2032, 4:30 PM Eastern\n",
        ("Tellwick Biologics, Inc.", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "# Q2 2032 Earnings Call\n"
        "2032-08-05\n"
        "\n"
        "Q2 2032 Earnings Call\n"
        "Tellwick Biologics, Inc. | Earnings Calls | 2032-08-05\n",
        ("Tellwick Biologics, Inc.", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Fourth Quarter and Full Year 2031 Tellwick Biologics AG Earnings Call\n",
        ("Tellwick Biologics AG", None, None, "2031Q4", None),
    ),
    (
        "Full Year 2031 Tellwick Biologics AG Earnings Call\n",
        ("Tellwick Biologics AG", None, None, "2031Q4", None),
    ),
    (
        "Tellwick Biologics (TLWK) Q2 2032 Earnings Call Transcript\n"
        "TLWK earnings call for the period ending June 30, 2032.\n"
        "Aug 5, 2032, 4:30 p.m. ET",
        ("Tellwick Biologics", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics Inc (TLWK) 2032 Q2 Transcript\n",
        ("Tellwick Biologics Inc", "TLWK", None, "2032Q2", None),
    ),
    (
        "Transcript : Tellwick Biologics, Inc., Q2 2032 Earnings Call, Aug 05, 2032\n",
        ("Tellwick Biologics, Inc.", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "TLWK.US - Tellwick Biologics, Inc., Q2 2032 Earnings Call\n5 August 2032",
        ("Tellwick Biologics, Inc.", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Earnings Call Transcript: Tellwick Biologics Q2 2032\n2032/08/05",
        ("Tellwick Biologics", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Q2 2032 Tellwick Biologics Earnings Call\nThu, Aug 05, 2032 - 04:30 PM EDT",
        ("Tellwick Biologics", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics (NYSE American: TLWK) (TSX: TLW) Second Quarter Fiscal 2032 Results",
        ("Tellwick Biologics", "TLWK", "NYSE American", "2032Q2", None),
    ),
    (
        "Earnings Call Transcript\n"
        "Tellwick Biologics, Inc. (TLWK)\n"
        "Fiscal Second Quarter 2032\n"
        "Aug. 5, 2032",
        ("Tellwick Biologics, Inc.", "TLWK", None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics - 2Q32 Earnings Call - 05-Aug-2032",
        ("Tellwick Biologics", None, None, "2032Q2", "2032-08-05"),
    ),
    (
        "Tellwick Biologics, Inc. (NasdaqGS:TLWK)\n"
        "Earnings Call\n"
        "Thursday, August 5, 2032 4:30 PM\n"
        "FQ2 2032",
        ("Tellwick Biologics, Inc.", "TLWK", "NasdaqGS", "2032Q2", "2032-08-05"),
    ),
    (
        "TLWK Q2 2032 Earnings Call Transcript",
        (None, "TLWK", None, "2032Q2", None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEADS, ids=[head[:40] for head, _ in HEADS])
def test_a_heading_is_read(text: str, expected: tuple[str | None, ...]) -> None:
    heading = parse_heading(text)
    held = heading.held_on.isoformat() if heading.held_on else None
    found = (heading.company, heading.ticker, heading.exchange_code, heading.fiscal_period, held)
    assert found == expected


@pytest.mark.parametrize("text", ["", "Good day, and thanks for joining.", "Operator: Hello."])
def test_no_company_is_made_of_other_words(text: str) -> None:
    assert parse_heading(text).company is None
