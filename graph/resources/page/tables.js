"use strict";
/* One table for all views: sortable, filtered by the search words of the view, exportable as CSV. */

(() => {
  const { el, button } = qa;

  const cellText = (value) => {
    if (value === null || value === undefined) return "";
    if (value instanceof Node) return value.textContent;
    return Array.isArray(value) ? value.map(cellText).filter(Boolean).join("; ") : String(value);
  };

  const cell = (value, column) => {
    const content = !Array.isArray(value) ? value
      : column.flow ? el("div", { class: "chips" }, value) : value.map((one) => el("div", { class: "item" }, one));
    return el("td", { class: column.class ?? null }, content ?? "");
  };

  /**
   * Draw a table. Columns are { name, of(row), class?, flow?, sort?(row) }; `flow` sets many values
   * side by side. `open(row)` runs when a row is chosen. What is drawn last is what "CSV" exports,
   * with the `paper` columns where those differ.
   */
  qa.table = (name, columns, rows, open = null, paper = columns) => {
    const [sorted, way] = qa.state.sort.split(" ");
    const key = columns[Number(sorted)];
    const value = key && (key.sort ?? ((row) => cellText(key.of(row)).toLowerCase()));
    const compare = (a, b) => {
      const [x, y] = [value(a), value(b)];
      return (x < y ? -1 : x > y ? 1 : 0) * (way === "down" ? -1 : 1);
    };
    const ordered = key && qa.state.sort !== "" ? [...rows].sort(compare) : rows;
    qa.csvRows = () => ({ name, rows: [paper.map((c) => c.name), ...ordered.map((row) => paper.map((c) => cellText(c.of(row))))] });
    const head = columns.map((column, i) => {
      const here = qa.state.sort !== "" && Number(sorted) === i;
      return el("th", { scope: "col", class: column.class ?? null, "aria-sort": here ? (way === "down" ? "descending" : "ascending") : null },
        button([column.name, el("span", { class: "arrow", "aria-hidden": "true" }, here ? (way === "down" ? " ↓" : " ↑") : "")],
          () => qa.set({ sort: here ? (way === "down" ? "" : `${i} down`) : `${i} up` })));
    });
    const body = ordered.map((row) => el("tr", open ? { class: "open", on: { click: (event) => {
      if (!event.target.closest("button,a,summary,select") && !getSelection().toString()) open(row);
    } } } : {}, columns.map((column) => cell(column.of(row), column))));
    return el("div", { class: "scroll" }, el("table", {}, el("caption", { class: "hidden" }, name), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
  };

  /** Text of a row of any kind, for the filter box of the views. */
  qa.holdsWords = (text) => {
    const wanted = qa.state.find.toLowerCase().split(/\s+/).filter(Boolean);
    const plain = text.toLowerCase();
    return wanted.every((word) => plain.includes(word));
  };
})();
