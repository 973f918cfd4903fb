"use strict";
/* Names of relations, judgements and values as an analyst reads them. */

(() => {
  const SPECIAL = {
    asked: "asked", about: "is about", answeredBy: "answered by", askedAbout: "asked about", askedAtCallOf: "asked at the call of",
    broader: "is a kind of", counterparty: "has a deal with", forIndication: "for",
    notBefore: "from", notAfter: "until", dueText: "when, as said", termKind: "kind",
  };
  const RESPONSES = {
    Answered: "Answered", PartlyAnswered: "Partly answered", Deferred: "Deferred",
    Declined: "Declined", NotAddressed: "Not addressed",
  };
  /** The judgements in the order of the legend. */
  qa.responses = Object.keys(RESPONSES);
  qa.responseWord = (name) => RESPONSES[name] ?? "Not judged";

  /** "hasTarget" -> "has target". */
  qa.words = (name) => SPECIAL[name] ?? String(name)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[-_]+/g, " ").toLowerCase();

  /** The same with a capital at the start. */
  qa.title = (name) => {
    const words = qa.words(name);
    return words.charAt(0).toUpperCase() + words.slice(1);
  };

  /** Digits in groups of three; the browser's own formatter takes longer to start than the page. */
  const grouped = (digits) => digits.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");

  /** "1 question", "12 questions". */
  qa.count = (number, one, many = `${one}s`) => `${grouped(String(number))} ${number === 1 ? one : many}`;

  /** "5 March 2021"; anything else stays. */
  qa.date = (text) => {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found) return text;
    const month = ["January", "February", "March", "April", "May", "June", "July", "August",
      "September", "October", "November", "December"][Number(found[2]) - 1];
    return month ? `${Number(found[3])} ${month} ${found[1]}` : text;
  };

  /** A value of a fact as text; long numbers get separators. */
  qa.value = (value) => {
    if (value && typeof value === "object") return qa.label(value.ref);
    if (typeof value === "boolean") return value ? "yes" : "no";
    const text = String(value);
    if (/^-?\d{5,}(\.\d+)?$/.test(text)) return grouped(text);
    return qa.date(text);
  };

  /** "up to USD 410,000,000": the amount of a deal or a figure. */
  qa.amount = (fact) => {
    const get = (name) => fact.props.find(([key]) => key === name)?.[1];
    const number = get("amount") ?? get("value");
    if (number === undefined) return "";
    const size = Number(number);
    const short = Math.abs(size) >= 1e9 ? `${+(size / 1e9).toFixed(2)} billion`
      : Math.abs(size) >= 1e6 ? `${+(size / 1e6).toFixed(2)} million` : qa.value(number);
    const bound = { upTo: "up to", over: "over" }[get("bound")] ?? "";
    return [bound, get("currency") ?? "", short, get("unit") ?? ""].filter(Boolean).join(" ");
  };

  /** The fact in one line, without its subject. */
  qa.factLine = (fact) => {
    const skip = new Set(["amount", "value", "currency", "bound", "unit"]);
    const rest = fact.props.filter(([name]) => !skip.has(name))
      .map(([name, value]) => (["promise", "status", "measure", "metric"].includes(name)
        ? qa.value(value) : `${qa.words(name)} ${qa.value(value)}`));
    return [qa.amount(fact), ...rest].filter(Boolean).join(" · ");
  };
})();
