"""What form of answer a question asks for: yes or no, an amount or a time, an outlook, or more."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.questions.phrases import load_phrases, load_words
from extractors.questions.tokens import Tokens, tokenize

_EDGE = re.compile(r"[,.?!:–-]\s*$")


def is_polar(text: str) -> bool:
    """Return whether a question can be answered with yes or no.

    A request such as "could you talk about" cannot.

    >>> is_polar("And will this change the dose?"), is_polar("Could you talk about the dose?")
    (True, False)
    >>> is_polar("I was curious if there is a milestone."), is_polar("How is it going?")
    (True, False)
    """
    tokens = tokenize(text)
    return _is_polar(text, tokens) or "polar" in _forms(tokens)


def _is_polar(text: str, tokens: Tokens) -> bool:
    """Return whether a clause begins with a verb, as a question does."""
    aux, polite = load_words("aux"), load_words("polite")
    for i, (word, following) in enumerate(pairwise(tokens.texts)):
        if word not in aux or (word in polite and following == "you"):
            continue
        if not i or tokens.texts[i - 1] in load_words("discourse"):
            return True
        if _EDGE.search(text[tokens[i - 1].end : tokens[i].start]):
            return True
    return False


def question_forms(text: str) -> frozenset[str]:
    """Return ``amount``, ``outlook``, ``open`` and ``polar`` as cue phrases tell.

    >>> sorted(question_forms("How many patients do you expect?"))
    ['amount', 'open', 'outlook']
    """
    return _forms(tokenize(text))


def _forms(tokens: Tokens) -> frozenset[str]:
    return frozenset(hit.category for hit in load_phrases("forms.tsv").find(tokens))


def has_number(tokens: Tokens) -> bool:
    """Return whether a number stands among the words, in digits or spelled out.

    >>> has_number(tokenize("about twelve patients")), has_number(tokenize("quite a few"))
    (True, False)
    """
    spelled = load_words("spelled number")
    return any(word in spelled or word[:1].isdigit() for word in tokens.texts)
