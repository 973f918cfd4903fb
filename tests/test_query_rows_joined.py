"""The named queries give one row for one thing, on a few triples written by hand."""

from __future__ import annotations

import pytest

from graph.library import run_named
from graph.namespaces import prefixes
from graph.results import Cell
from graph.store import Store

CALL = "orvl-2031q3"
TRIPLES = """
id:first a qa:Call ; qa:callId "orvl-2031q3" ; qa:heldOn "2031-11-04"^^xsd:date ; qa:issuer id:o .
id:second a qa:Call ; qa:callId "orvl-2032q1" ; qa:heldOn "2032-05-04"^^xsd:date ; qa:issuer id:o .
id:o a qa:Company ; rdfs:label "Orivale Bio" .
id:p a qa:Company ; rdfs:label "Tamsin Pharma" .
id:a a qa:Program ; rdfs:label "ORV-22" ; qa:hasTarget id:t1 , id:t2 ; qa:developedBy id:p , id:o .
id:a qa:studiedIn id:h ; qa:phase "1" ; qa:forIndication id:i .
id:b a qa:Program ; rdfs:label "ORV-70" .
id:t1 a qa:Target ; rdfs:label "CD3" .
id:t2 a qa:Target ; rdfs:label "BCMA" .
id:i a qa:Indication ; rdfs:label "lupus" .
id:h a qa:Trial ; rdfs:label "HARBOR-1" ; qa:phase "2" .
id:nils a qa:Person ; rdfs:label "Nils Ahrend" .
id:dara a qa:Person ; rdfs:label "Dara Quist" .
id:petra a qa:Person ; rdfs:label "Petra Vance" .
id:x a qa:Exchange ; qa:inCall id:first ; qa:exchangeIndex 0 ; qa:analyst id:petra .
id:x qa:hasQuestion id:q1 , id:q2 ; qa:answeredBy id:nils , id:dara .
id:q1 qa:about id:b .
id:q2 qa:about id:a .
id:e1 a qa:Evidence ; qa:quote "in CD3" ; qa:start 50 ; qa:speaker id:dara .
id:e2 a qa:Evidence ; qa:quote "may go to CD3" ; qa:start 10 ; qa:speaker id:nils .
id:e3 a qa:Evidence ; qa:quote "CD3 again" ; qa:start 5 ; qa:speaker id:nils .
id:e4 a qa:Evidence ; qa:quote "is it CD3?" ; qa:start 90 ; qa:speaker id:petra .
id:e5 a qa:Evidence ; qa:quote "is it lupus?" ; qa:start 95 ; qa:speaker id:petra .
id:e6 a qa:Evidence ; qa:quote "HARBOR-1 met its goal in 60 of 80" ; qa:start 99 .
id:s1 rdf:subject id:a ; rdf:predicate qa:hasTarget ; rdf:object id:t1 ; qa:inCall id:first .
id:s1 qa:polarity "affirmed" ; qa:certainty "asserted" ; qa:evidence id:e1 .
id:s2 rdf:subject id:a ; rdf:predicate qa:hasTarget ; rdf:object id:t1 ; qa:inCall id:first .
id:s2 qa:polarity "affirmed" ; qa:certainty "hedged" ; qa:evidence id:e2 .
id:s3 rdf:subject id:a ; rdf:predicate qa:hasTarget ; rdf:object id:t1 ; qa:inCall id:second .
id:s3 qa:polarity "affirmed" ; qa:certainty "asserted" ; qa:evidence id:e3 .
id:s4 rdf:subject id:a ; rdf:predicate qa:hasTarget ; rdf:object id:t1 ; qa:inCall id:first .
id:s4 qa:polarity "affirmed" ; qa:certainty "asked" ; qa:evidence id:e4 .
id:s5 rdf:subject id:b ; rdf:predicate qa:forIndication ; rdf:object id:i ; qa:inCall id:first .
id:s5 qa:polarity "affirmed" ; qa:certainty "asked" ; qa:evidence id:e5 .
id:r1 a qa:ClinicalResult ; qa:subject id:h ; qa:measure "goal" ; qa:numerator 60 .
id:r1 qa:denominator 80 ; qa:inCall id:first ; qa:evidence id:e6 .
id:r2 a qa:ClinicalResult ; qa:subject id:a ; qa:measure "response rate" ; qa:value 7.5 .
id:r2 qa:unit "percent" ; qa:inCall id:first ; qa:evidence id:e6 .
id:f a qa:FinancialFact ; qa:subject id:o ; qa:metric "sales" ; qa:scope "in Europe" , "adjusted" .
id:f qa:inCall id:first ; qa:evidence id:e6 .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    import rdflib

    heads = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    result = Store.memory()
    text = TRIPLES.replace("id:first", f"<{result.ids.call(CALL)}>")
    graph = rdflib.Graph().parse(data=f"{heads}@prefix id: <{result.ids.base}> .\n{text}")
    lines = sorted(
        f"{line[:-2]} <{result.ids.base}graph/{CALL}> .\n"
        for line in graph.serialize(format="nt").splitlines()
        if line
    )
    result.put_call(CALL, lines)
    return result


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        (
            "programs",
            ("program_name", "developer", "target", "indication", "highest_phase"),
            [
                ("ORV-22", "Orivale Bio; Tamsin Pharma", "BCMA; CD3", "lupus", "2"),
                ("ORV-70", None, None, None, None),
            ],
        ),
        (
            "exchanges",
            ("analyst", "questions", "answered_by"),
            [("Petra Vance", 2, "Dara Quist; Nils Ahrend")],
        ),
        (
            "pipeline",
            ("value", "certainty", "said", "calls", "call", "speaker", "quote"),
            [("CD3", "asserted", 3, 2, CALL, "Dara Quist", "in CD3")],
        ),
        (
            "program-timeline",
            ("what", "value", "trial"),
            [("goal", "60 of 80", "HARBOR-1"), ("response rate", "7.5 percent", None)],
        ),
        ("financial-figures", ("metric", "scope"), [("sales", "adjusted; in Europe")]),
        (
            "not-held",
            ("subject", "object", "held_elsewhere"),
            [("ORV-70", "lupus", False), ("ORV-22", "CD3", True)],
        ),
        (
            "co-asked-programs",
            ("program", "other_program", "exchanges"),
            [("ORV-22", "ORV-70", 1)],
        ),
    ],
)
def test_one_thing_has_one_row(
    name: str, columns: tuple[str, ...], expected: list[tuple[Cell, ...]], store: Store
) -> None:
    result = run_named(store, name)
    at = [result.columns().index(column) for column in columns]
    assert [tuple(row[index] for index in at) for row in result.to_rows()] == expected


@pytest.mark.parametrize(
    ("name", "params", "rows"),
    [
        ("programs", {"program": "ORV-22"}, 1),
        ("exchanges", {"in_call": CALL}, 1),
        ("pipeline", {"target": "BCMA"}, 1),
        ("pipeline", {"program": "ORV-70"}, 0),
        ("program-timeline", {"program": "ORV-22"}, 2),
        ("financial-figures", {"company": "Orivale Bio"}, 1),
    ],
)
def test_a_parameter_keeps_the_cells_joined(
    name: str, params: dict[str, str], rows: int, store: Store
) -> None:
    found = run_named(store, name, params).to_rows()
    assert len(found) == rows
    assert set(found) <= set(run_named(store, name).to_rows())
