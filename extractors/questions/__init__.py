"""Questions: split, topics, pairing with answers, judgement."""

from __future__ import annotations

from extractors.questions.threading import thread_questions

__all__ = ["thread_questions"]
