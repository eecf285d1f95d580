// The room against the earlier survey: full is the room's median, shaded its middle half, hollow the interview, a hollow
// diamond the measured data; the line between them is the difference. Widest difference first.
//
// dumbbell([{item, name, value, q1, q3, interview, metric, withheld}], scale, {key, title}); `row` draws one of them.
import * as Plot from "@observablehq/plot";
import { number, t } from "../words.js";
import { draw, drawn, INK, LINE, named, QUIET, SHEET, STRONG, SUNK } from "./figure.js";
import { clipped, ruler, ticks } from "./ruler.js";

const ROW = 40, NAMES = 250, ENDS = 110;
const ACCENT = "var(--accent, var(--ink))";

const given = (value) => value !== null && value !== undefined;
const seen = (row) => !row.withheld && given(row.value);
const before = (row) => (given(row.interview) ? +row.interview : given(row.metric) ? +row.metric : null);

// How far the room lies from the earlier survey, null where one of them is missing.
export const differenceOf = (row) => (seen(row) && before(row) !== null ? +row.value - before(row) : null);

// A score that the room has met stands around its dot as an open ring, else the dot would hide it.
const meets = (row, score) => seen(row) && Math.abs(+row.value - score) < 0.05;

const short = (value) => number(Math.round(+value * 100) / 100);

// "interview 2,1, workshop 3 (middle half 2 to 4)"
function said(row) {
  const parts = [
    given(row.interview) && t("interview {value}", { value: short(row.interview) }),
    given(row.metric) && t("measured data {value}", { value: short(row.metric) }),
    row.withheld ? t("workshop: hidden (fewer than five)") : !seen(row) ? t("workshop: no score")
      : t("workshop {value}", { value: short(row.value) }) + (given(row.q1) ? " (" + t("middle half {low} to {high}", { low: short(row.q1), high: short(row.q3) }) + ")" : ""),
  ];
  return parts.filter(Boolean).join(", ");
}

function marks(rows, scale, { half = 9, step = 1 } = {}) {
  const at = (row) => rows.indexOf(row) + 0.5, line = ruler(scale);
  const ends = (row) => [seen(row) && row.value, row.interview, row.metric].filter((value) => given(value) && value !== false).map(Number);
  const linked = rows.filter((row) => ends(row).length > 1);
  const spread = rows.filter((row) => seen(row) && given(row.q1));
  const up = (row) => at(row) - half * step, down = (row) => at(row) + half * step;
  return [
    rows.flatMap((row) => Plot.ruleX(line.values, { y1: up(row), y2: down(row), stroke: LINE })),
    Plot.rect(spread, { x1: (d) => +d.q1, x2: (d) => +d.q3, y1: up, y2: down, insetLeft: -4, insetRight: -4, fill: SUNK }),
    Plot.link(linked, { x1: (d) => Math.min(...ends(d)), x2: (d) => Math.max(...ends(d)), y1: at, y2: at, stroke: STRONG, strokeWidth: 3 }),
    Plot.dot(rows.filter((d) => given(d.metric)), { x: (d) => +d.metric, y: at, r: (d) => (meets(d, d.metric) ? 13 : 7), symbol: "diamond2", fill: SHEET, stroke: INK, strokeWidth: 2 }),
    Plot.dot(rows.filter((d) => given(d.interview)), { x: (d) => +d.interview, y: at, r: (d) => (meets(d, d.interview) ? 11 : 6.5), fill: SHEET, stroke: INK, strokeWidth: 2 }),
    Plot.dot(rows.filter(seen), { x: (d) => +d.value, y: at, r: 7.5, fill: ACCENT }),
  ].flat();
}

// One indicator on its ruler; `words` writes the ruler's numbers beneath.
export function row(point, scale, { key, title, width = 320, words = false }) {
  const line = ruler(scale), tall = words ? 46 : 26, side = words ? 24 : 10;
  const svg = draw({
    width, height: tall, marginTop: 2, marginBottom: words ? 22 : 2, marginLeft: side, marginRight: side,
    x: { domain: [line.least, line.most] }, y: { domain: [0, 1], reverse: true }, r: { type: "identity" },
    marks: [...marks([point], scale, { half: 9, step: 1 / 22 }), words && Plot.text(ticks(scale, 12), { x: (d) => d, y: 1, dy: 12, text: (d) => number(d), fill: QUIET })].filter(Boolean),
  });
  const valued = { room: point.value, hollow: point.interview, diamond: point.metric };
  const told = twin([point], title), legend = told.legend.filter(([form]) => form in valued).map(([form, word]) => [form, `${word} ${given(valued[form]) ? short(valued[form]) : "–"}`]);
  return words ? drawn({ ...told, legend, key, title, svg, description: said(point) }) : named(svg, { key, title: `${title}: ${said(point)}` });
}

function twin(rows, title) {
  const cells = (each) => [given(each.interview) ? short(each.interview) : "–", given(each.metric) ? short(each.metric) : "–", each.withheld ? t("hidden") : seen(each) ? short(each.value) : "–",
    seen(each) && given(each.q1) ? `${short(each.q1)}–${short(each.q3)}` : "–", differenceOf(each) === null ? "–" : signed(differenceOf(each))];
  return { heads: [t("Indicator"), t("interview"), t("measured data"), t("workshop"), t("middle half"), t("difference")],
    rows: rows.map((each) => [[each.item, each.name].filter(Boolean).join(" ") || title, ...cells(each)]),
    legend: [["room", t("workshop")], rows.some((each) => given(each.interview)) && ["hollow", t("interview")],
      rows.some((each) => given(each.metric)) && ["diamond", t("measured data")], rows.some((each) => seen(each) && given(each.q1)) && ["band", t("middle half")]].filter(Boolean) };
}

function signed(value) {
  return (value > 0 ? "+" : value < 0 ? "−" : "±") + short(Math.abs(value));
}

export function dumbbell(points, scale, { key, title = t("Earlier survey and workshop"), width = 760 } = {}) {
  const line = ruler(scale), wide = (each) => { const found = differenceOf(each); return found === null ? -1 : Math.abs(found); };
  const rows = [...points].sort((a, b) => wide(b) - wide(a)), n = Math.max(rows.length, 1);
  const at = (_, place) => place + 0.5;
  const svg = draw({
    width, height: 26 + ROW * n + 4, marginTop: 26, marginBottom: 4, marginLeft: NAMES + 10, marginRight: ENDS + 10,
    x: { domain: [line.least, line.most] }, y: { domain: [0, n], reverse: true }, r: { type: "identity" },
    marks: [
      Plot.ruleY(Array.from({ length: rows.length + 1 }, (_, place) => place), { stroke: LINE, insetLeft: -NAMES - 10, insetRight: -ENDS - 10 }),
      ...marks(rows, scale, { half: 11, step: 1 / ROW }),
      Plot.text(ticks(scale, 12), { x: (d) => d, frameAnchor: "top", dy: -12, text: (d) => number(d), fill: QUIET }),
      Plot.text([t("difference")], { frameAnchor: "top-right", dx: ENDS + 10, dy: -12, text: (d) => d, fill: QUIET, textAnchor: "end" }),
      Plot.text(rows, { frameAnchor: "left", dx: -NAMES - 10, y: at, text: "item", fontWeight: 700, textAnchor: "start" }),
      Plot.text(rows, { frameAnchor: "left", dx: -NAMES + 24, y: at, text: (d) => clipped(d.name, 56), title: (d) => (d.name.length > 56 ? d.name : ""), lineWidth: 15.5, textAnchor: "start" }),
      Plot.text(rows, { frameAnchor: "right", dx: ENDS + 10, y: at, text: (d) => (d.withheld ? t("hidden") : differenceOf(d) === null ? "–" : signed(differenceOf(d))), fontWeight: 700, textAnchor: "end" }),
      !rows.length && Plot.text([0], { x: (line.least + line.most) / 2, y: 0.5, text: () => t("No figures to compare yet."), fill: QUIET }),
    ].filter(Boolean),
  });
  return drawn({ ...twin(rows, title), key, title, svg,
    description: rows.map((each) => `${each.item} ${each.name}: ${said(each)}`).join("; ") });
}
