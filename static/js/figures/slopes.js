// Round after round: the median as a line, the middle half shaded behind it, on an upright ruler.
//
// slopes([{round, n, median, q1, q3}], scale, {key, title}); votes oldest first, those that count.
import * as Plot from "@observablehq/plot";
import { number, t, tn } from "../words.js";
import { draw, drawn, INK, LINE, QUIET, SUNK } from "./figure.js";
import { ruler, ticks } from "./ruler.js";

const LEFT = 24;

export function slopes(votes, scale, { key, title = t("Movement") } = {}) {
  const { least, most, step } = ruler(scale), last = votes.length - 1;
  const spans = Math.max(votes.length, 2), width = LEFT + 8 + spans * Math.max(74, 112 - 19 * (spans - 2));
  const at = (vote) => votes.indexOf(vote), pad = 0.1 * step;
  // first and last stand beside their dots, those between above them
  const label = (vote) => (at(vote) === 0 && last > 0 ? ["end", -24, 0] : at(vote) === last ? ["start", 24, 0] : ["middle", 0, -17]);
  const svg = draw({
    width, height: 172, marginTop: 14, marginBottom: 32, marginLeft: LEFT, marginRight: 8,
    x: { domain: [-0.5, spans - 0.5] }, y: { domain: [least, most] },
    marks: [
      Plot.ruleY(votes.length ? ticks(scale) : [], { stroke: LINE }),
      Plot.text(ticks(scale), { x: -0.5, y: (d) => d, dx: -16, text: (d) => number(d), fill: QUIET }),
      Plot.rect(votes, { x1: (v) => at(v) - 0.15, x2: (v) => at(v) + 0.15, y1: (v) => +v.q1 - pad, y2: (v) => +v.q3 + pad, fill: SUNK }),
      Plot.line(votes, { x: at, y: (v) => +v.median, stroke: INK, strokeWidth: 2 }),
      Plot.dot(votes, { x: at, y: (v) => +v.median, r: 7, fill: "var(--accent, var(--ink))" }),
      votes.map((vote) => {
        const [textAnchor, dx, dy] = label(vote);
        return Plot.text([vote], { x: at, y: (v) => +v.median, dx, dy, textAnchor, text: (v) => number(+v.median), fontWeight: 700 });
      }),
      Plot.text(votes, { x: at, frameAnchor: "bottom", dy: 24, text: (v) => t("Round {n}", { n: v.round }) }),
      !votes.length && Plot.text([0], { x: spans / 2 - 0.5, y: (least + most) / 2, text: () => t("No figures yet."), fill: QUIET }),
    ].flat().filter(Boolean),
  });
  return drawn({
    key, title, svg, legend: votes.length ? [["room", t("middle score")], ["band", t("middle half")]] : [],
    description: votes.map((v) => t("Round {n}", { n: v.round }) + ": " + t("middle score {median}, middle half {low} to {high}", {
      median: number(+v.median), low: number(+v.q1), high: number(+v.q3) }) + ` (${tn("{n} score", "{n} scores", v.n)})`).join("; "),
    heads: [t("Round"), t("Scores"), t("Middle score"), t("Middle half")],
    rows: votes.map((v) => [number(v.round), number(v.n), number(+v.median), `${number(+v.q1)}–${number(+v.q3)}`]),
  });
}
