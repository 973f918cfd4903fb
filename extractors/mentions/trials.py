"""Trials by what stands around their names: ``the X trial``, ``trial X``, ``X, our Phase 3``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extractors.lexicon import fold
from extractors.mentions._candidate import Candidate
from extractors.mentions._vocabulary import Vocabulary, load_words
from extractors.mentions._words import Words
from extractors.model import EntityType

TYPES = (EntityType.TRIAL,)
_ODD_BEFORE = 40
_WORDS = (EntityType.COMPANY, EntityType.FIRM, EntityType.TECHNOLOGY, EntityType.INSTITUTION)
BEFORE = 150
"""How many code points before the word *trial* are searched for a name."""

NAME = (
    r"(?:(?:(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])(?!(?:I{1,3}|IV|VI{0,2})[abAB]?\b)[A-Za-z]{3,}\+?\d{0,3}"
    r"|[A-Z]-[A-Z]{3,}\d{0,2}|[A-Z][a-z]{3,}(?=-\d{1,2}\b))"
    r"(?:-(?:[A-Z][A-Za-z]*\d{0,3}|\d{1,4}[A-Z]?))*"
    r"(?: (?:\d{1,3}(?![\d%]|[.,]\d| (?:mg|million|billion))|T\dD|HF[A-Za-z]+|ON|OLE))?)"
)
_PHASE = r"[Pp]hase\s+(?:\d|I{1,3}V?|IV)[abAB]?(?:/(?:\d|I{1,3})[abAB]?)?"
_NOUN = re.compile(r"\b(?:trial|stud(?:y|ies))s?\b|\b[Pp]hase\s+(?:\d|I{1,3}V?|IV)\w?\b")
_NOUNS = frozenset({"trial", "trials", "study", "studys", "studies", "studiess", "phase"})
_CALLS = frozenset({"call", "called", "calling", "dubbed", "known", "name", "named", "names"})
_PROGRAM = re.compile(
    r"(?P<name>[A-Z](?<![\w-].)[A-Z]{4,})"
    r"(?: (?:clinical|development|[Pp]hase \w+)){0,2} programs?\b"
)
_CODE = re.compile(r"[A-Za-z]{2,4}-?\d{3,}[A-Z]?|[A-Za-z]{5}-?[1-9]\d{2,}[A-Z]?")
_AFTER = re.compile(
    rf"(?:(?P<comma>,)| called| named| known as|,? or)? (?:the )?(?P<name>{NAME})(?![\w-])"
    r"(?(comma)(?=[,.;:)]| (?:and|or|which|that|to|in|for|we) ))"
)
"""A name after a mere comma ends there: "In the first trial, LUMORA was safe" names no trial."""
_SAID = re.compile(r"\b(?:called|named|dubbed) (?:the )?$")
_ALONE = re.compile(rf"(?<![\w-]){NAME}(?![\w-])")
_REGISTRY = re.compile(r"(?<!\w)NCT\s?0\d{7}(?!\w)")
_SHAPED = re.compile(
    r"(?P<name>[A-Z](?<![\w-].)(?:[A-Z]{4,}(?: \d|-\d{1,2})|[A-Z]{3,}-[A-Z]{1,3}\d|[A-Z]{3}-\d))"
    r"(?![\w%-]|[.,]\d)"
)
_CAPITALS = r"(?P<name>[A-Z](?<![\w-].)[A-Z]{3,}\d{0,3}(?:-(?:[A-Z][A-Za-z]*|\d{1,3}))?)(?![\w-])"
_BE = r"(?: (?:trials?|studies))?(?: is| are| was| were| has| have| will)?(?: [a-z]+){0,2}?"
_DOES = re.compile(
    rf"{_CAPITALS}(?:,? (?:and|or) [A-Z]{{4,}}[\w-]*)?(?:"
    rf"(?:,? which|,? that)?{_BE} (?:(?:fully )?enroll(?:ing|ed|s)\b|recruit(?:ing|ed|s)\b"
    r"|randomiz(?:ing|ed|es)\b|read(?:s|ing)? out\b|evaluates\b|compares\b|tests\b)"
    r"|(?:, in [a-z ]{4,50},)?(?: has)? dosed (?:its|the) first (?:patient|participant)"
    r"|(?: has| have|,? which)? (?:met|hit|missed|achieved) (?:its|the|their|all|both) "
    r"(?:[a-z]+ )?(?:primary|secondary|endpoint)"
    r"|(?:[’']s)? (?:top-?line|read-?outs?|enrollment|open-label extension)\b)"
)
"""What trials do and medicines do not: they enroll, read out, meet their endpoint."""
_WITHIN = re.compile(
    r"(?:\b(?:top-?line|primary|full|final|interim|detailed) (?:[a-z]+ )?(?:results|data|analysis|"
    r"readouts?|endpoints?) (?:of|from|in|for) "
    r"|\b(?:enrollment|randomized|enrolled) (?:in|into|of) )"
    rf"(?:the |our )?{_CAPITALS}"
)
_OPENS = re.compile(
    rf"(?:^|(?<=[.?!] )|(?<=\n))(?:And |So |Now )?[Ii]n {_CAPITALS}(?:,| [a-z]+,)[^.\n]{{0,140}}?\b"
    r"(?:patients|reduced|reduction|randomized|endpoints?|arm|placebo|primary|participants|responders?)\b"
)
_NAMELIKE = re.compile(r"[A-Z](?:[A-Za-z]*[A-Z]|-[A-Z]|[a-z]{3,}-\d)")
"""What every name of a trial has in it: most windows have none, so that no more is tried."""
_LISTED = re.compile(
    rf"(?:[^\S\n]+(?!and\b|or\b)[\w'’/-]+){{1,9}}, "
    rf"(?:namely |called |named )?(?P<names>{NAME}(?:(?:,|,? and) {NAME})*)(?=[.,;])"
)
_CALLED = re.compile(
    r"(?:[^\S\n]+[\w'’/-]+){0,10}?(?:, | |(?=[’']s name))"
    r"(?:which (?:will be|is|we(?:'ve| have)?|are) |"
    r"to be |we )?(?:(?:is |are |will be |would be )?(?:called|named|dubbed|known as)"
    r"|(?:that|which) we(?:[’']re| are)? call(?:ing)?|(?:by|under) the names? of"
    r"|(?:[’']s |whose )?name is) (?:the )?"
    rf"(?P<names>{NAME}(?:(?:,|,? and) {NAME})*)(?![\w-])"
)
_ODD = re.compile(
    r"(?<![\w-])(?P<name>[A-Z]\d{3,4}|[a-z]{5,}(?:\d{1,2}|\+)) (?:[Pp]hase \w{1,4} )?$"
)
"""Names of trials that are no capitals: a letter with its number, a small word with a number."""
_UMBRELLA = re.compile(r"\bumbrella(?:-of-umbrellas)? (?:clinical )?(?:trial|study|protocol)\b")
_CLINICAL = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|[Pp]hase|readouts?|results?|data|patients|enroll?\w*)\b"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    stops = "|".join(load_words("function_words"))
    word = rf"(?:{_PHASE}|(?!(?:{stops})\b)[A-Za-z0-9][\w/-]*)"
    joined = rf"(?P<names>{NAME}(?:(?:,|,? and|,? or|/| plus|,? as well as) ?(?:the )?{NAME})*)"
    before = re.compile(rf"(?<![\w-]){joined}(?: {word}){{0,4}} $")
    means = r"(?:,| is| was| are| were|,? which (?:is|was)) (?:a|an|the|our|one of the|another)"
    defined = re.compile(rf"(?<![\w-]){joined}{means}(?: {word}){{0,6}} $")
    return before, defined, re.compile(rf"(?<![\w-]){joined} $")


def find(words: Words, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield names that the words around them show to be a trial's, and registry numbers."""
    text = words.text
    for match in _REGISTRY.finditer(text) if "NCT" in text else ():
        name = match.group().replace(" ", "")
        why = "a number of the registry ClinicalTrials.gov"
        yield Candidate(*match.span(), EntityType.TRIAL, name, "registry-number", rationale=why)
    for match in words.matches(_UMBRELLA, {"umbrella"}):
        why = "an umbrella trial is known by its design"
        yield Candidate(
            *match.span(), EntityType.TRIAL, match.group(), "trial-design", "", 0.6, why
        )
    for noun in words.matches(_NOUN, _NOUNS):
        yield from _around(words, noun, vocabulary)
    for match in _PROGRAM.finditer(text):
        yield from _named(text, *match.span("name"), match.group(), vocabulary)
    for pattern in (_DOES, _WITHIN, _OPENS):
        for match in pattern.finditer(text):
            if not _is_shouted(text, match.start("name")):
                yield from _named(text, *match.span("name"), match.group(), vocabulary)
    for match in _SHAPED.finditer(text):
        around = text[max(0, match.start() - BEFORE) : match.end() + BEFORE]
        if _CLINICAL.search(around):
            yield from _named(text, *match.span("name"), match.group(), vocabulary)


def _is_shouted(text: str, start: int) -> bool:
    """Return whether the word before is made of capitals, too: a heading, no name."""
    before = text[max(0, start - 20) : start].split()
    return bool(before) and len(before[-1]) > 3 and before[-1].isupper()


def _around(words: Words, noun: re.Match[str], vocabulary: Vocabulary) -> Iterator[Candidate]:
    text = words.text
    left = max(0, noun.start() - BEFORE)
    window = text[left : noun.start()]
    is_phase = noun.group()[0] in "Pp"
    before, defined, beside = _patterns()
    patterns = (beside, defined) if is_phase else (before, defined)
    for pattern in patterns if _NAMELIKE.search(window) else ():
        match = pattern.search(window)
        if match is not None:
            start, end = (left + place for place in match.span("names"))
            yield from _named(text, start, end, text[start : noun.end()], vocabulary)
    after = _AFTER.match(text, noun.end())
    if after is not None and not is_phase:
        yield from _named(text, *after.span("name"), text[noun.start() : after.end()], vocabulary)
    odd = None if is_phase else _ODD.search(window[-_ODD_BEFORE:])
    if odd is not None and odd["name"].rstrip("0123456789+") not in load_words("plain_words"):
        start = noun.start() - len(window[-_ODD_BEFORE:]) + odd.start("name")
        shown = text[start : noun.end()]
        yield from _as_trial(start, start + len(odd["name"]), odd["name"], shown)
    called = None if _CALLS.isdisjoint(words.places) else _CALLED.match(text, noun.end())
    listed = None if is_phase else _LISTED.match(text, noun.end())
    for match in (called, listed):
        if match is not None:
            yield from _named(text, *match.span("names"), match.group(), vocabulary)


def _named(
    text: str, start: int, end: int, shown: str, vocabulary: Vocabulary
) -> Iterator[Candidate]:
    for name in _ALONE.finditer(text, start, end):
        # "A study called HARROW": the speaker says that it is a name, whoever else bears it.
        if is_trial_name(name.group(), vocabulary) or (
            _SAID.search(text, max(start, name.start()) - 12, name.start())
            and name.group().isupper()
            and _is_word(name.group(), vocabulary)
            and name.group() not in load_words("not_trials")
        ):
            yield from _as_trial(*name.span(), name.group(), shown)


def _as_trial(start: int, end: int, name: str, shown: str) -> Iterator[Candidate]:
    why = f"named as a trial in {' '.join(shown.split())!r}"
    yield Candidate(start, end, EntityType.TRIAL, name, "trial-words", "", 0.9, why)


@lru_cache(maxsize=1 << 14)
def is_trial_name(name: str, vocabulary: Vocabulary) -> bool:
    """Return whether a name could be a trial's: nothing that the vocabulary knows otherwise.

    >>> from extractors.mentions import load_vocabulary
    >>> is_trial_name("ASTERION-2", load_vocabulary()), is_trial_name("FDA", load_vocabulary())
    (True, False)
    """
    lexicon = vocabulary.lexicon
    head = re.split(r"[- ]", name)[0]
    if _CODE.fullmatch(name) or head in load_words("code_prefixes"):
        return False
    if len(head) < 5 and head in load_words("gene_families"):
        return False
    for part in (name, head) if len(head) > 1 else (name,):
        if part in load_words("not_trials") or lexicon.is_ignored(part, EntityType.TRIAL):
            return False
        known = fold(part) in vocabulary.known and not lexicon.find(part, EntityType.TRIAL)
        if known and (part == name or not _is_word(part, vocabulary)):
            return False
    return len([char for char in name if char.isalpha()]) >= 3


def _is_word(head: str, vocabulary: Vocabulary) -> bool:
    """Return whether a name before a number is a company or a technology: a trial may bear it."""
    return all(term.type in _WORDS for term in vocabulary.lexicon.find(head))
