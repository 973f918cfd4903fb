"""Let the store read a whole index once, where a query would look up one thing after another.

The engine answers ``?q qa:theme ?t . ?q qa:askedBy ?who`` by a look-up of ``?who`` for each ``?q``.
That is quick for some hundred questions, and slow for all of a thousand calls: the places are all
over the disk, and the engine's cache is small. A SELECT of its own it reads from end to end, and
joins with the others by hashing, so that the time grows with the number of triples and no faster.

A line of a named query that ends in ``# scan`` is rewritten so when the query is not restricted to
one thing or call, one that ends in ``# scan always`` whatever it is restricted to. The text as it
stands is the same query: any engine gives the same rows for it.
"""

from __future__ import annotations

import re

_MARKED = re.compile(r"^(.+) # scan(?: always)?$", re.MULTILINE)
_ALWAYS = re.compile(r"^(.+) # scan always$", re.MULTILINE)
_BRACE = re.compile(r"( *OPTIONAL \{ | \}|^ *)")


def read_whole(text: str, *, restricted: bool = False) -> str:
    """Make a SELECT of each triple pattern in the lines that are marked.

    A line may hold ``OPTIONAL`` parts. Of a query that is restricted to one thing or call, only the
    lines that are always read whole are rewritten.

    >>> print(read_whole("?q qa:theme ?t ; qa:askedBy ?who . # scan"))
    { SELECT * WHERE { ?q qa:theme ?t } } { SELECT * WHERE { ?q qa:askedBy ?who } }
    >>> print(read_whole("OPTIONAL { ?e qa:speaker ?p } # scan"))
    OPTIONAL { { SELECT * WHERE { ?e qa:speaker ?p } } }
    >>> read_whole("?q qa:theme ?t . # scan", restricted=True)
    '?q qa:theme ?t . # scan'
    """
    return (_ALWAYS if restricted else _MARKED).sub(_rewrite, text)


def without_marks(text: str) -> str:
    """Take the marks out, for readers.

    >>> without_marks("?q qa:theme ?t . # scan")
    '?q qa:theme ?t .'
    >>> without_marks("?q qa:theme ?t . # if theme")
    '?q qa:theme ?t . # if theme'
    """
    return re.sub(r" # scan(?: always)?$", "", text, flags=re.MULTILINE)


def _rewrite(line: re.Match[str]) -> str:
    parts = _BRACE.split(line[1])  # every other one is a brace, or the blanks before the line
    parts[::2] = map(_to_selects, parts[::2])
    return "".join(parts)


def _to_selects(triples: str) -> str:
    return " ".join(f"{{ SELECT * WHERE {{ {triple} }} }}" for triple in _split(triples))


def _split(triples: str) -> list[str]:
    found = []
    for statement in re.split(r" \.(?: |$)", triples.strip()):
        subject, _, rest = statement.partition(" ")
        found += [f"{subject} {part.strip()}" for part in rest.split(" ;") if part.strip()]
    return found
