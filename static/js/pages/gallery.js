// The gallery: draws every figure from the cases that the page brings. Whoever changes a figure sees it here first.
import { block, fill, h } from "../dom.js";
import { diverging } from "../figures/diverging.js";
import { dumbbell } from "../figures/dumbbell.js";
import { framed } from "../figures/figure.js";
import { goals } from "../figures/goals.js";
import { intervals } from "../figures/intervals.js";
import { matrix } from "../figures/matrix.js";
import { orders } from "../figures/orders.js";
import { saving } from "../figures/save.js";
import { slopes } from "../figures/slopes.js";
import { strip } from "../figures/strip.js";
import { tornado } from "../figures/tornado.js";
import { wheel } from "../figures/wheel.js";
import { frameOf, grown, profileOf } from "../gallery/profiles.js";
import { signOut } from "../staff/out.js";
import { language, t } from "../words.js";

const CASES = {
  usual: () => t("As usual"), one: () => t("One score"), equal: () => t("All equal"), camps: () => t("Two camps"), forty: () => t("Forty scores, all equal"),
  many: () => t("Two hundred people"), long: () => t("Long names"), nothing: () => t("Nothing yet"), missing: () => t("Evidence missing"),
  withheld: () => t("Fewer than five"), zero: () => t("A scale from zero"), once: () => t("One round"), four: () => t("Four rounds"), deep: () => t("A deep tree: the level above the leaves"),
  whole: () => t("No hole"), kept: () => t("No band changes"), sizes: () => t("Only sizes known"), open: () => t("Not agreed"),
};
const KINDS = {
  strip: [t("One indicator"), t("A dot a score up to forty, columns beyond; the line is the middle score, the shade the middle half.")],
  diverging: [t("Many indicators"), t("Bars part at the middle of the scale; the numbers are people.")],
  dumbbell: [t("Workshop, interview and measured data"), t("Full is the room, hollow the earlier survey; widest difference first.")],
  slopes: [t("From round to round"), t("Middle score and middle half of each vote that counts.")],
  wheel: [t("The resilience wheel"), t("Read the length of a ray, not its area; no number stands in the middle.")],
  goals: [t("Goals on one line of departure"), t("The wheel's twin, because lengths on a circle read worse.")],
  intervals: [t("How sure the goals are"), t("Where a goal may lie if other people of the same kind had come.")],
  tornado: [t("What the choices move"), t("Choices that move a result, widest first; filled where a band changes.")],
  orders: [t("Single people in the order"), t("How far each person orders the indicators as the others do; without names.")],
  matrix: [t("Goals and pillars of the plan"), t("How many initiatives tie a goal to a pillar; holes are dashed.")],
};
const WIDE = ["diverging", "dumbbell", "wheel", "intervals", "tornado", "matrix"];

// Texts in both languages become the reader's.
function said(value) {
  if (Array.isArray(value)) return value.map(said);
  if (value === null || typeof value !== "object") return value;
  if (Object.keys(value).sort().join() === "en,id") return value[language] || value.id;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, said(part)]));
}

const scaleOf = (values = [1, 2, 3, 4, 5], labels = []) => values.map((value, at) => ({ value, label: labels[at] || null }));
const cri = said(block("framework"));

// The tree and the scores of a profile's case; `step` spreads scores evenly over a grown tree.
function profileCase({ shape, word, scores, step, scale, names = {} }) {
  const nodes = (shape ? grown(shape, word) : cri.nodes.map(({ id, parent, name, short }) => ({ id, parent, name, short })))
    .map((node) => (names[node.id] ? { ...node, name: names[node.id], short: names[node.id] } : node));
  const parents = new Set(nodes.map((node) => node.parent)), leaves = nodes.filter((node) => !parents.has(node.id));
  const spread = (at) => `${scale[(at * step) % scale.length]} ${scale[(at * step + 1) % scale.length]}`;
  const given = Array.isArray(scores) ? Object.fromEntries(leaves.map((node, at) => [node.id, scores[at]])) : Object.fromEntries(leaves.map((node, at) => [node.id, spread(at)]));
  const values = scale || cri.scale.categories;
  return [profileOf(nodes, given, [values[0], values[values.length - 1]]), frameOf(nodes, scaleOf(values))];
}

const DRAW = {
  strip: ({ figures, ...more }, key, scale) => strip(figures, scale, { key, ...more }),
  diverging: ({ items, share }, key, scale) => diverging(items, scale, { key, share }),
  dumbbell: ({ points }, key, scale) => dumbbell(points, scale, { key }),
  slopes: ({ votes }, key, scale) => slopes(votes, scale, { key }),
  wheel: (data, key) => wheel(...profileCase(data), { key }),
  goals: (data, key) => goals(...profileCase(data), { key }),
  intervals: (data, key) => intervals(data, { key }),
  tornado: (data, key) => tornado(data, { key }),
  orders: ({ values }, key) => orders(values, { key }),
  matrix: (data, key) => matrix(data, { key }),
};

function caseOf({ figure, name, data }) {
  const key = `${figure}-${name}`, given = said(data), wide = WIDE.includes(figure);
  const drawing = DRAW[figure](given, key, scaleOf(given.scale, given.labels));
  const share = figure === "diverging" && name === "usual" && h("button", {
    class: "button button--compact gallery__share", type: "button", "data-share": "", "aria-pressed": data.share ? "true" : "false" }, t("Bars as 100%"));
  return h("article", { class: `gallery__case${wide ? " gallery__case--wide" : ""}`, id: key }, h("h3", {}, CASES[name]()), framed(drawing, { more: share }));
}

const cases = block("cases");
fill(document.getElementById("gallery"), Object.entries(KINDS).map(([figure, [title, about]]) =>
  h("section", { class: "gallery", id: figure, "aria-label": title }, h("h2", {}, title), h("p", {}, about),
    h("div", { class: "gallery__cases" }, cases.filter((one) => one.figure === figure).map(caseOf)))));
document.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-share]");
  if (!pressed) return;
  const one = cases.find(({ figure, name }) => figure === "diverging" && name === "usual");
  one.data.share = !one.data.share;
  pressed.closest(".gallery__case").replaceWith(caseOf(one));
  document.querySelector("[data-share]").focus();
});
saving({ title: t("Gallery of figures"), synthetic: true });
signOut();
