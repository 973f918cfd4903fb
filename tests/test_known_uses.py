"""What the market's medicines are for, where a sentence names both; the table behind it."""

from __future__ import annotations

import pytest

from extractors.lexicon import load_lexicon
from extractors.model import EntityType
from extractors.relations import relate
from extractors.relations._medicines import MEDICINES, load_substances
from extractors.relations._rules import read_table
from tests.markup import mark_call

ROWS = read_table("resources/medicine_uses.tsv")


def said(text: str) -> set[tuple[str, str]]:
    return {
        (s.subject, s.object)
        for s in relate(mark_call(text).context)
        if s.rule.endswith(".known") and s.holds
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[Wegovy]{drug} does well wherever [obesity]{indication} is paid for.",
            {("drug/wegovy", "indication/obesity")},
        ),
        (
            "Analyst One (analyst): Is [Skyrizi]{drug} at risk from any other [IL-23]{target}?",
            {("drug/skyrizi", "target/il-23")},
        ),
        (
            "[Wegovy]{drug} carries no risk of [obesity]{indication}.",
            set(),
        ),
        ("[Wegovy]{drug} is not tried in [obesity]{indication}.", set()),
        ("[LUM-20]{program} does well wherever [obesity]{indication} is paid for.", set()),
    ],
)
def test_known_use_needs_both_names_and_no_denial(
    text: str, expected: set[tuple[str, str]]
) -> None:
    assert said(text) == expected


def test_each_known_medicine_and_use_is_in_the_vocabulary() -> None:
    lexicon = load_lexicon()
    names = {t.label.casefold() for t in lexicon.terms if t.type in MEDICINES}
    names |= set(load_substances().values())
    kinds = (("targets", EntityType.TARGET), ("indications", EntityType.INDICATION))
    assert len({row["medicine"].casefold() for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["medicine"].casefold() in names
        assert row["targets"] or row["indications"]
        for column, kind in kinds:
            for name in filter(None, row[column].split(";")):
                assert lexicon.find(name, kind), (row["medicine"], name)
