"""Sentence starts by the marks that end a sentence, as spaCy's own sentencizer sets them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from spacy.attrs import IS_PUNCT, ORTH, SENT_START
from spacy.language import Language
from spacy.pipeline import Sentencizer
from spacy.strings import get_string_id
from spacy.tokens import Doc

if TYPE_CHECKING:
    from thinc.types import Ints2d

NAME = "qagraph_sentences"
_NO_START = 2**64 - 1
"""Minus one, which says that a token begins no sentence, in the type that a Doc takes."""


@cache
def _ends() -> frozenset[int]:
    return frozenset(map(get_string_id, Sentencizer.default_punct_chars))


@Language.component(NAME, assigns=["token.is_sent_start", "doc.sents"])
def cut_sentences(doc: Doc) -> Doc:
    """Set where sentences begin; a Doc that has them already is left as it is.

    The same starts as by ``sentencizer``, read from the arrays of the Doc in place of its tokens.

    >>> import spacy
    >>> doc = cut_sentences(spacy.blank("en")("Is it safe? (Yes.) We think so"))
    >>> [sentence.text for sentence in doc.sents]
    ['Is it safe? (', 'Yes.)', 'We think so']
    """
    table = doc.to_array([ORTH, IS_PUNCT, SENT_START])
    words, marks, set_before = table.T.tolist()
    if not words or any(set_before[1:]):
        return doc
    ends, last = _ends(), len(words) - 1
    starts, place = [0], 0
    for end in [i for i, word in enumerate(words) if word in ends]:
        if end < place:
            continue
        place = end
        while place < last and (marks[place] or words[place] in ends):
            place += 1
        if not marks[place] and words[place] not in ends:
            starts.append(place)
    column = table[:, 2:]
    column.fill(_NO_START)
    column[starts] = 1
    return doc.from_array([SENT_START], cast("Ints2d", column))
