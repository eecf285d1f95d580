// The frame of every figure: title, legend, drawing, and folded away beneath it the table twin and the files to keep.
// Plot draws on a sheet of its own, so that nothing it styles inline ever reaches a page whose policy forbids it.
//
// A figure module returns {key, title, description, legend, svg, heads, rows}: `legend` pairs signs with words, `heads`
// and `rows` are the twin. `body` stands in place of `svg` where a table holds small drawings, and `picture()` draws
// the file where the page shows no single drawing.
import * as Plot from "@observablehq/plot";
import { h, s } from "../dom.js";
import { t } from "../words.js";
import { sign } from "./signs.js";

const sheet = document.implementation.createHTMLDocument("");
const known = new Map();

export const INK = "var(--ink)", QUIET = "var(--ink-2)", SUNK = "var(--sunk)", LINE = "var(--line)", STRONG = "var(--line-strong)", SHEET = "var(--sheet)";

// An SVG by Plot, without its inline sheet and without axes of its own.
export function draw(options) {
  const svg = Plot.plot({ ...options, document: sheet, className: "figure", axis: null });
  svg.querySelectorAll("style").forEach((style) => style.remove());
  svg.querySelectorAll("[aria-label]").forEach((group) => group.removeAttribute("aria-label")); // title and description say it all
  svg.classList.add("plot");
  return document.adoptNode(svg);
}

// Gives an SVG its name and description, which are read out in its place.
export function named(svg, { key, title, description }) {
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", `${key}-t${description ? ` ${key}-d` : ""}`);
  svg.prepend(s("title", { id: `${key}-t` }, title), description ? s("desc", { id: `${key}-d` }, description) : "");
  return svg;
}

// What a figure module returns, its drawing named.
export function drawn(figure) {
  if (figure.svg) named(figure.svg, figure);
  return { legend: [], ...figure };
}

// A small table: heads, rows of cells; the first cell of each row heads it.
export function table(caption, heads, rows) {
  return h("table", { class: "table table--twin" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head, at) => h("th", { scope: "col", class: at ? "number" : null }, head)))),
    h("tbody", {}, rows.map(([first, ...rest]) =>
      h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", { class: "number" }, cell))))));
}

// The figure that was last framed under a key.
export const figureOf = (key) => known.get(key);

function legend(pairs) {
  return pairs.length ? h("ul", { class: "fig__legend" }, pairs.map(([form, word]) => h("li", {}, sign(form), h("span", {}, word)))) : null;
}

// The twin and the files of a figure, folded away; pages that call `saving` answer its buttons.
export function foot(figure) {
  known.set(figure.key, figure);
  return h("details", { class: "fig__twin", "data-key": `${figure.key}-twin` },
    h("summary", {}, figure.rows ? t("Table, SVG, PNG") : t("SVG, PNG"), h("span", { class: "unseen" }, ": ", figure.title)),
    figure.rows && h("div", { class: "fig__table", tabindex: 0, role: "group", "aria-label": figure.title }, table(figure.title, figure.heads, figure.rows)),
    h("p", { class: "fig__files" }, ["svg", "png"].map((kind) =>
      h("button", { class: "button button--compact", type: "button", "data-save": kind, "data-figure": figure.key },
        kind === "svg" ? t("Save as SVG") : t("Save as PNG")))));
}

// Wide drawings keep their letters readable on a narrow screen and are scrolled instead.
function drawing({ svg, body, title }) {
  if (!svg || Number(svg.getAttribute("width")) <= 480) return h("div", { class: "fig__drawing" }, body || svg);
  return h("div", { class: "fig__drawing fig__drawing--wide", tabindex: 0, role: "group", "aria-label": title }, svg);
}

// The whole frame; `caption` where the page words the title otherwise, `more` for a control of the page's own.
export function framed(figure, { caption = figure.title, more = null } = {}) {
  return h("figure", { class: "fig", "data-key": figure.key },
    h("figcaption", { class: "fig__title" }, caption), more, legend(figure.legend),
    drawing(figure), foot(figure));
}
