// How sure the goals are: from the lowest to the highest that other raters of the same kind would have given, the value
// as a dot, the earlier survey hollow, and the edges of the bands behind them; hatched where indicators are not agreed.
//
// intervals({scale: [least, most], unit: "" or "%", bands: [{from, name}], goals: [{id, name, dimension, value, low, high,
// interview, withheld, from, to}]}, {key, title}); numbers or decimals as text, null where there is none; bands lowest
// first; `from` and `to`, the ends between which what is not agreed leaves a goal, may be left out of all.
import * as Plot from "@observablehq/plot";
import { ticks as even } from "d3";
import { number, t } from "../words.js";
import { draw, drawn, INK, LINE, QUIET, SHEET, STRONG } from "./figure.js";
import { clipped, dyeOf, inkOf, SHAPES } from "./ruler.js";
import { hatching } from "./signs.js";

const ROW = 36, NAMES = 260, ENDS = 96;
const given = (value) => value !== null && value !== undefined;

export function intervals({ scale: [least, most], unit = "", bands = [], goals }, { key, title = t("How sure the goals are"), width = 800 } = {}) {
  const n = Math.max(goals.length, 1), at = (_, row) => row + 0.5;
  const said = (places) => (value) => {
    const text = number(Math.round(+value * 10 ** places) / 10 ** places);
    return unit === "%" ? t("{n}%", { n: text }) : text;
  };
  const told = said(1), exact = said(2);
  const rows = goals.map((goal, row) => ({ ...goal, row: row + 0.5, seen: !goal.withheld && given(goal.value) }));
  const sure = rows.filter((goal) => goal.seen && given(goal.low));
  const span = (goal) => (!goal.seen ? "–" : given(goal.low) ? `${told(goal.low)}–${told(goal.high)}` : told(goal.value));
  const inner = bands.filter(({ from }) => from > least && from < most);
  const named = bands.map((band, place) => ({ ...band, to: place + 1 < bands.length ? bands[place + 1].from : most }));
  const open = rows.filter((goal) => goal.seen && given(goal.from) && +goal.from < +goal.to), sampled = rows.some((goal) => given(goal.from));
  const top = bands.length ? 46 : 26;
  const svg = draw({
    width, height: top + ROW * n + 4, marginTop: top, marginBottom: 4, marginLeft: NAMES, marginRight: ENDS,
    x: { domain: [least, most] }, y: { domain: [0, n], reverse: true },
    marks: [
      Plot.ruleY(Array.from({ length: goals.length + 1 }, (_, row) => row), { stroke: LINE, insetLeft: -NAMES, insetRight: -ENDS }),
      Plot.ruleX(even(least, most, 5), { y1: 0, y2: n, stroke: LINE }),
      Plot.ruleX(inner, { x: "from", y1: 0, y2: n, stroke: STRONG, strokeDasharray: "2 4", strokeWidth: 1.5 }),
      Plot.text(even(least, most, 5), { x: (d) => d, frameAnchor: "top", dy: -12, text: told, fill: QUIET }),
      Plot.text(named, { x: (d) => (Math.max(d.from, least) + d.to) / 2, frameAnchor: "top", dy: -32, text: (d) => clipped(d.name, 14), fill: QUIET }),
      open.length ? [SHEET, `url(#${key}-hatch)`].map((fill) => Plot.rect(open, { x1: (d) => +d.from, x2: (d) => +d.to, y1: (d) => d.row - 0.26, y2: (d) => d.row + 0.26, fill, stroke: INK, strokeWidth: 1 })) : [],
      Plot.link(sure, { x1: (d) => +d.low, x2: (d) => +d.high, y1: "row", y2: "row", stroke: (d) => inkOf(d.dimension), strokeWidth: 4, strokeLinecap: "butt" }),
      ["low", "high"].map((end) => Plot.ruleX(sure, { x: (d) => +d[end], y1: (d) => d.row - 0.2, y2: (d) => d.row + 0.2, stroke: (d) => inkOf(d.dimension), strokeWidth: 2.5 })),
      Plot.dot(rows.filter((goal) => given(goal.interview)), { x: (d) => +d.interview, y: "row", r: 6.5, fill: SHEET, stroke: INK, strokeWidth: 2 }),
      Plot.dot(rows.filter((goal) => goal.seen), { x: (d) => +d.value, y: "row", r: 7, fill: (d) => inkOf(d.dimension), stroke: SHEET, strokeWidth: 1.5 }),
      Plot.rect(rows.filter((goal) => goal.withheld), { x1: least, x2: most, y1: (d) => d.row - 0.25, y2: (d) => d.row + 0.25, fill: "var(--withheld)" }),
      Plot.text(rows.filter((goal) => goal.withheld), { x: (least + most) / 2, y: "row", text: () => t("hidden (fewer than five)"), fill: INK }),
      Plot.dot(rows.filter((goal) => goal.dimension), { frameAnchor: "left", dx: -NAMES + 6, y: "row", r: 5, symbol: (d) => SHAPES[dyeOf(d.dimension)], fill: (d) => inkOf(d.dimension) }),
      Plot.text(rows, { frameAnchor: "left", dx: -NAMES + 20, y: at, text: (d) => clipped(`${d.id} ${d.name}`, 60), title: (d) => (d.name.length > 54 ? d.name : ""), lineWidth: 17, textAnchor: "start" }),
      Plot.text(rows, { frameAnchor: "right", dx: ENDS, y: at, text: span, fontWeight: 700, textAnchor: "end" }),
      !goals.length && Plot.text([0], { x: (least + most) / 2, y: 0.5, text: () => t("No figures yet."), fill: QUIET, stroke: SHEET, strokeWidth: 8 }),
    ].flat(2).filter(Boolean),
    color: { type: "identity" },
  });
  if (open.length) svg.prepend(hatching(`${key}-hatch`));
  return drawn({
    key, title, svg, description: rows.map((goal) => `${goal.id} ${goal.name}: ${goal.seen ? `${told(goal.value)} (${span(goal)})` : "–"}`).join("; "),
    legend: [["room", t("score")], ["span", sampled ? t("interval of {n}%", { n: 95 }) : t("where it may lie")], ...(open.length ? [["hatch", t("not agreed")]] : []), ...(rows.some((goal) => given(goal.interview)) ? [["hollow", t("interview")]] : [])],
    heads: [t("Goal"), t("score"), t("lowest"), t("highest"), ...(sampled ? [t("not agreed")] : []), t("interview")],
    rows: rows.map((goal) => [`${goal.id} ${goal.name}`,
      ...["value", "low", "high"].map((end) => (goal.withheld ? t("hidden") : goal.seen && given(goal[end]) ? exact(goal[end]) : "–")),
      ...(sampled ? [open.includes(goal) ? `${exact(goal.from)}–${exact(goal.to)}` : "–"] : []),
      given(goal.interview) ? exact(goal.interview) : "–"]),
  });
}
