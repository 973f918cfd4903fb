"use strict";
/* A neighbourhood, placed anew and close together: same columns, same order, no empty room. */

(() => {
  const GAP = 14;
  const COLUMN_GAP = 66;

  /** Beads stand three in a row, chips below each other. Returns the height used. */
  const stack = (nodes, x, y, spots) => {
    let at = y;
    let width = 0;
    nodes.forEach((node, i) => {
      const bead = node.kind === "Question";
      const step = bead ? (i % 3) * (node.w + 6) : 0;
      spots.set(node.id, { x: x + step + node.w / 2, y: at + node.h / 2 });
      width = Math.max(width, step + node.w);
      if (!bead || i % 3 === 2 || i === nodes.length - 1) at += node.h + GAP;
    });
    return [at, width];
  };

  /** Who asks, row by row as in the picture of one call: the analyst, and beads to the right. */
  const rows = (ids, spots, captions) => {
    const asked = qa.drawing.questions.filter((question) => ids.has(question.id) && ids.has(question.by));
    const order = [...new Set(asked.map((question) => question.by))];
    if (!order.length) return 0;
    const beads = Math.max(...order.map((id) => qa.nodes.get(id).w)) + 36;
    let y = 30;
    let most = 0;
    for (const id of order) {
      const node = qa.nodes.get(id);
      spots.set(id, { x: node.w / 2, y: y + node.h / 2 });
      const mine = asked.filter((question) => question.by === id);
      mine.forEach((question, i) => spots.set(question.id, { x: beads + 26 * (i % 5) + 11, y: y + node.h / 2 + 26 * Math.floor(i / 5) }));
      most = Math.max(most, Math.min(5, mine.length));
      y += Math.max(node.h, 26 * Math.ceil(mine.length / 5)) + GAP;
    }
    for (const spot of spots.values()) spot.y -= y / 2;
    captions.push(["Analyst", 0, 12 - y / 2], ["Question", beads, 12 - y / 2]);
    return beads + Math.max(60, 26 * most) + COLUMN_GAP * 0.8;
  };

  /** Place `ids`: { spots: Map of id to {x, y}, captions: [kind, x, y] }. */
  qa.nearby = (ids) => {
    const columns = new Map();
    const spots = new Map();
    const captions = [];
    let x = rows(ids, spots, captions);
    for (const { kind, alone: column } of qa.drawing.kinds) {
      const nodes = [...ids].map((id) => qa.nodes.get(id)).filter((node) => node.kind === kind && !spots.has(node.id))
        .sort((a, b) => Number(b.calm) - Number(a.calm) || a.y - b.y || a.x - b.x);
      if (!nodes.length) continue;
      if (!columns.has(column)) columns.set(column, []);
      columns.get(column).push([kind, nodes]);
    }
    for (const column of [...columns.keys()].sort((a, b) => a - b)) {
      let y = 0;
      let widest = 0;
      const from = captions.length;
      const placed = [];
      for (const [kind, nodes] of columns.get(column)) {
        captions.push([kind, x, y + 12]);
        const [end, width] = stack(nodes, x, y + 30, spots);
        placed.push(...nodes);
        widest = Math.max(widest, width, qa.kind(kind).plural.length * 8.6 - COLUMN_GAP / 2);
        y = end + 10;
      }
      // Columns share their middle line.
      for (const node of placed) spots.get(node.id).y -= y / 2;
      for (const caption of captions.slice(from)) caption[2] -= y / 2;
      x += widest + COLUMN_GAP;
    }
    return { spots, captions };
  };
})();
