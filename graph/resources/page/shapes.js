"use strict";
/* The shapes of the classes as SVG paths around the origin: legend, canvas and SVG export share them. */

/** The path of a shape with radius `r`; an unknown name is a circle. */
qa.shapePath = (shape, r) => {
  const polygon = (points) => `M${points.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
  const around = (corners, turn, radius = () => 1) => polygon(Array.from({ length: corners }, (_, i) => {
    const angle = ((i + turn) / corners) * 2 * Math.PI;
    return [Math.sin(angle) * radius(i), -Math.cos(angle) * radius(i)];
  }));
  switch (shape) {
    case "square": return polygon([[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]]);
    case "diamond": return polygon([[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]]);
    case "triangle": return polygon([[0, -1.05], [1.1, 0.85], [-1.1, 0.85]]);
    case "hexagon": return around(6, 0.5, () => 1.05);
    case "star": return around(10, 0, (i) => (i % 2 ? 0.5 : 1.2));
    case "bar": return polygon([[-1, -0.5], [1, -0.5], [1, 0.5], [-1, 0.5]]);
    case "cross": return polygon([[-0.4, -1], [0.4, -1], [0.4, -0.4], [1, -0.4], [1, 0.4], [0.4, 0.4],
      [0.4, 1], [-0.4, 1], [-0.4, 0.4], [-1, 0.4], [-1, -0.4], [-0.4, -0.4]]);
    case "drop": return `M0 ${-1.15 * r}C${0.5 * r} ${-0.4 * r} ${0.9 * r} 0 ${0.9 * r} ${0.3 * r}A${0.9 * r} ${0.9 * r} 0 1 1 ${-0.9 * r} ${0.3 * r}C${-0.9 * r} 0 ${-0.5 * r} ${-0.4 * r} 0 ${-1.15 * r}Z`;
    default: return `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z`;
  }
};

/** The outline of a chip with round corners, centred at `x`, `y`. */
qa.chipPath = (x, y, w, h, r = 7) => {
  const path = new Path2D();
  path.roundRect(x - w / 2, y - h / 2, w, h, r);
  return path;
};
