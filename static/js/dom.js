// Elements from calls. Text only ever becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

function give(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in PROPERTIES) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PROPERTIES = { checked: 1, disabled: 1, value: 1, hidden: 1 };

// h("p", {class: "quiet"}, "text", other)
export function h(tag, attributes, ...children) {
  return give(document.createElement(tag), attributes, children);
}

// New children in place of the old (replaceChildren came with Chrome 86).
export function fill(element, ...children) {
  element.textContent = "";
  return give(element, {}, children);
}

// As h, for figures.
export function s(tag, attributes, ...children) {
  return give(document.createElementNS(SVG, tag), attributes, children);
}

export function icon(name) {
  return h("span", { class: `icon icon--${name}`, "aria-hidden": "true" });
}

export function shape() {
  return h("span", { class: "shape", "aria-hidden": "true" });
}

// A JSON block that the page brought along.
export function block(id) {
  const found = document.getElementById(id);
  return found ? JSON.parse(found.textContent) : null;
}
