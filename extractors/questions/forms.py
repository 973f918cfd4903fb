"""What form of answer a question asks for: yes or no, an amount or a time, an outlook, or more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.questions.phrases import Token, load_phrases, load_words, tokenize

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
    aux, polite = load_words("aux"), load_words("polite")
    for i, token in enumerate(tokens[:-1]):
        if token.text not in aux or (token.text in polite and tokens[i + 1].text == "you"):
            continue
        if not i or tokens[i - 1].text in load_words("discourse"):
            return True
        if _EDGE.search(text[tokens[i - 1].end : token.start]):
            return True
    return "polar" in question_forms(text)


def question_forms(text: str) -> frozenset[str]:
    """Return ``amount``, ``outlook``, ``open`` and ``polar`` as cue phrases tell.

    >>> sorted(question_forms("How many patients do you expect?"))
    ['amount', 'open', 'outlook']
    """
    return frozenset(hit.category for hit in load_phrases("forms.tsv").find(tokenize(text)))


def has_number(tokens: Iterable[Token]) -> bool:
    """Return whether a number stands among the words, in digits or spelled out.

    >>> has_number(tokenize("about twelve patients")), has_number(tokenize("quite a few"))
    (True, False)
    """
    spelled = load_words("spelled number")
    return any(token.text in spelled or token.text[:1].isdigit() for token in tokens)
