"""What several tests share: the example calls, built once, and the real calls where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import qagraph

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the two invented calls."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def built_examples(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a build of the example calls wrote; tests do not change it."""
    output = tmp_path_factory.mktemp("built")
    qagraph.build(examples, output=output)
    return output


@pytest.fixture(scope="session")
def kg(built_examples: Path) -> qagraph.KnowledgeGraph:
    """The graph of the example calls, open for reading."""
    return qagraph.KnowledgeGraph.open(built_examples)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real calls beside the repository; a test that needs it skips without it."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real transcripts, ../shared, is not here")
    return SHARED
