"use strict";
/* A neighbourhood, placed anew and close together: same columns, same order, no empty room. */

(() => {
  const GAP = 14;
  const COLUMN_GAP = 96;

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

  /** Place `ids`: { spots: Map of id to {x, y}, captions: [kind, x, y] }. */
  qa.nearby = (ids) => {
    const columns = new Map();
    for (const { kind, column } of qa.drawing.kinds) {
      const nodes = [...ids].map((id) => qa.nodes.get(id)).filter((node) => node.kind === kind)
        .sort((a, b) => Number(b.calm) - Number(a.calm) || a.y - b.y || a.x - b.x);
      if (!nodes.length) continue;
      if (!columns.has(column)) columns.set(column, []);
      columns.get(column).push([kind, nodes]);
    }
    const spots = new Map();
    const captions = [];
    let x = 0;
    for (const column of [...columns.keys()].sort((a, b) => a - b)) {
      let y = 0;
      let widest = 0;
      const from = captions.length;
      const placed = [];
      for (const [kind, nodes] of columns.get(column)) {
        captions.push([kind, x, y + 12]);
        const [end, width] = stack(nodes, x, y + 30, spots);
        placed.push(...nodes);
        widest = Math.max(widest, width);
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
