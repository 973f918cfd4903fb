"use strict";
/* The picture: vis-network draws, Python has placed. Chips, captions and highlights are ours. */

(() => {
  const MANY = 1500; // lines; beyond it, what is not chosen does not fade and is not drawn while dragging
  const host = qa.byId("canvas");
  const paint = {};
  let network = null;
  let dots = null;
  let lines = null;
  let shown = { nodes: new Set(), edges: new Set() };
  let lit = null; // ids that stand out while the others fade; null = none fade
  let litEdges = new Set();
  let path = [];
  let marked = []; // what a query has found
  let hiding = false;
  const looks = new Map(); // how each shown line looks now, to change only what differs
  let small = false; // zoomed out so far that no name can be read
  let near = null; // places of a neighbourhood, while one is shown

  /** Where a node stands now. */
  qa.spot = (id) => near?.spots.get(id) ?? qa.nodes.get(id);

  /** Read the colours of the style sheet, again after each change of theme. */
  const readPaint = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "muted", "surface", "ground", "line", "line-strong", "accent",
      "answered", "partly", "deferred", "declined", "ignored"]) {
      paint[name] = style.getPropertyValue(`--${name}`).trim();
    }
    paint.font = style.getPropertyValue("--font").trim();
  };

  const responsePaint = (id) => ({
    Answered: paint.answered, PartlyAnswered: paint.partly, Deferred: paint.deferred,
    Declined: paint.declined, NotAddressed: paint.ignored,
  })[qa.questionById.get(id)?.response] ?? paint.muted;

  /** A question: a bead with its number; how full it is says what became of it. */
  const drawBead = (ctx, node, x, y, chosen, alpha) => {
    const r = node.w / 2;
    const question = qa.questionById.get(node.id);
    const colour = responsePaint(node.id);
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = paint.ground;
    ctx.fill();
    ctx.globalAlpha = alpha;
    const full = !question?.response || question.response === "Answered";
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = full ? colour : paint.surface;
    ctx.fill();
    if (question?.response === "PartlyAnswered") {
      ctx.beginPath();
      ctx.arc(x, y, r, Math.PI / 2, 1.5 * Math.PI);
      ctx.fillStyle = colour;
      ctx.globalAlpha = alpha * 0.4;
      ctx.fill();
      ctx.globalAlpha = alpha;
    }
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.setLineDash(question?.response === "NotAddressed" ? [3, 2] : []);
    ctx.lineWidth = chosen ? 3 : 1.8;
    ctx.strokeStyle = chosen ? paint.accent : colour;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = full ? paint.surface : paint.ink;
    ctx.font = `600 10.5px ${paint.font}`;
    ctx.textAlign = "center";
    ctx.fillText(question ? question.n.split(".")[1] : "?", x, y + 0.5);
  };

  /** Everything else: a chip with the shape of its class and its name on one or two lines. */
  const drawChip = (ctx, node, x, y, chosen, alpha) => {
    const colour = qa.colour(node.kind);
    if (small) {
      ctx.globalAlpha = chosen ? 1 : alpha * 0.65;
      ctx.fillStyle = chosen ? paint.accent : colour;
      ctx.fillRect(x - node.w / 2, y - node.h / 2, node.w, node.h);
      return;
    }
    const outline = outlineOf(node);
    ctx.translate(x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = alpha < 1 ? paint.ground : paint.surface;
    ctx.fill(outline);
    ctx.globalAlpha = alpha * (node.kind === "Issuer" ? 0.26 : 0.1);
    ctx.fillStyle = colour;
    ctx.fill(outline);
    ctx.lineWidth = chosen ? 2.6 : 1;
    ctx.strokeStyle = chosen ? paint.accent : colour;
    ctx.globalAlpha = chosen ? alpha : alpha * 0.6;
    ctx.stroke(outline);
    ctx.globalAlpha = alpha;
    const left = -node.w / 2;
    ctx.translate(left + 13, 0);
    ctx.fillStyle = ctx.strokeStyle = colour;
    const { shape } = qa.kind(node.kind);
    if (shape === "ring") { ctx.lineWidth = 2; ctx.stroke(glyphOf(shape)); } else ctx.fill(glyphOf(shape));
    ctx.translate(-left - 13, 0);
    ctx.fillStyle = paint.ink;
    ctx.textAlign = "left";
    ctx.font = `${node.kind === "Issuer" ? 650 : 450} ${node.kind === "Firm" ? 11.5 : 13}px ${paint.font}`;
    const top = (node.lines.length - 1) * -8;
    node.lines.forEach((line, i) => ctx.fillText(line, left + 23, top + 16 * i + 0.5, node.w - 29));
  };

  /** Outlines and shapes are made once: a redraw of thousands of chips must not build paths. */
  const made = new Map();
  const once = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  const outlineOf = (node) => once(`${node.w} ${node.h}`, () => qa.chipPath(0, 0, node.w, node.h));
  const glyphOf = (shape) => once(shape, () => new Path2D(qa.shapePath(shape, 5)));

  const renderer = (node) => ({ ctx, x, y, state }) => ({
    drawNode() {
      ctx.save();
      const alpha = !lit || lit.has(node.id) || state.hover ? 1 : 0.22;
      ctx.textBaseline = "middle";
      const chosen = node.id === qa.state.node || path.includes(node.id);
      if (node.kind === "Question") drawBead(ctx, node, x, y, chosen || state.hover, alpha);
      else drawChip(ctx, node, x, y, chosen || state.hover, alpha);
      ctx.restore();
    },
    nodeDimensions: { width: node.w, height: node.h },
  });

  /** "PROGRAMS", or "REPORTING COMPANY" where there is one. */
  qa.caption = (kind) => {
    const { label, plural } = qa.kind(kind);
    return ([...qa.nodes.values()].filter((node) => node.kind === kind).length === 1 ? label : plural).toUpperCase();
  };

  /** The captions of what is shown: [kind, x, y]. */
  qa.captions = () => {
    if (near) return near.captions;
    const blocks = new Set([...shown.nodes].map((id) => {
      const node = qa.nodes.get(id);
      return `${node.kind} ${node.calm ? 0 : 1}`;
    }));
    return qa.drawing.captions.filter(([kind, band]) => blocks.has(`${kind} ${band}`)).map(([kind, , x, y]) => [kind, x, y]);
  };

  /** Captions over the classes, in words, where at least one node of the block is shown. */
  const drawCaptions = (ctx) => {
    ctx.save();
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.font = `650 11px ${paint.font}`;
    ctx.fillStyle = paint.muted;
    ctx.strokeStyle = paint.ground;
    ctx.lineWidth = 5;
    ctx.lineJoin = "round";
    ctx.letterSpacing = "0.6px";
    for (const [kind, x, y] of qa.captions()) {
      const words = qa.caption(kind);
      ctx.strokeText(words, x, y);
      ctx.fillText(words, x, y);
    }
    ctx.restore();
  };

  const edgeLook = (edge) => {
    const strong = litEdges.has(edge.id);
    const dim = lit && !strong && shown.edges.size <= MANY;
    const talk = qa.isTalk(edge);
    return {
      color: { color: strong ? paint.accent : talk ? paint.line : paint["line-strong"],
        opacity: dim ? 0.06 : strong ? 0.95 : talk ? 0.38 : 0.55,
        inherit: false },
      width: strong ? 1.8 : 1,
      dashes: edge.weak ? [5, 4] : false,
      arrows: { to: { enabled: strong && !talk && edge.p !== "worksFor", scaleFactor: 0.45 } },
    };
  };

  /** Write to vis only what differs from what it has: it redraws for each change. */
  const refresh = () => {
    const changed = [];
    for (const id of shown.edges) {
      const edge = qa.edges.get(id);
      const look = edgeLook(edge);
      const key = JSON.stringify(look);
      if (looks.get(id) === key) continue;
      looks.set(id, key);
      changed.push({ id, ...look });
    }
    if (changed.length) lines.updateOnly(changed);
    network.redraw();
  };

  const show = () => {
    const before = shown;
    shown = qa.visible();
    const gone = [...before.nodes].filter((id) => !shown.nodes.has(id));
    const come = [...shown.nodes].filter((id) => !before.nodes.has(id));
    const was = near;
    near = (qa.state.hops > 0 && qa.state.node) || (qa.many && qa.state.call !== "") ? qa.nearby(shown.nodes) : null;
    const lost = [...before.edges].filter((id) => !shown.edges.has(id));
    if (lost.length) lines.remove(lost);
    for (const id of lost) looks.delete(id);
    if (gone.length) dots.remove(gone);
    if (come.length) dots.add(come.map((id) => {
      const node = qa.nodes.get(id);
      const { x, y } = qa.spot(id);
      return { id, x, y, shape: "custom", ctxRenderer: renderer(node) };
    }));
    if (network && (near || was)) {
      for (const id of shown.nodes) network.moveNode(id, qa.spot(id).x, qa.spot(id).y);
    }
    const fresh = [...shown.edges].filter((id) => !before.edges.has(id));
    if (fresh.length) lines.add(fresh.map((id) => {
      const edge = qa.edges.get(id);
      const look = edgeLook(edge);
      looks.set(id, JSON.stringify(look));
      return { id, from: edge.from, to: edge.to, ...look };
    }));
    const many = shown.edges.size > MANY;
    if (network && many !== hiding) network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    hiding = many;
    return gone.length + come.length > 0;
  };

  const highlight = () => {
    const { node, edge } = qa.state;
    path = qa.state.path ? qa.state.path.split("\n") : [];
    const way = path.length === 2 ? qa.shortestPath(path[0], path[1]) : null;
    lit = null;
    litEdges = new Set();
    if (way) {
      lit = new Set(way.filter((step) => typeof step === "string"));
      way.filter((step) => typeof step !== "string").forEach((step) => litEdges.add(step.id));
      path = [...lit];
    } else if (node) {
      lit = new Set([node]);
      for (const line of qa.edgesOf.get(node) ?? []) {
        if (!shown.edges.has(line.id)) continue;
        litEdges.add(line.id);
        lit.add(line.from).add(line.to);
      }
      // Around an analyst or an executive, the questions bring their topics along.
      if (!["Question"].includes(qa.nodes.get(node).kind)) {
        for (const id of [...lit]) {
          if (qa.nodes.get(id).kind !== "Question") continue;
          for (const line of qa.edgesOf.get(id) ?? []) {
            if (shown.edges.has(line.id) && qa.nodes.get(node).kind === "Analyst") {
              litEdges.add(line.id);
              lit.add(line.from).add(line.to);
            }
          }
        }
      }
      if (qa.state.hops > 0) lit = null; // in a neighbourhood nothing fades
    } else if (edge === "" && marked.length) {
      lit = new Set(marked);
      for (const id of shown.edges) {
        const line = qa.edges.get(id);
        if (lit.has(line.from) && lit.has(line.to)) litEdges.add(id);
      }
    } else if (edge !== "") {
      const line = qa.edges.get(Number(edge));
      lit = new Set([line.from, line.to]);
      litEdges.add(line.id);
    }
  };

  /** Draw again after a mark was taken away, which changes no state. */
  const refreshAll = () => { show(); highlight(); refresh(); };

  /** Show all of the shown nodes, not larger than life. */
  qa.fit = (ids = shown.nodes) => {
    const boxes = [...ids].filter((id) => qa.nodes.has(id)).map((id) => ({ ...qa.nodes.get(id), x: qa.spot(id).x, y: qa.spot(id).y }));
    if (!boxes.length || !host.clientWidth) return;
    const x0 = Math.min(...boxes.map((n) => n.x - n.w / 2));
    const x1 = Math.max(...boxes.map((n) => n.x + n.w / 2));
    const y0 = Math.min(...boxes.map((n) => n.y - n.h / 2)) - 34;
    const y1 = Math.max(...boxes.map((n) => n.y + n.h / 2));
    const scale = Math.min((host.clientWidth - 36) / (x1 - x0 || 1), (host.clientHeight - 30) / (y1 - y0 || 1), 1.25);
    network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale });
  };

  /** Bring a node into sight if it is not. */
  const reveal = (id) => {
    const node = qa.spot(id);
    const at = network.canvasToDOM({ x: node.x, y: node.y });
    const margin = 40;
    if (at.x < margin || at.y < margin || at.x > host.clientWidth - margin || at.y > host.clientHeight - margin) {
      network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.8) });
    }
  };

  /** Let these nodes stand out until something is chosen. */
  qa.mark = (ids) => { marked = ids; };
  qa.marked = () => marked;

  qa.zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.04, network.getScale() * factor)) });
  qa.shown = () => shown;
  qa.network = () => network;
  qa.paint = paint;

  /** Go to the nearest shown node in a direction, for the arrow keys. */
  qa.step = (dx, dy) => {
    const from = qa.state.node ? { ...qa.spot(qa.state.node), id: qa.state.node } : { x: -1e6, y: -1e6, id: null };
    let best = null;
    for (const id of shown.nodes) {
      const node = qa.spot(id);
      if (id === from.id) continue;
      const [x, y] = [node.x - from.x, node.y - from.y];
      const along = x * dx + y * dy;
      if (from.id !== null && along <= 2) continue;
      const far = from.id === null ? node.x + node.y : along + 3 * Math.abs(x * dy - y * dx);
      if (!best || far < best.far) best = { id, far };
    }
    if (best) qa.showNode(best.id);
  };

  const tip = qa.el("div", { id: "tip", role: "tooltip", hidden: true });
  const hover = (id, event) => {
    const node = qa.nodes.get(id);
    const question = qa.questionById.get(id);
    qa.fill(tip,
      qa.el("strong", {}, question ? `Question ${question.n}, ${qa.label(question.by)}` : node.label),
      qa.el("span", {}, question ? node.label : `${qa.kind(node.kind).label}, ${qa.count(node.weight ? (qa.mentionsOf.get(id) ?? []).length : 0, "mention")}`),
      question ? qa.el("em", {}, qa.responseWord(question.response)) : null);
    tip.hidden = false;
    const at = event.pointer.DOM;
    tip.style.setProperty("left", `${Math.min(at.x + 14, host.clientWidth - 270)}px`);
    tip.style.setProperty("top", `${Math.min(at.y + 14, host.clientHeight - 90)}px`);
  };

  /** Draw everything for the first time. */
  qa.draw = () => {
    readPaint();
    dots = new vis.DataSet();
    lines = new vis.DataSet();
    show();
    highlight();
    network = new vis.Network(host, { nodes: dots, edges: lines }, {
      physics: false,
      layout: { improvedLayout: false },
      nodes: { shape: "custom" },
      edges: { smooth: false, selectionWidth: 0, hoverWidth: 0, chosen: false },
      interaction: { hover: true, dragNodes: true, tooltipDelay: 150, zoomSpeed: 0.6, keyboard: false, hideEdgesOnDrag: hiding, hideEdgesOnZoom: hiding },
    });
    host.append(tip);
    qa.fit();
    refresh();
    network.on("beforeDrawing", () => { small = network.getScale() < 0.3; });
    network.on("afterDrawing", drawCaptions);
    network.on("click", ({ nodes: [id], edges: [line] }) => {
      if (id !== undefined) qa.showNode(id);
      else if (line !== undefined) qa.showEdge(line);
      else { marked = []; qa.set({ node: "", edge: "", path: "" }); refreshAll(); }
    });
    network.on("hoverNode", (event) => hover(event.node, event));
    network.on("blurNode", () => { tip.hidden = true; });
    network.on("dragStart", () => { tip.hidden = true; });
    network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) qa.set({ hops: qa.state.hops ? 0 : 1 }); });
    network.on("dragEnd", ({ nodes: ids }) => {
      for (const [id, at] of Object.entries(network.getPositions(ids))) Object.assign(qa.spot(id), at);
    });
    let width = host.clientWidth;
    new ResizeObserver(() => {
      if (!host.clientWidth || Math.abs(host.clientWidth - width) < 2) return;
      width = host.clientWidth;
      qa.fit();
    }).observe(host);
    qa.onChange((changed) => {
      if ((changed.has("node") && qa.state.node) || (changed.has("edge") && qa.state.edge !== "")) marked = [];
      const moved = show();
      if (changed.has("theme")) { readPaint(); looks.clear(); }
      highlight();
      refresh();
      if (changed.has("hops") || changed.has("call") || (qa.state.hops && changed.has("node")) || (moved && !qa.state.node)) qa.fit();
      else if (path.length > 1) qa.fit(lit);
      else if (changed.has("node") && qa.state.node) reveal(qa.state.node);
    });
    qa.repaint = () => { readPaint(); looks.clear(); refresh(); };
  };
})();
