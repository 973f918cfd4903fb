"""What can go wrong while a transcript is read and understood."""

from __future__ import annotations


class ExtractionError(ValueError):
    """Base of all errors of this package; the message is one line that a user can act on.

    >>> str(LayoutError("a.txt: no speaker was found; is it a transcript?"))
    'a.txt: no speaker was found; is it a transcript?'
    """


class InputError(ExtractionError):
    """A file cannot be read as text: missing, empty, binary, too large, broken."""


class LayoutError(ExtractionError):
    """The text is in no layout in which a call can be found."""


class LexiconError(ExtractionError):
    """A vocabulary file breaks its own format; the message names file and line."""


class RegistryError(ExtractionError):
    """A plug-in is unknown, registered twice or lacks a part of its contract."""


class RecordError(ExtractionError):
    """A line of ``statements.jsonl`` is not a record of the model."""
