/* Runs inside a Worker, after Oxigraph's own script: loads the dataset once, answers queries. */
/* global initSync, Store */
"use strict";

let store = null;

/** Unpack gzip bytes; the data of the page is kept small. */
const unpack = async (bytes) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());

const term = (value) => (value === undefined || value === null ? null
  : { kind: value.termType, text: value.termType === "Quad" || value.termType === "Triple" ? value.toString() : value.value });

const boot = async ({ module, data }) => {
  initSync({ module: await unpack(module) });
  store = new Store();
  store.load(new TextDecoder().decode(await unpack(data)), { format: "application/n-quads" });
  // Queries without GRAPH see each triple once, however many calls state it.
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
};

const answer = (query, limit) => {
  const result = store.query(query);
  if (typeof result === "boolean") return { columns: ["answer"], rows: [[{ kind: "Literal", text: String(result) }]], total: 1 };
  if (typeof result === "string") return { columns: ["answer"], rows: [[{ kind: "Literal", text: result }]], total: 1 };
  const solutions = result.length && result[0] instanceof Map;
  if (!solutions) return { columns: ["subject", "predicate", "object"], rows: result.slice(0, limit).map((quad) => [quad.subject, quad.predicate, quad.object].map(term)), total: result.length };
  const columns = [...new Set(result.flatMap((row) => [...row.keys()]))];
  return { columns, rows: result.slice(0, limit).map((row) => columns.map((name) => term(row.get(name)))), total: result.length };
};

self.onmessage = async ({ data }) => {
  try {
    if (data.module) {
      await boot(data);
      self.postMessage({ ready: true });
    } else self.postMessage({ id: data.id, result: answer(data.query, data.limit) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error.message ?? error) });
  }
};
