"""Choose what the first look shows, and what belongs to the neighbourhood of one node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.drawing import Drawing, DrawnEdge, DrawnNode
from graph.drawing_style import load_styles, style_of
from graph.errors import GraphError

FIRST_LOOK = 80
"""About how many nodes one call shows at first."""

LEAST_ENTITIES = 20
"""How many programs, targets, partners ... are shown even where many people ask much."""

FEW = 15
"""A first look with fewer nodes than this is filled up with what is spoken of most."""

TALK = ("asked", "about", "answeredBy", "askedAbout")
PEOPLE = ("Analyst", "Executive", "Question", "Issuer")


def choose_calm(drawing: Drawing) -> Drawing:
    """Mark the nodes of the first look: who asks, what is asked, and what is talked about most.

    >>> lonely = Drawing("", (), (DrawnNode("target/cd22", "Target", "CD22"),), ())
    >>> choose_calm(lonely).nodes[0].calm
    False
    """
    if len(drawing.calls) <= 1:
        return _with_calm(drawing, _choose_call(drawing, 0))
    first: dict[str, list[int]] = defaultdict(list)
    for call in range(len(drawing.calls)):
        for name in _choose_call(drawing, call):
            first[name].append(call)
    nodes = tuple(replace(node, first_in=tuple(first[node.id])) for node in drawing.nodes)
    return _with_calm(replace(drawing, nodes=nodes), _choose_overview(drawing))


def _with_calm(drawing: Drawing, chosen: Collection[str]) -> Drawing:
    nodes = tuple(replace(node, calm=node.id in chosen) for node in drawing.nodes)
    return replace(drawing, nodes=nodes)


def _degrees(edges: Iterable[DrawnEdge]) -> dict[str, int]:
    degree: dict[str, int] = defaultdict(int)
    for edge in edges:
        if edge.holds:
            degree[edge.source] += 1
            degree[edge.target] += 1
    return degree


def _ranked(nodes: Iterable[DrawnNode]) -> list[DrawnNode]:
    return sorted(nodes, key=lambda node: (-node.weight, node.id))


def _mixed(nodes: Iterable[DrawnNode], near: dict[str, set[str]]) -> list[DrawnNode]:
    """Rank nodes so that each class gets a share like its quota.

    Inside a class, what is linked to programs comes first, then what is talked about most.
    """
    nodes = list(nodes)
    programs = {node.id for node in nodes if node.kind == "Program"}
    place: dict[str, int] = defaultdict(int)
    order: list[tuple[float, int, str, DrawnNode]] = []
    for node in sorted(_ranked(nodes), key=lambda node: not near[node.id] & programs):
        place[node.kind] += 1
        share = place[node.kind] / max(1, style_of(node.kind).quota)
        order.append((share, -node.weight, node.id, node))
    return [item[-1] for item in sorted(order, key=lambda item: item[:3])]


def _choose_call(drawing: Drawing, call: int) -> set[str]:
    """Choose the first look of one call: who speaks, what is asked, and what it is about."""
    edges = [edge for edge in drawing.edges if _supports(drawing, edge, call)]
    degree = _degrees(edges)
    spoke = {
        str(person["id"])
        for person in drawing.participants
        if person["spoke"] and person["c"] == call
    }
    asks = {edge.source for edge in edges if edge.predicate == "asked"}
    here = [node for node in drawing.nodes if call in node.calls or not drawing.calls]
    issuer = drawing.calls[call].issuer if drawing.calls else None
    people = {
        node.id
        for node in here
        if node.kind == "Question"
        or (node.kind == "Issuer" and node.id == issuer)
        or (node.kind == "Executive" and (node.id in spoke or degree[node.id] > 1))
        or (node.kind == "Analyst" and (node.id in asks or (not asks and node.id in spoke)))
    }
    room = max(LEAST_ENTITIES, FIRST_LOOK - len(people))
    others = [
        node
        for node in here
        if node.id not in people
        and node.kind not in (*PEOPLE, "Person", "Firm")
        and style_of(node.kind).first
        and degree[node.id]
    ]
    chosen = people | {node.id for node in _mixed(others, _near(edges))[:room]}
    if len(chosen) < FEW:
        # Where little is connected, what is spoken of most still tells what the call is about.
        spoken = (node for node in here if node.weight and node.kind != "Firm")
        chosen |= {node.id for node in _ranked(spoken)[:FEW]}
    return chosen


def _supports(drawing: Drawing, edge: DrawnEdge, call: int) -> bool:
    """Tell whether something said in this call supports an edge; one without support is general."""
    support = (
        *(drawing.statements[i]["c"] for i in edge.statements),
        *(drawing.questions[i]["c"] for i in edge.questions),
        *(drawing.facts[i]["c"] for i in edge.facts),
    )
    return call in support or not support


def _near(edges: Iterable[DrawnEdge]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.holds and edge.predicate not in TALK:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    return near


def _choose_overview(drawing: Drawing) -> set[str]:
    degree = _degrees(drawing.edges)
    by_kind: dict[str, list[DrawnNode]] = defaultdict(list)
    for node in drawing.nodes:
        if degree[node.id]:
            by_kind[node.kind].append(node)
    near = _near(drawing.edges)
    chosen: set[str] = set()

    turns = _turns(drawing)

    def rank(node: DrawnNode) -> tuple[int, int, int, int, str]:
        """What touches the chosen comes first; then the companies take turns."""
        linked = min(2, len(near[node.id] & chosen))
        return (-linked, turns[node.id], -len(node.calls), -node.weight, node.id)

    styles = load_styles()
    for kind in sorted(styles, key=lambda kind: styles[kind].overview == 0):
        ranked = sorted(by_kind[kind], key=rank)
        chosen.update(node.id for node in ranked[: styles[kind].quota])
    return chosen


def _turns(drawing: Drawing) -> dict[str, int]:
    """Number what each company's calls speak of, class by class, the most talked about first.

    People count together: an analyst belongs to no company's calls.
    """
    count: dict[tuple[str, str | None], int] = defaultdict(int)
    turns: dict[str, int] = {}
    for node in _ranked(drawing.nodes):
        if node.kind == "Analyst" or not node.calls:
            turns[node.id] = 0
            continue
        company = drawing.calls[node.calls[0]].issuer
        turns[node.id] = count[node.kind, company]
        count[node.kind, company] += 1
    return turns


def show_neighbourhood(drawing: Drawing, focus: str, hops: int) -> Drawing:
    """Let the first look be the node called ``focus`` and all within ``hops`` edges of it.

    The rest stays behind "Show all": tables, panel and transcript speak of it by name.

    Raises:
        GraphError: no node has this identifier, label or other name.

    >>> two = Drawing("", (), tuple(DrawnNode(f"target/{n}", "Target", n) for n in ("a", "b")), ())
    >>> [node.calm for node in show_neighbourhood(two, "B", 1).nodes]
    [False, True]
    """
    start = _find(drawing, focus)
    near: dict[str, set[str]] = defaultdict(set)
    for edge in drawing.edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    reached = rim = {start}
    for _ in range(hops):
        rim = {other for node in rim for other in near[node]} - reached
        reached = reached | rim
    return replace(_with_calm(drawing, reached), focus=start)


def show_only(drawing: Drawing, names: Collection[str]) -> Drawing:
    """Let the first look be the nodes with these identifiers, such as what a query gave.

    Raises:
        GraphError: none of them is a node.

    >>> two = Drawing("", (), tuple(DrawnNode(f"target/{n}", "Target", n) for n in ("a", "b")), ())
    >>> [node.calm for node in show_only(two, ["target/b"]).nodes]
    [False, True]
    """
    shown = {node.id for node in drawing.nodes} & set(names)
    if not shown:
        raise GraphError("the query gives nothing that can be drawn; CONSTRUCT edges of the graph")
    return _with_calm(drawing, shown)


def _find(drawing: Drawing, name: str) -> str:
    wanted = name.casefold()
    tests = (
        lambda node: node.id == name,
        lambda node: node.label.casefold() == wanted,
        lambda node: wanted in (alt.casefold() for alt in node.alt_labels),
    )
    for test in tests:
        for node in drawing.nodes:
            if test(node):
                return node.id
    near = [
        node.label
        for node in drawing.nodes
        if node.kind != "Question" and wanted in node.label.casefold()
    ]
    hint = f"; near: {', '.join(sorted(near)[:5])}" if near else ""
    raise GraphError(f"nothing is called {name!r}{hint}")
