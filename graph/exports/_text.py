"""Text made safe for formats that cannot hold every character, or would run it."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"[=+\-@\t\r]")


def for_xml(text: str) -> str:
    r"""Put U+FFFD in the place of characters that XML 1.0 cannot hold.

    >>> for_xml("a\x00b\ud800") == "a\ufffdb\ufffd"
    True
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def for_spreadsheet(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    >>> for_spreadsheet("=1+1"), for_spreadsheet("-3.5"), for_spreadsheet("CD22")
    ("'=1+1", '-3.5', 'CD22')
    """
    if _FORMULA.match(text) and not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text):
        return f"'{text}"
    return text.replace("\x00", "\ufffd")
