"""The metrics of financial facts: where a sentence names one, and what exactly it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.cue_patterns import CuePattern
from extractors.facts._passages import Passage
from extractors.model import EntityId
from extractors.tables import Phrases, load_table, lookup, normalize, word_set


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric word in a sentence; positions relative to it."""

    start: int
    end: int
    name: str


@cache
def _metric_phrases() -> Phrases:
    return Phrases((row["word"] for row in load_table("metrics")), inside=r"\w&")


_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z][\w&’'.-]*\w|[A-Za-z0-9]\w*")
SCOPE = CuePattern(
    r"\b(?:excluding|including|ex-|net of|exclusive of|inclusive of|adjusted for)\s+(?![$€£\d])"
    r"[^,;.()]{2,70}?"
    r"(?=\s+(?:was|were|is|are|as of|of \$|in the|grew|increased|decreased|declined)\b|[,;.()]|$)"
    r"|\boutside (?:of )?(?:the )?(?:U\.S\.?|United States)"
    r"|\b(?:at|in|on an?)\s+(?:a\s+)?(?:constant (?:exchange rates?|currenc(?:y|ies))"
    r"|CER|(?:non-)?GAAP basis|operational basis|reported basis|organic basis"
    r"|(?:Danish|Swedish|Norwegian) kron(?:er|or)|local currenc(?:y|ies))",
)
_COMBINED = re.compile(r"\b[Cc]ombined\s+[^.;:$€£\d]*$")
"""What begins the name of several metrics told as one."""
_JOINED = re.compile(
    r"(?:,\s+(?P<first>[a-z][a-z-]+)|\b(?:expect|anticipate|forecast)\s+"
    r"(?P<named>[A-Z][\w-]+(?:\s[a-z][\w-]+)?))\s+and\s+$"
)
"""The same behind a comma or a verb: "In total, credit and debit sales"."""
_PAIRED = re.compile(
    r"\s*(?:(?:And|Our|Total)\s+){0,2}(?P<first>[A-Z][\w-]+(?:,?\s+[\w-]+){0,3}),?\s+and\s+"
)
"""The first of two names of one metric, at the start: "Cloud and services revenue"."""
_UNSPECIFIC = ("total", "global", "worldwide", "full year", "total global", "quarterly", "segment")


@lru_cache(maxsize=4096)
def find_metrics(text: str) -> tuple[Metric, ...]:
    """Return the metric words of a sentence, positions relative to it.

    >>> [m.name for m in find_metrics("Net loss fell as R&D expenses fell")]
    ['net loss', 'R&D expenses']
    >>> find_metrics("We opened two sites")
    ()
    """
    found = list(_metric_phrases().finditer(text))
    scopes = [m.span() for m in SCOPE.finditer(text)] if found else []
    return tuple(
        Metric(m.start(), m.end(), lookup("metrics", "metric")[normalize(m[0])])
        for m in found
        if not any(start < m.end() and m.start() < end for start, end in scopes)
    )


def name_metric(passage: Passage, metric: Metric, subject: EntityId | None) -> str:
    """Name a metric with the words before it: "adjusted", "U.S.", "cell therapy"."""
    start = _phrase_start(passage, metric)
    words = passage.text[start : metric.start]
    for mention in passage.mentions:
        low, high = mention.start - passage.start - start, mention.end - passage.start - start
        if mention.entity == subject and low >= 0 and high <= len(words):
            words = words[:low] + " " * (high - low) + words[high:]
    for period in passage.periods(future=False):
        low, high = max(0, period.start - start), max(0, period.end - start)
        words = words[:low] + " " * (min(high, len(words)) - low) + words[high:]
    said = " ".join(re.sub(r"[’']s\b", "", words).split())
    return f"{said} {metric.name}" if said and said.casefold() not in metric.name else metric.name


def _phrase_start(passage: Passage, metric: Metric) -> int:
    """Walk back over the words that belong to the metric, at most five."""
    combined = _COMBINED.search(passage.text, max(0, metric.start - 80), metric.start)
    if combined:
        return combined.start()
    start = metric.start
    periods = passage.periods(future=False)
    tokens = list(_TOKEN.finditer(passage.text, max(0, start - 80), start))
    for count, token in enumerate(reversed(tokens)):
        inside = any(p.start <= token.start() < p.end for p in periods)
        gap = passage.text[token.end() : start]
        word = token[0].casefold()
        verb = word.endswith(("ed", "ing", "ly")) and word not in word_set("metric_participles")
        if token[0].endswith(".") and passage.text[start].isupper():
            break
        if any(a.start <= token.start() < a.end for a in passage.amounts):
            break
        joined = word == "and" and passage.text[token.end() : start + 6].lstrip() == "other "
        foreign = not joined and (word in word_set("metric_stops") or verb or count > 5)
        if gap.strip(" -/&") or (foreign and not inside):
            break
        start = token.start()
    double = _JOINED.search(passage.text, 0, start) if start < metric.start else None
    if double and double["first"] not in word_set("metric_stops"):
        return double.start("first") if double["first"] else double.start("named")
    pair = _PAIRED.fullmatch(passage.text, 0, start) if start < metric.start else None
    if pair is None or find_metrics(passage.text)[0].start < start:
        return start
    first = re.findall(r"[\w-]+", pair["first"].casefold())
    named = word_set("metric_stops").isdisjoint(first) and not any(
        word.endswith(("ed", "ing", "ly")) for word in first[1:]
    )
    return pair.start("first") if named else start


def is_bare(text: str, metric: Metric, name: str, *, headed: bool = False) -> bool:
    """Tell whether a metric is named without saying whose, as in "Revenue was $2 million".

    Args:
        text: the sentence.
        metric: where it names the metric.
        name: the metric with the words before it.
        headed: whether the sentence itself begins with a heading that says whose it is.

    >>> is_bare("Our revenue rose", Metric(4, 11, "revenue"), "revenue")
    False
    """
    extra = name.lower().removesuffix(metric.name).strip()
    if extra == "segment":
        return True
    if extra and (extra not in _UNSPECIFIC or metric.name not in ("revenue", "sales")):
        return False
    if extra or headed:
        return True
    whole = re.search(r"\b(?:our|company|total|its)\s+$", text[: metric.start], re.IGNORECASE)
    return whole is None
