"""Promises: their kind, and what the ledger says became of them in later calls."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.facts._promises import promise_kind
from graph.library import run_named
from graph.namespaces import QA
from graph.store import Store

BASE = "https://w3id.org/qagraph/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DATE = "http://www.w3.org/2001/XMLSchema#date"
DAYS = {"q1": "2031-05-01", "q2": "2031-08-01", "q4": "2032-02-01"}
Fact = dict[str, str]


@pytest.mark.parametrize(
    ("promise", "kind"),
    [
        ("plan to submit the application, with approval to follow", "submission"),
        ("expect to complete our regulatory filings", "submission"),
        ("remain on track for European approval and launch", "approval"),
        ("will launch in three countries", "launch"),
        ("expect the study to read out", "data"),
        ("will begin to read out next year", "data"),
        ("anticipate topline results", "data"),
        ("on track to be fully enrolled", "enrollment"),
        ("will start to enroll a second cohort", "enrollment"),
        ("plan to initiate a study", "start"),
        ("will complete the build-out", "completion"),
        ("expect margins to improve", None),
        ("will restart talks about a profile", None),
    ],
)
def test_a_promise_has_the_kind_that_is_named_first(promise: str, kind: str | None) -> None:
    assert promise_kind(promise) == kind


def _term(name: str, value: str) -> str:
    if name in ("notBefore", "notAfter", "heldOn"):
        return f'"{value}"^^<{DATE}>'
    thing = name in ("subject", "issuer")
    return f"<{BASE}{value}>" if thing else f'"{value}"'


def _lines(call: str, facts: Sequence[Fact]) -> list[str]:
    node, end = f"<{BASE}call/{call}>", f" <{BASE}graph/{call}> .\n"
    own = {"callId": call, "issuer": "org/orivale-bio", "heldOn": DAYS[call]}
    found = [f"{node} <{QA}{name}> {_term(name, value)}{end}" for name, value in own.items()]
    for thing, kind in (("program/orv-22", "Program"), ("org/orivale-bio", "Company")):
        found.append(f"<{BASE}{thing}> <{RDF}type> <{QA}{kind}>{end}")
        found.append(f'<{BASE}{thing}> <{LABEL}> "{thing[-4:]}"{end}')
    for index, fact in enumerate(facts):
        part = f"<{BASE}call/{call}/fact/{index}>"
        found.append(f"{part} <{QA}inCall> {node}{end}")
        found.append(f"{part} <{QA}evidence> <{BASE}call/{call}/evidence/{index}>{end}")
        found.append(f'<{BASE}call/{call}/evidence/{index}> <{QA}quote> "as said"{end}')
        kind = "Guidance" if "notAfter" in fact else "StatusChange"
        found.append(f"{part} <{RDF}type> <{QA}{kind}>{end}")
        values = {"subject": "program/orv-22"} | fact
        found += [f"{part} <{QA}{name}> {_term(name, v)}{end}" for name, v in values.items()]
    return found


def ledger(**calls: Sequence[Fact]) -> tuple[dict[str, object], int]:
    """Return fate and place by promise of the first call, and how many promises slipped."""
    store = Store.memory()
    store.put_calls((call, _lines(call, facts)) for call, facts in calls.items())
    rows = run_named(store, "guidance-ledger").to_rows()
    first = {row[7]: row[9] for row in rows if row[5] == "q1"}
    return {str(k): v for k, v in first.items()}, len(run_named(store, "slipped-guidance"))


def promise(kind: str, since: str, until: str, **others: str) -> Fact:
    kinds = {"promiseKind": kind} if kind else {}
    return {"promise": kind, "notBefore": since, "notAfter": until} | kinds | others


DATA = promise("data", "2031-07-01", "2031-09-30")
LATER = promise("data", "2031-10-01", "2031-12-31")


@pytest.mark.parametrize(
    ("later", "fate", "place", "slipped"),
    [
        ({"q2": [{"status": "primary endpoint met"}]}, "kept", "q2", 0),
        ({"q2": [{"status": "discontinued"}]}, "dropped", "q2", 0),
        ({"q2": [LATER]}, "slipped", "q2", 1),
        ({"q2": [LATER], "q4": [{"status": "trial succeeded"}]}, "kept", "q4", 0),
        ({"q2": [LATER], "q4": [DATA]}, "overdue", None, 0),
        ({"q2": [LATER, DATA]}, "open", None, 0),
        ({"q2": [promise("launch", "2031-10-01", "2031-12-31")]}, "open", None, 0),
        ({"q2": [LATER | {"subject": "org/orivale-bio"}]}, "open", None, 0),
        ({"q2": [{"status": "launched"}]}, "open", None, 0),
        ({"q4": []}, "overdue", None, 0),
    ],
)
def test_a_promise_has_its_fate(
    later: dict[str, list[Fact]], fate: str, place: str | None, slipped: int
) -> None:
    assert ledger(q1=[DATA], **later) == ({fate: place}, slipped)


@pytest.mark.parametrize(
    "fact", [promise("", "2031-07-01", "2031-09-30"), DATA | {"subject": "org/orivale-bio"}]
)
def test_what_nothing_can_tell_the_fate_of_is_past(fact: Fact) -> None:
    assert ledger(q1=[fact], q4=[LATER]) == ({"past": None}, 0)
    assert ledger(q1=[fact], q2=[LATER]) == ({"open": None}, 0)
