// The plan against the profile: goals down, pillars across, how many initiatives tie them. A goal that none reaches and
// a pillar tied to no goal are holes: dashed all along, and named. It counts what it is given and judges no plan.
//
// matrix({goals: [{id, name, dimension, weak}], pillars: [{id, name}], links: [{goal, pillar, count}]}, {key, title})
import * as Plot from "@observablehq/plot";
import { number, t, tn } from "../words.js";
import { draw, drawn, INK, LINE, QUIET } from "./figure.js";
import { clipped, dyeOf, inkOf, SHAPES } from "./ruler.js";

const ROW = 36, NAMES = 260, COLUMN = 92, TOTAL = 150, HEAD = 84;
const HOLE = { fill: "none", stroke: INK, strokeWidth: 1.5, strokeDasharray: "5 4" };

export function matrix({ goals, pillars, links }, { key, title = t("Goals and pillars of the plan") } = {}) {
  const tied = (test) => links.filter(test).reduce((sum, link) => sum + link.count, 0);
  const cells = goals.flatMap((goal, row) => pillars.map((pillar, column) => ({ goal, row, column, count: tied((link) => link.goal === goal.id && link.pillar === pillar.id) })));
  const rows = goals.map((goal, row) => ({ ...goal, row, count: tied((link) => link.goal === goal.id) }));
  const columns = pillars.map((pillar, column) => ({ ...pillar, column, count: tied((link) => link.pillar === pillar.id) }));
  const n = Math.max(rows.length, 1), across = Math.max(columns.length, 1), empty = !rows.length || !columns.length;
  const open = rows.filter((goal) => !goal.count), loose = columns.filter((pillar) => !pillar.count);
  const total = (goal) => (goal.count ? number(goal.count) : goal.weak ? t("weak, no initiative") : t("no initiative"));
  const box = (inset) => ({ x1: (d) => d.column, x2: (d) => d.column + 1, y1: (d) => d.row, y2: (d) => d.row + 1, inset });
  const svg = draw({
    width: NAMES + across * COLUMN + TOTAL, height: HEAD + ROW * n + 44, marginTop: HEAD, marginBottom: 44, marginLeft: NAMES, marginRight: TOTAL,
    x: { domain: [0, across] }, y: { domain: [0, n], reverse: true },
    marks: empty ? [Plot.text([0], { x: across / 2, y: n / 2, text: () => t("No links to a plan yet."), fill: QUIET })] : [
      Plot.ruleY(Array.from({ length: n + 1 }, (_, row) => row), { stroke: LINE, insetLeft: -NAMES, insetRight: -TOTAL }),
      Plot.rect(cells.filter((d) => d.count), { ...box(3), fill: (d) => inkOf(d.goal.dimension) }),
      Plot.text(cells.filter((d) => d.count), { x: (d) => d.column + 0.5, y: (d) => d.row + 0.5, text: (d) => number(d.count), fill: "var(--on-ink)", fontWeight: 700 }),
      Plot.dot(cells.filter((d) => !d.count && d.goal && rows[d.row].count && columns[d.column].count), { x: (d) => d.column + 0.5, y: (d) => d.row + 0.5, r: 1.5, fill: QUIET }),
      Plot.rect(open, { x1: 0, x2: across, y1: (d) => d.row, y2: (d) => d.row + 1, inset: 4, ...HOLE }),
      Plot.rect(loose, { x1: (d) => d.column, x2: (d) => d.column + 1, y1: 0, y2: n, inset: 4, ...HOLE }),
      Plot.dot(rows.filter((goal) => goal.dimension), { frameAnchor: "left", dx: -NAMES + 6, y: (d) => d.row + 0.5, r: 5, symbol: (d) => SHAPES[dyeOf(d.dimension)], fill: (d) => inkOf(d.dimension) }),
      Plot.text(rows, { frameAnchor: "left", dx: -NAMES + 20, y: (d) => d.row + 0.5, text: (d) => clipped(`${d.id} ${d.name}`, 60), title: (d) => (d.name.length > 54 ? d.name : ""), lineWidth: 17, textAnchor: "start" }),
      Plot.text(columns, { x: (d) => d.column + 0.5, frameAnchor: "top", dy: -10, text: (d) => clipped(d.name, 44), title: (d) => (d.name.length > 44 ? d.name : ""), lineWidth: 6.4, lineAnchor: "bottom" }),
      Plot.text(rows, { frameAnchor: "right", dx: 14, y: (d) => d.row + 0.5, text: total, fontWeight: 700, textAnchor: "start" }),
      Plot.text(columns, { x: (d) => d.column + 0.5, frameAnchor: "bottom", dy: 22, text: (d) => (d.count ? number(d.count) : t("no goal")), fontWeight: 700 }),
      Plot.text([t("initiatives")], { frameAnchor: "bottom-left", dx: -NAMES, dy: 22, text: (d) => d, fill: QUIET, textAnchor: "start" }),
    ],
    color: { type: "identity" },
  });
  const holes = [open.length && tn("{n} goal without an initiative", "{n} goals without an initiative", open.length) + ": " + open.map((goal) => `${goal.id} ${goal.name}`).join(", "),
    loose.length && tn("{n} pillar tied to no goal", "{n} pillars tied to no goal", loose.length) + ": " + loose.map((pillar) => pillar.name).join(", ")].filter(Boolean);
  return drawn({
    key, title, svg, description: empty ? t("No links to a plan yet.") : holes.join(". ") || t("Every goal has an initiative and every pillar a goal."),
    legend: empty ? [] : [["full", t("initiatives")], ...(holes.length ? [["hole", t("hole: nothing ties them")]] : [])],
    heads: [t("Goal"), ...pillars.map((pillar) => pillar.name), t("initiatives")],
    rows: rows.map((goal) => [`${goal.id} ${goal.name}`, ...cells.filter((d) => d.row === goal.row).map((d) => number(d.count)), total(goal)]),
  });
}
