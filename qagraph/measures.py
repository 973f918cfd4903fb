"""The stages that are measured: each compares a gold file with an extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from extractors.model import (
    EntityId,
    EntityType,
    Exchange,
    Extraction,
    FactKind,
    Participant,
    ParticipantKind,
    Response,
    Statement,
)
from qagraph.matching import any_person, normalise, overlaps, same_firm, squash
from qagraph.scores import Score

Gold = Mapping[str, Any]
Pair = tuple[str, str]
Stage = Callable[[Gold, Extraction], Iterator[Score]]

ENTITY_KEYS = {
    "targets": (EntityType.TARGET,),
    "indications": (EntityType.INDICATION,),
    "trials": (EntityType.TRIAL,),
    "companies": (EntityType.COMPANY,),
    "programs": (EntityType.PROGRAM, EntityType.DRUG),
}
FACT_KEYS = {
    "deals": FactKind.DEAL_TERM,
    "guidance": FactKind.GUIDANCE,
    "clinical_results": FactKind.CLINICAL_RESULT,
    "financial_facts": FactKind.FINANCIAL_FACT,
    "status": FactKind.STATUS_CHANGE,
}
RESPONSES = {
    "full": Response.ANSWERED,
    "partial": Response.PARTLY_ANSWERED,
    "deferred": Response.DEFERRED,
    "declined": Response.DECLINED,
    "not_addressed": Response.NOT_ADDRESSED,
}
GOLD_TERMS = {"treats": "forIndication"}  # gold files may use the everyday word
CORE = ("hasTarget", "forIndication", "studiedIn", "developedBy", "partnerOf")
SYMMETRIC = ("partnerOf", "sameAs")
EVASIVE = (Response.DEFERRED, Response.DECLINED, Response.NOT_ADDRESSED)


def _names(extraction: Extraction) -> dict[EntityId, set[str]]:
    named = (*extraction.transcript.entities, *extraction.entities)
    return {e.id: {e.label, *e.alt_labels} for e in named}


def _person_names(extraction: Extraction) -> dict[EntityId, set[str]]:
    labels = _names(extraction)
    return {
        p.id: {p.name, *(alias.value for alias in p.aliases), *labels.get(p.id, ())}
        for p in extraction.transcript.participants
    }


def score_participants(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score who takes part and in which part, the analysts' firms, the executives' titles."""
    names = _person_names(extraction)
    free = {p.id: p for p in extraction.transcript.participants}
    labels = _names(extraction)
    found, misses = 0, []
    firms: list[bool] = []
    titles: list[bool] = []
    for truth in gold["participants"]:
        match = _find_participant(truth, free, names)
        if match is None:
            if truth.get("spoke") or truth.get("in_header"):
                misses.append(f"participant missing: {truth['name']}")
            continue
        del free[match.id]
        right = match.kind.value.lower() == truth["kind"] or truth["kind"] == "unidentified"
        found += right
        if not right:
            misses.append(f"participant {truth['name']}: {match.kind}, not {truth['kind']}")
        if truth["kind"] == "analyst" and truth.get("firm"):
            said = {n for a in match.affiliations for n in (a.name, *labels[a.organization])}
            firms.append(any(same_firm(truth["firm"], name) for name in said))
        if truth["kind"] == "executive" and truth.get("title"):
            titles.append(any(_same_title(truth["title"], t.value) for t in match.titles))
    missed = len(misses)
    misses += [f"participant invented: {p.name}" for p in free.values()]
    yield Score("participants", found, len(free), missed, tuple(misses))
    if firms:
        yield Score("analyst firm", sum(firms), None, len(firms) - sum(firms))
    if titles:
        yield Score("executive title", sum(titles), None, len(titles) - sum(titles))


def _find_participant(
    truth: Mapping[str, Any],
    free: Mapping[EntityId, Participant],
    names: Mapping[EntityId, set[str]],
) -> Participant | None:
    wanted = [truth["name"], *truth.get("aka", [])]
    for person in free.values():
        if any_person(wanted, names[person.id]):
            return person
    nameless = {"operator": ParticipantKind.OPERATOR, "unidentified": ParticipantKind.UNIDENTIFIED}
    kind = nameless.get(truth["kind"])
    return next((person for person in free.values() if person.kind is kind), None)


def _same_title(one: str, other: str) -> bool:
    a, b = normalise(one), normalise(other)
    return b in a or SequenceMatcher(None, a, b).ratio() > 0.7


def score_exchanges(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score the exchanges in order, who answered in each, and stand-ins."""
    truths = gold.get("exchanges", [])
    if not truths and not extraction.exchanges:
        return
    names = _person_names(extraction)
    pairs = _align(truths, extraction.exchanges, names)
    yield Score(
        "exchanges",
        len(pairs),
        len(extraction.exchanges) - len(pairs),
        len(truths) - len(pairs),
        tuple(f"exchange missing: {t['analyst']}" for t in truths if id(t) not in pairs),
    )
    found = extra = missed = stood = stood_extra = stood_missed = 0
    for truth in truths:
        exchange = pairs.get(id(truth))
        left = [names.get(person, set()) for person in exchange.answered_by] if exchange else []
        for name in truth.get("answered_by", []):
            hit = next((i for i, known in enumerate(left) if any_person([name], known)), None)
            if hit is None:
                missed += 1
            else:
                found += 1
                left.pop(hit)
        extra += len(left)
        behalf = truth.get("on_behalf_of")
        given = names.get(exchange.on_behalf_of or "", set()) if exchange else set()
        right = bool(behalf) and any_person([str(behalf)], given)
        stood += right
        stood_missed += bool(behalf) and not right
        stood_extra += bool(given) and not right
    yield Score("exchange answered by", found, extra, missed)
    if stood + stood_extra + stood_missed:
        yield Score("stand-ins", stood, stood_extra, stood_missed)


def _align(
    truths: list[Any], exchanges: tuple[Exchange, ...], names: Mapping[EntityId, set[str]]
) -> dict[int, Exchange]:
    """Pair both lists by their longest common subsequence of analysts."""

    def same(truth: Any, exchange: Exchange) -> bool:
        known = names.get(exchange.analyst, set())
        nameless = "unidentified" in normalise(truth["analyst"])
        return any_person([truth["analyst"]], known) or (
            nameless and any("unidentified" in n or "unknown" in n for n in map(normalise, known))
        )

    rows, columns = len(truths), len(exchanges)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            hit = same(truths[i], exchanges[j])
            best[i][j] = 1 + best[i + 1][j + 1] if hit else max(best[i + 1][j], best[i][j + 1])
    pairs: dict[int, Exchange] = {}
    i = j = 0
    while i < rows and j < columns:
        if same(truths[i], exchanges[j]):
            pairs[id(truths[i])] = exchanges[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def score_entities(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score the entities of each type; optional ones are neither required nor punished."""
    alias, optional = gold_names(gold)
    labels = _names(extraction)
    for key, types in ENTITY_KEYS.items():
        truths = [e["name"] for e in gold.get(key, [])]
        if key == "programs":
            truths += [e["name"] for e in gold.get("drugs", [])]
        wanted = set(truths) - optional
        found: set[str] = set()
        extra: list[str] = []
        for entity in extraction.entities:
            if entity.type not in types:
                continue
            known = {n for label in labels[entity.id] for n in alias.get(normalise(label), ())}
            found |= known & wanted
            if not known and key != "companies":
                extra.append(f"{key} invented: {entity.label}")
        misses = (*(f"{key} missing: {name}" for name in sorted(wanted - found)), *extra)
        if wanted or extra:
            yield Score(f"entities: {key}", len(found), len(extra), len(wanted - found), misses)


def score_relations(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score the statements that hold, by predicate, and the five core predicates together."""
    wanted = _wanted_pairs(gold)
    judged: dict[str, list[tuple[Statement, set[Pair]]]] = {name: [] for name in wanted}
    for statement, hits in judge_statements(gold, extraction):
        judged[statement.predicate].append((statement, hits))
    scores = [_score_predicate(n, wanted[n], judged[n], gold) for n in sorted(wanted)]
    yield from scores
    core = [score for score in scores if score.measure.removeprefix("relation: ") in CORE]
    if core:
        yield Score(
            "relations: core five",
            sum(score.found for score in core),
            sum(score.extra or 0 for score in core),
            sum(score.missed for score in core),
        )


def judge_statements(gold: Gold, extraction: Extraction) -> Iterator[tuple[Statement, set[Pair]]]:
    """Yield the statements that hold, with the true pairs that each says; none where it is wrong.

    Left out are predicates of which the gold file says nothing, and "same as" between two names
    that it gives to one thing.
    """
    wanted, (alias, _), labels = _wanted_pairs(gold), gold_names(gold), _names(extraction)
    for statement in extraction.statements:
        pairs = wanted.get(statement.predicate)
        if pairs is None or not statement.holds:
            continue
        subject, object_ = (
            {n for label in known for n in (label, *alias.get(normalise(label), ()))}
            for known in (labels.get(statement.subject, ()), labels.get(statement.object, ()))
        )
        hits = {pair for pair in pairs if pair[0] in subject and pair[1] in object_}
        if statement.predicate in SYMMETRIC:
            hits |= {pair for pair in pairs if pair[1] in subject and pair[0] in object_}
        if hits or not (statement.predicate == "sameAs" and subject & object_):
            yield statement, hits


def _wanted_pairs(gold: Gold) -> dict[str, dict[Pair, bool]]:
    """Return the true pairs of each predicate, and whether each may be left out."""
    wanted: dict[str, dict[Pair, bool]] = {}
    _, optional = gold_names(gold)
    for row in gold.get("relations", []):
        pair = (row["subject"], row["object"])
        predicate = GOLD_TERMS.get(row["predicate"], row["predicate"])
        free = bool(row.get("optional")) or bool(optional & set(pair))
        wanted.setdefault(predicate, {})[pair] = free
    return wanted


def _score_predicate(
    predicate: str,
    wanted: Mapping[Pair, bool],
    judged: Iterable[tuple[Statement, set[Pair]]],
    gold: Gold,
) -> Score:
    alias, _ = gold_names(gold)
    need = {pair for pair, free in wanted.items() if not free}
    if predicate == "sameAs":  # one node that bears both names says it as well
        need = {(a, b) for a, b in need if alias.get(normalise(a)) != alias.get(normalise(b))}
    found: set[Pair] = set()
    extra: list[str] = []
    for statement, hits in judged:
        found |= hits
        if not hits:
            extra.append(f"{predicate} wrong: {statement.subject} {statement.object}")
    misses = (*(f"{predicate} missing: {a}, {b}" for a, b in sorted(need - found)), *extra)
    found &= need
    return Score(f"relation: {predicate}", len(found), len(extra), len(need - found), misses)


def gold_names(gold: Gold) -> tuple[dict[str, set[str]], set[str]]:
    """Return which gold names a normalised surface form may mean, and which are optional."""
    alias: dict[str, set[str]] = {}
    optional: set[str] = set()
    for key in (*ENTITY_KEYS, "drugs"):
        for entity in gold.get(key, []):
            for name in (entity["name"], *entity.get("aliases", [])):
                alias.setdefault(normalise(name), set()).add(entity["name"])
            if entity.get("optional"):
                optional.add(entity["name"])
    return alias, optional


def score_questions(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score how question turns are split, and whether non-answers are seen as such."""
    truths = [q for e in gold.get("exchanges", []) for q in e.get("questions", [])]
    if not truths:
        return
    free = list(extraction.questions)
    found = right = wrong = overlooked = 0
    misses: list[str] = []
    for truth in truths:
        start = squash(truth["quote_start"])
        hit = next(
            (q for q in free if start in squash(q.text) or squash(q.text)[:40] in start), None
        )
        evasive = RESPONSES[truth["answered"]] in EVASIVE
        if hit is None:
            misses.append(f"question missing: {start}")
            overlooked += evasive
            continue
        free.remove(hit)
        found += 1
        right += evasive and hit.response in EVASIVE
        wrong += not evasive and hit.response in EVASIVE
        overlooked += evasive and hit.response not in EVASIVE
    yield Score("questions", found, len(free), len(truths) - found, tuple(misses))
    if right + wrong + overlooked:
        yield Score("non-answers", right, wrong, overlooked)


def score_facts(gold: Gold, extraction: Extraction) -> Iterator[Score]:
    """Score the recall of facts: a fact is found when evidence of its kind overlaps."""
    for key, kind in FACT_KEYS.items():
        quotes = [e.quote for f in extraction.facts if f.kind is kind for e in f.evidence]
        truths = gold.get(key, [])
        misses = [t["quote"] for t in truths if not any(overlaps(t["quote"], q) for q in quotes)]
        if truths:
            lost = tuple(f"{key} missing: {squash(quote)[:80]}" for quote in misses)
            yield Score(f"facts: {key}", len(truths) - len(misses), None, len(misses), lost)


STAGES: tuple[Stage, ...] = (
    score_participants,
    score_exchanges,
    score_entities,
    score_relations,
    score_questions,
    score_facts,
)
