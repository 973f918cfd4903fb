"""What the title of a transcript says of the call: company, ticker, period, date."""

from __future__ import annotations

import re
from datetime import date

from extractors.drafts import Heading

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<year>20\d\d|19\d\d)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\bF?(?P<quarter>Q[1-4]|[1-4]Q)\s*,?\s*(?:FY)?\s*(?P<year>20\d\d)\b", re.IGNORECASE
)
_TICKER = re.compile(
    r"\((?:(?P<exchange>[A-Za-z][A-Za-z ]{1,12}):\s*)?(?P<ticker>[A-Z][A-Z0-9.]{0,7})\)"
)


def parse_date(text: str) -> date | None:
    """Return the first day named in words, or None.

    >>> parse_date("Q4 2031 Call March 5, 2032 8:00 AM ET"), parse_date("in March")
    (datetime.date(2032, 3, 5), None)
    """
    for found in _DATE.finditer(text):
        month = _MONTHS.index(found["month"].lower()[:3]) + 1
        try:
            return date(int(found["year"]), month, int(found["day"]))
        except ValueError:
            continue
    return None


def parse_period(text: str) -> str | None:
    """Return the first fiscal period as year and quarter, or None.

    >>> parse_period("Lumora Inc. (LMRA) Q4 2031 Results"), parse_period("Results for 2031")
    ('2031Q4', None)
    """
    found = _PERIOD.search(text)
    if not found:
        return None
    return f"{found['year']}Q{found['quarter'].strip('Qq')}"


def parse_heading(text: str) -> Heading:
    """Read the lines above the participant list.

    >>> heading = parse_heading("Lumora SA (NASDAQ:LMRA) Q4 2031 Earnings Call March 5, 2032")
    >>> heading.company, heading.ticker, heading.exchange_code, heading.fiscal_period
    ('Lumora SA', 'LMRA', 'NASDAQ', '2031Q4')
    """
    company = ticker = exchange = None
    for found in _TICKER.finditer(text):
        before = text[: found.start()].rstrip().rsplit("\n", 1)[-1].strip()
        company = company or before or None
        ticker = ticker or found["ticker"]
        exchange = exchange or found["exchange"]
    return Heading(company, ticker, exchange, parse_period(text), parse_date(text))
