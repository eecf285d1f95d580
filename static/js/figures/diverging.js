// Many indicators at once: a stacked bar each, parted at the middle of the scale, counts written in. One unit a person
// for all rows, so that lengths compare; `share` makes every bar a whole instead, and the counts stay.
//
// diverging([{item, name, counts, median, n, withheld}], scale, {key, title, share}); `bar` draws one row of it by the
// same measure, where a page sets a table about it.
import * as Plot from "@observablehq/plot";
import { number, t } from "../words.js";
import { draw, drawn, INK, LINE, named, QUIET, SHEET, STRONG } from "./figure.js";
import { clipped, rampOf } from "./ruler.js";
import { told } from "./strip.js";

const sum = (counts) => counts.reduce((total, count) => total + count, 0);
// How many scored, where that is withheld: fewer than five, or what a copy keeps back for reasons of its own.
const unsaid = ({ withheld }) => (typeof withheld === "string" ? "–" : "<5");
const ROW = 34, NAMES = 250, ENDS = 84;

// What of a row lies left of the middle of the scale, and right of it; the middle category lies half and half.
function sides({ counts }, share) {
  const half = (counts.length - 1) / 2, unit = share ? 100 / (sum(counts) || 1) : 1;
  const low = counts.reduce((total, count, at) => total + count * (at < half ? 1 : at === half ? 0.5 : 0), 0);
  return [low * unit, (sum(counts) - low) * unit];
}

// How far the rows reach to both sides: the measure they share.
export function reach(items, share = false) {
  const all = items.filter((figures) => figures.counts && !figures.withheld).map((figures) => sides(figures, share));
  return [0, 1].map((at) => Math.max(1, ...all.map((side) => side[at])));
}

function parts(figures, share, row) {
  const unit = share ? 100 / (sum(figures.counts) || 1) : 1;
  let x = -sides(figures, share)[0];
  return figures.counts.map((count, at) => {
    const part = { row, count, step: rampOf(at, figures.counts.length), x1: x, x2: x + count * unit };
    x = part.x2;
    return part;
  }).filter((part) => part.count);
}

// Bars and counts of these rows, `tall` pixels each; a count stands where it has room.
function bodies(items, share, { tall, size, perUnit }) {
  const shown = items.flatMap((figures, row) => (figures.counts && !figures.withheld ? parts(figures, share, row) : []));
  const roomy = shown.filter((part) => (part.x2 - part.x1) * perUnit > number(part.count).length * size * 0.6 + 4);
  return [
    ...[1, 2, 3, 4, 5].map((step) => Plot.rect(shown.filter((part) => part.step === step), {
      x1: "x1", x2: "x2", y1: (d) => d.row + 0.5 - tall / ROW / 2, y2: (d) => d.row + 0.5 + tall / ROW / 2, insetLeft: 1, insetRight: 1,
      fill: `var(--s${step})`, stroke: step < 3 ? STRONG : null, strokeWidth: 1.5 })),
    ...[1, 2, 3, 4, 5].map((step) => Plot.text(roomy.filter((part) => part.step === step), {
      x: (d) => (d.x1 + d.x2) / 2, y: (d) => d.row + 0.5, text: (d) => number(d.count), fill: `var(--s${step}-on)`, fontSize: size, fontWeight: 700 })),
  ];
}

export function diverging(items, scale, { key, title = t("Scores by indicator"), share = false, width = 800 } = {}) {
  const [low, high] = reach(items, share), bars = width - NAMES - ENDS, perUnit = bars / (low + high);
  const hidden = items.map((figures, row) => ({ figures, row })).filter(({ figures }) => figures.withheld || !figures.counts || !sum(figures.counts));
  const middle = (high - low) / 2, rows = items.length;
  const at = (row) => row + 0.5;
  const svg = draw({
    width, height: 28 + ROW * Math.max(rows, 1) + (share ? 26 : 8), marginTop: 28, marginBottom: share ? 26 : 8, marginLeft: NAMES, marginRight: ENDS,
    x: { domain: [-low, high] }, y: { domain: [0, Math.max(rows, 1)], reverse: true },
    marks: [
      Plot.ruleY(Array.from({ length: rows + 1 }, (_, row) => row), { stroke: LINE, insetLeft: -NAMES, insetRight: -ENDS }),
      rows && Plot.ruleX([0], { stroke: STRONG }),
      share && Plot.text([-50, 0, 50].filter((x) => x >= -low && x <= high), { x: (d) => d, frameAnchor: "bottom", dy: 18, text: (d) => t("{n}%", { n: Math.abs(d) }), fill: QUIET }),
      bodies(items, share, { tall: 24, size: 13, perUnit }),
      Plot.rect(hidden.filter(({ figures }) => figures.withheld), { x1: middle - 110 / perUnit, x2: middle + 110 / perUnit, y1: (d) => at(d.row) - 0.36, y2: (d) => at(d.row) + 0.36, fill: "var(--withheld)" }),
      Plot.text(hidden.filter(({ figures }) => figures.withheld), { x: middle, y: (d) => at(d.row), text: (d) => told(d.figures, scale), fill: INK }),
      Plot.text(hidden.filter(({ figures }) => !figures.withheld), { x: middle, y: (d) => at(d.row), text: (d) => told(d.figures, scale), fill: QUIET, stroke: SHEET, strokeWidth: 8 }),
      Plot.text(items, { frameAnchor: "left", dx: -NAMES, y: (_, row) => at(row), text: "item", fontWeight: 700, textAnchor: "start" }),
      Plot.text(items, { frameAnchor: "left", dx: -NAMES + 34, y: (_, row) => at(row), text: (d) => clipped(d.name, 56), title: (d) => (d.name.length > 56 ? d.name : ""), lineWidth: 15.5, textAnchor: "start" }),
      ...[[(d) => (d.withheld || d.median === null ? "–" : number(+d.median)), 44, t("median")], [(d) => (d.withheld ? unsaid(d) : number(d.counts ? sum(d.counts) : 0)), ENDS, "n"]].flatMap(([text, dx, head]) => [
        Plot.text(items, { frameAnchor: "right", dx, y: (_, row) => at(row), text, fontWeight: dx === ENDS ? 400 : 700, textAnchor: "end" }),
        Plot.text([head], { frameAnchor: "top-right", dx, dy: -12, text: (d) => d, fill: QUIET, textAnchor: "end" })]),
      !rows && Plot.text([0], { x: middle, y: 0.5, text: () => t("No figures yet."), fill: QUIET }),
    ].flat().filter(Boolean),
  });
  return drawn({
    key, title, svg, description: items.map((figures) => `${figures.item} ${figures.name}: ${told(figures, scale)}`).join(". "),
    legend: scale.map(({ value, label }, place) => [`s${rampOf(place, scale.length)}`, [number(value), label].filter(Boolean).join(" ")]),
    heads: [t("Indicator"), ...scale.map(({ value }) => number(value)), "n", t("median")],
    rows: items.map((figures) => [`${figures.item} ${figures.name}`, ...scale.map((_, place) => (figures.withheld ? "–" : cell(figures, place, share))),
      figures.withheld ? unsaid(figures) : number(figures.counts ? sum(figures.counts) : 0), figures.withheld || figures.median === null ? "–" : number(+figures.median)]),
  });
}

function cell({ counts }, place, share) {
  if (!counts) return "0";
  return number(counts[place]) + (share && sum(counts) ? ` (${t("{n}%", { n: Math.round((100 * counts[place]) / sum(counts)) })})` : "");
}

// One row by the measure that all of them share.
export function bar(figures, scale, { key, title, extent: [low, high], share = false, width = 720, tall = 44, size = 31 }) {
  const perUnit = share ? (width - 16) / (low + high) : Math.min(60, (width - 16) / (low + high));
  const spare = (width - 16) / perUnit - low - high;
  const svg = draw({
    width, height: tall, marginTop: 0, marginBottom: 0, marginLeft: 8, marginRight: 8,
    x: { domain: [-low - spare / 2, high + spare / 2] }, y: { domain: [0, 1] },
    marks: [Plot.ruleX([0], { stroke: STRONG, insetTop: -10, insetBottom: -10 }), ...bodies([figures], share, { tall: (ROW * (tall - 4)) / tall, size, perUnit })],
  });
  return named(svg, { key, title, description: told(figures, scale) });
}
