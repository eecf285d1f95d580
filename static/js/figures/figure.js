// The frame of every figure: title, description for those who do not see it, and a table twin with the same numbers.
// Plot draws on a sheet of its own, so that nothing it styles inline ever reaches a page whose policy forbids it.
import * as Plot from "@observablehq/plot";
import { h, s } from "../dom.js";
import { t } from "../words.js";

const sheet = document.implementation.createHTMLDocument("");
let count = 0;

// An SVG by Plot, without its inline sheet; `title` and `description` are read out.
export function draw(options, title, description) {
  const svg = Plot.plot({ ...options, document: sheet, className: "figure", axis: null });
  svg.querySelectorAll("style").forEach((style) => style.remove());
  svg.querySelectorAll("g[aria-label]").forEach((group) => group.removeAttribute("aria-label")); // the title says it all
  return named(document.adoptNode(svg), title, description);
}

// Gives an SVG its name and description.
export function named(svg, title, description) {
  const id = `figure-${(count += 1)}`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${id}-t${description ? ` ${id}-d` : ""}`);
  svg.prepend(s("title", { id: `${id}-t` }, title), description ? s("desc", { id: `${id}-d` }, description) : "");
  return svg;
}

// A small table: heads, rows of cells; the first cell of each row heads it.
export function table(caption, heads, rows) {
  return h("table", { class: "table table--twin" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head, at) => h("th", { scope: "col", class: at ? "number" : null }, head)))),
    h("tbody", {}, rows.map(([first, ...rest]) =>
      h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", { class: "number" }, cell))))));
}

// A figure with its heading and its twin folded away beneath.
export function figure(key, title, svg, twin) {
  return h("figure", { class: "fig", "data-key": key },
    h("figcaption", {}, title),
    svg,
    twin && h("details", { class: "fig__twin", "data-key": `${key}-twin` }, h("summary", {}, t("As a table")), twin));
}
