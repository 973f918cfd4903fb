from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.questions.segments import split_questions
from extractors.questions.sentences import split_sentences

CASES = {
    "one plain question": (
        "Thanks for taking my question. When will VRN-122 enter the clinic?",
        ["When will VRN-122 enter the clinic?"],
    ),
    "numbered questions with their announcements left out": (
        "Two questions, please. First, how is Lund doing? My second question is on Corvane. "
        "Who pays for the trial?",
        ["First, how is Lund doing?", "Who pays for the trial?"],
    ),
    "statements that ask": (
        "I was just wondering if you could share how the switch works. And then, I would love to "
        "hear your thoughts on pricing. Congrats again.",
        [
            "I was just wondering if you could share how the switch works.",
            "And then, I would love to hear your thoughts on pricing.",
        ],
    ),
    "a plea belongs to the question before it": (
        "Could you frame the market in Japan? Any color would be helpful. Thank you.",
        ["Could you frame the market in Japan? Any color would be helpful."],
    ),
    "alternatives stay together": (
        "Will you file in June? Or is it more of a winter event?",
        ["Will you file in June? Or is it more of a winter event?"],
    ),
    "a restated question stays together": (
        "Can you explain the blood count rule? Do you mean the count in the second week?",
        ["Can you explain the blood count rule? Do you mean the count in the second week?"],
    ),
    "a second question after a comma and a conjunction": (
        "How many sites did you open in the spring, and when will the rest be ready?",
        ["How many sites did you open in the spring", "when will the rest be ready?"],
    ),
    "a second question about a thing after a comma and a conjunction": (
        "And then on the plant, what size of tank do you need, and is Basel a place where you "
        "would build?",
        [
            "And then on the plant, what size of tank do you need",
            "is Basel a place where you would build?",
        ],
    ),
    "who does it is asked apart from why": (
        "Why lupus and not cancer, and who makes the cells?",
        ["Why lupus and not cancer", "who makes the cells?"],
    ),
    "a question without its mark": (
        "And on Durham, do you think you will be able to make enough material for all sites.",
        ["And on Durham, do you think you will be able to make enough material for all sites."],
    ),
    "a bare follow-up": ("And the margin in Europe?", ["And the margin in Europe?"]),
    "a weak ask followed by another": (
        "I wanted to ask about your view of the merger. It was a surprise to us. But I was also "
        "wondering if you could touch on the tax rate.",
        [
            "I wanted to ask about your view of the merger.",
            "But I was also wondering if you could touch on the tax rate.",
        ],
    ),
    "courtesies ask nothing": ("Hi, how are you? Can you hear me? Great quarter.", []),
    "assent sought in passing asks nothing": (
        "It is a tough field, right? So how do you win share?",
        ["So how do you win share?"],
    ),
    "initialisms end no sentence": (
        "Is the launch in the U.S. on track with what you told us?",
        ["Is the launch in the U.S. on track with what you told us?"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_turn_is_split_into_its_questions(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_questions(text)] == expected


def test_a_check_of_the_line_asks_nothing() -> None:
    assert split_questions("Hi, I hope you can hear me. Thank you.") == ()


def test_questions_of_one_numbered_matter_share_a_block() -> None:
    text = (
        "First, on Lund, is it full? Are you hiring there? And second, on cash, how long will it "
        "last?"
    )
    assert [segment.block for segment in split_questions(text)] == [0, 0, 1]


def test_a_turn_that_asks_nothing_gives_its_last_words_when_insisted_on() -> None:
    text = "Okay, thanks. And the margin in Europe after the move."
    assert split_questions(text) == ()
    (segment,) = split_questions(text, insist=True)
    assert text[segment.start : segment.end] == "And the margin in Europe after the move."


WORDS = st.lists(
    st.sampled_from(
        ["how", "do", "you", "see", "it", "and", "then", "or", "if", "could", "U.S.", "VRN-122",
         "thanks", "second", "question", "?", ".", ",", "--", "\n", "’", "is", "there", "any"]
    ),
    max_size=60,
)  # fmt: skip


@given(WORDS, st.integers(0, 500))
def test_segments_stand_in_order_inside_the_text(words: list[str], base: int) -> None:
    text = " ".join(words)
    segments = split_questions(text, base)
    end = base
    for segment in segments:
        assert base <= segment.context_start <= segment.start < segment.end <= base + len(text)
        assert segment.context_start >= end or segment is segments[0]
        assert text[segment.start - base : segment.end - base].strip()
        end = segment.end
    assert sorted(s.block for s in segments) == [s.block for s in segments]


@given(st.text(max_size=200))
def test_sentences_never_overlap_nor_lose_a_word(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())
