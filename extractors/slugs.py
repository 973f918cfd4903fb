"""Names as they may stand in identifiers and file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def slugify(text: str) -> str:
    """Reduce a name to 1-80 characters of ``[a-z0-9-]``, safe in IRIs and file names.

    A name without a Latin letter or digit, or a longer one, gets eight hexadecimal digits of its
    SHA-256 so that different names stay different.

    >>> slugify("André Choulika"), slugify("ALLO-501A"), slugify("CD19+")
    ('andre-choulika', 'allo-501a', 'cd19-plus')
    >>> slugify("诺和诺德")
    'x-a09b095b'
    """
    plain = unicodedata.normalize("NFKD", text.replace("+", " plus ").replace("&", " and "))
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if slug and len(slug) <= 80:
        return slug
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "replace"))
    return f"{slug[:71].strip('-') or 'x'}-{digest.hexdigest()[:8]}"
