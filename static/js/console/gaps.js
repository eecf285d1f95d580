// Where this room and the earlier survey differ, widest first, with the cause of each; and what is worth the time left.
import { h } from "../dom.js";
import { dumbbell, row as pair } from "../figures/dumbbell.js";
import { foot } from "../figures/figure.js";
import { number, t, tn } from "../words.js";
import { CAUSES, signed } from "../staff/phrases.js";
import { gaps, groupOf, mine, nodeOf, pointOf, queue } from "./model.js";

function row(S, { figures, gap, why }, may) {
  const cause = why ? t("Cause: {cause}", { cause: CAUSES[why.cause]() }) : null;
  const name = [h("span", {}, h("b", {}, figures.item), " ", nodeOf(S, figures.item).short)];
  return h("tr", { "data-key": figures.item },
    h("th", { scope: "row" }, may
      ? h("button", { type: "button", "data-do": "ask-gap", "data-item": figures.item }, name, h("small", { class: why ? null : "unset" }, cause || t("Name the cause")))
      : [name, h("small", {}, cause || "")]),
    h("td", {}, pair({ ...pointOf(S, figures), metric: null }, S.frame.scale, { key: `gap-${figures.item}`, title: nodeOf(S, figures.item).name, width: 128 })),
    h("td", { class: "number" }, signed(gap.difference)));
}

// The same rows as one drawing to take along, with its table; the page shows them as a table with a cause each.
function files(S, rows) {
  const key = `gaps-${S.group}`, figure = dumbbell(rows.map(({ figures }) => pointOf(S, figures)), S.frame.scale, { key, title: t("Difference with the interviews") });
  return h("div", { class: "fig", "data-key": key }, foot({ ...figure, picture: () => figure.svg }));
}

// Three items that few steps separate from agreement, where time is short.
function triage(S, group) {
  const near = queue(S, group).filter((figures) => figures.short_by).sort((a, b) => a.short_by - b.short_by).slice(0, 3);
  if (!near.length) return null;
  return h("section", { class: "watch", "data-key": "triage" },
    h("h2", { class: "work__title" }, t("If time is short, these first")),
    h("ol", {}, near.map((figures) => h("li", { "data-key": figures.item }, h("b", {}, figures.item), h("span", {}, nodeOf(S, figures.item).short),
      h("span", {}, tn("{n} step", "{n} steps", figures.short_by))))));
}

export function aside(S) {
  const group = groupOf(S), rows = gaps(S, group), { may, lease } = mine(S, group);
  const explain = may && !lease && ["disclosed", "revealed"].includes(group.phase);
  const values = S.frame.scale.map((category) => category.value);
  return h("aside", { "data-key": "gaps", "aria-label": t("Difference with the interviews") },
    h("h2", { class: "work__title" }, t("Difference with the interviews"), h("span", {}, t("widest first"))),
    rows.length ? h("table", { class: "gaps" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Indicator and cause")),
        h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Scores")), h("span", { class: "ruler", "aria-hidden": "true" }, values.map((value) => h("span", {}, number(value))))),
        h("th", { scope: "col", class: "number" }, t("difference")))),
      h("tbody", {}, rows.map((one) => row(S, one, explain)))) : h("p", { class: "quiet" }, S.state.baseline ? t("No figures to compare yet.") : t("No earlier survey was imported.")),
    rows.length ? files(S, rows) : null,
    triage(S, group));
}
