"""Thread the turns of the Q&A session into exchanges."""

from __future__ import annotations

from extractors.model import Exchange, Transcript


def thread_exchanges(transcript: Transcript) -> tuple[Exchange, ...]:
    """Return one exchange for each analyst at the microphone, in order."""
    return ()
