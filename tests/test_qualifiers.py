"""What negation, plans, hedges, conditions and questions do to the words in their scope."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Certainty, Polarity
from extractors.qualifiers import asks, find_cues, load_cues, qualify, qualify_text
from tests.markup import mark_call

_TARGET = re.compile(r"<(.+?)>")


def qualified(text: str) -> tuple[str, str]:
    match = _TARGET.search(text)
    assert match is not None
    plain = text.replace("<", "").replace(">", "")
    found = qualify_text(plain, match.start(), match.start() + len(match[1]))
    return found.polarity.value, found.certainty.value


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("We <treat asthma> today.", "affirmed", "asserted"),
        ("We do not <treat asthma> today.", "negated", "asserted"),
        ("We don't <treat asthma> today.", "negated", "asserted"),
        ("We no longer <treat asthma>.", "negated", "asserted"),
        ("There are no <asthma trials>.", "negated", "asserted"),
        ("We not only <treat asthma> but measure it.", "affirmed", "asserted"),
        ("There is no doubt that we <treat asthma>.", "affirmed", "asserted"),
        ("It was not easy, but we <treat asthma>.", "affirmed", "asserted"),
        ("No, we <treat asthma>.", "affirmed", "asserted"),
        ("We never say that we do not <treat asthma>.", "negated", "asserted"),
        ("We plan to <treat asthma>.", "affirmed", "planned"),
        ("We will <treat asthma> next year.", "affirmed", "planned"),
        ("We look forward to <data in asthma>.", "affirmed", "planned"),
        ("I would like to <treat asthma>.", "affirmed", "asserted"),
        ("We could <treat asthma>.", "affirmed", "hedged"),
        ("We believe we <treat asthma>.", "affirmed", "hedged"),
        ("If we <treat asthma>, we say so.", "affirmed", "conditional"),
        ("If approved, we <treat asthma>.", "affirmed", "asserted"),
        ("Unless we <treat asthma>, we stop.", "affirmed", "conditional"),
        ("It makes sense <in asthma>, were we to go there.", "affirmed", "conditional"),
        ("We will not <treat asthma>.", "negated", "planned"),
    ],
)
def test_scope(text: str, polarity: str, certainty: str) -> None:
    assert qualified(text) == (polarity, certainty)


def test_determiner_inside_a_span_denies_only_what_stands_behind_it() -> None:
    text = "people with asthma and no history of stroke were given it"
    assert qualify_text(text, 0, len(text)).polarity is Polarity.AFFIRMED
    assert qualify_text("people without asthma", 0, 21).polarity is Polarity.NEGATED


def test_attribution_is_told() -> None:
    assert qualify_text("They have said they treat asthma.", 15, 32).attributed
    assert not qualify_text("They treat asthma.", 5, 17).attributed


@pytest.mark.parametrize(
    ("turn", "asking"),
    [
        ("We treat asthma.", False),
        ("Do we treat asthma?", True),
        ("Ben Tal (analyst): You treat asthma.", True),
        ("Kim Lo (guest): They treat asthma.", False),
    ],
)
def test_who_asks(turn: str, asking: bool) -> None:
    context = mark_call(turn).context
    (sentence,) = context.sentences(0)
    assert asks(context, sentence) is asking
    found = qualify(context, sentence, sentence.start, sentence.end)
    assert (found.certainty is Certainty.ASKED) is asking


def test_cues_are_given_in_the_text_of_the_call() -> None:
    context = mark_call("Good day. We do not treat asthma.").context
    sentence = context.sentences(0)[1]
    found = qualify(context, sentence, sentence.end - 7, sentence.end)
    text = context.transcript.text
    assert [text[start:end] for start, end in found.cues] == ["not"]


def test_every_cue_finds_itself_or_a_longer_one() -> None:
    plain = [cue.pattern for cue in load_cues() if re.fullmatch(r"[a-z ]+", cue.pattern)]
    for words in plain:
        assert any(m.start == 0 for m in find_cues(words)), words


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_and_span_can_be_qualified(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = qualify_text(text, start, end)
    assert all(0 <= a < b <= len(text) for a, b in found.cues)
