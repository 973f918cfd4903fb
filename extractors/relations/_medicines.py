"""What the vocabulary knows of medicines: substances of brands, makers, and mere aids."""

from __future__ import annotations

from functools import cache

from extractors.lexicon import load_lexicon
from extractors.model import EntityId, EntityType
from extractors.relations._rules import read_table

MEDICINES = frozenset({EntityType.PROGRAM, EntityType.DRUG})
_FULL_KINDS = frozenset({"", "brand", "substance", "form"})


@cache
def load_substances() -> dict[str, str]:
    """Return the substance in each brand or form, both in lower case.

    >>> load_substances()["wegovy"], load_substances().get("aspirin tree")
    ('semaglutide', None)
    """
    terms = load_lexicon().terms
    return {t.label.casefold(): t.substance.casefold() for t in terms if t.substance}


@cache
def load_aids() -> frozenset[EntityId]:
    """Return the medicines that are given along with others: chemotherapy, steroids and such.

    >>> "drug/fludarabine" in load_aids(), "drug/semaglutide" in load_aids()
    (True, False)
    """
    drugs = (term for term in load_lexicon().terms if term.type is EntityType.DRUG)
    return frozenset(drug.id for drug in drugs if drug.kind not in _FULL_KINDS)


@cache
def load_makers() -> dict[EntityId, tuple[str, ...]]:
    """Return who sells a medicine: the maker of a brand, of a substance those of its brands.

    >>> load_makers()["drug/wegovy"]
    ('Novo Nordisk',)
    """
    terms = load_lexicon().terms
    named = {t.label.casefold(): t.id for t in terms if t.type in MEDICINES}
    makers: dict[EntityId, tuple[str, ...]] = {}
    for term in terms:
        if term.maker:
            for name in (term.id, named.get(term.substance.casefold())):
                if name is not None:
                    makers[name] = (*makers.get(name, ()), *term.maker.split(";"))
    return makers


@cache
def load_vocabulary() -> frozenset[EntityId]:
    """Return the medicines that the vocabulary knows.

    >>> "drug/semaglutide" in load_vocabulary(), "drug/lumoglutide" in load_vocabulary()
    (True, False)
    """
    return frozenset(term.id for term in load_lexicon().terms if term.type in MEDICINES)


@cache
def load_code_prefixes() -> dict[EntityId, tuple[str, ...]]:
    """Return how the codes of each known company begin, in lower case: like its ticker, and so on.

    >>> "biib" in load_code_prefixes()["org/biogen"], "ly" in load_code_prefixes()["org/biogen"]
    (True, False)
    """
    prefixes: dict[EntityId, tuple[str, ...]] = {}
    lexicon = load_lexicon()
    for row in read_table("resources/code_owners.tsv"):
        for term in lexicon.find(row["company"], EntityType.COMPANY):
            prefixes[term.id] = (*prefixes.get(term.id, ()), row["prefix"].casefold())
    return prefixes
