"use strict";
/* The picture: Python has placed it, vis-network moves it, zooms it and finds what is pointed at. */

(() => {
  const host = qa.byId("canvas");
  const { scene } = qa;
  const ZOOM = 48; // pixels on the right that the zoom buttons take
  const SMALL = 0.3; // zoom below which no name can be read
  let network = null;
  let dots = null;
  let marked = []; // what a query has found
  let fitted = true; // whether all of it is in sight because nobody has moved it since

  /** Take into the scene what the state shows; returns the ids that come and that go. */
  const show = () => {
    const before = scene.nodes;
    const { nodes, edges } = qa.visible();
    scene.nodes = nodes;
    scene.edges = edges;
    const apart = (qa.state.hops > 0 && qa.state.node) || (qa.many && qa.state.call !== "");
    const was = scene.near;
    scene.near = apart ? qa.nearby(nodes) : null;
    return { gone: [...before].filter((id) => !nodes.has(id)), come: [...nodes].filter((id) => !before.has(id)), moved: Boolean(was || apart) };
  };

  const dot = (id) => ({ id, x: qa.spot(id).x, y: qa.spot(id).y });

  /** Bring vis-network to what the scene shows. Returns whether nodes came or went. */
  const update = ({ gone, come, moved }) => {
    if (gone.length) dots.remove(gone);
    if (come.length) dots.add(come.map(dot));
    if (moved) for (const id of scene.nodes) network.moveNode(id, qa.spot(id).x, qa.spot(id).y);
    return gone.length + come.length > 0;
  };

  /** A node with its lines; around an analyst, the questions bring their topics along. */
  const lightNode = (id) => {
    const light = (from, through) => {
      for (const line of qa.edgesOf.get(from) ?? []) {
        if (!scene.edges.has(line.id)) continue;
        scene.strong.add(line.id);
        scene.lit.add(line.from).add(line.to);
        const other = line.from === from ? line.to : line.from;
        if (through && qa.nodes.get(other).kind === "Question") light(other, false);
      }
    };
    scene.lit = new Set([id]);
    light(id, qa.nodes.get(id).kind === "Analyst");
    // In a neighbourhood nothing fades.
    if (qa.state.hops > 0 || (id === qa.drawing.focus && !qa.state.all)) scene.lit = null;
  };

  /** Choose what stands out: a way, a node, an edge, or what a query has found. */
  const highlight = () => {
    const { node, edge } = qa.state;
    scene.path = qa.state.path ? qa.state.path.split("\n") : [];
    const way = scene.path.length === 2 ? qa.shortestPath(...scene.path) : null;
    scene.lit = null;
    scene.strong = new Set();
    if (way) {
      scene.lit = new Set(way.filter((step) => typeof step === "string"));
      for (const step of way) if (typeof step !== "string") scene.strong.add(step.id);
      scene.path = [...scene.lit];
    } else if (node) {
      lightNode(node);
    } else if (edge !== "") {
      const line = qa.edges.get(Number(edge));
      scene.lit = new Set([line.from, line.to]);
      scene.strong.add(line.id);
    } else if (marked.length) {
      scene.lit = new Set(marked);
      for (const id of scene.edges) {
        const line = qa.edges.get(id);
        if (scene.lit.has(line.from) && scene.lit.has(line.to)) scene.strong.add(id);
      }
    }
  };

  /** The view that holds all of `ids`, not larger than life: { position, scale } or null. */
  const viewOf = (ids) => {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const id of ids) {
      const node = qa.nodes.get(id);
      if (!node) continue;
      const { x, y } = qa.spot(id);
      x0 = Math.min(x0, x - node.w / 2);
      x1 = Math.max(x1, x + node.w / 2);
      y0 = Math.min(y0, y - node.h / 2 - 34);
      y1 = Math.max(y1, y + node.h / 2);
    }
    if (x0 > x1 || !host.clientWidth) return null;
    const within = (spare) => {
      const scale = Math.min((host.clientWidth - 36 - spare) / (x1 - x0 || 1), (host.clientHeight - 30) / (y1 - y0 || 1), 1.25);
      return { position: { x: (x0 + x1 + spare / scale) / 2, y: (y0 + y1) / 2 }, scale };
    };
    const view = within(0);
    return coversZoom(ids, view) ? within(ZOOM) : view;
  };

  /** Whether a node would lie below the zoom buttons in the corner. */
  const coversZoom = (ids, { position, scale }) => {
    const left = position.x + (host.clientWidth / 2 - ZOOM) / scale;
    const top = position.y + (host.clientHeight / 2 - 116) / scale;
    return [...ids].some((id) => {
      const { w, h } = qa.nodes.get(id) ?? { w: 0, h: 0 };
      return w > 0 && qa.spot(id).x + w / 2 > left && qa.spot(id).y + h / 2 > top;
    });
  };

  /** Show all of the shown nodes, or of `ids`. */
  qa.fit = (ids = scene.nodes) => {
    const view = network && viewOf(ids);
    if (view) network.moveTo(view);
    fitted = ids === scene.nodes;
  };

  /** Bring a node into sight if it is not. */
  const reveal = (id) => {
    const { x, y } = qa.spot(id);
    const at = network.canvasToDOM({ x, y });
    const margin = 40;
    if (at.x < margin || at.y < margin || at.x > host.clientWidth - margin || at.y > host.clientHeight - margin) {
      network.moveTo({ position: { x, y }, scale: Math.max(network.getScale(), 0.8) });
      fitted = false;
    }
  };

  /** Let these nodes stand out until something is chosen. */
  qa.mark = (ids) => { marked = ids; };
  qa.marked = () => marked;

  qa.zoom = (factor) => { fitted = false; network.moveTo({ scale: Math.min(4, Math.max(0.04, network.getScale() * factor)) }); };
  qa.shown = () => scene;
  qa.network = () => network;
  qa.repaint = () => { qa.readPaint(); network?.redraw(); };

  /** Go to the nearest shown node in a direction, for the arrow keys. */
  qa.step = (dx, dy) => {
    const from = qa.state.node ? { ...qa.spot(qa.state.node), id: qa.state.node } : { x: -1e6, y: -1e6, id: null };
    let best = null;
    for (const id of scene.nodes) {
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
  const showTip = (at, ...content) => {
    qa.fill(tip, content);
    tip.hidden = false;
    tip.style.setProperty("left", `${Math.max(4, Math.min(at.x + 14, host.clientWidth - 270))}px`);
    tip.style.setProperty("top", `${Math.max(4, Math.min(at.y + 14, host.clientHeight - 90))}px`);
  };

  const tipOfNode = (id, at) => {
    const node = qa.nodes.get(id);
    const question = qa.questionById.get(id);
    if (question) {
      showTip(at, qa.el("strong", {}, `Question ${question.n}, ${qa.label(question.by)}`), qa.el("span", {}, node.label), qa.judgement(question.response));
      return;
    }
    const mentions = (qa.mentionsOf.get(id) ?? []).length;
    showTip(at, qa.el("strong", {}, node.label),
      qa.el("span", {}, qa.kind(node.kind).label, mentions ? `, ${qa.count(mentions, "mention")}` : ""));
  };

  /** What a line says, when the pointer rests on it. */
  const tipOfLine = (id, at) => {
    const edge = qa.edges.get(id);
    const name = (end) => (qa.questionById.has(end) ? `question ${qa.questionById.get(end).n}` : qa.label(end));
    showTip(at, qa.el("strong", {}, name(edge.from)), qa.el("span", {}, `${qa.words(edge.p)}${edge.weak ? " (not affirmed)" : ""}`), qa.el("strong", {}, name(edge.to)));
  };

  /** The first picture, drawn before vis-network is there, so that nobody waits for it. */
  qa.sketch = () => {
    const view = viewOf(scene.nodes);
    if (!view) return;
    const canvas = qa.el("canvas", { class: "sketch" });
    const dense = window.devicePixelRatio || 1;
    const [width, height] = [host.clientWidth, host.clientHeight];
    canvas.width = width * dense;
    canvas.height = height * dense;
    host.append(canvas);
    const ctx = canvas.getContext("2d");
    const { position: { x, y }, scale } = view;
    ctx.setTransform(dense * scale, 0, 0, dense * scale, dense * (width / 2 - x * scale), dense * (height / 2 - y * scale));
    scene.small = scale < SMALL;
    qa.paintLines(ctx);
    for (const id of scene.nodes) qa.paintNode(ctx, id, qa.spot(id).x, qa.spot(id).y, false);
    qa.paintCaptions(ctx, scale);
    qa.paintNames(ctx);
  };

  /** Take the first scene from the state; the legend counts it. */
  qa.look = () => {
    qa.readPaint();
    show();
    highlight();
  };

  /** Run the drawing library, which waits in the page as text until the first picture is seen. */
  const load = () => {
    const source = qa.byId("engine");
    const script = document.createElement("script");
    script.textContent = source.textContent;
    document.head.append(script);
    source.remove();
  };

  const options = {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { shape: "custom", chosen: false,
      ctxRenderer: ({ ctx, id, x, y, state }) => {
        const { w, h } = qa.nodes.get(id);
        return { drawNode: () => qa.paintNode(ctx, id, x, y, state.hover), nodeDimensions: { width: w, height: h } };
      } },
    interaction: { hover: true, dragNodes: true, selectConnectedEdges: false, hoverConnectedEdges: false, zoomSpeed: 0.6, keyboard: false },
  };

  /** While the picture moves, many lines are left out; they come back when it rests. */
  const moving = () => {
    let timer = 0;
    const rest = () => { scene.moving = false; network.redraw(); };
    network.on("dragStart", () => { tip.hidden = true; fitted = false; clearTimeout(timer); scene.moving = true; });
    network.on("dragEnd", ({ nodes: ids }) => {
      for (const [id, at] of Object.entries(network.getPositions(ids))) Object.assign(qa.spot(id), at);
      rest();
    });
    network.on("zoom", () => {
      tip.hidden = true;
      fitted = false;
      if (!qa.manyLines()) return;
      clearTimeout(timer);
      scene.moving = true;
      timer = setTimeout(rest, 250);
    });
  };

  const pointing = () => {
    const reach = () => 6 / network.getScale();
    network.on("click", ({ nodes: [id], pointer }) => {
      const line = id === undefined ? qa.lineAt(pointer.canvas, reach()) : null;
      if (id !== undefined) qa.showNode(id);
      else if (line !== null) qa.showEdge(line);
      else { marked = []; qa.set({ node: "", edge: "", path: "" }); show(); highlight(); network.redraw(); }
    });
    network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) qa.set({ hops: qa.state.hops ? 0 : 1 }); });
    network.on("hoverNode", ({ node, pointer }) => { scene.hover = node; tipOfNode(node, pointer.DOM); });
    network.on("blurNode", () => { scene.hover = null; tip.hidden = true; });
    let resting = 0;
    host.addEventListener("pointermove", (event) => {
      clearTimeout(resting);
      if (scene.hover !== null) return;
      tip.hidden = true;
      if (event.buttons || event.target.tagName !== "CANVAS") return;
      const box = host.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      resting = setTimeout(() => {
        const line = scene.hover === null ? qa.lineAt(network.DOMtoCanvas(at), reach()) : null;
        if (line !== null) tipOfLine(line, at);
      }, 120);
    });
    host.addEventListener("pointerleave", () => { clearTimeout(resting); if (scene.hover === null) tip.hidden = true; });
  };

  /** Follow the state, and the size of the window as long as nobody has moved the picture. */
  const follow = () => {
    let size = "";
    new ResizeObserver(() => {
      const now = `${host.clientWidth} ${host.clientHeight}`;
      if (!host.clientWidth || now === size) return;
      if (size !== "" && fitted) qa.fit();
      size = now;
    }).observe(host);
    qa.onChange((changed) => {
      if ((changed.has("node") && qa.state.node) || (changed.has("edge") && qa.state.edge !== "")) marked = [];
      const moved = update(show());
      if (changed.has("theme")) qa.readPaint();
      highlight();
      network.redraw();
      if (changed.has("hops") || changed.has("call") || (qa.state.hops && changed.has("node")) || (moved && !qa.state.node)) qa.fit();
      else if (scene.path.length > 1) qa.fit(scene.lit);
      else if (changed.has("node") && qa.state.node) reveal(qa.state.node);
    });
  };

  /** Hand the picture over to vis-network. */
  qa.draw = () => {
    load();
    qa.look(); // the panel may have been used meanwhile
    dots = new vis.DataSet([...scene.nodes].map(dot));
    network = new vis.Network(host, { nodes: dots, edges: [] }, options);
    host.append(tip);
    network.on("beforeDrawing", (ctx) => { scene.small = network.getScale() < SMALL; qa.paintLines(ctx); });
    network.on("afterDrawing", (ctx) => { qa.paintCaptions(ctx, network.getScale()); qa.paintNames(ctx); });
    qa.fit();
    network.redraw();
    moving();
    pointing();
    follow();
  };
})();
