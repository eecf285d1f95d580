// Every indicator's way, from its first vote to its ending: slopes of the medians with the middle half, and beneath them
// the same in numbers with the verdict of each vote.
import { h } from "../dom.js";
import { framed } from "../figures/figure.js";
import { slopes } from "../figures/slopes.js";
import { chip, decimal, ENDINGS } from "../staff/phrases.js";
import { number, t } from "../words.js";
import { dye, hidden, judged } from "./stage.js";

function vote(told, one) {
  const half = one.hidden || one.median === null ? "–" : `${decimal(one.q1)}–${decimal(one.q3)}`;
  return h("tr", { class: one.cancelled ? "is-cancelled" : null },
    h("th", { scope: "row" }, number(one.round)),
    one.hidden ? h("td", { colspan: 3 }, hidden(one, told.few))
      : [h("td", { class: "number" }, number(one.n)), h("td", { class: "number" }, decimal(one.median)), h("td", { class: "number" }, half)],
    h("td", {}, one.cancelled ? t("cancelled") : judged(one, true)));
}

function ended(way) {
  const ending = ENDINGS[way.ending];
  return ending ? [chip(ending), way.value === null ? null : h("b", { class: "way__value" }, decimal(way.value))] : h("span", { class: "quiet" }, t("no ending told"));
}

function card(told, way) {
  const drawn = way.votes.filter((one) => !one.hidden && !one.cancelled && one.median !== null);
  const name = told.items[way.item].name;
  return h("article", { class: "way", "data-key": `${way.group}/${way.item}`, "aria-label": `${way.item} ${name}` },
    h("header", {}, h("h4", {}, h("b", {}, way.item), " ", name), h("p", { class: "way__end" }, ended(way))),
    drawn.length ? framed({ ...slopes(drawn, told.scale, { key: `slopes-${way.group}-${way.item}`, title: `${way.item} ${name}` }), legend: [] }, { caption: t("Movement") }) : null,
    way.votes.length ? h("table", { class: "table table--twin way__votes" },
      h("caption", { class: "unseen" }, t("Votes on {item}", { item: way.item })),
      h("thead", {}, h("tr", {}, [t("Round"), "n", t("middle"), t("half")].map((head, place) => h("th", { scope: "col", class: place ? "number" : null }, head)), h("th", { scope: "col" }, t("Verdict")))),
      h("tbody", {}, way.votes.map((one) => vote(told, one))))
      : h("p", { class: "quiet" }, t("It was never voted on.")));
}

// The ways of one group; `chosen` is its id.
export function ways(told, chosen) {
  return h("section", { class: "ways", "data-key": "ways" },
    h("h2", {}, t("Each indicator's way")),
    h("p", { class: "quiet" }, t("Dots: middle score of each vote. Shaded: middle half.")),
    h("div", { class: "ways__groups", role: "group", "aria-label": t("Group") }, Object.entries(told.groups).map(([id, group]) =>
      h("button", { type: "button", class: "button button--compact", "data-group": id, "data-dim": group.dimension, "aria-pressed": id === chosen ? "true" : "false" }, group.name))),
    h("h3", { class: "unseen" }, told.groups[chosen].name),
    h("div", { class: "ways__cards", "data-dim": dye(told, chosen) }, told.ways.filter((way) => way.group === chosen).map((way) => card(told, way))));
}
