"use strict";
/* Put the page together: head, tabs, keys. */

(() => {
  const { el, button } = qa;

  const tabs = (host, items, current, choose) => {
    const list = items.map(([name, label, number]) => button([label, number ? el("span", { class: "number" }, String(number)) : null], () => choose(name),
      { role: "tab", "aria-selected": String(name === current), tabindex: name === current ? 0 : -1, "data-name": name }));
    qa.fill(host, list);
  };
  const arrows = (host) => host.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...host.querySelectorAll("[role=tab]")];
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length].dataset.name;
    host.querySelector(`[data-name="${next}"]`).click();
    host.querySelector(`[data-name="${next}"]`).focus();
    event.preventDefault();
    event.stopPropagation();
  });

  const drawTabs = () => {
    tabs(qa.byId("views"), qa.views.map(([name, label, , number]) => [name, label, number?.()]).filter(([name, , number]) => name === "graph" || number !== 0),
      qa.state.view, (view) => qa.set({ view, sort: "", find: "" }));
    tabs(qa.byId("panel-tabs"), [["details", "Details"], ["transcript", "Transcript"]], qa.state.tab, (tab) => qa.set({ tab }));
    qa.byId("details").hidden = qa.state.tab !== "details";
    qa.byId("transcript").hidden = qa.state.tab !== "transcript";
  };

  const theme = () => {
    qa.readTheme();
    document.documentElement.dataset.theme = qa.state.theme;
    document.documentElement.dataset.dark = String(qa.dark());
  };

  const KEYS = [["/", "Search"], ["Arrow keys", "Move between things in the picture"], ["Enter", "Read what is chosen"], ["Esc", "Let go"],
    ["+  −  0", "Zoom in, out, show all"], ["1 … 7", "Views"], ["t", "Transcript or details"], ["d", "Dark or light"], ["?", "These keys"]];

  const help = () => {
    const dialog = el("dialog", { id: "help", "aria-label": "Keys" }, el("h2", {}, "Keys"),
      el("dl", {}, KEYS.map(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)])),
      button("Close", () => dialog.close()));
    document.body.append(dialog);
    return dialog;
  };

  const keys = (dialog) => document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const inPicture = event.target.closest?.("#canvas") || event.target === document.body;
    const graph = qa.state.view === "graph";
    const run = {
      "/": () => qa.byId("search").focus(),
      Escape: () => qa.set({ node: "", edge: "", path: "", hops: 0 }),
      t: () => qa.set({ tab: qa.state.tab === "details" ? "transcript" : "details" }),
      d: () => qa.set({ theme: qa.dark() ? "light" : "dark" }),
      "?": () => dialog.showModal(),
      ...(graph ? { "+": () => qa.zoom(1.25), "=": () => qa.zoom(1.25), "-": () => qa.zoom(0.8), 0: () => qa.fit() } : {}),
      ...(graph && inPicture ? { ArrowRight: () => qa.step(1, 0), ArrowLeft: () => qa.step(-1, 0), ArrowDown: () => qa.step(0, 1), ArrowUp: () => qa.step(0, -1),
        Enter: () => qa.byId(qa.state.tab).focus() } : {}),
    }[event.key] ?? (/^[1-9]$/.test(event.key) && qa.views[Number(event.key) - 1] ? () => qa.set({ view: qa.views[Number(event.key) - 1][0], sort: "", find: "" }) : null);
    if (!run) return;
    run();
    event.preventDefault();
  });

  const tools = (dialog) => qa.fill(qa.byId("tools"),
    el("details", { class: "menu" }, el("summary", {}, "Export"), el("div", { role: "group", "aria-label": "Export" },
      button("Picture, PNG", () => qa.savePng()), button("Picture, SVG", () => qa.saveSvg()), button("Rows, CSV", () => qa.saveCsv()), button("Print", () => print()))),
    button("◐", () => qa.set({ theme: qa.dark() ? "light" : "dark" }), { class: "round", "aria-label": "Dark or light", title: "Dark or light (d)" }),
    button("?", () => dialog.showModal(), { class: "round", "aria-label": "Keys", title: "Keys (?)" }));

  const start = () => {
    qa.byId("title").textContent = qa.drawing.title;
    qa.byId("subtitle").textContent = qa.headline();
    qa.onChange((changed) => { if (changed.has("theme")) theme(); });
    qa.readHash();
    if (qa.drawing.focus && !qa.state.node) qa.set({ node: qa.drawing.focus }, { silent: true });
    theme();
    const dialog = help();
    tools(dialog);
    drawTabs();
    arrows(qa.byId("views"));
    arrows(qa.byId("panel-tabs"));
    qa.fill(qa.byId("zoom"), button("+", () => qa.zoom(1.25), { "aria-label": "Zoom in" }), button("−", () => qa.zoom(0.8), { "aria-label": "Zoom out" }), button("⤢", () => qa.fit(), { "aria-label": "Show all" }));
    qa.onChange((changed) => {
      if (changed.has("view") || changed.has("tab")) drawTabs();
      if (changed.has("view") && qa.state.view === "graph") requestAnimationFrame(() => qa.fit());
    });
    qa.drawView();
    qa.look();
    qa.legend();
    if (qa.state.view === "graph") qa.sketch();
    return dialog;
  };

  /** What nobody needs to read the first picture: the drawing library, the transcript, the search, the keys. */
  const finish = (dialog) => {
    qa.draw();
    qa.onChange((changed) => {
      if ([...changed].some((name) => !["tab", "at", "view", "sort", "find"].includes(name))) qa.legend();
    });
    qa.transcript();
    qa.search();
    qa.onChange((changed) => {
      if (["view", "sort", "find", "firm", "speaker", "call", "cert", "conf", "theme"].some((name) => changed.has(name))) qa.drawView();
    });
    keys(dialog);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { theme(); qa.repaint(); });
    // Paper is light: what is printed is drawn in the light colours.
    let onScreen = null;
    addEventListener("beforeprint", () => { onScreen = qa.state.theme; qa.set({ theme: "light" }, { silent: true }); });
    addEventListener("afterprint", () => { if (onScreen !== null) qa.set({ theme: onScreen }, { silent: true }); onScreen = null; });
    addEventListener("hashchange", () => qa.readHash());
    document.addEventListener("click", (event) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target) || event.target.tagName === "BUTTON") menu.open = false;
    });
    performance.mark("ready");
    document.documentElement.dataset.ready = "true";
  };

  const dialog = start();
  // After the next frame the first picture is on the screen; then the panel, then what moves.
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark("picture");
    qa.panel();
    requestAnimationFrame(() => setTimeout(() => finish(dialog)));
  }));
})();
