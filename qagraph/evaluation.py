"""Compare a built call with hand-made truth, stage by stage: ``qagraph evaluate GOLD DIR``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.model import Extraction
from qagraph.knowledge_graph import KnowledgeGraph
from qagraph.measures import STAGES
from qagraph.scores import Score

Gold = Mapping[str, Any]


def read_gold(path: Path) -> Gold:
    """Read a gold file; ``docs/gold-format.md`` describes it.

    Raises:
        InputError: it is missing, no JSON, or names no call.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such gold file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: is no gold file: {error}") from None
    if not isinstance(gold, dict) or not isinstance(gold.get("participants"), list):
        raise InputError(f"{path}: is no gold file: it has no list of participants")
    return gold


def evaluate_call(gold: Gold, extraction: Extraction) -> tuple[Score, ...]:
    """Score one call; a stage of which the gold file says nothing gives no row."""
    return tuple(score for stage in STAGES for score in stage(gold, extraction))


def find_call(gold: Gold, kg: KnowledgeGraph) -> str:
    """Return the call that a gold file is about: by ticker and period, else by file name.

    Raises:
        InputError: the folder has no such call.
    """
    call = gold.get("call") or {}
    named = f"{call.get('ticker')}-{call.get('fiscal_period')}".lower()
    stem = Path(str(gold.get("file", ""))).stem.lower()
    calls = kg.store().calls()
    for name in (named, stem):
        if name in calls:
            return name
    raise InputError(f"{kg.folder}: has neither {named} nor {stem}; build that call first")


def _gold_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(path.glob("*.gold.json")) or sorted(path.glob("*.json"))


def evaluate(gold: str | Path, folder: str | Path, *, misses: bool = False) -> str:
    """Return a table of precision, recall and F1 per stage.

    Args:
        gold: a gold file, or a folder of them: all ``.gold.json``, or ``.json`` if there are none.
        folder: what a build wrote.
        misses: also list what was missed, and what was invented.

    Raises:
        InputError: a gold file is broken, or its call is not in the folder.
    """
    kg = KnowledgeGraph.open(folder)
    path = Path(gold)
    lines: list[str] = []
    files = _gold_files(path)
    if not files:
        raise InputError(f"{path}: holds no gold file (.json); see docs/gold-format.md")
    for file in files:
        truth = read_gold(file)
        call = find_call(truth, kg)
        scores = evaluate_call(truth, kg.extraction(call))
        lines += [call, *(f"  {score.to_text()}" for score in scores)]
        if misses:
            lines += [f"    {miss}" for score in scores for miss in score.misses]
    return "\n".join(lines)
