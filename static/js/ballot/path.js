// The way of one indicator through the rounds, one row each on the ruler of the keys: the group's median with its middle
// half, the own score, and lines from row to row. Drawn only from what this phone knows of itself.
import { h, s } from "../dom.js";
import { number, t } from "../words.js";
import { WIDTH, ruler } from "./strip.js";

const ROW = 46;
const AT = 30; // where the marks of a row stand, from its top

// steps: as Model.path gives them. Null where there is no way yet: fewer than two rounds.
export function path(scale, steps) {
  if (steps.length < 2) return null;
  const { x } = ruler(scale.map((category) => category.value));
  const rows = steps.map((step, index) => ({
    ...step,
    y: index * ROW + AT,
    median: step.median === null ? null : Number(step.median),
    own: step.mine?.value ?? null,
  }));
  return h("section", { class: "path" },
    h("h2", { class: "question" }, h("span", {}, t("Your path"))),
    s("svg", { class: "figure", viewBox: `0 0 ${WIDTH} ${rows.length * ROW}`, role: "img",
      "aria-label": steps.map((step) => `${t("round {n}", { n: step.round })}: ${inWords(step)}`).join("; ") },
      rows.map((row) => half(row, x)),
      line(rows.map(({ y, median }) => [median === null ? null : x(median), y]), "f-link"),
      line(rows.map(({ y, own }) => [own === null ? null : x(own), y]), "f-way"),
      rows.map((row) => marks(row, x))),
    steps.some((step) => step.mine === undefined)
      ? h("p", { class: "small quiet" }, t("This phone holds no score of yours from before, so your path begins here. Only the phone you used then remembers it."))
      : null);
}

function half({ y, median, q1, q3 }, x) {
  if (median === null) return null;
  const [low, high] = [x(Number(q1)), x(Number(q3))];
  return s("rect", { class: "f-band", x: low - 9, y: y - 9, width: high - low + 18, height: 18 });
}

function marks({ y, round, median, own, mine }, x) {
  return [
    s("text", { class: "f-quiet", x: 0, y: y - 16 }, t("round {n}", { n: round })),
    s("text", { class: "f-end", x: WIDTH, y: y - 16 }, inWords({ median, mine })),
    median === null ? null : s("path", { class: "f-median", d: `M${x(median)} ${y - 9}v18` }),
    own === null ? null : s("circle", { class: "f-dot--mine", cx: x(own), cy: y, r: 6.5 }),
  ];
}

// Lines between neighbouring rows; where one of them is missing, none is drawn.
function line(points, kind) {
  const parts = points.slice(1).map((to, index) => [points[index], to]).filter(([from, to]) => from[0] !== null && to[0] !== null);
  return parts.map(([from, to]) => s("path", { class: kind, d: `M${from.join(" ")}L${to.join(" ")}` }));
}

function inWords({ median, mine }) {
  const group = median === null || median === undefined ? null : t("group {value}", { value: number(Number(median)) });
  const own = mine?.cannot ? t("you could not score") : mine ? t("you {value}", { value: mine.value }) : null;
  return [own, group].filter(Boolean).join(" · ") || "–";
}
