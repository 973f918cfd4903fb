"use strict";
/* Elements made of text nodes only: nothing in this page parses a string as HTML. */

const qa = {};

/**
 * Make an element. `options` holds attributes; `on` holds listeners, `css` custom properties.
 * Children are nodes, strings (shown as they are), or null.
 */
qa.el = (tag, options = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, run] of Object.entries(value)) element.addEventListener(type, run);
    else if (name === "css") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined));
  return element;
};

/** Replace all children of an element. */
qa.fill = (element, ...children) => {
  element.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== undefined));
  return element;
};

/** A button that runs `run`. */
qa.button = (label, run, options = {}) => qa.el("button", { type: "button", ...options, on: { click: run } }, label);

/** A link, but only to https or to a place in this page; anything else stays text. */
qa.link = (label, url) => (/^(https:\/\/|#)/.test(url)
  ? qa.el("a", { href: url, rel: "noopener noreferrer", target: url[0] === "#" ? null : "_blank" }, label)
  : qa.el("span", {}, label));

/** The element with this id. */
qa.byId = (id) => document.getElementById(id);

/** Tell a screen reader, and whoever looks at the bottom line, what has happened. */
qa.say = (text) => { qa.byId("status").textContent = text; };

/** A small drawing of a class's shape, in the class's colour. */
qa.swatch = (kind) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  const { shape } = qa.kind(kind);
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.kind = kind;
  path.setAttribute("d", qa.shapePath(shape, 6));
  path.setAttribute(shape === "ring" ? "stroke" : "fill", qa.colour(kind));
  if (shape === "ring") { path.setAttribute("fill", "none"); path.setAttribute("stroke-width", "2.4"); }
  svg.append(path);
  return svg;
};
