"use strict";
/* The lines of the picture: drawn in a few strokes, however many there are, and found under the pointer. */

(() => {
  const MANY = 1500; // lines; beyond it they are fainter, do not fade, and are not drawn while dragging
  const NAMED = 9; // lines that stand out; beyond it their relations are not written on them
  const { scene, paint } = qa;

  const strongOf = (edge) => scene.strong.has(edge.id) || (scene.hover !== null && (edge.from === scene.hover || edge.to === scene.hover));

  /** Lines of one look share one path: crossings do not add up to dark knots. */
  const looks = (edges) => {
    const many = edges.length > MANY;
    const batch = (opacity, colour, width = 1, dash = []) => ({ path: new Path2D(), opacity, colour, width, dash, any: false });
    const faded = scene.lit && !many;
    const all = {
      talk: batch(faded ? 0.05 : many ? 0.12 : 0.34, paint.line),
      said: batch(faded ? 0.06 : many ? 0.16 : 0.6, paint["line-strong"]),
      weak: batch(faded ? 0.06 : 0.5, paint["line-strong"], 1, [5, 4]),
      strong: batch(0.95, paint.accent, 1.8),
      doubted: batch(0.95, paint.accent, 1.8, [5, 4]),
    };
    const strong = [];
    for (const edge of edges) {
      const here = strongOf(edge);
      if (here) strong.push(edge);
      const look = all[here ? (edge.weak ? "doubted" : "strong") : edge.weak ? "weak" : qa.isTalk(edge) ? "talk" : "said"];
      const [a, b] = [qa.spot(edge.from), qa.spot(edge.to)];
      look.path.moveTo(a.x, a.y);
      look.path.lineTo(b.x, b.y);
      look.any = true;
    }
    return [Object.values(all).filter((look) => look.any), strong];
  };

  /** Where the line from `a` enters the box of node `b`, and its direction. */
  const entry = (a, b, box) => {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const far = Math.hypot(dx, dy) || 1;
    const cut = Math.min(box.w / 2 / (Math.abs(dx) || 1e-9), box.h / 2 / (Math.abs(dy) || 1e-9), 1);
    return { x: b.x - dx * cut, y: b.y - dy * cut, dx: dx / far, dy: dy / far };
  };

  const arrow = (ctx, edge) => {
    const at = entry(qa.spot(edge.from), qa.spot(edge.to), qa.nodes.get(edge.to));
    const side = (way) => ctx.lineTo(at.x - 9 * at.dx - way * 4 * at.dy, at.y - 9 * at.dy + way * 4 * at.dx);
    ctx.beginPath();
    ctx.moveTo(at.x, at.y);
    side(1);
    side(-1);
    ctx.fill();
  };

  const within = (id, x, y) => {
    const [node, at] = [qa.nodes.get(id), qa.spot(id)];
    return Math.abs(at.x - x) < node.w / 2 + 20 && Math.abs(at.y - y) < node.h / 2 + 6;
  };

  /** The relation, written on a line that stands out, nearer to the end that was not chosen. */
  const name = (ctx, edge) => {
    const chosen = edge.to === qa.state.node;
    const [near, far] = chosen ? [edge.to, edge.from] : [edge.from, edge.to];
    const a = entry(qa.spot(far), qa.spot(near), qa.nodes.get(near));
    const b = entry(qa.spot(near), qa.spot(far), qa.nodes.get(far));
    const [x, y] = [a.x + (b.x - a.x) * 0.58, a.y + (b.y - a.y) * 0.58];
    const words = qa.words(edge.p);
    // On a short line the words would hide the line itself.
    if (Math.hypot(b.x - a.x, b.y - a.y) < ctx.measureText(words).width + 40) return;
    if ([...(scene.lit ?? scene.nodes)].some((id) => within(id, x, y))) return;
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
  };

  const speaks = (edge) => !qa.isTalk(edge) && edge.p !== "worksFor";

  /** Draw all shown lines, below the nodes; what stands out gets arrows. */
  qa.paintLines = (ctx) => {
    const edges = [...scene.edges].map((id) => qa.edges.get(id));
    if (scene.moving && edges.length > MANY) return;
    const [batches, strong] = looks(edges);
    ctx.save();
    for (const look of batches) {
      ctx.globalAlpha = look.opacity;
      ctx.strokeStyle = look.colour;
      ctx.lineWidth = look.width;
      ctx.setLineDash(look.dash);
      ctx.stroke(look.path);
    }
    ctx.globalAlpha = 1;
    ctx.fillStyle = paint.accent;
    for (const edge of strong) if (speaks(edge)) arrow(ctx, edge);
    ctx.restore();
  };

  /** Write the relations on the lines that were chosen, above the nodes; not where there are many. */
  qa.paintNames = (ctx) => {
    const said = [...scene.strong].map((id) => qa.edges.get(id)).filter(speaks);
    if (scene.small || said.length > NAMED) return;
    ctx.save();
    ctx.font = `500 11.5px ${paint.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 5;
    ctx.strokeStyle = paint.ground;
    ctx.fillStyle = paint.accent;
    for (const edge of said) name(ctx, edge);
    ctx.restore();
  };

  const distance = ({ x, y }, a, b) => {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
  };

  /** The id of the shown line nearest to a point of the picture, not farther than `reach`, or null. */
  qa.lineAt = (point, reach) => {
    let best = null;
    for (const id of scene.edges) {
      const edge = qa.edges.get(id);
      // A line that has faded away cannot be meant.
      if (scene.lit && scene.edges.size <= MANY && !strongOf(edge)) continue;
      const far = distance(point, qa.spot(edge.from), qa.spot(edge.to));
      if (far <= reach && (!best || far < best.far)) best = { id, far };
    }
    return best?.id ?? null;
  };

  /** Whether there are so many lines that dragging goes without them. */
  qa.manyLines = () => scene.edges.size > MANY;
})();
