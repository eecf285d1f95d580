// The right-hand column: where this room and the earlier survey differ, widest first, with the cause of each; then what
// is worth the time left, whether agreement may be conformity, and who is in the room.
import { h } from "../dom.js";
import { dumbbell, row as pair } from "../figures/dumbbell.js";
import { foot } from "../figures/figure.js";
import { number, t } from "../words.js";
import { CAUSES, signed } from "../staff/phrases.js";
import { conformity } from "./conformity.js";
import { gaps, groupOf, mine, nodeOf, pointOf } from "./model.js";
import { people } from "./people.js";
import { triage } from "./triage.js";

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

const SHOWN = 5; // differences that stand there at once; the others unfold

export function aside(S) {
  const group = groupOf(S), every = gaps(S, group), { may, lease } = mine(S, group);
  const rows = S.ui.gaps ? every : every.slice(0, SHOWN);
  const explain = may && !lease && ["disclosed", "revealed"].includes(group.phase);
  const values = S.frame.scale.map((category) => category.value);
  return h("aside", { "data-key": "gaps", "aria-label": t("Difference with the interviews") },
    h("h2", { class: "work__title" }, t("Difference with the interviews"), h("span", {}, t("widest first"))),
    rows.length ? h("table", { class: "gaps" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Indicator and cause")),
        h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Scores")), h("span", { class: "ruler", "aria-hidden": "true" }, values.map((value) => h("span", {}, number(value))))),
        h("th", { scope: "col", class: "number" }, t("difference")))),
      h("tbody", {}, rows.map((one) => row(S, one, explain)))) : h("p", { class: "quiet" }, S.state.baseline ? t("No figures to compare yet.") : t("No earlier survey was imported.")),
    every.length > SHOWN ? h("button", { class: "button button--plain button--compact unfold", type: "button", "data-do": "gaps", "data-key": "gaps-all", "aria-expanded": String(Boolean(S.ui.gaps)) },
      S.ui.gaps ? t("Only the widest") : t("All {n} differences", { n: number(every.length) })) : null,
    every.length ? files(S, every) : null,
    ["disclosed", "revealed"].includes(group.phase) ? triage(S) : null,
    conformity(S),
    people(S));
}
