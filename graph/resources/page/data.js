"use strict";
/* The data of the page, parsed once, and the indices that the rest asks. */

(() => {
  const read = (id) => JSON.parse(qa.byId(id).textContent);
  const group = (map, key, value) => {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(value);
  };
  const drawing = read("drawing");
  const kinds = new Map(drawing.kinds.map((kind) => [kind.kind, kind]));

  qa.drawing = drawing;
  qa.many = drawing.calls.length > 1;
  qa.nodes = new Map();
  qa.edges = new Map();
  qa.edgesOf = new Map();
  qa.byKind = new Map(drawing.kinds.map(({ kind }) => [kind, []]));
  for (const node of read("nodes")) {
    node.kind = node.group;
    qa.nodes.set(node.id, node);
    qa.byKind.get(node.kind).push(node);
  }
  for (const edge of read("edges")) {
    qa.edges.set(edge.id, edge);
    group(qa.edgesOf, edge.from, edge);
    if (edge.to !== edge.from) group(qa.edgesOf, edge.to, edge);
  }

  qa.statementsOf = new Map();
  drawing.statements.forEach((statement) => {
    group(qa.statementsOf, statement.s, statement);
    if (statement.o !== statement.s) group(qa.statementsOf, statement.o, statement);
  });
  qa.questionById = new Map();
  qa.questionsOf = new Map();
  for (const question of drawing.questions) {
    qa.questionById.set(question.id, question);
    const touched = new Set([question.by, ...question.about, ...question.answeredBy]);
    if (question.behalf) touched.add(question.behalf);
    for (const id of touched) group(qa.questionsOf, id, question);
  }
  qa.factsOf = new Map();
  for (const fact of drawing.facts) {
    const refs = fact.props.map(([, value]) => value && value.ref).filter(Boolean);
    for (const id of new Set([fact.subject, ...refs])) if (id) group(qa.factsOf, id, fact);
  }
  qa.conflictsOf = new Map();
  for (const conflict of drawing.conflicts) group(qa.conflictsOf, conflict.about, conflict);
  qa.mentionsOf = new Map();
  drawing.calls.forEach((call, c) => {
    for (const [id, s, e] of call.mentions) group(qa.mentionsOf, id, { c, s, e });
  });
  qa.participant = new Map();
  qa.participations = new Map();
  for (const person of drawing.participants) {
    qa.participant.set(`${person.c} ${person.id}`, person);
    group(qa.participations, person.id, person);
  }

  /** How a class looks; unknown classes cannot happen, Python lists every class it uses. */
  qa.kind = (kind) => kinds.get(kind);
  qa.label = (id) => (qa.nodes.has(id) ? qa.nodes.get(id).label : String(id));
  let dark = false;
  /** Choose the palette once for each theme: thousands of chips ask for their colour. */
  qa.readTheme = () => { dark = qa.dark(); };
  qa.colour = (kind) => (dark ? kinds.get(kind).dark : kinds.get(kind).light);

  /** The words of an evidence or of any span of a call. */
  qa.quote = (span) => span.q ?? (drawing.calls[span.c].text ?? "").slice(span.s, span.e);

  /** The index of the turn that holds an offset, or -1. */
  qa.turnAt = (c, offset) => {
    const { turns } = drawing.calls[c];
    let low = 0;
    let high = turns.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (offset < turns[middle][2]) high = middle - 1;
      else if (offset >= turns[middle][3]) low = middle + 1;
      else return middle;
    }
    return -1;
  };

  /** The sentence around a span: [start, end], at most about 300 units on either side. */
  qa.sentence = (span) => {
    const { text } = drawing.calls[span.c];
    if (text === null) return null;
    const turn = qa.turnAt(span.c, span.s);
    const [, , from, to] = turn < 0 ? [0, 0, Math.max(0, span.s - 120), span.e + 120] : drawing.calls[span.c].turns[turn];
    const before = text.slice(Math.max(from, span.s - 300), span.s);
    const after = text.slice(span.e, Math.min(to, span.e + 300));
    const cut = Math.max(before.lastIndexOf(". "), before.lastIndexOf("? "), before.lastIndexOf("! "), before.lastIndexOf("\n") - 1);
    const stop = after.search(/[.?!](\s|$)|\n/);
    return [cut < 0 ? span.s - before.length : span.s - before.length + cut + 2, stop < 0 ? span.e + after.length : span.e + stop + 1];
  };

  /** The firm of a person in a call, by name, or "". */
  qa.firm = (id, c) => {
    const person = qa.participant.get(`${c} ${id}`);
    if (!person || !person.firms.length) return "";
    const [organization, name] = person.firms[0];
    return qa.nodes.has(organization) ? qa.label(organization) : name;
  };

  /** "Analyst, Baird" or "Chief Medical Officer": who somebody is in a call. */
  qa.role = (id, c) => {
    const person = qa.participant.get(`${c} ${id}`);
    if (!person) return "";
    const firm = qa.firm(id, c);
    if (person.titles.length && person.kind !== "Analyst") return person.titles[0][0];
    return [person.kind.toLowerCase(), firm].filter(Boolean).join(", ");
  };

  /** "Cellectis Q4 2020": a call in few words. */
  qa.callName = (c) => {
    const call = drawing.calls[c];
    const name = call.ticker || call.company || call.id;
    return [name, call.period].filter(Boolean).join(" ");
  };
})();
