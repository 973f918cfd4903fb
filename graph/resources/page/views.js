"use strict";
/* The views beside the picture: at a glance, questions, pipeline, guidance, figures, conflicts. */

(() => {
  const { el, button } = qa;
  const { drawing } = qa;
  const host = qa.byId("view-table");
  const nodesOf = (kind) => [...qa.nodes.values()].filter((node) => node.kind === kind);
  const unique = (list) => [...new Set(list)];

  /** What belongs to the call that the reader has gone into, or to any. */
  const here = (items) => (qa.state.call === "" ? items : items.filter((item) => item.c === Number(qa.state.call)));

  const tally = () => {
    const counts = new Map();
    for (const question of here(drawing.questions)) counts.set(question.response, (counts.get(question.response) ?? 0) + 1);
    return [...qa.responses, null].filter((name) => counts.has(name)).map((name) => [name, counts.get(name)]);
  };

  const callHead = (call) => (call ? [call.company || call.id, call.period, qa.date(call.date)].filter(Boolean).join(" · ") : "");

  /** The companies that report, by name. */
  const companies = () => {
    const names = unique(drawing.calls.map((call) => (call.issuer ? qa.label(call.issuer) : call.company || call.id)));
    return names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");
  };

  /** The subtitle of the page: when, and how much was asked of whom. */
  qa.headline = () => {
    if (qa.many) return companies();
    const [call] = drawing.calls;
    const analysts = unique(drawing.questions.map((q) => q.by)).length;
    const answering = unique(drawing.questions.flatMap((q) => q.answeredBy)).length;
    return [call ? qa.date(call.date) || call.id : "",
      analysts ? `${qa.count(drawing.questions.length, "question")} by ${qa.count(analysts, "analyst")}` : "",
      answering ? `answered by ${qa.count(answering, "person", "people")}` : ""].filter(Boolean).join(" · ");
  };

  /** What was asked about most: things as buttons, themes as words, each with its number of questions. */
  const topics = (questions) => {
    const count = (of) => {
      const counts = new Map();
      for (const question of questions) for (const name of of(question)) counts.set(name, (counts.get(name) ?? 0) + 1);
      return [...counts].sort((x, y) => y[1] - x[1]);
    };
    const number = (n) => el("span", { class: "times" }, `× ${n}`);
    const things = count((q) => q.about).filter(([id]) => qa.nodes.has(id) && qa.nodes.get(id).kind !== "Issuer").slice(0, 8);
    const themes = count((q) => q.themes).slice(0, 6);
    if (!things.length && !themes.length) return null;
    return [el("h3", {}, "Asked about most"),
      el("ul", { class: "topics" }, things.map(([id, n]) => el("li", {}, qa.nodeButton(id), number(n)))),
      el("ul", { class: "topics" }, themes.map(([theme, n]) => el("li", {}, button(qa.words(theme),
        () => qa.set({ view: "questions", find: qa.words(theme) }), { class: "theme", title: "Show these questions" }), number(n))))];
  };

  const judged = (answers) => (answers.length ? [
    el("div", { class: "bar", role: "img", "aria-label": answers.map(([name, n]) => `${qa.responseWord(name)} ${n}`).join(", ") },
      answers.map(([name, n]) => el("span", { class: `share ${name ?? "None"}`, css: { "flex-grow": n } }))),
    el("p", { class: "key" }, answers.map(([name, n]) => el("span", {}, qa.judgement(name), ` ${n} `)))] : null);

  const reading = (many) => el("p", { class: "reading" }, many
    ? "From left to right: analysts, the companies that report, their programs, targets and diseases, partners. Lines are what was said. Click anything to read the words behind it."
    : "From left to right: who asked, each question as a bead, who answered, and what it was about. Click anything to read the words behind it.");

  /** What the panel says before anything is chosen: the call in numbers, what it was about, where to look. */
  qa.homePage = () => {
    const [questions, conflicts] = [here(drawing.questions), here(drawing.conflicts)];
    const many = qa.many && qa.state.call === "";
    const hard = questions.filter((q) => q.response && q.response !== "Answered")
      .sort((a, b) => qa.responses.indexOf(b.response) - qa.responses.indexOf(a.response));
    const tile = (number, label, view) => (number ? button([el("strong", {}, String(number)), label], () => qa.set({ view }), { class: "tile" }) : null);
    const analysts = unique(questions.map((q) => q.by)).length;
    const programs = nodesOf("Program").filter((node) => qa.state.call === "" || node.calls.includes(Number(qa.state.call))).length;
    const promises = here(drawing.facts).filter((f) => f.kind === "Guidance").length;
    return [
      el("h2", {}, many ? "The calls at a glance" : "The call at a glance"),
      qa.many && !many ? el("p", { class: "names" }, callHead(drawing.calls[Number(qa.state.call)])) : null,
      el("div", { class: "tiles" },
        tile(questions.length, `${questions.length === 1 ? "question" : "questions"} by ${qa.count(analysts, "analyst")}`, "questions"),
        tile(programs, programs === 1 ? "program" : "programs", "pipeline"), tile(promises, promises === 1 ? "promise" : "promises", "guidance"),
        tile(conflicts.length, conflicts.length === 1 ? "conflict" : "conflicts", "conflicts")),
      judged(tally()), reading(many), topics(questions),
      hard.length ? [el("h3", {}, "Not plainly answered"), el("ul", { class: "list" }, hard.slice(0, 5).map(qa.questionRow)),
        hard.length > 5 ? button(`All ${questions.length} questions`, () => qa.set({ view: "questions" }), { class: "quiet" }) : null] : null,
      conflicts.length ? [el("h3", {}, "Said in two ways"), el("ul", { class: "list" }, conflicts.slice(0, 4).map((conflict) => el("li", {},
        el("p", { class: "said" }, qa.nodeButton(conflict.about), el("span", { class: "predicate" }, qa.words(conflict.property)),
          el("span", { class: "plain" }, conflict.values.join("  /  "))))))] : null,
    ];
  };

  const questionText = (q) => [q.text, qa.label(q.by), qa.firm(q.by, q.c), qa.callName(q.c), ...q.about.map(qa.label),
    ...q.themes, ...q.answeredBy.map(qa.label), qa.responseWord(q.response)].join(" ");

  const questionsView = () => {
    const rows = drawing.questions.filter((q) => qa.questionPasses(q) && qa.holdsWords(questionText(q)));
    const columns = [
      { name: "No.", of: (q) => button(q.n, () => qa.showNode(q.id), { class: `bead ${q.response ?? "None"}`, title: "Open the question" }), sort: (q) => q.c * 1e4 + q.x * 100 + Number(q.n.split(".")[1]) },
      { name: "Analyst", of: (q) => [qa.nodeButton(q.by), ...[qa.firm(q.by, q.c), qa.many ? qa.callName(q.c) : ""].filter(Boolean).map((line) => el("span", { class: "firm" }, line))], class: "who-asks" },
      { name: "Question", of: (q) => q.text, class: "wide" },
      { name: "Judged", of: (q) => [qa.judgement(q.response), q.cues.length ? el("q", { class: "cue" }, qa.quote(drawing.evidence[q.cues[0]])) : null,
        q.answeredBy.length ? el("span", { class: "chips" }, el("span", { class: "firm" }, "by"), q.answeredBy.map((id) => qa.nodeButton(id))) : null].filter(Boolean), class: "judged", sort: (q) => qa.responses.indexOf(q.response) },
      { name: "About", of: (q) => [...q.about.slice(0, 5).map((id) => qa.nodeButton(id)), ...q.themes.slice(0, 3).map((theme) => el("span", { class: "theme" }, qa.words(theme)))], flow: true, class: "topic" },
    ];
    const paper = [["No.", (q) => q.n], ["Call", (q) => qa.callName(q.c)], ["Analyst", (q) => qa.label(q.by)], ["Firm", (q) => qa.firm(q.by, q.c)],
      ["Question", (q) => q.text], ["Judged", (q) => qa.responseWord(q.response)], ["Deciding words", (q) => q.cues.map((i) => qa.quote(drawing.evidence[i]))],
      ["Answered by", (q) => q.answeredBy.map(qa.label)], ["About", (q) => q.about.map(qa.label)], ["Themes", (q) => q.themes.map(qa.words)]].map(([name, of]) => ({ name, of }));
    return ["Questions", `${rows.length} of ${drawing.questions.length}`, rows.length ? qa.table("questions", columns, rows, (q) => qa.showNode(q.id), paper) : null];
  };

  const linked = (id, predicates, kind) => unique((qa.statementsOf.get(id) ?? [])
    .filter((s) => qa.passes(s) && s.pol === "affirmed" && !["asked", "conditional"].includes(s.cert) && predicates.includes(s.p))
    .map((s) => (s.s === id ? s.o : s.s)).filter((other) => other !== id && (!kind || qa.nodes.get(other)?.kind === kind)));

  const phase = (id) => unique((qa.statementsOf.get(id) ?? []).filter((s) => s.p === "phase" && s.s === id && s.pol === "affirmed").map((s) => s.o));
  const status = (id) => (qa.factsOf.get(id) ?? []).filter((f) => f.kind === "StatusChange" && qa.passes(f))
    .map((f) => [qa.value(f.props.find(([name]) => name === "status")?.[1] ?? ""), f])
    .filter(([word], i, all) => all.findIndex(([other]) => other === word) === i).map(([word, f]) => qa.cited(word, f.ev));

  /** Words that lead to where they are said. */
  qa.cited = (label, evidence) => {
    const span = drawing.evidence[evidence[0]];
    if (!span || drawing.calls[span.c].text === null) return el("span", { title: span ? qa.quote(span) : null }, label);
    return button(label, () => qa.showSpan(span), { class: "cite", title: `Read: ${qa.quote(span).slice(0, 240)}` });
  };

  const pipelineView = () => {
    const buttons = (ids) => ids.map((id) => qa.nodeButton(id));
    const rows = nodesOf("Program").filter((node) => (qa.statementsOf.get(node.id) ?? []).length + (qa.questionsOf.get(node.id) ?? []).length > 0)
      .map((node) => {
        const trials = linked(node.id, ["studiedIn"]);
        return { node, trials,
          targets: linked(node.id, ["hasTarget"]), indications: linked(node.id, ["forIndication"]),
          partners: linked(node.id, ["licensedTo", "licensedFrom", "developedBy", "partnerOf"]),
          phases: unique([...phase(node.id), ...trials.flatMap(phase)]), status: status(node.id),
          asked: (qa.questionsOf.get(node.id) ?? []).length };
      })
      .filter((row) => qa.holdsWords([row.node.label, ...row.node.alt, ...row.targets.map(qa.label), ...row.indications.map(qa.label), ...row.partners.map(qa.label), ...row.trials.map(qa.label)].join(" ")))
      .filter((row) => !qa.filtered() || row.targets.length + row.indications.length + row.trials.length + row.partners.length > 0)
      .sort((a, b) => b.node.weight - a.node.weight);
    const columns = [
      { name: "Program", of: (r) => qa.nodeButton(r.node.id), sort: (r) => r.node.label.toLowerCase() },
      { name: "Target", of: (r) => buttons(r.targets) },
      { name: "Indication", of: (r) => buttons(r.indications) },
      { name: "Phase", of: (r) => r.phases.join(", ") },
      { name: "Trial", of: (r) => buttons(r.trials) },
      { name: "Developer, partner", of: (r) => buttons(r.partners) },
      { name: "Status", of: (r) => r.status },
      { name: "Asked", of: (r) => (r.asked ? String(r.asked) : ""), sort: (r) => -r.asked, class: "count" },
    ];
    const science = new Set(["Program", "Target", "Indication", "Trial", "Company", "Issuer"]);
    const asGraph = button("Show as a graph", () => qa.set({ view: "graph", node: "", edge: "", hops: 0,
      extra: ["Program"], off: drawing.kinds.map((kind) => kind.kind).filter((kind) => !science.has(kind)) }));
    return ["Pipeline", qa.count(rows.length, "program"), rows.length ? [asGraph, qa.table("pipeline", columns, rows, (r) => qa.showNode(r.node.id))] : null];
  };

  const FIGURES = { DealTerm: "Deals", ClinicalResult: "Clinical results", FinancialFact: "Figures", StatusChange: "Status" };

  const factsView = () => {
    const rows = drawing.facts.filter((f) => f.kind !== "Guidance" && qa.passes(f)
      && qa.holdsWords([FIGURES[f.kind] ?? f.kind, qa.label(f.subject ?? ""), qa.factLine(f), ...f.ev.map((i) => qa.quote(drawing.evidence[i]))].join(" ")));
    const columns = [
      { name: "Kind", of: (f) => FIGURES[f.kind] ?? qa.title(f.kind) },
      { name: "About", of: (f) => (f.subject ? qa.nodeButton(f.subject) : "") },
      { name: "Value", of: (f) => qa.amount(f), class: "number", sort: (f) => Number(f.props.find(([name]) => ["amount", "value"].includes(name))?.[1] ?? 0) },
      { name: "What", of: (f) => qa.factLine({ ...f, props: f.props.filter(([name]) => !["amount", "value", "currency", "bound", "unit"].includes(name)) }), class: "wide" },
      ...(qa.many ? [{ name: "Call", of: (f) => qa.callName(f.c), class: "tight" }] : []),
      { name: "Words", of: (f) => qa.wordsButton(f.ev), class: "words" },
    ];
    return ["Deals and figures", `${rows.length} facts`, rows.length ? qa.table("figures", columns, rows, (f) => f.subject && qa.showNode(f.subject)) : null];
  };

  const conflictsView = () => {
    const rows = drawing.conflicts.filter((c) => qa.holdsWords([qa.label(c.about), c.property, ...c.values].join(" ")));
    const cards = rows.map((conflict) => el("article", { class: "card" },
      el("p", { class: "said" }, qa.nodeButton(conflict.about), el("span", { class: "predicate" }, qa.words(conflict.property)), qa.many ? el("span", { class: "place" }, qa.callName(conflict.c)) : null),
      el("p", { class: "versus" }, conflict.values.map((value, i) => [i ? el("span", { class: "predicate" }, " or ") : null, el("strong", {}, value)])),
      conflict.ev.map((i) => qa.quoteBlock(i))));
    qa.csvRows = () => ({ name: "conflicts", rows: [["About", "Property", "Values"], ...rows.map((c) => [qa.label(c.about), c.property, c.values.join("; ")])] });
    return ["Conflicts", "the same thing said in different ways; both are kept", rows.length ? el("div", { class: "cards" }, cards) : null];
  };

  const guidanceView = () => {
    const { facts, table } = qa.guidanceView();
    return ["Guidance", `${qa.count(facts.length, "promise")}, each with the time it is due`, facts.length ? table : null];
  };

  qa.views = [
    ["graph", "Graph", null],
    ["questions", "Questions", questionsView, () => drawing.questions.length],
    ["pipeline", "Pipeline", pipelineView, () => nodesOf("Program").length],
    ["guidance", "Guidance", guidanceView, () => drawing.facts.filter((f) => f.kind === "Guidance").length],
    ["figures", "Deals and figures", factsView, () => drawing.facts.filter((f) => f.kind !== "Guidance").length],
    ["conflicts", "Conflicts", conflictsView, () => drawing.conflicts.length],
  ];

  const box = el("input", { type: "search", class: "find", placeholder: "Filter the rows", "aria-label": "Filter the rows",
    on: { input: (event) => qa.set({ find: event.target.value }) } });

  /** Draw the view that is on. */
  qa.drawView = () => {
    const view = qa.views.find(([name]) => name === qa.state.view) ?? qa.views[0];
    const graph = view[2] === null;
    qa.byId("view-graph").hidden = !graph;
    host.hidden = graph;
    if (graph) { qa.csvRows = null; return; }
    if (view[3] === undefined) { view[2](host); return; }
    if (box.value !== qa.state.find) box.value = qa.state.find;
    qa.csvRows = null;
    const [title, note, ...content] = view[2]();
    const empty = content.flat().every((part) => part === null);
    const typing = document.activeElement === box;
    qa.fill(host, el("div", { class: "head" }, el("h2", {}, title), el("p", {}, note), box),
      empty ? el("p", { class: "card" }, "Nothing here passes the filters.") : content);
    if (typing) box.focus();
    host.setAttribute("aria-label", title);
  };
})();
