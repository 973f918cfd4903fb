"use strict";
/* Guidance over time: each promise as a bar between its first and its last day. */

(() => {
  const { el, button } = qa;
  const { drawing } = qa;
  const get = (fact, name) => fact.props.find(([key]) => key === name)?.[1];
  const day = (text) => (text ? Date.parse(`${text}T00:00:00Z`) : NaN);

  /** A promise in words: what, and until when as said. */
  const due = (fact) => get(fact, "dueText")
    ?? [get(fact, "notBefore"), get(fact, "notAfter")].filter(Boolean).map(qa.date).join(" – ");

  const scale = (facts) => {
    const days = facts.flatMap((fact) => [day(get(fact, "notBefore")), day(get(fact, "notAfter"))])
      .concat(drawing.calls.map((call) => day(call.date))).filter(Number.isFinite);
    if (!days.length) return null;
    const first = new Date(Math.min(...days)).getUTCFullYear();
    // A promise for 2040 must not squeeze the next two years into nothing.
    const last = Math.min(new Date(Math.max(...days)).getUTCFullYear(), first + 7);
    const [from, to] = [Date.UTC(first, 0, 1), Date.UTC(last + 1, 0, 1)];
    return { first, last, at: (time) => Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100)) };
  };

  const bar = (fact, axis) => {
    const [from, to] = [day(get(fact, "notBefore")), day(get(fact, "notAfter"))];
    if (!axis || (!Number.isFinite(from) && !Number.isFinite(to))) return el("div", { class: "track" });
    const start = axis.at(Number.isFinite(from) ? from : day(drawing.calls[fact.c].date) || to);
    const end = axis.at(Number.isFinite(to) ? to : from);
    const said = axis.at(day(drawing.calls[fact.c].date));
    return el("div", { class: "track", title: due(fact), css: { "--years": axis.last - axis.first + 1 } },
      Number.isFinite(said) ? el("i", { class: "said", css: { left: `${said}%` }, title: "The call" }) : null,
      el("i", { class: `span ${fact.cert}`, css: { left: `${start}%`, width: `${Math.max(1, end - start)}%` } }));
  };

  const saidBy = (fact) => {
    const by = drawing.evidence[fact.ev[0]]?.by;
    return [by ? qa.nodeButton(by) : null, qa.many ? el("span", { class: "firm" }, qa.callName(fact.c)) : null].filter(Boolean);
  };

  /** All guidance: by subject, then by when it is due; the promises of several calls stand together. */
  qa.guidanceView = () => {
    const facts = drawing.facts.filter((fact) => fact.kind === "Guidance" && qa.passes(fact)
      && qa.holdsWords([qa.label(fact.subject ?? ""), qa.factLine(fact), qa.callName(fact.c), ...fact.ev.map((i) => qa.quote(drawing.evidence[i]))].join(" ")));
    const columns = [
      { name: "About", of: (f) => (f.subject ? qa.nodeButton(f.subject) : "") },
      { name: "Promise", of: (f) => qa.cited(qa.value(get(f, "promise") ?? "") || qa.factLine(f), f.ev), class: "wide" },
      { name: "When, as said", of: due, sort: (f) => get(f, "notAfter") ?? get(f, "notBefore") ?? "9" },
      { name: "Said by", of: (f) => saidBy(f) },
      { name: "How firmly", of: (f) => (f.pol === "negated" ? "denied" : f.cert) },
    ];
    const axis = scale(facts);
    if (axis) {
      columns.splice(3, 0, { name: `${axis.first} – ${axis.last}`, of: (f) => bar(f, axis), class: "time", sort: (f) => get(f, "notBefore") ?? "9" });
    }
    const order = (f) => `${qa.label(f.subject ?? "~")}\u0000${get(f, "notBefore") ?? get(f, "notAfter") ?? "9"}`;
    facts.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return { facts, table: qa.table("guidance", columns, facts, (f) => f.subject && qa.showNode(f.subject)) };
  };

  /** A button that opens the first quote in the transcript, or unfolds it where the text is not there. */
  qa.wordsButton = (evidence) => {
    if (!evidence.length) return "";
    const span = drawing.evidence[evidence[0]];
    if (drawing.calls[span.c].text === null) return el("q", {}, qa.quote(span));
    const quote = qa.quote(span);
    return button(el("q", {}, quote.length > 90 ? `${quote.slice(0, 88)}…` : quote), () => qa.showSpan(span), { class: "quiet left", title: "Read in the transcript" });
  };
})();
