"""Merge what was said twice: one statement, several pieces of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from extractors.model import Evidence, Fact, Statement

_HIGHEST = 0.99
_Said = TypeVar("_Said", Statement, Fact)


def combine_confidence(confidences: Iterable[float]) -> float:
    """Combine independent signs of one claim (noisy-or), never above 0.99.

    >>> combine_confidence([0.5, 0.5]), combine_confidence([])
    (0.75, 0.0)
    """
    doubt = 1.0
    for confidence in confidences:
        doubt *= 1.0 - confidence
    return round(min(1.0 - doubt, _HIGHEST), 4)


def merge_statements(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Unite statements with the same key: all evidence, the surest rule, confidence by noisy-or.

    Two rules that fire on the same words are one sign, not two: of them the surest counts. The
    result is in key order and does not depend on the order given.

    >>> words = (Evidence(4, 8, "Good"),)
    >>> one = Statement("program/a", "hasTarget", "target/b", words, "r1", confidence=0.5)
    >>> two = replace(one, rule="r2", evidence=(Evidence(10, 13, "day"),), confidence=0.6)
    >>> [(s.rule, len(s.evidence), s.confidence) for s in merge_statements([one, two, one])]
    [('r2', 2, 0.8)]
    >>> merge_statements([])
    ()
    """
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.key, []).append(statement)
    return tuple(_merge(groups[key]) for key in sorted(groups))


def _merge(same: list[_Said]) -> _Said:
    surest = max(same, key=lambda said: (said.confidence, said.rule))
    by_words: dict[tuple[Evidence, ...], float] = {}
    for said in same:
        words = _in_order(said.evidence)
        by_words[words] = max(by_words.get(words, 0.0), said.confidence)
    evidence = _in_order(e for said in same for e in said.evidence) if len(same) > 1 else words
    sure = combine_confidence(by_words[words] for words in sorted(by_words, key=_spans))
    if evidence == surest.evidence and sure == surest.confidence:
        return surest
    return replace(surest, evidence=evidence, confidence=sure)


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = dict.fromkeys(evidence)
    return tuple(sorted(unique, key=lambda e: (e.start, e.end, e.turn is None, e.turn or 0)))


def _spans(words: tuple[Evidence, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((e.start, e.end) for e in words)


def merge_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Unite facts that say the same of the same subject: all evidence, the surest rule.

    Facts with any differing value stay apart, so that a disagreement is never lost.

    >>> merge_facts([])
    ()
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        key = (fact.kind, fact.subject, fact.properties, fact.polarity, fact.certainty)
        groups.setdefault(key, []).append(fact)
    return tuple(_merge(same) for same in groups.values())
