// Which choice moves a result, and whether it moves a band: one bar a choice from the lowest to the highest outcome,
// widest on top. Filled where a band changes, outlined where none does; the result as declared is the upright line.
//
// tornado({base, scale: [least, most] or null, unit: "" or "%", bands: [{from, name}], choices: [{name, low, high, moved}]},
// {key, title}); `moved` counts the goals whose band changes. Where only sizes are known, base 0, low 0, high the size.
import * as Plot from "@observablehq/plot";
import { ticks as even } from "d3";
import { number, t, tn } from "../words.js";
import { draw, drawn, INK, LINE, QUIET, SHEET, STRONG } from "./figure.js";
import { clipped } from "./ruler.js";

const ROW = 36, NAMES = 270, ENDS = 150;
const widthOf = ({ low, high }) => Math.round((+high - +low) * 1e6);

export function tornado({ base, scale = null, unit = "", bands = [], choices }, { key, title = t("What the choices move"), width = 800 } = {}) {
  const rows = [...choices].sort((a, b) => widthOf(b) - widthOf(a) || b.moved - a.moved).map((choice, row) => ({ ...choice, low: +choice.low, high: +choice.high, row }));
  const n = Math.max(rows.length, 1), told = (value) => (unit === "%" ? t("{n}%", { n: number(Math.round(value * 10) / 10) }) : number(Math.round(value * 100) / 100));
  const reach = Math.max(...rows.flatMap(({ low, high }) => [Math.abs(low - base), Math.abs(high - base)]), 0.1);
  // near the result, so that small moves are seen; never beyond the scale
  const wanted = [Math.min(base, ...rows.map((d) => d.low)) - reach * 0.3, Math.max(base, ...rows.map((d) => d.high)) + reach * 0.3];
  const [least, most] = scale ? [Math.max(scale[0], wanted[0]), Math.min(scale[1], wanted[1])] : [base === 0 ? 0 : wanted[0], wanted[1]];
  const edges = bands.filter(({ from }) => from > least && from < most), top = edges.length ? 46 : 26;
  const between = bands.map((band, at) => [band, Math.max(band.from, least), Math.min(at + 1 < bands.length ? bands[at + 1].from : Infinity, most)]).filter(([, from, to]) => to > from);
  const changes = (choice) => (choice.moved ? tn("{n} band changes", "{n} bands change", choice.moved) : t("no band changes"));
  const bars = { x1: "low", x2: "high", y1: (d) => d.row + 0.22, y2: (d) => d.row + 0.78 };
  const svg = draw({
    width, height: top + ROW * n + 4, marginTop: top, marginBottom: 4, marginLeft: NAMES, marginRight: ENDS,
    x: { domain: [least, most] }, y: { domain: [0, n], reverse: true },
    marks: [
      Plot.ruleY(Array.from({ length: rows.length + 1 }, (_, row) => row), { stroke: LINE, insetLeft: -NAMES, insetRight: -ENDS }),
      Plot.ruleX(even(least, most, 5), { y1: 0, y2: n, stroke: LINE }),
      Plot.ruleX(edges, { x: "from", y1: 0, y2: n, stroke: STRONG, strokeDasharray: "2 4", strokeWidth: 1.5 }),
      Plot.text(even(least, most, 5), { x: (d) => d, frameAnchor: "top", dy: -12, text: told, fill: QUIET }),
      edges.length && Plot.text(between, { x: ([, from, to]) => (from + to) / 2, frameAnchor: "top", dy: -32, text: ([band]) => clipped(band.name, 16), fill: QUIET }),
      Plot.rect(rows.filter((d) => d.moved && d.high > d.low), { ...bars, fill: INK }),
      Plot.rect(rows.filter((d) => !d.moved && d.high > d.low), { ...bars, fill: SHEET, stroke: INK, strokeWidth: 1.5 }),
      Plot.ruleX([base], { y1: 0, y2: n, stroke: SHEET, strokeWidth: 6 }),
      Plot.ruleX([base], { y1: 0, y2: n, stroke: INK, strokeWidth: 2 }),
      Plot.text(rows, { frameAnchor: "left", dx: -NAMES, y: (d) => d.row + 0.5, text: (d) => clipped(d.name, 52), title: (d) => (d.name.length > 52 ? d.name : ""), lineWidth: 18, textAnchor: "start" }),
      Plot.text(rows, { frameAnchor: "right", dx: ENDS, y: (d) => d.row + 0.5, text: changes, fontWeight: 700, textAnchor: "end" }),
      !rows.length && Plot.text([0], { x: (least + most) / 2, y: 0.5, text: () => t("No choice was tried."), fill: QUIET, stroke: SHEET, strokeWidth: 8 }),
    ].flat().filter(Boolean),
  });
  return drawn({
    key, title, svg, description: rows.map((choice) => `${choice.name}: ${told(choice.low)}–${told(choice.high)}, ${changes(choice)}`).join("; "),
    legend: rows.length ? [["moved", t("a band changes")], ["kept", t("no band changes")]] : [],
    heads: [t("Choice"), t("lowest"), t("highest"), t("Bands")],
    rows: rows.map((choice) => [choice.name, told(choice.low), told(choice.high), changes(choice)]),
  });
}
