"use strict";
/* SPARQL in the page: Oxigraph in a Worker, stopped after ten seconds; only in pages made with it. */

(() => {
  const { el, button } = qa;
  const source = qa.byId("sparql");
  if (!source) return;
  const kit = JSON.parse(source.textContent);
  const SECONDS = 10;
  const LIMIT = 2000;
  const nodeOf = new Map(kit.nodes.map(([iri, id]) => [iri, id]));
  let worker = null;
  let count = 0;
  let last = null;

  const bytes = (base64) => {
    const text = atob(base64);
    const array = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) array[i] = text.charCodeAt(i);
    return array;
  };

  /** Start the Worker with the engine and the dataset; it stays for the next queries. */
  const start = () => new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([kit.engine, "\n", kit.worker], { type: "text/javascript" }));
    worker = new Worker(url);
    URL.revokeObjectURL(url);
    worker.onerror = (event) => reject(new Error(event.message || "the engine did not start"));
    worker.onmessage = ({ data }) => (data.ready ? resolve() : reject(new Error(data.error)));
    worker.postMessage({ module: bytes(kit.module), data: bytes(kit.data) });
  });

  const stop = () => { worker?.terminate(); worker = null; };

  /** Answer a query, or say why not. A query that runs too long ends its Worker; the next one gets a new one. */
  qa.query = async (query) => {
    if (!worker) await start().catch((error) => { stop(); throw error; });
    count += 1;
    const id = count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { stop(); reject(new Error(`stopped after ${kit.seconds ?? SECONDS} seconds`)); }, (kit.seconds ?? SECONDS) * 1000);
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        clearTimeout(timer);
        if (data.error) reject(new Error(data.error));
        else resolve(data.result);
      };
      worker.postMessage({ id, query: `${kit.prefixes} ${query}`, limit: LIMIT });
    });
  };

  const show = (value) => {
    if (!value) return "";
    const id = value.kind === "NamedNode" && nodeOf.get(value.text);
    if (id) return qa.nodeButton(id);
    return value.kind === "NamedNode" ? value.text.replace(kit.ontology, "qa:").replace(kit.base, "id:") : value.text;
  };

  const results = (out) => {
    const { columns, rows, total } = last;
    const ids = [...new Set(rows.flat().map((value) => value?.kind === "NamedNode" && nodeOf.get(value.text)).filter(Boolean))];
    qa.fill(out, el("div", { class: "row" }, el("span", { class: "term" }, total > rows.length ? `first ${rows.length} of ${qa.count(total, "row")}` : qa.count(total, "row")),
      ids.length ? button(`Show ${qa.count(ids.length, "node")} in the graph`, () => { qa.mark(ids); qa.set({ view: "graph", node: "", edge: "", path: "" }); }, { class: "quiet" }) : null,
      rows.length ? button("CSV", () => qa.saveCsv(), { class: "quiet" }) : null),
    rows.length ? qa.table("query", columns.map((name, i) => ({ name, of: (row) => show(row[i]) })), rows) : null);
  };

  const editor = el("textarea", { id: "query", rows: 8, spellcheck: "false", "aria-label": "SPARQL query", on: { keydown: (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    event.stopPropagation();
  } } });
  const out = el("div", { id: "answer", "aria-live": "polite" });
  const examples = el("select", { "aria-label": "Example queries", on: { change: (event) => {
    const chosen = kit.queries[Number(event.target.value)];
    if (!chosen) return;
    editor.value = `# ${chosen.question}\n${chosen.text}`;
    run();
  } } }, el("option", { value: "" }, "Examples …"), kit.queries.map((query, i) => el("option", { value: i }, query.title)));
  editor.value = `# Which programs go against which targets?\nSELECT ?program ?target WHERE {\n  ?program qa:hasTarget ?target .\n}\nORDER BY ?program`;

  const run = async () => {
    qa.fill(out, el("p", { class: "term" }, "Running …"));
    try {
      last = await qa.query(editor.value);
      results(out);
      qa.say(qa.count(last.total, "row"));
    } catch (error) {
      last = null;
      qa.fill(out, el("p", { class: "card error", role: "alert" }, error.message));
    }
  };

  qa.views.push(["sparql", "SPARQL", (host) => {
    if (host.contains(editor)) { if (last) results(out); return; }
    qa.fill(host, el("div", { class: "head" }, el("h2", {}, "SPARQL"), el("p", {}, `Oxigraph runs inside this page; nothing leaves it. Known prefixes: ${kit.names.join(", ")}.`)),
      editor, el("div", { class: "row" }, button("Run", run, { class: "run", title: "Ctrl + Enter" }), button("Stop", () => { stop(); qa.fill(out); }, { class: "quiet" }), examples), out);
    host.setAttribute("aria-label", "SPARQL");
  }]);
})();
