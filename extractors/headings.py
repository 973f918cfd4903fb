"""What the title of a transcript says of the call: company, ticker, period, date."""

from __future__ import annotations

import re
from datetime import date

from extractors.drafts import Heading

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:\b|(?<=[a-z])(?=(?-i:[A-Z]))){_MONTH}[\s-]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[.,-]?\s*(?P<year>(?:20|19)\d\d)"
    rf"|(?<!\d)(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH.replace('month', 'month2')}[,\s-]+"
    r"(?P<year2>(?:20|19)\d\d)"
    r"|(?<!\d)(?P<year3>20\d\d)[-/](?P<month3>\d\d)[-/](?P<day3>\d\d)(?!\d)"
    r"|(?<![\d/])(?P<month4>\d{1,2})/(?P<day4>\d{1,2})/(?P<year4>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_WORDS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "1st": "1",
    "2nd": "2",
    "3rd": "3",
    "4th": "4",
}
_PERIOD = re.compile(
    r"\bF?Q(?P<a>[1-4])[\s,-]*(?:F(?:Y|iscal)\s*)?(?:year\s*)?['’]?(?P<ay>20\d\d|(?<=[Yy'’])\d\d)\b"
    r"|\b(?P<b>[1-4])Q[\s,-]*(?:FY)?\s*['’]?(?P<by>20\d\d|\d\d)\b"
    r"|\b(?:F(?:Y|iscal)\s*)?(?:year\s*)?(?P<cy>20\d\d)[\s,-]*F?Q(?P<c>[1-4])\b"
    r"|\b(?P<d>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+quarter\s*(?:and full[\s-]year\s*)?"
    r",?"
    r"\s*(?:of\s+)?(?:F(?:Y|iscal)\s*)?(?:year\s*)?(?P<dy>20\d\d)\b",
    re.IGNORECASE,
)
_EXCHANGES = (
    r"NASDAQ(?:\s?G[SM])?|NasdaqG[SM]|NasdaqCM|NYSE(?:\s?American|\s?MKT|\s?Arca)?|NYSEAM|AMEX|TSXV?|TSE|LSE|OTC(?:QX|QB|PK|MKTS)?"
    r"|OTC|CPSE|CPH|XTRA|SWX|VTX|ENXTPA|ENXTAM|ENXTBR|EPA|AMS|ETR|FRA|BIT|BME|STO|OM|OSL|OB|HEL"
    r"|TYO|HKG|SEHK|KOSDAQ|KOSE|KRX|ASX|NSE|NSEI|BSE|SHSE|SZSE|TWSE|SGX|JSE|AIM"
)
_TICKER = re.compile(
    rf"[(\[]\s*(?:(?P<exchange>(?i:{_EXCHANGES})|[A-Za-z][A-Za-z ]{{1,12}})\s*:\s*)?"
    r"(?P<ticker>[A-Z][A-Z0-9]{0,6}(?:[.-][A-Z]{1,3})?)(?:\s*[+-]?\d+(?:\.\d+)?%)?\s*[)\]]"
)
_LEADING = re.compile(
    r"^\W*(?P<ticker>[A-Z]{2,5})(?:\.[A-Z]{1,3})?\s+(?:[-–—]\s+)?(?=F?Q[1-4]\b|20\d\d\b|[-–—]\s)",
    re.MULTILINE,
)
_PLAIN = re.compile(
    rf"\b(?P<exchange>{_EXCHANGES})\s*:\s*(?P<ticker>[A-Z][A-Z0-9]{{0,6}}(?:[.-][A-Z]{{1,3}})?)\b"
)
_FIELD = re.compile(
    r"^\W*(?P<key>company(?: name| ticker)?|ticker|symbol|quarter|period|date"
    r"|fiscal[ _](?:year|quarter|period)"
    r"|year|call date|event date|exchange)\W*:\W*(?P<value>\S[^\n]*?)[*_\s]*$",
    re.IGNORECASE | re.MULTILINE,
)


def parse_date(text: str) -> date | None:
    """Return the first day named in words or, where there is none, in figures; or None.

    >>> parse_date("Q4 2031 Call March 5, 2032 8:00 AM ET"), parse_date("in March")
    (datetime.date(2032, 3, 5), None)
    >>> parse_date("Earnings CallAug 14, 2031,9:30 a.m. ET")
    datetime.date(2031, 8, 14)
    """
    for found in sorted(_DATE.finditer(text), key=lambda item: item["year4"] is not None):
        year, month, day = next(
            (found[f"year{n}"], found[f"month{n}"], found[f"day{n}"])
            for n in ("", "2", "3", "4")
            if found[f"year{n}"]
        )
        number = int(month) if month.isdigit() else _MONTHS.index(month.lower()[:3]) + 1
        try:
            return date(int(year), number, int(day))
        except ValueError:
            continue
    return None


def parse_period(text: str) -> str | None:
    """Return the first fiscal period as year and quarter, or None.

    >>> parse_period("Lumora Inc. (LMRA) Q4 2031 Results"), parse_period("Results for 2031")
    ('2031Q4', None)
    >>> parse_period("3Q31 Lumora call"), parse_period("Lumora second quarter 2031 results")
    ('2031Q3', '2031Q2')
    """
    found = _PERIOD.search(text)
    if not found:
        return None
    quarter, year = next((found[k], found[f"{k}y"]) for k in "abcd" if found[k])
    year = year if len(year) == 4 else f"20{year}"
    return f"{year}Q{_WORDS.get(quarter.lower(), quarter)}"


_WORD = (
    r"(?:final|edited|transcripts?|of|for|and|earnings|results?|conference|calls?|release|report"
    r"|financial(?=\s+(?:results|report|update))|business(?=\s+update)|update|quarterly|quarter"
    r"|annual|full|half|fiscal|year|interim|presentation|webcast|event|corporate(?=\s+update)|date)"
)
_JUNK = (
    rf"(?:{_WORD}\b|F?Q[1-4]\b|[1-4]Q(?:\d\d)?\b|(?:F?Y)?['’]?(?:20)?\d\d\b(?!-\d)|\b20\d\d-\d\d-\d\d\b"
    r"|(?:first|second|third|fourth|1st|2nd|3rd|4th)\b|\d+[/:]\d+(?:[/:]\d+)?\b)"
)
_FRONT = re.compile(rf"(?:\W*{_JUNK}|\W+|(?:{_EXCHANGES}):\s?[A-Z]+\b)+", re.IGNORECASE)
_BACK = re.compile(rf"(?:[\s,|:“”\"*#_–—-]|['’]s(?=\s)|\b{_JUNK})+\Z", re.IGNORECASE)
_SPEAKS_OF_CALL = re.compile(r"\b(?:earnings|conference call|results)\b", re.IGNORECASE)
_PERIOD_OR_YEAR = re.compile(rf"{_PERIOD.pattern}|\bfull[\s-]year\s+20\d\d\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"[.?!]\s+[A-Z][a-z]+\s+[a-z]|\b(?:is|was|are|were|will|has|have|to|page|exhibit|pm|am)\b|[:$%<>]"
)


def _clean(company: str | None) -> str | None:
    """Take what is no name of a company off both ends of a line; None where nothing is left."""
    if not company:
        return None
    bare = re.sub(r"\s*\([^)]*\)\s*\Z", "", company.strip(" \t*#_-–—:|=")).strip(" ,*#")
    bare = re.sub(r"\A[A-Z]{2,6}(?:\.[A-Z]{1,3})?\s+-(?:\s+|\Z)", "", bare)
    front = _FRONT.match(bare)
    bare = bare[front.end() :] if front else bare
    while (back := _BACK.search(bare)) and back.start() < len(bare):
        bare = bare[: back.start()]
    bare = re.sub(r"['’]s?\Z", "", bare.strip(" ,|"))
    return bare if any(c.isalpha() for c in bare) and len(bare) <= 80 else None


def _company(text: str, ticker: str | None) -> str | None:
    """Find the company in the lines that give the period, beside these, or in the call's name."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:60]
    periods = [
        (i, found) for i, line in enumerate(lines) if (found := _PERIOD_OR_YEAR.search(line))
    ]
    said: list[str] = []
    for i, found in periods:
        said += [lines[i][: found.start()], lines[i][found.end() :][:100]]
    for i, _ in periods:
        said += [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
    said += [line for line in lines if len(line) < 140 and _SPEAKS_OF_CALL.search(line)]
    for part in said:
        name = _clean(_DATE.sub(" ", re.sub(r"\s[|]\s.*", "", part)))
        if not name or name == ticker or len(name) > 60:
            continue
        if name[0].isupper() and not _NO_NAME.search(name):
            return name
    return None


def _fields(text: str) -> dict[str, str]:
    """Read a banner of ``Company: ...`` lines."""
    found: dict[str, str] = {}
    for match in _FIELD.finditer(text):
        found.setdefault(match["key"].lower().replace("_", " "), match["value"])
    return found


def parse_heading(text: str) -> Heading:
    """Read the lines above the participant list.

    >>> heading = parse_heading("Lumora SA (NASDAQ:LMRA) Q4 2031 Earnings Call March 5, 2032")
    >>> heading.company, heading.ticker, heading.exchange_code, heading.fiscal_period
    ('Lumora SA', 'LMRA', 'NASDAQ', '2031Q4')
    >>> parse_heading("Q2 2031 Lumora Inc Earnings Call").company
    'Lumora Inc'
    """
    fields = _fields(text)
    company = _clean(fields.get("company") or fields.get("company name"))
    ticker = next(iter((fields.get("ticker") or fields.get("company ticker") or "").split()), None)
    ticker = ticker or fields.get("symbol")
    exchange = fields.get("exchange")
    for found in (*_TICKER.finditer(text), *_PLAIN.finditer(text)):
        if found["ticker"] in _NO_TICKERS:
            continue
        before = text[: found.start()].rstrip(" \t\n([").rsplit("\n", 1)[-1]
        if ticker in (None, found["ticker"]):
            company = company or _clean(before.rsplit(":", 1)[-1])
            ticker = found["ticker"]
            exchange = exchange or found["exchange"]
    if ticker is None and (leading := _LEADING.search(text)):
        ticker = leading["ticker"]
    company = company or _company(text, ticker)
    banner = re.sub(r"(?im)^\W*(?:url|scraped|source|retrieved|published)\b.*$", "", text)
    banner = _ENDING.sub("", banner)
    held = parse_date(fields.get("date") or fields.get("call date") or "") or parse_date(banner)
    return Heading(company, ticker, exchange, _period(fields, text), held)


_ENDING = re.compile(
    r"\b(?:period|quarter|year|months)\s+end(?:ed|ing)\s+[a-z]+\.?\s+\d{1,2},?\s+\d{4}",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"\bfull[\s-]year\s+(?P<year>20\d\d)\b", re.IGNORECASE)


def _period(fields: dict[str, str], text: str) -> str | None:
    year = fields.get("fiscal year") or fields.get("year") or ""
    quarter = fields.get("quarter") or fields.get("fiscal quarter") or fields.get("period") or ""
    digits = re.sub(r"\D", "", quarter)
    if re.fullmatch(r"20\d\d[1-4]", f"{year}{digits}"):
        return f"{year}Q{digits}"
    if found := parse_period(quarter) or parse_period(text):
        return found
    whole = _WHOLE_YEAR.search(text)
    return f"{whole['year']}Q4" if whole else None


_NO_TICKERS = frozenset(
    {"CEO", "CFO", "COO", "CMO", "GAAP", "IR", "ET", "EST", "EDT", "PT", "Q", "A", "PH"}
)
