"""Which medicines of a call are the same substance, by the vocabulary."""

from __future__ import annotations

from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, EntityType, Mention
from extractors.relations._view import CallView

MEDICINES = frozenset({EntityType.PROGRAM, EntityType.DRUG})


def first_mentions(view: CallView) -> dict[EntityId, Mention]:
    """Return the first mention of each medicine that the call names, in text order."""
    first: dict[EntityId, Mention] = {}
    for mention in view.context.mentions:
        if view.context.type_of(mention) in MEDICINES:
            first.setdefault(mention.entity, mention)
    return first


@cache
def load_substances() -> dict[str, str]:
    """Return the substance in each brand or form, both in lower case.

    >>> load_substances()["wegovy"]
    'semaglutide'
    """
    terms = load_lexicon().terms
    return {t.label.casefold(): t.substance.casefold() for t in terms if t.substance}


def substance_of(view: CallView, medicine: EntityId) -> str:
    """Return the substance of a medicine in lower case; its own name where none is known."""
    substances = load_substances()
    name = view.context.entities[medicine].label.casefold()
    seen = {name}
    while name in substances and substances[name] not in seen:
        name = substances[name]
        seen.add(name)
    return name
