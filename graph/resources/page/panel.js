"use strict";
/* The reading panel: what a node, an edge or a question is, and every word that proves it. */

(() => {
  const { el, button } = qa;
  const { drawing } = qa;
  const host = qa.byId("details");

  /** A button that goes to a node, with the shape of its class. */
  qa.nodeButton = (id, label = null) => {
    const node = qa.nodes.get(id);
    if (!node) return el("span", { class: "plain" }, label ?? String(id));
    return el("button", { type: "button", class: /^\S{1,20}$/.test(label ?? node.label) ? "node short" : "node", title: `${qa.kind(node.kind).label}: ${node.label}`,
      on: { click: (event) => { event.stopPropagation(); qa.showNode(id); } } }, qa.swatch(node.kind), label ?? node.label);
  };

  /** A judgement in words, with its colour. */
  qa.judgement = (response) => el("span", { class: `judgement ${response ?? "None"}` }, qa.responseWord(response));

  /** The words of an evidence in their sentence, who said them, as what, where. */
  qa.quoteBlock = (index, about = []) => {
    const span = drawing.evidence[index];
    const { text } = drawing.calls[span.c];
    const words = text === null ? qa.quote(span) : inSentence(span, about);
    return el("figure", { class: "quote" },
      el("blockquote", {}, words),
      el("figcaption", {},
        span.by ? [qa.nodeButton(span.by), el("span", {}, qa.role(span.by, span.c))] : el("span", {}, "Outside the speech"),
        el("span", { class: "place" }, place(span)),
        text === null ? null : button("Read there", () => qa.showSpan(span), { class: "quiet" })));
  };

  /** The quote in its sentence. Where it is nearly all of it, the names that matter are marked instead. */
  const inSentence = (span, about) => {
    const { text, mentions } = drawing.calls[span.c];
    const [from, to] = qa.sentence(span);
    const whole = span.e - span.s > 0.75 * (to - from);
    const names = mentions.filter(([id, s, e]) => s >= span.s && e <= span.e && about.includes(id));
    const marks = whole && names.length ? names.map(([, s, e]) => [s, e]) : whole ? [] : [[span.s, span.e]];
    const words = [];
    let at = from;
    for (const [s, e] of marks) {
      words.push(text.slice(at, s), el("mark", {}, text.slice(s, e)));
      at = e;
    }
    return [...words, text.slice(at, to)];
  };

  const place = (span) => {
    const parts = qa.many ? [qa.callName(span.c)] : [];
    if (span.t === undefined) return [...parts, "head of the transcript"].join(", ");
    const [, section] = drawing.calls[span.c].turns[span.t];
    return [...parts, section === "QuestionAndAnswer" ? "Q&A" : "prepared remarks", `turn ${span.t + 1}`].join(", ");
  };

  const CERTAINTY = { asserted: null, planned: "planned", conditional: "conditional", hedged: "hedged", asked: "only asked" };

  /** Small words about how something was said. */
  const badges = (item) => [
    item.pol === "negated" ? el("span", { class: "badge bad" }, "denied") : null,
    CERTAINTY[item.cert] ? el("span", { class: "badge" }, CERTAINTY[item.cert]) : null,
    el("span", { class: "confidence", title: `Confidence ${Math.round(item.conf * 100)} of 100, rule ${item.rule}` },
      `${Math.round(item.conf * 100)}%`),
  ];

  const quotes = (list, open, about = []) => {
    const blocks = list.slice(0, 40).map((i) => qa.quoteBlock(i, about));
    return open ? blocks : el("details", { class: "more" },
      el("summary", {}, qa.count(list.length, "quote")), blocks);
  };

  /** A statement in one line, its quotes below. */
  const statementRow = (statement, from, open) => {
    const out = statement.s === from;
    return el("li", {},
      el("p", { class: "said" },
        out ? null : qa.nodeButton(statement.s),
        el("span", { class: "predicate" }, qa.words(statement.p)),
        out || from === null ? qa.nodeButton(statement.o, qa.nodes.has(statement.o) ? null : qa.value(statement.o)) : el("span", { class: "plain" }, "this"),
        badges(statement)),
      quotes(statement.ev, open, [statement.s, statement.o]));
  };

  /** A fact in one line, its quotes below. */
  qa.factRow = (fact, open = false) => el("li", {},
    el("p", { class: "said" }, el("span", { class: "predicate" }, qa.title(fact.kind)),
      fact.subject ? qa.nodeButton(fact.subject) : null,
      el("span", { class: "plain" }, qa.factLine(fact)), badges(fact)),
    quotes(fact.ev, open, [fact.subject, ...fact.props.map(([, value]) => value?.ref)]));

  const section = (title, items, more = 12) => {
    if (!items.length) return null;
    const head = items.slice(0, more);
    const rest = items.slice(more);
    return el("section", {}, el("h3", {}, title, el("span", { class: "number" }, String(items.length))),
      el("ul", { class: "list" }, head),
      rest.length ? el("details", { class: "more" }, el("summary", {}, `${rest.length} more`), el("ul", { class: "list" }, rest)) : null);
  };

  /** A question in one line. */
  qa.questionRow = (question) => el("li", {}, button([
    el("span", { class: "qn" }, question.n),
    el("span", { class: "qtext" }, question.text),
    el("span", { class: "who" }, [qa.label(question.by), qa.firm(question.by, question.c)].filter(Boolean).join(", "),
      qa.many ? ` · ${qa.callName(question.c)}` : ""),
    qa.judgement(question.response),
  ], () => qa.showNode(question.id), { class: "question" }));

  const conflictRow = (conflict) => el("li", {},
    el("p", { class: "said" }, qa.nodeButton(conflict.about), el("span", { class: "predicate" }, qa.words(conflict.property)),
      el("span", { class: "plain" }, conflict.values.join("  /  "))),
    quotes(conflict.ev, true));

  const names = (node) => (node.alt.length
    ? el("p", { class: "names" }, el("span", { class: "term" }, "Also called "), node.alt.slice(0, 14).join(" · "), node.alt.length > 14 ? " …" : "") : null);

  /** Where an identifier is explained; what has no known form stays plain text. */
  const address = (name) => {
    if (/^NCT\d{8}$/.test(name)) return `https://clinicaltrials.gov/study/${name}`;
    if (/^https:\/\//.test(name)) return name;
    return /^[A-Za-z0-9.]+:[A-Za-z0-9_.:-]+$/.test(name) ? `https://bioregistry.io/${name}` : "";
  };

  const identifiers = (node) => (node.same.length
    ? el("p", { class: "names" }, el("span", { class: "term" }, "Identifiers "),
      node.same.map((name) => [qa.link(name, address(name)), " "])) : null);

  const participation = (node) => (qa.participations.get(node.id) ?? []).map((person) => el("div", { class: "card" },
    el("p", {}, [person.kind, qa.many ? qa.callName(person.c) : ""].filter(Boolean).join(", "),
      person.spoke ? "" : ", did not speak", person.listed ? "" : ", not in the list of participants"),
    person.firms.filter(([id, name], i, all) => name !== qa.label(id) || all.every(([other], j) => j === i || other !== id)).map(([id, name]) => el("p", {}, el("span", { class: "term" }, "At "), qa.nodeButton(id), name !== qa.label(id) ? ` as “${name}”` : "")),
    person.titles.map(([title, evidence]) => el("p", {}, el("span", { class: "term" }, "Title "), title,
      el("details", { class: "more inline" }, el("summary", {}, "where"), evidence.map((i) => qa.quoteBlock(i)))))));

  /** The calls of a reporting company; each can be gone into. */
  const calls = (node) => (qa.many && node.kind === "Issuer"
    ? section("Calls", drawing.calls.map((call, c) => [call, c]).filter(([call]) => call.issuer === node.id)
      .map(([call, c]) => el("li", {}, button([el("span", { class: "qtext" }, [qa.callName(c), qa.date(call.date)].filter(Boolean).join(", ")),
        el("span", { class: "who" }, qa.count(drawing.questions.filter((q) => q.c === c).length, "question"))],
      () => qa.set({ call: String(c), node: "", edge: "", view: "graph" }), { class: "question" })))) : null);

  const mentions = (id) => {
    const all = qa.mentionsOf.get(id) ?? [];
    if (!all.length) return null;
    const row = (span) => {
      const around = qa.sentence(span);
      const { text, turns } = drawing.calls[span.c];
      if (!around) return null;
      const by = turns[qa.turnAt(span.c, span.s)]?.[0];
      return el("li", {}, button([
        text.slice(around[0], span.s), el("mark", {}, text.slice(span.s, span.e)), text.slice(span.e, around[1]),
        el("span", { class: "who" }, by ? qa.label(by) : "", qa.many ? ` · ${qa.callName(span.c)}` : "")], () => qa.showSpan(span), { class: "question" }));
    };
    const fold = el("details", { class: "more" }, el("summary", {}, `${qa.count(all.length, "mention")} in the transcript`));
    // Made when opened: there may be hundreds.
    fold.addEventListener("toggle", () => {
      if (fold.children.length === 1) fold.append(el("ul", { class: "list" }, all.slice(0, 200).map(row)));
    });
    return el("section", {}, el("h3", {}, "Mentions", el("span", { class: "number" }, String(all.length))), fold);
  };

  const tools = (id) => {
    const choose = el("select", { "aria-label": "Show the way to", on: { change: (event) => {
      if (event.target.value) qa.set({ path: `${id}\n${event.target.value}` });
    } } }, el("option", { value: "" }, "Way to …"),
    [...qa.nodes.values()].filter((node) => node.id !== id && node.kind !== "Question")
      .sort((a, b) => b.weight - a.weight).slice(0, 300)
      .sort((a, b) => a.label.localeCompare(b.label, "en"))
      .map((node) => el("option", { value: node.id }, node.label)));
    const hops = [0, 1, 2, 3].map((n) => button(n ? `${n}` : "all", () => qa.set({ hops: n }),
      { "aria-pressed": String(qa.state.hops === n), title: n ? `Show only what is within ${qa.count(n, "step")}` : "Show everything" }));
    return el("div", { class: "row" }, el("span", { class: "term" }, "Steps around "), el("span", { class: "segment", role: "group", "aria-label": "Neighbourhood" }, hops), choose);
  };

  const way = () => {
    const [from, to] = qa.state.path.split("\n");
    const steps = to ? qa.shortestPath(from, to) : null;
    if (!to) return null;
    if (!steps) return el("p", { class: "card" }, `Nothing connects ${qa.label(from)} and ${qa.label(to)}.`);
    return el("section", { class: "card" }, el("h3", {}, "The way"), el("ol", { class: "way" }, steps.map((step, i) => (typeof step === "string"
      ? el("li", {}, qa.nodeButton(step), qa.nodes.get(step).kind === "Question" ? ` ${qa.label(qa.questionById.get(step).by)}` : "")
      : el("li", { class: "hop" }, button(step.from === steps[i - 1] ? `${qa.words(step.p)} ↓` : `↑ ${qa.words(step.p)}`, () => qa.showEdge(step.id), { class: "quiet" }))))),
    button("Close the way", () => qa.set({ path: "" }), { class: "quiet" }));
  };

  const nodePage = (node) => {
    const statements = (qa.statementsOf.get(node.id) ?? []).filter((s) => qa.passes(s));
    const questions = (qa.questionsOf.get(node.id) ?? []).filter((q) => qa.questionPasses(q));
    const total = statements.reduce((sum, statement) => sum + statement.ev.length, 0);
    const asked = questions.filter((q) => q.by === node.id);
    const others = questions.filter((q) => q.by !== node.id);
    const person = ["Executive", "Analyst", "Person"].includes(node.kind);
    const answered = section(person ? "Answered" : "Questions about it", others.map(qa.questionRow), 6);
    const said = section("What was said", statements.map((s) => statementRow(s, node.id, total <= 5)), 9);
    return [
      el("p", { class: "kind" }, qa.swatch(node.kind), qa.kind(node.kind).label),
      el("h2", {}, node.label), names(node), identifiers(node), way(), tools(node.id), participation(node), calls(node),
      section("Conflicts", (qa.conflictsOf.get(node.id) ?? []).map(conflictRow)),
      section("Asked", asked.map(qa.questionRow)),
      person ? answered : said, person ? said : answered,
      section("Facts", (qa.factsOf.get(node.id) ?? []).filter((f) => qa.passes(f)).map((f) => qa.factRow(f))),
      mentions(node.id),
    ];
  };

  const answer = (question, one) => {
    const span = { c: question.c, s: one.s, e: one.e, t: one.t, q: one.text };
    const text = qa.quote(span);
    return el("figure", { class: "quote" }, el("blockquote", {}, text.length > 700
      ? [text.slice(0, 600), el("details", { class: "more inline" }, el("summary", {}, "… all of it"), text.slice(600))] : text),
    el("figcaption", {}, qa.nodeButton(one.by), el("span", {}, qa.role(one.by, question.c)),
      el("span", { class: "place" }, place(span)),
      one.text === undefined ? button("Read there", () => qa.showSpan(span), { class: "quiet" }) : null));
  };

  const questionPage = (question) => [
    el("p", { class: "kind" }, qa.swatch("Question"), `Question ${question.n}`, qa.many ? `, ${qa.callName(question.c)}` : ""),
    el("p", { class: "asker" }, qa.nodeButton(question.by), el("span", {}, qa.firm(question.by, question.c)),
      question.behalf ? [el("span", { class: "term" }, "on behalf of "), qa.nodeButton(question.behalf)] : null),
    el("h2", { class: "asked" }, question.text),
    el("div", { class: "row" }, qa.judgement(question.response),
      question.conf === null ? null : el("span", { class: "confidence", title: "Confidence of the judgement" }, `${Math.round(question.conf * 100)}%`),
      question.promised ? el("span", { class: "badge" }, `promised for ${qa.date(question.promised)}`) : null,
      drawing.calls[question.c].text === null ? null : button("Read there", () => qa.showSpan(question), { class: "quiet" })),
    way(),
    section("The words that decided it", question.cues.map((i) => el("li", {}, qa.quoteBlock(i)))),
    section("Topics", [...question.about.map((id) => el("li", { class: "chip" }, qa.nodeButton(id))),
      ...question.themes.map((theme) => el("li", { class: "chip theme" }, qa.words(theme)))], 30),
    section("Answers", question.answers.map((one) => el("li", {}, answer(question, one)))),
  ];

  const edgePage = (edge) => {
    const rows = [
      section("What was said", (edge.st ?? []).map((i) => statementRow(drawing.statements[i], null, true))),
      section("Facts", (edge.fa ?? []).map((i) => qa.factRow(drawing.facts[i], true))),
      section("Questions", (edge.qs ?? []).map((i) => qa.questionRow(drawing.questions[i]))),
    ];
    return [el("p", { class: "kind" }, "Connection"),
      el("h2", { class: "triple" }, qa.nodeButton(edge.from), el("span", { class: "predicate" }, qa.words(edge.p)), qa.nodeButton(edge.to)),
      edge.weak ? el("p", { class: "card" }, "Nobody affirms this: it is denied, asked or conditional.") : null, rows];
  };

  const render = () => {
    const { node, edge } = qa.state;
    const question = qa.questionById.get(node);
    const content = question ? questionPage(question)
      : node ? nodePage(qa.nodes.get(node))
        : edge !== "" ? edgePage(qa.edges.get(Number(edge))) : [way(), qa.homePage()];
    const left = qa.many && qa.state.call !== "" && !node && edge === "";
    qa.fill(host, left ? button("← All calls", () => qa.set({ call: "" }), { class: "quiet back" }) : null, node || edge !== "" ? button(`← The ${qa.many && qa.state.call === "" ? "calls" : "call"} at a glance`, () => qa.set({ node: "", edge: "", path: "", hops: 0 }), { class: "quiet back" }) : null, content);
    host.scrollTop = 0;
  };

  qa.panel = () => {
    render();
    qa.onChange((changed) => {
      if (changed.has("node") && qa.state.node) qa.say(`${qa.kind(qa.nodes.get(qa.state.node).kind).label}: ${qa.label(qa.state.node)}`);
      if (["node", "edge", "path", "hops", "theme", "conf", "cert", "firm", "speaker", "call"].some((name) => changed.has(name))) render();
    });
  };
})();
