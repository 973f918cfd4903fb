"use strict";
/* Which nodes and edges the picture shows: classes, filters, neighbourhood. */

(() => {
  const { drawing } = qa;
  const TALK = new Set(["asked", "about", "answeredBy", "askedAbout", "askedAtCallOf"]);

  const bySpeaker = (evidence, test) => evidence.some((i) => test(drawing.evidence[i]));

  /** Whether a statement or a fact passes the filters. */
  qa.passes = (item) => {
    const { conf, cert, call, speaker, firm } = qa.state;
    return item.conf >= conf
      && (!cert || item.cert === cert)
      && (call === "" || item.c === Number(call))
      && (!speaker || bySpeaker(item.ev, (evidence) => evidence.by === speaker))
      && (!firm || bySpeaker(item.ev, (evidence) => qa.firm(evidence.by, evidence.c) === firm));
  };

  /** Whether a question passes the filters. */
  qa.questionPasses = (question) => {
    const { call, speaker, firm } = qa.state;
    return (call === "" || question.c === Number(call))
      && (!speaker || question.by === speaker || question.answeredBy.includes(speaker))
      && (!firm || qa.firm(question.by, question.c) === firm);
  };

  /** Whether any filter is set; `within` leaves the choice of a call aside. */
  qa.filtered = (within = false) => {
    const { conf, cert, call, speaker, firm } = qa.state;
    return conf > 0 || Boolean(cert || speaker || firm) || (!within && call !== "");
  };

  const edgePasses = (edge) => {
    if (edge.weak && !qa.state.weak && !qa.state.cert) return false;
    const support = [
      ...(edge.st ?? []).map((i) => qa.passes(drawing.statements[i])),
      ...(edge.fa ?? []).map((i) => qa.passes(drawing.facts[i])),
      ...(edge.qs ?? []).map((i) => qa.questionPasses(drawing.questions[i])),
    ];
    return support.length ? support.some(Boolean) : !qa.filtered();
  };

  const around = (start, hops, edges) => {
    const near = new Map();
    for (const edge of edges) {
      for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (!near.has(a)) near.set(a, []);
        near.get(a).push(b);
      }
    }
    const found = new Set([start]);
    let rim = [start];
    for (let hop = 0; hop < hops; hop += 1) {
      rim = rim.flatMap((id) => near.get(id) ?? []).filter((id) => !found.has(id) && found.add(id));
    }
    return found;
  };

  /** The shown part: { nodes: Set of ids, edges: Set of ids }. */
  qa.visible = () => {
    const { off, extra, all, node: selected, edge: chosen, hops, path } = qa.state;
    const pinned = new Set([selected, ...path.split("\n"), ...qa.marked()]);
    const line = qa.edges.get(Number(chosen));
    if (chosen !== "" && line) { pinned.add(line.from); pinned.add(line.to); }
    // One of many calls is shown with its people and questions, as if it were alone.
    const alone = qa.many && qa.state.call !== "";
    const within = (node) => node.first?.includes(Number(qa.state.call));
    const allowed = (node) => pinned.has(node.id) || (!off.includes(node.kind)
      && (all || hops > 0 || extra.includes(node.kind) || (alone ? within(node) : node.calm)));
    let nodes = new Set();
    for (const node of qa.nodes.values()) if (allowed(node)) nodes.add(node.id);
    let edges = [...qa.edges.values()].filter((edge) => nodes.has(edge.from) && nodes.has(edge.to)
      && (edgePasses(edge) || String(edge.id) === chosen));
    if (hops > 0 && selected) {
      const near = around(selected, hops, edges);
      nodes = new Set([...nodes].filter((id) => near.has(id)));
    } else if (qa.filtered()) {
      const used = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
      nodes = new Set([...nodes].filter((id) => used.has(id) || pinned.has(id)));
    }
    edges = edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
    // A line from analyst to topic stands for the questions between them, where those are hidden.
    const asked = (edge) => (edge.qs ?? []).some((i) => nodes.has(drawing.questions[i].id));
    edges = edges.filter((edge) => (edge.p === "askedAbout" ? !asked(edge) && (!qa.many || edge.from === selected || edge.to === selected)
      : edge.p !== "askedAtCallOf" || (qa.many && !asked(edge))));
    return { nodes, edges: new Set(edges.map((edge) => edge.id)) };
  };

  /** The shortest way between two nodes, as [node, edge, node, ...], or null. Works on all edges that hold. */
  qa.shortestPath = (from, to) => {
    const came = new Map([[from, null]]);
    let rim = [from];
    while (rim.length && !came.has(to)) {
      const next = [];
      for (const id of rim) {
        for (const edge of qa.edgesOf.get(id) ?? []) {
          const other = edge.from === id ? edge.to : edge.from;
          if (edge.weak || edge.p.startsWith("askedA") || came.has(other)) continue;
          came.set(other, [id, edge]);
          next.push(other);
        }
      }
      rim = next;
    }
    if (!came.has(to)) return null;
    const steps = [to];
    for (let step = came.get(to); step; step = came.get(step[0])) steps.unshift(step[0], step[1]);
    return steps;
  };

  /** Whether an edge belongs to the conversation and not to the science. */
  qa.isTalk = (edge) => TALK.has(edge.p);
})();
