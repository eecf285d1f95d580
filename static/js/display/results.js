// One group's revealed round: every indicator with its counts, middle score and verdict, and what too few scored withheld.
import { h, icon, shape } from "../dom.js";
import { bar, reach } from "../figures/diverging.js";
import { number, t } from "../words.js";
import { outcomeOf } from "../staff/phrases.js";
import { about, corner, stamp } from "./parts.js";

const ROWS = 14; // more do not stay legible at 15 m
const FEW = 6; // so few stand larger

function row(S, figures, extent) {
  const verdict = outcomeOf(figures), word = ["unsettled", "provisional"].includes(verdict.form) ? verdict.brief : verdict.word, node = S.frame.nodes[figures.item];
  return h("tr", { "data-key": figures.item },
    h("th", { scope: "row" }, h("b", {}, figures.item), h("span", {}, node.short)),
    h("td", { class: "results__bar" }, figures.withheld
      ? h("span", { class: "results__hidden" }, t("hidden"))
      : bar(figures, S.frame.scale, { key: `bar-${figures.item}`, title: node.name, extent, share: S.share })),
    h("td", { class: "number" }, figures.withheld ? "–" : number(+figures.median)),
    S.compared ? h("td", { class: "number results__before" }, before(figures)) : null,
    h("td", { class: "number results__n" }, figures.withheld ? "<5" : figures.n),
    h("td", {}, h("span", { class: `verdict verdict--${verdict.form}` }, icon(verdict.form), " ", h("span", {}, word()))));
}

// The earlier survey's score, where the facilitator chose to show it.
function before(figures) {
  const found = figures.baseline && figures.baseline.interview;
  return found && found.score !== null ? number(Math.round(found.score * 10) / 10) : "–";
}

// `page` counts screens of one group where it has more indicators than fit.
export function results(S, group, page) {
  S.compared = group.figures.baseline_revealed && group.figures.items.some((item) => item.baseline && item.baseline.interview);
  const figures = group.figures, extent = reach(figures.items, S.share);
  const pages = Math.ceil(figures.items.length / ROWS), each = Math.ceil(figures.items.length / pages);
  const shown = figures.items.slice(page * each, (page + 1) * each);
  const agreed = figures.items.filter((item) => item.outcome === "consensus").length;
  const scale = S.frame.scale, last = scale.length - 1;
  const ends = { 0: t("worst"), [last]: t("best") };
  return h("section", { class: "screen", "data-key": `results-${group.id}-${figures.round}-${page}`, "data-dim": about(S, group.id).dimension },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, shape(), " ", group.name, h("small", {},
        [t("Round {n}", { n: figures.round }), t("{n} of {all} seats scored", { n: figures.ballots, all: figures.seated }),
          t("{n} of {all} indicators agreed", { n: agreed, all: figures.items.length }),
          figures.indicative ? t("indicative: open seats") : null].filter(Boolean).join(" · "))),
      h("div", { class: "screen__side" }, stamp(), corner(S))),
    h("table", { class: `results${shown.length > FEW ? "" : " results--few"}` },
      h("caption", { class: "unseen" }, t("Distribution of scores by indicator, round {n}", { n: figures.round })),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Indicator")),
        h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Scores")), h("ul", { class: "ramp", "aria-hidden": "true" }, scale.map(({ value }, at) =>
          h("li", { class: `ramp__${Math.round((4 * at) / last) + 1}` }, ends[at] ? `${number(value)} ${ends[at]}` : number(value))), S.share && h("li", { class: "ramp__share" }, t("bars as 100%")))),
        h("th", { scope: "col", class: "number" }, t("middle")), S.compared ? h("th", { scope: "col", class: "number results__before" }, t("interview")) : null, h("th", { scope: "col", class: "number results__n" }, "n"), h("th", { scope: "col" }, t("Verdict")))),
      h("tbody", {}, shown.map((item) => row(S, item, extent)))));
}

export const pagesOf = (group) => Math.ceil(group.figures.items.length / ROWS);
