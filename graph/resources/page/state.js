"use strict";
/* What the reader has chosen. It lives in the address after "#", so a link shows the same again. */

(() => {
  const fresh = () => ({
    view: "graph", node: "", edge: "", off: [], extra: [], all: false, weak: false, hops: 0,
    firm: "", speaker: "", call: "", conf: 0, cert: "", path: "", theme: "", tab: "details", at: "",
    sort: "", find: "",
  });
  const listeners = [];
  qa.state = fresh();

  /** Run `listener(changed names)` after each change. */
  qa.onChange = (listener) => listeners.push(listener);

  /** Change some of the state; listeners hear the names of what really changed. */
  qa.set = (patch, { silent = false } = {}) => {
    const changed = Object.keys(patch).filter((name) => String(qa.state[name]) !== String(patch[name]));
    if (!changed.length) return;
    Object.assign(qa.state, patch);
    if (!silent) write();
    for (const listener of listeners) listener(new Set(changed));
  };

  /** Whether the dark colours are on: chosen, or else as the system says. */
  qa.dark = () => (qa.state.theme ? qa.state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

  const write = () => {
    const start = fresh();
    const pairs = Object.entries(qa.state)
      .filter(([name, value]) => String(value) !== String(start[name]))
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value)).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%3A/g, ":")}`);
    // Inside a notebook the page has no address of its own and the browser refuses.
    try { history.replaceState(null, "", pairs.length ? `#${pairs.join("&")}` : "#"); } catch { /* no address */ }
  };

  /** Take the state from the address; what it does not name is as at the start. */
  qa.readHash = () => {
    const next = fresh();
    for (const pair of location.hash.slice(1).split("&")) {
      const at = pair.indexOf("=");
      const name = pair.slice(0, at);
      if (at < 0 || !Object.hasOwn(next, name)) continue;
      let text = pair.slice(at + 1);
      try { text = decodeURIComponent(text); } catch { /* a broken escape stays as typed */ }
      if (Array.isArray(next[name])) next[name] = text ? text.split(",") : [];
      else if (typeof next[name] === "boolean") next[name] = text === "true";
      else if (typeof next[name] === "number") next[name] = Number(text) || 0;
      else next[name] = text;
    }
    if (!qa.drawing.calls[next.call]) next.call = "";
    if (!qa.nodes.has(next.node)) next.node = "";
    if (!qa.edges.has(Number(next.edge))) next.edge = "";
    qa.set(next, { silent: true });
  };

  /** Show a node: in the picture, in the panel. */
  qa.showNode = (id, patch = {}) => qa.set({ node: id, edge: "", path: "", tab: "details", ...patch });
  qa.showEdge = (id, patch = {}) => qa.set({ edge: String(id), node: "", path: "", tab: "details", ...patch });

  /** Show a span in the transcript. */
  qa.showSpan = (span) => qa.set({ tab: "transcript", at: `${span.c}:${span.s}-${span.e}` });
})();
