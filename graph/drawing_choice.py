"""Choose what the first look shows, and what belongs to the neighbourhood of one node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.drawing import Drawing, DrawnNode
from graph.drawing_style import load_styles, style_of
from graph.errors import GraphError

FIRST_LOOK = 80
"""About how many nodes one call shows at first."""

LEAST_ENTITIES = 30
"""How many programs, targets, partners ... are shown even where many people ask much."""

TALK = ("asked", "about", "answeredBy", "askedAbout")
PEOPLE = ("Analyst", "Executive", "Question", "Issuer")


def choose_calm(drawing: Drawing) -> Drawing:
    """Mark the nodes of the first look: who asks, what is asked, and what is talked about most.

    >>> lonely = Drawing("", (), (DrawnNode("target/cd22", "Target", "CD22"),), ())
    >>> choose_calm(lonely).nodes[0].calm
    False
    """
    degree = _degrees(drawing)
    chosen = (
        _choose_overview(drawing, degree)
        if len(drawing.calls) > 1
        else _choose_call(drawing, degree)
    )
    return replace(
        drawing, nodes=tuple(replace(node, calm=node.id in chosen) for node in drawing.nodes)
    )


def _degrees(drawing: Drawing) -> dict[str, int]:
    degree: dict[str, int] = defaultdict(int)
    for edge in drawing.edges:
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


def _choose_call(drawing: Drawing, degree: dict[str, int]) -> set[str]:
    spoke = {str(person["id"]) for person in drawing.participants if person["spoke"]}
    asks = {edge.source for edge in drawing.edges if edge.predicate == "asked"}
    kinds = {node.id: node.kind for node in drawing.nodes}
    people = {
        node.id
        for node in drawing.nodes
        if node.kind in ("Question", "Issuer")
        or (node.kind == "Executive" and (node.id in spoke or degree[node.id] > 1))
        or (node.kind == "Analyst" and (node.id in asks or (not asks and node.id in spoke)))
    }
    firms = {
        edge.target
        for edge in drawing.edges
        if edge.predicate == "worksFor"
        and edge.source in people
        and kinds[edge.source] == "Analyst"
    }
    if len(people) + len(firms) + LEAST_ENTITIES <= FIRST_LOOK + 10:
        people |= firms
    room = max(LEAST_ENTITIES, FIRST_LOOK - len(people))
    others = [
        node
        for node in drawing.nodes
        if node.id not in people
        and node.kind not in (*PEOPLE, "Person", "Firm")
        and style_of(node.kind).first
        and degree[node.id]
    ]
    return people | {node.id for node in _mixed(others, _near(drawing))[:room]}


def _near(drawing: Drawing) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for edge in drawing.edges:
        if edge.holds and edge.predicate not in TALK:
            near[edge.source].add(edge.target)
            near[edge.target].add(edge.source)
    return near


def _choose_overview(drawing: Drawing, degree: dict[str, int]) -> set[str]:
    by_kind: dict[str, list[DrawnNode]] = defaultdict(list)
    for node in drawing.nodes:
        if degree[node.id]:
            by_kind[node.kind].append(node)
    near = _near(drawing)
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


def keep_neighbourhood(drawing: Drawing, focus: str, hops: int) -> Drawing:
    """Keep the node called ``focus`` and all within ``hops`` edges of it; all of them are shown.

    Raises:
        GraphError: no node has this identifier, label or other name.
    """
    start = _find(drawing, focus)
    near: dict[str, set[str]] = defaultdict(set)
    for edge in drawing.edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    kept = edge_of = {start}
    for _ in range(hops):
        edge_of = {other for node in edge_of for other in near[node]} - kept
        kept = kept | edge_of
    return replace(
        drawing,
        nodes=tuple(replace(node, calm=True) for node in drawing.nodes if node.id in kept),
        edges=tuple(edge for edge in drawing.edges if edge.source in kept and edge.target in kept),
        focus=start,
    )


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
    nodes = tuple(replace(node, calm=node.id in shown) for node in drawing.nodes)
    return replace(drawing, nodes=nodes)


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
