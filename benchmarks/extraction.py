"""Where the time of an extraction goes: milliseconds a stage, once everything is loaded.

Run ``python -m benchmarks.extraction [FILE ...]`` from the repository; without files the example
calls are read. ``--profile STAGE`` prints the functions in which a stage spends its time. Times are
processor time, the least of fifteen runs (as ``timeit`` advises: what is above it is other work of
the machine), with the cycle collector paused as `extract` does.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from extractors.collector import paused_collector
from extractors.conflicts import find_conflicts
from extractors.exchanges import thread_exchanges
from extractors.facts import find_facts
from extractors.linking import link_mentions
from extractors.merging import merge_facts, merge_statements
from extractors.model import Extraction, Transcript
from extractors.nlp import build_nlp, parse_turns
from extractors.pipeline import extract, read_context
from extractors.questions import thread_questions
from extractors.reading import read_transcript
from extractors.relations import relate
from graph.assemble import assemble

RUNS = 15
WORDS = 9_000
GOALS = {
    "reading and threading": 15.0,
    "finders and linking": 60.0,
    "relations and facts": 60.0,
    "questions": 40.0,
}
"""Milliseconds for a call of `WORDS` words, beyond tokenizing."""

Stage = tuple[str, Callable[[], object]]


@cache
def tokenizing() -> Language:
    """Return the pipeline that only cuts tokens and sentences: the floor of any spaCy program."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def stages(path: Path, nlp: Language) -> Iterator[Stage]:
    """Yield the stages of a call, by name, each ready to run any number of times."""
    transcript = read_transcript(path)
    context = read_context(transcript, nlp)
    extraction = extract(transcript, nlp)
    yield "reading", lambda: read_transcript(path)
    yield "threading", lambda: thread_exchanges(transcript)
    yield "tokenizer, sentencizer", lambda: parse_turns(tokenizing(), transcript)
    yield "the same and finders", lambda: parse_turns(nlp, transcript)
    yield "linking", lambda: link_mentions(transcript, context.docs)
    yield "context", lambda: replace(context)
    yield "relations", lambda: merge_statements(relate(context))
    yield "facts", lambda: merge_facts(find_facts(context))
    yield "questions", lambda: thread_questions(context)
    yield "conflicts", lambda: find_conflicts(extraction)
    yield "assemble", lambda: assemble(extraction)


def best_ms(run: Callable[[], object]) -> float:
    """Return the least milliseconds of the runs, after one that does not count."""
    run()
    times = []
    for _ in range(RUNS):
        gc.collect()
        with paused_collector():
            start = time.process_time()
            run()
            times.append((time.process_time() - start) * 1000)
    return min(times)


def spoken_words(transcript: Transcript) -> int:
    """Count the words of the turns."""
    return sum(len(transcript.text[t.start : t.end].split()) for t in transcript.turns)


def summarize(found: dict[str, float]) -> dict[str, float]:
    """Return the sums that have goals, and the whole."""
    floor = found["tokenizer, sentencizer"]
    finders = max(found["the same and finders"] - floor, 0.0)
    sums = {
        "reading and threading": found["reading"] + found["threading"],
        "finders and linking": finders + found["linking"] + found["context"],
        "relations and facts": found["relations"] + found["facts"],
        "questions": found["questions"],
    }
    return sums | {"all": sum(sums.values()) + floor + found["conflicts"] + found["assemble"]}


def report(path: Path, nlp: Language) -> None:
    """Print the stages of one call."""
    extraction: Extraction = extract(read_transcript(path), nlp)
    words = spoken_words(extraction.transcript)
    print(f"\n{path.name}: {words:,} words, {len(extraction.transcript.turns)} turns")
    found = {name: best_ms(run) for name, run in stages(path, nlp)}
    for name, value in found.items():
        print(f"  {name:26}{value:9.1f} ms")
    sums = summarize(found)
    print(f"  {'':26}{'':12}{'a call of 9,000 words':>24}{'goal':>8}")
    for name, value in sums.items():
        scaled = value * WORDS / words
        goal = GOALS.get(name)
        said = f"{goal:8.0f}  {'met' if scaled <= goal else 'missed'}" if goal else ""
        print(f"  {name:26}{value:9.1f} ms{scaled:24.1f}{said}")
    whole, floor = sums["all"], found["tokenizer, sentencizer"]
    print(f"  {words / whole * 1000:,.0f} words a second; {whole / floor:.1f} times the tokenizing")


def profile(path: Path, nlp: Language, wanted: str, lines: int) -> None:
    """Print the functions in which one stage spends its time."""
    run = dict(stages(path, nlp))[wanted]
    run()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(RUNS):
        run()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Measure the files given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--profile", metavar="STAGE", help="print where this stage spends its time")
    parser.add_argument("--lines", type=int, default=15, help="of the profile; 15")
    arguments = parser.parse_args()
    examples = Path(__file__).resolve().parent.parent / "examples"
    start = time.process_time()
    nlp = build_nlp()
    print(f"loading the pipeline: {(time.process_time() - start) * 1000:.0f} ms, after the imports")
    for path in arguments.files or sorted(examples.glob("*.txt")):
        if arguments.profile:
            profile(path, nlp, arguments.profile, arguments.lines)
        else:
            report(path, nlp)


if __name__ == "__main__":
    main()
