"""Which medicines of a call are the same substance, by the vocabulary."""

from __future__ import annotations

from extractors.model import EntityId, Mention
from extractors.relations._medicines import MEDICINES, load_substances
from extractors.relations._view import CallView


def first_mentions(view: CallView) -> dict[EntityId, Mention]:
    """Return the first mention of each medicine that the call names, in text order."""
    first: dict[EntityId, Mention] = {}
    for mention in view.context.mentions:
        if view.context.type_of(mention) in MEDICINES:
            first.setdefault(mention.entity, mention)
    return first


def substance_of(view: CallView, medicine: EntityId) -> str:
    """Return the substance of a medicine in lower case; its own name where none is known."""
    substances = load_substances()
    name = view.context.entities[medicine].label.casefold()
    seen = {name}
    while name in substances and substances[name] not in seen:
        name = substances[name]
        seen.add(name)
    return name
