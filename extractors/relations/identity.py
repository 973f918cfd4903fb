"""Things with two names, and versions of a thing: ``sameAs``, ``variantOf``."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Mention, Statement
from extractors.relations._matching import relate_by_rules
from extractors.relations._medicines import load_substances
from extractors.relations._rules import confidence_of, load_words
from extractors.relations._substances import first_mentions
from extractors.relations._view import CallView


def relate(view: CallView) -> Iterator[Statement]:
    """Yield what is the same as, or a version of, what."""
    yield from relate_by_rules(view, "sameAs")
    yield from relate_by_rules(view, "variantOf")
    yield from _brands(view)
    yield from _formulations(view)


def _brands(view: CallView) -> Iterator[Statement]:
    """Tie a brand to its substance where the call names both as two things."""
    first = first_mentions(view)
    by_label = {view.context.entities[name].label.casefold(): name for name in first}
    substances = load_substances()
    for label, name in by_label.items():
        base = by_label.get(substances.get(label, ""))
        # A brand of a form ("oral X") is a version of it only by what is known, not what is said.
        if base is not None and base != name and substances[label] not in substances:
            yield _variant(view, first[name], first[base], "substance")


def _formulations(view: CallView) -> Iterator[Statement]:
    """Read a version off a name that is another's with a way of giving it ("oral X")."""
    first = first_mentions(view)
    by_label = {view.context.entities[name].label.casefold(): name for name in first}
    ways = tuple(load_words()["given"].strip("(?:)").split("|"))
    for label, name in sorted(by_label.items()):
        for way in ways:
            base = by_label.get(label.removeprefix(f"{way} "))
            brand = label.removeprefix(f"{way} ") in load_substances()
            if label.startswith(f"{way} ") and base is not None and not brand:
                yield _variant(view, first[name], first[base], "formulation")


def _variant(view: CallView, version: Mention, base: Mention, rule: str) -> Statement:
    evidence = {view.quote_mention(version), view.quote_mention(base)}
    return Statement(
        version.entity,
        "variantOf",
        base.entity,
        tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        f"variantOf.{rule}",
        confidence=confidence_of(f"variantOf.{rule}"),
    )
