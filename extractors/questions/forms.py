"""What form of answer a question asks for: yes or no, an amount or a time, an outlook, or more."""

from __future__ import annotations

import re

from extractors.questions.phrases import load_phrases, load_words
from extractors.questions.tokens import Tokens

_EDGE = re.compile(r"[,.?!:–-]\s*$")


def question_forms(tokens: Tokens) -> frozenset[str]:
    """Return what the words of a question ask for.

    Returns:
        ``amount``, ``outlook`` and ``open`` as cue phrases tell, and ``polar`` where yes or no is
        an answer, as it is not to "could you talk about".

    >>> from extractors.questions.tokens import tokenize
    >>> sorted(question_forms(tokenize("How many patients do you expect?")))
    ['amount', 'open', 'outlook']
    >>> sorted(question_forms(tokenize("And will this change the dose?")))
    ['polar']
    """
    forms = {hit.category for hit in load_phrases("forms.tsv").find(tokens)}
    return frozenset(forms | {"polar"} if _inverts(tokens) else forms)


def _inverts(tokens: Tokens) -> bool:
    """Return whether a clause begins with a verb, as a question does."""
    aux, polite, texts = load_words("aux"), load_words("polite"), tokens.texts
    for i, word in enumerate(texts[:-1]):
        if word not in aux or (word in polite and texts[i + 1] == "you"):
            continue
        if not i or texts[i - 1] in load_words("discourse") or _EDGE.search(tokens.gap(i - 1)):
            return True
    return False


def has_number(tokens: Tokens) -> bool:
    """Return whether a number stands among the words, in digits or spelled out.

    >>> from extractors.questions.tokens import tokenize
    >>> has_number(tokenize("about twelve patients")), has_number(tokenize("quite a few"))
    (True, False)
    """
    spelled = load_words("spelled number")
    return any(word in spelled or word[:1].isdigit() for word in tokens.texts)
