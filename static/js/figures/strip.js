// One indicator in one round: a dot a score up to forty, columns with their counts beyond; the middle half shaded, the
// median a line, two camps bracketed. Nobody's own score is told apart here.
//
// strip({counts, median, q1, q3, withheld}, scale, {key, title, camps: [{from, to, count}]}); figures as the server
// tells them: decimals as text, null where there is none.
import * as Plot from "@observablehq/plot";
import { s } from "../dom.js";
import { number, t, tn } from "../words.js";
import { draw, drawn, INK, QUIET, SUNK } from "./figure.js";
import { ruler, ticks } from "./ruler.js";

const MOST_DOTS = 40, TALL = 112, BIG = 14, SMALL = 8;

const sum = (counts) => (counts || []).reduce((total, count) => total + count, 0);

// `withheld` may say why in words of its own. "11 scores: 4 gave 2, 3 gave 3; middle score 3, middle half 2 to 4"
export function told({ counts, median, q1, q3, withheld }, scale) {
  if (withheld) return typeof withheld === "string" ? withheld : t("hidden (fewer than five)");
  const n = sum(counts);
  if (!n) return t("Nobody scored this.");
  const parts = counts.map((count, at) => count && t("{count} gave {value}", { count, value: number(scale[at].value) })).filter(Boolean);
  const middle = median === null || median === undefined ? "" : "; " + t("middle score {median}, middle half {low} to {high}", {
    median: number(+median), low: number(+q1), high: number(+q3) });
  return tn("{n} score", "{n} scores", n) + ": " + parts.join(", ") + middle;
}

// Size of a dot and how many stand abreast, so that the fullest category fits: single file while dots stay large.
function packing(most, column) {
  const room = (abreast) => Math.min(BIG, TALL / Math.ceil(most / abreast) - 2, column / abreast - 2);
  const choices = Array.from({ length: 8 }, (_, at) => at + 1);
  const abreast = choices.find((n) => room(n) >= SMALL) || choices.reduce((best, n) => (room(n) > room(best) ? n : best));
  return { size: Math.max(2, room(abreast)), abreast };
}

function dots(counts, { values, step }, { size, abreast }, column) {
  return counts.flatMap((count, at) => Array.from({ length: count }, (_, k) => {
    const row = Math.floor(k / abreast), beside = Math.min(abreast, count - row * abreast);
    return { x: values[at] + (((k % abreast) - (beside - 1) / 2) * (size + 2) * step) / column, y: (row + 0.5) * (size + 2) };
  }));
}

function bodies(counts, line, column) {
  const most = Math.max(...counts), n = sum(counts);
  if (n <= MOST_DOTS) {
    const packed = packing(most, column * 0.9);
    return [Plot.dot(dots(counts, line, packed, column), { x: "x", y: "y", r: packed.size / 2, fill: QUIET })];
  }
  const columns = counts.map((count, at) => ({ x: line.values[at], y: (count * (TALL - 14)) / most, count })).filter((d) => d.count);
  return [
    Plot.rect(columns, { x1: (d) => d.x - 0.3 * line.step, x2: (d) => d.x + 0.3 * line.step, y1: 0, y2: "y", fill: QUIET }),
    Plot.text(columns, { x: "x", y: "y", dy: -8, text: (d) => number(d.count), fill: INK, stroke: SUNK, strokeWidth: 5 }),
  ];
}

function brackets(camps, line) {
  const half = 0.3 * line.step;
  return camps.flatMap(({ from, to, count }) => [
    Plot.line([[from - half, 3], [from - half, 9], [to + half, 9], [to + half, 3]], { x: "0", y: (d) => TALL + d[1], stroke: INK, strokeWidth: 1.5 }),
    Plot.text([count], { x: (from + to) / 2, y: TALL, dy: -18, text: (n) => tn("{n} person", "{n} people", n), fontWeight: 700 }),
  ]);
}

// The median's label, kept inside the drawing.
function label(median, { domain: [least, most] }, lifted) {
  const place = (median - least) / (most - least);
  return Plot.text([median], { x: (d) => d, y: TALL, dy: lifted ? -36 : -9, fontWeight: 700, dx: place < 0.15 ? -14 : place > 0.85 ? 14 : 0,
    textAnchor: place < 0.15 ? "start" : place > 0.85 ? "end" : "middle", text: () => t("median {value}", { value: number(median) }) });
}

export function strip(figures, scale, { key, title = t("Distribution"), width = 320, camps = null } = {}) {
  const { counts, withheld } = figures, line = ruler(scale), n = withheld ? 0 : sum(counts);
  const column = (width - 8) / scale.length, top = camps && n ? 46 : 20;
  const [median, q1, q3] = [figures.median, figures.q1, figures.q3].map(Number);
  const middle = (line.domain[0] + line.domain[1]) / 2;
  const marks = !n ? [
    withheld && Plot.rect([0], { x1: line.domain[0], x2: line.domain[1], y1: 0, y2: TALL, fill: "var(--withheld)" }),
    Plot.text([0], { x: middle, y: TALL / 2, text: () => told(figures, scale), fill: withheld ? INK : QUIET }),
  ] : [
    Plot.rect([0], { x1: q1 - 0.22 * line.step, x2: q3 + 0.22 * line.step, y1: 0, y2: TALL, fill: SUNK }),
    Plot.ruleX([median], { y1: 0, y2: TALL, stroke: INK, strokeWidth: 3 }),
    bodies(counts, line, column), label(median, line, camps), brackets(camps || [], line),
  ];
  const svg = draw({
    width, height: top + TALL + 26, marginTop: top, marginBottom: 26, marginLeft: 4, marginRight: 4,
    x: { domain: line.domain }, y: { domain: [0, TALL] },
    marks: [...marks.flat().filter(Boolean), Plot.ruleY([0], { stroke: INK, strokeWidth: 1.5 }),
      Plot.text(ticks(scale, 12), { x: (d) => d, y: 0, dy: 16, text: (d) => number(d), fill: QUIET })],
  });
  return drawn({
    key, title, description: told(figures, scale), svg,
    legend: n ? [...(n <= MOST_DOTS ? [["dot", t("one score")]] : []), ["band", t("middle half")]] : [],
    heads: [t("Score"), t("People")],
    rows: withheld || !counts ? [] : counts.map((count, at) => [[number(scale[at].value), scale[at].label].filter(Boolean).join(" · "), number(count)]),
  });
}

// The strip at table size: no words; the row's cells are its text.
export function tiny(counts) {
  const most = Math.max(...counts, 1), step = 90 / counts.length;
  return s("svg", { class: "figure tiny", viewBox: "0 0 90 28", "aria-hidden": "true" },
    s("path", { class: "f-base", d: "M0 26.75H90" }),
    counts.map((count, at) => count ? s("rect", { class: "f-dot", x: at * step + 1, y: 26 - (22 * count) / most, width: step - 3, height: (22 * count) / most }) : null));
}
