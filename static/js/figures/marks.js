// Single indicators: the dot strip, the tiny columns, the diverging bars, the dumbbell, the slopes. One ruler everywhere:
// full is what this room said, hollow the earlier survey. Geometry only; the numbers come as they are.
import * as Plot from "@observablehq/plot";
import { s } from "../dom.js";
import { number, t, tn } from "../words.js";
import { draw, table } from "./figure.js";

const INK = "var(--ink)", QUIET = "var(--ink-2)", SUNK = "var(--sunk)", LINE = "var(--line)";
const MOST_DOTS = 40;

// "11 scores: 4 gave 2, 3 gave 3; middle score 3, middle half 2 to 4"
export function told(counts, scale, figures) {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const parts = counts.map((count, at) => count && t("{count} gave {value}", { count, value: number(scale[at].value) })).filter(Boolean);
  const middle = figures.median === null ? "" : "; " + t("middle score {median}, middle half {low} to {high}", {
    median: number(+figures.median), low: number(+figures.q1), high: number(+figures.q3) });
  return tn("{n} score", "{n} scores", n) + ": " + parts.join(", ") + middle;
}

function ruler(scale) {
  const values = scale.map((category) => category.value);
  return { domain: [values[0] - 0.5, values[values.length - 1] + 0.5], values };
}

// One dot a score up to forty, columns beyond; the middle half shaded, the median a line, two camps bracketed.
export function strip(figures, scale, { width = 320, dot = 14, camps = null, title } = {}) {
  const counts = figures.counts;
  const most = Math.max(...counts, 1);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const { domain, values } = ruler(scale);
  const r = n > MOST_DOTS ? 0 : Math.min(dot / 2, 90 / most / 2);
  const level = r ? 2 * r + 3 : 90 / most;
  const tall = Math.max(most * level, 40), top = camps ? 46 : 22;
  const dots = counts.flatMap((count, at) => Array.from({ length: count }, (_, k) => ({ x: values[at], y: k + 0.5 })));
  const columns = counts.map((count, at) => ({ x: values[at], count })).filter((column) => column.count);
  const [median, q1, q3] = [+figures.median, +figures.q1, +figures.q3];
  const brackets = (camps || []).map((camp) => ({ ...camp, label: tn("{n} person", "{n} people", camp.count) }));
  return draw({
    width, height: top + tall + 26, marginTop: top, marginBottom: 26, marginLeft: 4, marginRight: 4,
    x: { domain }, y: { domain: [0, tall / level] },
    marks: [
      Plot.rect([0], { x1: q1 - 0.22, x2: q3 + 0.22, y1: 0, y2: tall / level, fill: SUNK }),
      Plot.ruleX([median], { stroke: INK, strokeWidth: 3 }),
      r ? Plot.dot(dots, { x: "x", y: "y", r, fill: QUIET })
        : Plot.rect(columns, { x1: (d) => d.x - 0.3, x2: (d) => d.x + 0.3, y1: 0, y2: "count", fill: QUIET }),
      Plot.ruleY([0], { stroke: INK, strokeWidth: 1.5 }),
      Plot.text([median], { x: (d) => d, frameAnchor: "top", dy: brackets.length ? -36 : -14, text: () => t("median {value}", { value: number(median) }), fontWeight: 700 }),
      Plot.text(values, { x: (d) => d, frameAnchor: "bottom", dy: 18, text: (d) => number(d), fill: QUIET }),
      brackets.map((camp) => [
        Plot.line([[camp.from - 0.3, 0], [camp.from - 0.3, 1], [camp.to + 0.3, 1], [camp.to + 0.3, 0]], {
          x: "0", y: (d) => tall / level + (d[1] ? 7 : 2) / level, stroke: INK, strokeWidth: 1.5, clip: false }),
        Plot.text([camp], { x: (camp.from + camp.to) / 2, frameAnchor: "top", dy: -16, text: "label", fontWeight: 700 }),
      ]),
    ].flat(3),
  }, title || t("Distribution"), told(counts, scale, figures));
}

export function stripTable(figures, scale, caption) {
  return table(caption, [t("Score"), t("People")],
    figures.counts.map((count, at) => [[number(scale[at].value), scale[at].label].filter(Boolean).join(" · "), number(count)]));
}

// The strip at table size: no words; the row's cells are its text.
export function tiny(counts) {
  const most = Math.max(...counts, 1), step = 90 / counts.length;
  return s("svg", { class: "figure tiny", viewBox: "0 0 90 28", "aria-hidden": "true" },
    s("path", { class: "f-base", d: "M0 26.75H90" }),
    counts.map((count, at) => count ? s("rect", { class: "f-dot", x: at * step + 1, y: 26 - (22 * count) / most, width: step - 3, height: (22 * count) / most }) : null));
}

// Earlier survey (hollow) against this room (full) on the ruler; the span between them is the difference.
export function dumbbell(points, scale, { width = 320, words = false, accent = "var(--accent, var(--ink))" } = {}) {
  const { values } = ruler(scale);
  const tall = words ? 44 : 24, y = 0;
  const shown = points.filter((point) => point.value !== null && point.value !== undefined);
  const spread = shown.map((point) => +point.value);
  return draw({
    width, height: tall, marginTop: 3, marginBottom: words ? 22 : 3, marginLeft: words ? 24 : 10, marginRight: words ? 24 : 10,
    x: { domain: [values[0], values[values.length - 1]] }, y: { domain: [-1, 1] },
    marks: [
      Plot.ruleX(values, { stroke: LINE }),
      spread.length > 1 ? Plot.link([0], { x1: Math.min(...spread), x2: Math.max(...spread), y1: y, y2: y, stroke: "var(--line-strong)", strokeWidth: 3 }) : null,
      Plot.dot(shown.filter((p) => p.hollow && !p.square), { x: (p) => +p.value, y, r: 6.5, fill: "var(--sheet)", stroke: INK, strokeWidth: 2 }),
      Plot.dot(shown.filter((p) => p.square), { x: (p) => +p.value, y, r: 6, symbol: "square", fill: "var(--sheet)", stroke: INK, strokeWidth: 2 }),
      Plot.dot(shown.filter((p) => !p.hollow), { x: (p) => +p.value, y, r: 7.5, fill: accent }),
      words ? Plot.text(values, { x: (d) => d, y: -1, dy: 12, text: (d) => number(d), fill: QUIET }) : null,
    ].flat(2),
  }, shown.map((point) => `${point.name} ${number(+point.value)}`).join(", "));
}

// Median and middle half, round after round, on a vertical ruler.
export function slopes(votes, scale, { width = 260 } = {}) {
  const { values } = ruler(scale);
  const at = (vote) => votes.indexOf(vote);
  return draw({
    width, height: 168, marginTop: 12, marginBottom: 30, marginLeft: 20, marginRight: 12,
    x: { domain: [-0.5, Math.max(votes.length, 2) - 0.5] }, y: { domain: [values[0], values[values.length - 1]] },
    marks: [
      Plot.ruleY(values, { stroke: LINE }),
      Plot.text(values, { x: -0.5, y: (d) => d, dx: -12, text: (d) => number(d), fill: QUIET }),
      Plot.rect(votes, { x1: (v) => at(v) - 0.14, x2: (v) => at(v) + 0.14, y1: (v) => +v.q1 - 0.1, y2: (v) => +v.q3 + 0.1, fill: SUNK }),
      Plot.line(votes, { x: at, y: (v) => +v.median, stroke: INK, strokeWidth: 2 }),
      Plot.dot(votes, { x: at, y: (v) => +v.median, r: 7, fill: "var(--accent, var(--ink))" }),
      Plot.text(votes, { x: at, y: (v) => +v.median, dx: 20, text: (v) => number(+v.median), fontWeight: 700, textAnchor: "start" }),
      Plot.text(votes, { x: at, frameAnchor: "bottom", dy: 22, text: (v) => t("Round {n}", { n: v.round }) }),
    ],
  }, t("Movement"), votes.map((v) => t("Round {n}", { n: v.round }) + ": " + number(+v.median)).join(", "));
}

// A stacked bar that parts at the middle of the scale; one unit a person, counts written in.
export function bar(counts, scale, { unit, centre, width, size = 28, tall = 44, middle = true }) {
  const half = (counts.length - 1) / 2;
  const before = counts.reduce((sum, count, at) => sum + count * (at < half ? 1 : at === half ? 0.5 : 0), 0);
  const step = (at) => Math.round((4 * at) / (counts.length - 1)) + 1;
  let x = centre - before * unit;
  const parts = counts.map((count, at) => {
    const part = { at, count, x, width: count * unit };
    x += part.width;
    return part;
  }).filter((part) => part.count);
  return s("svg", { class: "figure", viewBox: `0 0 ${width} ${tall}`, role: "img", "aria-label": told(counts, scale, { median: null }) },
    middle && s("path", { class: "f-axis", d: `M${centre} -10v${tall + 20}` }),
    parts.map((part) => [
      s("rect", { class: `f-s${step(part.at)}`, x: part.x + 1.5, y: 2, width: part.width - 3, height: tall - 4 }),
      part.width > size * 0.6 && s("text", { class: `f-mid f-bar f-s${step(part.at)}-on`, x: part.x + part.width / 2, y: tall / 2 + size * 0.36 }, number(part.count)),
    ]));
}
