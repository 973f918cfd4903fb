"use strict";
/* How things look on a 2D context: beads, chips and captions, in the colours of the style sheet. */

(() => {
  const paint = {};
  qa.paint = paint;

  /**
   * What the picture shows at this moment. `lit` holds the ids that stand out while the others
   * fade (null = none fades), `strong` the lines drawn in the accent, `small` says that no name
   * can be read at this zoom, `moving` that the picture is being dragged.
   */
  qa.scene = { nodes: new Set(), edges: new Set(), lit: null, strong: new Set(), path: [], hover: null, near: null, small: false, moving: false };
  const { scene } = qa;

  /** Where a node stands now. */
  qa.spot = (id) => scene.near?.spots.get(id) ?? qa.nodes.get(id);

  /** Read the colours of the style sheet, again after each change of theme. */
  qa.readPaint = () => {
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
    const circle = (from, to) => { ctx.beginPath(); ctx.arc(x, y, r, from, to); };
    ctx.globalAlpha = 1;
    circle(0, 2 * Math.PI);
    ctx.fillStyle = paint.ground;
    ctx.fill();
    ctx.globalAlpha = alpha;
    const full = !question?.response || question.response === "Answered";
    ctx.fillStyle = full ? colour : paint.surface;
    ctx.fill();
    if (question?.response === "PartlyAnswered") {
      circle(Math.PI / 2, 1.5 * Math.PI);
      ctx.fillStyle = colour;
      ctx.globalAlpha = alpha * 0.4;
      ctx.fill();
      ctx.globalAlpha = alpha;
    }
    circle(0, 2 * Math.PI);
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

  /** Outlines and shapes are made once: a redraw of thousands of chips must not build paths. */
  const made = new Map();
  const once = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  const outlineOf = (node) => once(`${node.w} ${node.h}`, () => qa.chipPath(0, 0, node.w, node.h));
  const glyphOf = (shape) => once(shape, () => new Path2D(qa.shapePath(shape, 5)));

  /** Everything else: a chip with the shape of its class and its name on one or two lines. */
  const drawChip = (ctx, node, x, y, chosen, alpha) => {
    const colour = qa.colour(node.kind);
    const issuer = node.kind === "Issuer";
    const outline = outlineOf(node);
    ctx.translate(x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = alpha < 1 ? paint.ground : paint.surface;
    ctx.fill(outline);
    ctx.globalAlpha = alpha * (issuer ? 0.26 : 0.1);
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
    ctx.font = `${issuer ? 650 : 450} 13px ${paint.font}`;
    const top = (node.lines.length - 1) * -8 - (node.note ? 7 : 0);
    node.lines.forEach((line, i) => ctx.fillText(line, left + 23, top + 16 * i + 0.5, node.w - 29));
    if (!node.note) return;
    ctx.fillStyle = paint.muted;
    ctx.font = `11px ${paint.font}`;
    ctx.fillText(node.note, left + 23, top + 16 * node.lines.length - 0.5, node.w - 29);
  };

  /** Draw one node. From far away it is a plain block in the colour of its class. */
  qa.paintNode = (ctx, id, x, y, hover) => {
    const node = qa.nodes.get(id);
    const chosen = hover || id === qa.state.node || scene.path.includes(id);
    const alpha = !scene.lit || hover || scene.lit.has(id) ? 1 : 0.22;
    if (scene.small && node.kind !== "Question") {
      ctx.globalAlpha = chosen ? 1 : alpha * 0.65;
      ctx.fillStyle = chosen ? paint.accent : qa.colour(node.kind);
      ctx.fillRect(x - node.w / 2, y - node.h / 2, node.w, node.h);
      return;
    }
    ctx.save();
    ctx.textBaseline = "middle";
    (node.kind === "Question" ? drawBead : drawChip)(ctx, node, x, y, chosen, alpha);
    ctx.restore();
  };

  /** The captions of what is shown: [words, x, y, room]; "PROGRAMS", or "REPORTING COMPANY" where one is shown. */
  const captionsOf = () => {
    const shown = new Map();
    const blocks = new Set();
    for (const id of scene.nodes) {
      const { kind, calm } = qa.nodes.get(id);
      shown.set(kind, (shown.get(kind) ?? 0) + 1);
      blocks.add(calm ? kind : `${kind} below`);
    }
    const places = scene.near?.captions ?? qa.drawing.captions
      .filter(([kind, band]) => blocks.has(band ? `${kind} below` : kind)).map(([kind, , x, y]) => [kind, x, y]);
    const room = (x, y) => Math.min(...places.map(([, other, row]) => (Math.abs(row - y) < 30 && other > x ? other - x : Infinity))) - 14;
    return places.map(([kind, x, y]) => [(shown.get(kind) === 1 ? qa.kind(kind).label : qa.kind(kind).plural).toUpperCase(), x, y, room(x, y)]);
  };

  let last = { nodes: null, captions: [] };
  /** They are kept until other nodes are shown: each frame asks for them. */
  qa.captions = () => {
    if (last.nodes !== scene.nodes) last = { nodes: scene.nodes, captions: captionsOf() };
    return last.captions;
  };

  /** Captions over the classes, in words, where at least one node of the block is shown. */
  qa.paintCaptions = (ctx, scale) => {
    ctx.save();
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    // From far away captions are all that can be read: they shrink less than the rest.
    const larger = scene.small ? 0.7 / scale : Math.min(1.4, Math.max(1, 0.7 / scale));
    ctx.fillStyle = paint.muted;
    ctx.strokeStyle = paint.ground;
    ctx.lineWidth = 5;
    ctx.lineJoin = "round";
    ctx.letterSpacing = "0.6px";
    for (const [words, x, y, room] of qa.captions()) {
      ctx.font = `650 ${11 * Math.max(1, Math.min(larger, room / (words.length * 8.6)))}px ${paint.font}`;
      ctx.strokeText(words, x, y);
      ctx.fillText(words, x, y);
    }
    ctx.restore();
  };
})();
