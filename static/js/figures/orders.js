// How far each person orders the indicators as the others do: a dot a person from −1 to 1, sorted and without names.
//
// orders(["-0.12", "0.41", …], {key, title})
import * as Plot from "@observablehq/plot";
import { number, t } from "../words.js";
import { draw, drawn, INK, LINE, QUIET, SHEET } from "./figure.js";

const TALL = 84, SIZE = 8;
const round = (value) => Math.round(value * 100) / 100;

export function orders(values, { key, title = t("Each person's agreement with the order of the others (mean rank correlation)"), width = 300 } = {}) {
  const each = values.map(Number).sort((a, b) => a - b), stacks = new Map();
  const dots = each.map((value) => {
    const place = Math.round(((value + 1) * (width - 40)) / 2 / (SIZE + 1)), level = stacks.get(place) || 0; // dots that would cover each other are stacked
    stacks.set(place, level + 1);
    return { x: (place * (SIZE + 1) * 2) / (width - 40) - 1, y: level * (SIZE + 1) + SIZE / 2 + 3 };
  });
  const tall = Math.max(TALL, ...dots.map((dot) => dot.y + SIZE));
  const svg = draw({
    width, height: tall + 26, marginTop: 4, marginBottom: 22, marginLeft: 20, marginRight: 20,
    x: { domain: [-1, 1] }, y: { domain: [0, tall] },
    marks: [
      Plot.ruleX([0], { stroke: LINE }),
      Plot.dot(dots, { x: "x", y: "y", r: SIZE / 2, fill: QUIET }),
      Plot.ruleY([0], { stroke: INK, strokeWidth: 1.5 }),
      Plot.text([-1, 0, 1], { x: (d) => d, y: 0, dy: 14, text: (d) => number(d), fill: QUIET }),
      Plot.text(each.length ? [] : [0], { x: 0, y: tall / 2, text: () => t("No figures yet."), fill: QUIET, stroke: SHEET, strokeWidth: 8 }),
    ],
  });
  return drawn({
    key, title, svg, description: each.map((value) => number(round(value))).join("; "), legend: each.length ? [["dot", t("one person")]] : [],
    heads: [t("Place"), t("Rank correlation")], rows: each.map((value, at) => [number(at + 1), number(round(value))]),
  });
}
