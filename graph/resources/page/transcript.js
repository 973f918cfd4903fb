"use strict";
/* The transcript beside the picture: mentions lead to nodes, quotes lead back to here. */

(() => {
  const { el, button } = qa;
  const { drawing } = qa;
  const host = qa.byId("transcript");
  let drawn = -1;
  let marked = null;

  /** Cut a turn at every border of a span; each piece knows the spans it lies in. */
  const pieces = (c, from, to, mark) => {
    const { text, mentions } = drawing.calls[c];
    const inside = mentions.filter(([, s, e]) => s >= from && e <= to);
    const asked = drawing.questions.filter((q) => q.c === c && q.s >= from && q.e <= to);
    const cuts = new Set([from, to]);
    for (const [, s, e] of inside) cuts.add(s).add(e);
    for (const q of asked) cuts.add(q.s).add(q.e);
    if (mark) cuts.add(Math.max(from, mark[0])).add(Math.min(to, mark[1]));
    const sorted = [...cuts].filter((n) => n >= from && n <= to).sort((a, b) => a - b);
    return sorted.slice(0, -1).map((start, i) => {
      const end = sorted[i + 1];
      const mention = inside.find(([, s, e]) => s <= start && e >= end);
      const question = asked.find((q) => q.s <= start && q.e >= end);
      const lit = mark && mark[0] <= start && mark[1] >= end;
      return { words: text.slice(start, end), mention: mention?.[0], question, lit, begins: question?.s === start };
    });
  };

  const draw = (piece) => {
    const known = piece.mention && qa.nodes.has(piece.mention);
    let node = known
      ? el("button", { type: "button", class: piece.mention === qa.state.node ? "mention here" : "mention", "data-id": piece.mention,
        css: { "--kind": qa.colour(qa.nodes.get(piece.mention).kind) },
        title: `${qa.kind(qa.nodes.get(piece.mention).kind).label}: ${qa.label(piece.mention)}`,
        on: { click: () => qa.showNode(piece.mention, { tab: "transcript" }) } }, piece.words)
      : document.createTextNode(piece.words);
    if (piece.lit) node = el("mark", { class: "lit" }, node);
    if (!piece.question) return node;
    const badge = piece.begins ? button(piece.question.n, () => qa.showNode(piece.question.id), { class: `bead ${piece.question.response ?? "None"}`, title: `Question ${piece.question.n}: ${qa.responseWord(piece.question.response)}` }) : null;
    return [badge, el("span", { class: "asking" }, node)];
  };

  /** Turn -1 is the head of the transcript: title and participants. */
  const borders = (c, turn) => (turn < 0 ? [0, drawing.calls[c].turns[0]?.[2] ?? drawing.calls[c].text.length] : drawing.calls[c].turns[turn].slice(2));

  const fillTurn = (body, c, turn, mark) => {
    const [start, end] = borders(c, turn);
    qa.fill(body, pieces(c, start, end, mark).map(draw));
  };

  const picker = () => (qa.many ? el("select", { "aria-label": "Call", on: { change: (event) => show(Number(event.target.value), null) } },
    drawing.calls.map((call, c) => el("option", { value: c, selected: c === drawn }, qa.callName(c)))) : null);

  const drawCall = (c) => {
    drawn = c;
    marked = null;
    const call = drawing.calls[c];
    if (call.text === null) { qa.fill(host, picker(), el("p", { class: "card" }, "This page carries the quotes of its calls, not their whole text.")); return; }
    let section = "";
    const top = el("div", { class: "speech top", id: "turn--1" });
    fillTurn(top, c, -1, null);
    qa.fill(host, picker(), top, call.warnings.map((line) => el("p", { class: "card" }, line)),
      call.turns.map(([speaker, part], turn) => {
        const body = el("div", { class: "speech", id: `turn-${turn}` });
        fillTurn(body, c, turn, null);
        const heading = part === section ? null : el("h3", { class: "part" }, part === "QuestionAndAnswer" ? "Questions and answers" : "Prepared remarks");
        section = part;
        return [heading, el("article", { class: "turn" },
          el("header", {}, qa.nodeButton(speaker), el("span", {}, qa.role(speaker, c)), el("span", { class: "place" }, String(turn + 1))), body)];
      }));
  };

  const show = (c, mark) => {
    if (drawn !== c) drawCall(c);
    if (marked !== null) { fillTurn(qa.byId(`turn-${marked}`), c, marked, null); marked = null; }
    if (!mark || drawing.calls[c].text === null) return;
    let turn = qa.turnAt(c, mark[0]);
    const { turns } = drawing.calls[c];
    // Between two turns stands a speaker's line; the turn after it is the place to look at.
    if (turn < 0 && turns.length && mark[0] >= turns[0][2]) turn = turns.findIndex(([, , start]) => start >= mark[0]);
    marked = turn;
    fillTurn(qa.byId(`turn-${turn}`), c, turn, mark);
    (host.querySelector(".lit") ?? qa.byId(`turn-${turn}`)).scrollIntoView({ block: "center" });
  };

  const follow = () => {
    if (qa.state.tab !== "transcript") return;
    const found = /^(\d+):(\d+)-(\d+)$/.exec(qa.state.at);
    if (found && drawing.calls[Number(found[1])]) show(Number(found[1]), [Number(found[2]), Number(found[3])]);
    else if (drawn < 0 && drawing.calls.length) show(0, null);
    for (const mention of host.querySelectorAll(".mention")) mention.classList.toggle("here", mention.dataset.id === qa.state.node);
  };

  qa.transcript = () => {
    follow();
    qa.onChange((changed) => {
      if (changed.has("theme")) drawn = -1;
      if (["tab", "at", "theme", "node"].some((name) => changed.has(name))) follow();
    });
  };
})();
