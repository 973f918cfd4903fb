"use strict";
/* The legend that filters, and the filter row. */

(() => {
  const { el, button } = qa;
  const { drawing } = qa;
  const host = qa.byId("legend");

  const toggle = (kind, on) => {
    const { off, extra } = qa.state;
    const calm = !rare.includes(kind);
    if (on) qa.set({ off: [...off, kind], extra: extra.filter((name) => name !== kind) });
    else qa.set({ off: off.filter((name) => name !== kind), extra: calm ? extra : [...extra, kind] });
  };

  /** Classes of which the first look shows nothing; they wait behind one button. */
  const rare = drawing.kinds.map(({ kind }) => kind).filter((kind) => !qa.byKind.get(kind).some((node) => node.calm));
  let unfolded = false;

  const classes = () => {
    const { nodes } = qa.shown();
    const listed = drawing.kinds.filter(({ kind }) => unfolded || rare.length < 2 || !rare.includes(kind) || qa.byKind.get(kind).some((node) => nodes.has(node.id)));
    return listed.map(({ kind, plural }) => {
      const all = qa.byKind.get(kind);
      const shown = all.filter((node) => nodes.has(node.id)).length;
      const words = shown === all.length || shown === 0 ? String(all.length) : `${shown} of ${all.length}`;
      return button([qa.swatch(kind), el("span", {}, plural), el("span", { class: "number" }, words)],
        () => toggle(kind, shown > 0),
        { class: "kind-toggle", "aria-pressed": String(shown > 0), title: shown ? `Hide ${plural.toLowerCase()}` : `Show ${plural.toLowerCase()}` });
    });
  };

  const select = (name, label, options) => el("label", {}, el("span", { class: "term" }, label),
    el("select", { on: { change: (event) => qa.set({ [name]: name === "conf" ? Number(event.target.value) : event.target.value }) } },
      options.map(([value, text]) => el("option", { value, selected: String(qa.state[name]) === String(value) }, text))));

  const check = (name, label) => el("label", { class: "check" }, el("input", { type: "checkbox", checked: qa.state[name], on: { change: (event) => qa.set({ [name]: event.target.checked }) } }), label);

  const filters = () => {
    const people = [...new Set(drawing.participants.filter((p) => p.spoke && p.kind !== "Operator").map((p) => p.id))].filter((id) => qa.nodes.has(id))
      .sort((a, b) => qa.label(a).localeCompare(qa.label(b)));
    const firms = [...new Set(drawing.questions.map((q) => qa.firm(q.by, q.c)).filter(Boolean))].sort();
    const fold = el("details", { class: "filters", open: qa.filtered(true) || qa.state.weak },
      el("summary", {}, "Filters", qa.filtered() ? el("span", { class: "dot", title: "A filter is set" }) : null),
      el("div", { class: "row" },
        qa.many ? select("call", "Call", [["", "all"], ...drawing.calls.map((_, c) => [c, qa.callName(c)])]) : null,
        select("firm", "Firm", [["", "all"], ...firms.map((firm) => [firm, firm])]),
        select("speaker", "Speaker", [["", "all"], ...people.map((id) => [id, qa.label(id)])]),
        select("cert", "Said", [["", "in any way"], ["asserted", "as a fact"], ["planned", "as a plan"], ["hedged", "with a hedge"], ["conditional", "with a condition"], ["asked", "only as a question"]]),
        select("conf", "Confidence", [[0, "any"], [0.5, "50% and more"], [0.7, "70% and more"], [0.9, "90% and more"]]),
        check("weak", "Also denied and merely asked"),
        button("Clear", () => qa.set({ firm: "", speaker: "", cert: "", conf: 0, call: "", weak: false }), { class: "quiet" })));
    return fold;
  };

  /** Draw the legend with the counts of the scene. */
  qa.legend = () => {
    const focus = document.activeElement?.closest?.("#legend") ? [...host.querySelectorAll("button,select,input,summary")].indexOf(document.activeElement) : -1;
    const open = host.querySelector("details")?.open;
    const hiddenNodes = [...qa.nodes.values()].filter((node) => !node.calm).length;
    const fold = filters();
    if (open) fold.open = true;
    const more = button(unfolded ? "Fewer kinds" : `${rare.length} more kinds`, () => { unfolded = !unfolded; qa.legend(); }, { class: "kind-toggle all", "aria-expanded": String(unfolded) });
    qa.fill(host, el("div", { class: "kinds" }, classes(), rare.length > 1 ? more : null,
      hiddenNodes ? button(qa.state.all ? "Show less" : `Show all ${qa.nodes.size}`, () => qa.set({ all: !qa.state.all }), { class: "kind-toggle all", "aria-pressed": String(qa.state.all) }) : null,
      qa.state.off.length || qa.state.extra.length ? button("Reset", () => qa.set({ off: [], extra: [], all: false }), { class: "quiet" }) : null, fold));
    if (focus >= 0) host.querySelectorAll("button,select,input,summary")[focus]?.focus();
  };
})();
