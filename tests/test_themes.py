from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import LexiconError
from extractors.questions.themes import COLUMNS, find_themes, load_themes, parse_themes

HEADER = "\t".join(COLUMNS)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("How durable are the responses in the second cohort?", "clinical-data"),
        ("When do you expect to file?", "regulatory"),
        ("Was the adverse event related to the drug?", "safety"),
        ("Can the plant make enough supply?", "manufacturing"),
        ("Would you look for a partner for this one?", "partnering"),
        ("What is the operating margin and the cash runway?", "finance"),
        ("How will you differentiate from your competitors?", "competition"),
        ("What are the priorities in the pipeline?", "strategy"),
        ("How is the launch going with payers?", "commercial"),
        ("What are the next milestones and timelines?", "timelines"),
    ],
)
def test_a_question_has_its_theme(text: str, theme: str) -> None:
    assert theme in find_themes(text)


def test_a_question_has_at_most_three_themes() -> None:
    text = "When will safety data let you file, launch, partner, price and supply it?"
    assert len(find_themes(text)) == 3


def test_a_user_can_bring_themes(tmp_path: Path) -> None:
    path = tmp_path / "themes.tsv"
    path.write_text(f"{HEADER}\nweather\tWeather\t\t\train|snow; cold|hot day\n", encoding="utf-8")
    assert find_themes("Did the snow hurt sales on that cold day?", path) == ("weather",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["a\tA\t\t\tx", "a\tB\t\t\ty"], "must be there once"),
        (["a\tA\t\tnone\tx"], "unknown broader theme"),
        (["a\tA"], "too few columns"),
    ],
)
def test_a_broken_theme_file_is_refused(rows: list[str], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_themes([HEADER, *rows])


def test_every_theme_of_the_package_has_label_and_cues() -> None:
    assert len(load_themes()) >= 10
    assert all(theme.label and theme.cues for theme in load_themes())
