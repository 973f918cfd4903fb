"""What a word of the graph means: ``qagraph explain hasTarget``."""

from __future__ import annotations

from graph.namespaces import ontology, term


def explain(name: str) -> str:
    """Return a few lines on a class, a property or a value of the ontology.

    The prefix may be left out, and case does not matter.

    Raises:
        UnknownTermError: there is no such term; the message names the nearest.

    >>> print(explain("qa:hasTarget").splitlines()[0])
    qa:hasTarget, a property: has target
    >>> explain("hasTargt")
    Traceback (most recent call last):
        ...
    graph.errors.UnknownTermError: the ontology has no term 'hasTargt'; did you mean hasTarget...
    """
    asked = name.removeprefix("qa:")
    known = ontology()
    exact = next((key for key in known if key.casefold() == asked.casefold()), asked)
    term(exact)
    entry = known[exact]
    article = "an" if entry.kind[0] in "aeiou" else "a"
    lines = [f"qa:{entry.name}, {article} {entry.kind}: {entry.label}", entry.comment]
    for word, values in (
        ("of", entry.domain),
        ("to", entry.range),
        ("a kind of", entry.parents),
    ):
        if values:
            lines.append(f"{word}: {', '.join(values)}")
    return "\n".join(line for line in lines if line)
