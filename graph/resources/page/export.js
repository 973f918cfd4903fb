"use strict";
/* Take it along: the picture as PNG or SVG, what is shown as CSV. */

(() => {
  const save = (name, type, parts) => {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    qa.el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    qa.say(`Saved ${name}`);
  };
  const base = () => (qa.many ? "calls" : qa.drawing.calls[0]?.id ?? "page").replace(/[^\w.-]+/g, "-");

  /** One CSV field; a leading sign that a spreadsheet would run as a formula is made text. */
  const field = (value) => {
    const text = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };

  const graphRows = () => {
    const { edges } = qa.shown();
    return { name: "edges", rows: [["From", "Relation", "To", "Support"], ...[...edges].map((id) => {
      const edge = qa.edges.get(id);
      return [qa.label(edge.from), qa.words(edge.p), qa.label(edge.to), String((edge.st ?? []).length + (edge.qs ?? []).length + (edge.fa ?? []).length)];
    })] };
  };

  qa.saveCsv = () => {
    const { name, rows } = (qa.csvRows ?? graphRows)();
    save(`${base()}-${name}.csv`, "text/csv;charset=utf-8", ["\ufeff", rows.map((row) => row.map((value) => field(String(value))).join(",")).join("\r\n"), "\r\n"]);
  };

  qa.savePng = () => {
    const canvas = qa.byId("canvas").querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const ctx = copy.getContext("2d");
    ctx.fillStyle = qa.paint.ground;
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(canvas, 0, 0);
    copy.toBlob((blob) => save(`${base()}.png`, "image/png", [blob]));
  };

  const tag = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children.flat());
    return element;
  };

  /** The picture as SVG, with real text. */
  qa.svg = () => {
    const { nodes, edges } = qa.shown();
    const all = [...nodes].map((id) => ({ ...qa.nodes.get(id), x: qa.spot(id).x, y: qa.spot(id).y }));
    const x0 = Math.min(...all.map((n) => n.x - n.w / 2)) - 20;
    const y0 = Math.min(...all.map((n) => n.y - n.h / 2)) - 50;
    const w = Math.max(...all.map((n) => n.x + n.w / 2)) + 20 - x0;
    const h = Math.max(...all.map((n) => n.y + n.h / 2)) + 20 - y0;
    const lines = [...edges].map((id) => {
      const edge = qa.edges.get(id);
      const [a, b] = [qa.spot(edge.from), qa.spot(edge.to)];
      return tag("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: qa.paint["line-strong"], "stroke-opacity": qa.isTalk(edge) ? 0.35 : 0.6 });
    });
    const chips = all.map((node) => {
      const colour = qa.colour(node.kind);
      const bead = node.kind === "Question";
      return tag("g", { transform: `translate(${node.x} ${node.y})` }, tag("title", {}, node.label),
        tag("rect", { x: -node.w / 2, y: -node.h / 2, width: node.w, height: node.h, rx: bead ? node.w / 2 : 7, fill: qa.paint.surface, stroke: colour }),
        bead ? tag("text", { "text-anchor": "middle", y: 4, "font-size": 10.5 }, qa.questionById.get(node.id)?.n.split(".")[1] ?? "?")
          : [tag("path", { d: qa.shapePath(qa.kind(node.kind).shape, 5), fill: colour, transform: `translate(${13 - node.w / 2} 0)` }),
            ...node.lines.map((line, i) => tag("text", { x: 23 - node.w / 2, y: (i - (node.lines.length - 1) / 2) * 16 + (node.note ? -2.5 : 4.5) }, line)),
            node.note ? tag("text", { x: 23 - node.w / 2, y: node.lines.length * 8 + 4.5, "font-size": 11, fill: qa.paint.muted }, node.note) : ""]);
    });
    const captions = qa.captions().map(([words, x, y]) => tag("text", { x, y: y + 4, "font-size": 11, "font-weight": 650, fill: qa.paint.muted }, words));
    const svg = tag("svg", { viewBox: `${x0} ${y0} ${w} ${h}`, width: w, height: h, "font-family": "system-ui, sans-serif", "font-size": 13, fill: qa.paint.ink },
      tag("rect", { x: x0, y: y0, width: w, height: h, fill: qa.paint.ground }), lines, captions, chips);
    return new XMLSerializer().serializeToString(svg);
  };

  qa.saveSvg = () => save(`${base()}.svg`, "image/svg+xml", [qa.svg()]);
})();
