"use strict";
/* Search as you type over names, other names, questions and the spoken words. */

(() => {
  const { el } = qa;
  const { drawing } = qa;
  const box = qa.byId("search");
  const hits = qa.byId("hits");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let names = null;
  let active = -1;

  /** Names are folded once, when the first letter is typed. */
  const index = () => {
    names ??= [...qa.nodes.values()].map((node) => ({ node, text: plain([node.label, ...node.alt].join("\n")),
      rank: (node.kind === "Question" ? 2 : 0) + (node.calm ? 0 : 1) }));
    return names;
  };

  const inNames = (wanted) => index().filter(({ text }) => text.includes(wanted))
    .sort((a, b) => a.rank - b.rank || Number(!plain(a.node.label).startsWith(wanted)) - Number(!plain(b.node.label).startsWith(wanted)) || b.node.weight - a.node.weight)
    .slice(0, 12)
    .map(({ node }) => ({ run: () => qa.showNode(node.id, qa.state.view === "graph" ? {} : {}),
      parts: [qa.swatch(node.kind), el("span", { class: "hit-name" }, node.label), el("span", { class: "who" }, node.kind === "Question" ? qa.label(qa.questionById.get(node.id).by) : qa.kind(node.kind).label)] }));

  const inWords = (wanted) => {
    const found = [];
    drawing.calls.forEach((call, c) => {
      const text = call.text?.toLowerCase() ?? "";
      for (let at = text.indexOf(wanted); at >= 0 && found.length < 8; at = text.indexOf(wanted, at + wanted.length)) {
        const turn = qa.turnAt(c, at);
        if (turn < 0) continue;
        const span = { c, s: at, e: at + wanted.length };
        found.push({ run: () => qa.showSpan(span), parts: [el("span", { class: "hit-quote" }, "…", call.text.slice(Math.max(0, at - 40), at), el("mark", {}, call.text.slice(at, span.e)), call.text.slice(span.e, span.e + 60), "…"),
          el("span", { class: "who" }, qa.label(call.turns[turn][0]), qa.many ? ` · ${qa.callName(c)}` : "")] });
      }
    });
    return found;
  };

  const close = () => { hits.hidden = true; box.setAttribute("aria-expanded", "false"); active = -1; };
  const choose = (hit) => { hit.run(); close(); box.blur(); };

  const mark = (to) => {
    const options = [...hits.querySelectorAll("[role=option]")];
    active = options.length ? (to + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) { box.setAttribute("aria-activedescendant", options[active].id); options[active].scrollIntoView({ block: "nearest" }); }
  };

  let current = [];
  const search = () => {
    const wanted = plain(box.value.trim());
    if (!wanted) { close(); return; }
    const byName = inNames(wanted);
    const byWord = wanted.length > 1 ? inWords(box.value.trim().toLowerCase()) : [];
    current = [...byName, ...byWord];
    const option = (hit, i) => el("div", { role: "option", id: `hit-${i}`, class: "hit", "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); choose(hit); } } }, hit.parts);
    qa.fill(hits, current.map((hit, i) => [i === byName.length && byWord.length ? el("div", { class: "term", role: "presentation" }, "In the spoken words") : null, option(hit, i)]),
      current.length ? null : el("div", { class: "term", role: "presentation" }, "Nothing found"));
    hits.hidden = false;
    box.setAttribute("aria-expanded", "true");
    qa.say(qa.count(current.length, "hit"));
    mark(current.length ? 0 : -1);
  };

  qa.search = () => {
    box.addEventListener("input", search);
    box.addEventListener("focus", search);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") mark(active + 1);
      else if (event.key === "ArrowUp") mark(active - 1);
      else if (event.key === "Enter" && current[active]) choose(current[active]);
      else if (event.key === "Escape") { box.value = ""; close(); box.blur(); } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  };
})();
