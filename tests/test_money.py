"""Amounts in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.money import AmountKind, find_amounts

CASES = [
    ("up to $716 million", "716000000", None, "USD", "upTo"),
    ("over $2.8 billion", "2800000000", None, "USD", "over"),
    ("more than €4.6 billion", "4600000000", None, "EUR", "over"),
    ("USD 410 million", "410000000", None, "USD", "exactly"),
    ("EUR 4.6 billion", "4600000000", None, "EUR", "exactly"),
    ("around DKK 107.7 billion", "107700000000", None, "DKK", "about"),
    ("1,234.5 million euros", "1234500000", None, "EUR", "exactly"),
    ("42 billion", "42000000000", None, None, "exactly"),
    ("15 million", "15000000", None, None, "exactly"),
    ("$200M", "200000000", None, "USD", "exactly"),
    ("$300-million", "300000000", None, "USD", "exactly"),
    ("$.05", "0.05", None, "USD", "exactly"),
    ("between $3.0 and $3.2 billion", "3000000000", "3200000000", "USD", "exactly"),
    ("between DKK 64 billion and DKK 72 billion", "64000000000", "72000000000", "DKK", "exactly"),
    ("$28.4 billion to $28.7 billion", "28400000000", "28700000000", "USD", "exactly"),
    ("between 27% and 33%", "27", "33", None, "exactly"),
    ("less than 5%", "5", None, None, "upTo"),
    ("10 basis points", "10", None, None, "exactly"),
    ("2.1 percentage points", "2.1", None, None, "exactly"),
]


@pytest.mark.parametrize(("text", "value", "upper", "currency", "bound"), CASES)
def test_an_amount_is_read_in_plain_units(
    text: str, value: str, upper: str | None, currency: str | None, bound: str
) -> None:
    [amount] = find_amounts(f"It was {text} in all")
    assert amount.value == Decimal(value)
    assert amount.upper == (Decimal(upper) if upper else None)
    assert (amount.currency, amount.bound) == (currency, bound)


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("low double-digit royalties", "low double-digit"),
        ("high-single digit royalty", "high-single digit"),
        ("a mid-teens percentage", "mid-teens"),
        ("low to mid-teens", "low to mid-teens"),
        ("single-digit royalty", "single-digit"),
    ],
)
def test_a_tier_keeps_its_words(text: str, tier: str) -> None:
    [amount] = find_amounts(text)
    assert (amount.kind, amount.tier) == (AmountKind.TIER, tier)


@pytest.mark.parametrize(
    "text", ["19 of 22 patients", "in 2020 and 2021", "week 12", "", "CD19", "Phase 2", "v1.2.3"]
)
def test_bare_numbers_are_no_amounts(text: str) -> None:
    assert find_amounts(text) == ()


def test_a_value_per_share_says_so() -> None:
    total, each = find_amounts("$81 million, or $1.91 per share")
    assert (total.per_share, each.per_share, each.value) == (False, True, Decimal("1.91"))


def test_two_sums_joined_by_and_are_two_amounts() -> None:
    assert [a.value for a in find_amounts("$10 and 20%")] == [10, 20]


@settings(deadline=None)
@given(st.text(max_size=120))
def test_every_amount_is_a_slice_of_its_text(text: str) -> None:
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
        assert amount.start <= amount.core < amount.end
        end = amount.end


@settings(deadline=None)
@given(
    st.decimals(min_value="0.1", max_value="999", places=1),
    st.sampled_from([("thousand", 10**3), ("million", 10**6), ("billion", 10**9)]),
)
def test_scale_words_multiply(number: Decimal, scale: tuple[str, int]) -> None:
    [amount] = find_amounts(f"${number} {scale[0]}")
    assert amount.value == number * scale[1]
