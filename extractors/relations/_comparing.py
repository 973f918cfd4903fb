"""Whether a medicine is named only for comparison, or because it is given along with another."""

from __future__ import annotations

import re
from functools import cache

from extractors.folding import fold
from extractors.relations._masking import Slot
from extractors.relations._rules import in_lower_case, load_words
from extractors.relations._view import CallView

_REACH = 60


def is_yardstick(view: CallView, slot: Slot, first: int) -> bool:
    """Tell whether the words before a medicine, from ``first`` on, make it a yardstick.

    Args:
        view: the call.
        slot: where the medicine is named.
        first: where its sentence begins, in code points.
    """
    start = max(slot.start - _REACH, first)
    words = fold(view.context.transcript.text[start : slot.start])
    return _compared_pattern().search(words) is not None


@cache
def _compared_pattern() -> re.Pattern[str]:
    compared = in_lower_case(load_words()["compared"])
    return re.compile(rf"\b{compared}\b\W*(?:[\w-]+ ){{0,3}}$")
