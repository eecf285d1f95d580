// The plenary: contested indicators of all groups, gathered here, voted on by everybody once. What it says stands beside
// what the group said, and advises: it ends nothing.
import { h, icon, shape } from "../dom.js";
import { tiny } from "../figures/strip.js";
import { number, t, tn } from "../words.js";
import { decimal, ENDINGS, outcomeOf, percent } from "../staff/phrases.js";
import { about, homeOf, latest, mine, nodeOf, plenaryOf } from "./model.js";
import { notesOf } from "./notes.js";

const DISCUSSED = ["revealed", "concluded"];

// Indicators that no group has agreed on and the hall has seen: what a plenary may be asked.
export function contested(S) {
  return S.state.groups.filter((group) => group.kind !== "plenary" && DISCUSSED.includes(group.phase)).flatMap((group) => {
    const shown = latest(S, group);
    return group.items.filter((item) => shown.has(item) && !["consensus", "provisional"].includes(shown.get(item).outcome) && !(item in group.decided));
  });
}

// What the plenary votes on next: what groups have sent, and what its facilitator adds, less what is taken off again and
// what it has voted on.
export function agenda(S, plenary) {
  const { pinned, skipped } = notesOf(S, plenary.id), voted = latest(S, plenary);
  const sent = S.state.groups.flatMap((group) => (group.id === plenary.id ? [] : notesOf(S, group.id).plenary));
  return plenary.items.filter((item) => (sent.includes(item) || pinned.includes(item)) && !skipped.includes(item) && !voted.has(item));
}

// The list from which the agenda is made, while the plenary has no round at hand.
export function agendaColumn(S, plenary) {
  const chosen = new Set(agenda(S, plenary)), voted = latest(S, plenary), { may, lease } = mine(S, plenary);
  const rows = [...new Set([...contested(S), ...chosen])].filter((item) => !voted.has(item));
  const sorted = plenary.items.filter((item) => rows.includes(item));
  return h("section", { class: "agenda", "data-key": "agenda", "aria-label": t("For the plenary") },
    h("h2", { class: "work__title" }, t("For the plenary"), h("span", {}, tn("{n} chosen", "{n} chosen", chosen.size))),
    sorted.length ? h("ul", { class: "agenda__list" }, sorted.map((item) => row(S, plenary, item, chosen.has(item), may && !lease)))
      : h("p", { class: "quiet" }, t("Contested indicators of the groups appear here once their results have been shown to the hall.")));
}

function row(S, plenary, item, chosen, may) {
  const home = homeOf(S, item), figures = latest(S, home).get(item), verdict = figures && outcomeOf(figures);
  return h("li", { "data-key": item, "data-dim": about(S, home.id).dimension, class: item === S.item ? "is-here" : null },
    h("label", { class: "agenda__tick" }, h("input", { type: "checkbox", "data-agenda": item, checked: chosen, disabled: !may, "aria-label": t("Take {item} to the plenary", { item: `${item} ${nodeOf(S, item).short}` }) })),
    h("button", { type: "button", "data-do": "item", "data-item": item, "aria-current": item === S.item ? "true" : null },
      shape(), h("b", {}, item), h("span", {}, nodeOf(S, item).short, verdict ? h("small", {}, icon(verdict.form), " ", verdict.brief()) : null)));
}

// A tick on the agenda, as a change of the plenary's own notes.
export function ticked(S, plenary, item, on) {
  const { pinned, skipped } = notesOf(S, plenary.id), without = (list) => list.filter((other) => other !== item);
  return on ? { pinned: [...without(pinned), item], skipped: without(skipped) } : { pinned: without(pinned), skipped: [...without(skipped), item] };
}

// Group and plenary side by side, where both have scored an indicator.
export function beside(S, item) {
  const plenary = plenaryOf(S), voted = plenary && latest(S, plenary).get(item), home = homeOf(S, item);
  if (!voted || !home) return null;
  const own = latest(S, home).get(item);
  const line = (name, figures) => h("tr", {}, h("th", { scope: "row" }, name),
    figures.withheld ? h("td", { colspan: 4 }, t("hidden (fewer than five)")) : [
      h("td", {}, tiny(figures.counts)), h("td", { class: "number" }, h("b", {}, decimal(figures.median))),
      h("td", {}, tn("{n} voice", "{n} voices", figures.n), ", ", t("{share} in the pair", { share: percent(figures.in_pair, figures.n) })), h("td", {}, outcomeOf(figures).word())]);
  return h("section", { class: "beside", "data-key": "beside" },
    h("table", {}, h("caption", {}, t("Group and plenary"), ": ", t("the plenary advises, and the group's ending stands.")),
      h("thead", { class: "unseen" }, h("tr", {}, [t("Who"), t("Distribution"), t("Middle score"), t("Voices"), t("Verdict")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, own ? line(about(S, home.id).name, own) : null, line(about(S, plenary.id).name, voted))));
}

// How the plenary's scores stand beside the endings, for the end of the day.
export function advised(S) {
  const plenary = plenaryOf(S), voted = plenary ? [...latest(S, plenary).values()] : [];
  if (!voted.length) return null;
  const value = (text) => (text === null || text === undefined ? "–" : decimal(text));
  return h("section", { class: "advised", "data-key": "advised" },
    h("h2", {}, t("What the plenary advised")),
    h("table", { class: "table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Indicator")), h("th", { scope: "col" }, t("Ending in its group")), h("th", { scope: "col", class: "number" }, t("agreed score")), h("th", { scope: "col", class: "number" }, t("plenary score")))),
      h("tbody", {}, voted.map((figures) => {
        const ending = (homeOf(S, figures.item) || { endings: {} }).endings[figures.item];
        return h("tr", {}, h("th", { scope: "row" }, figures.item, " ", nodeOf(S, figures.item).name), h("td", {}, ending ? ENDINGS[ending.ending].word() : "–"),
          h("td", { class: "number" }, value(ending && ending.value)), h("td", { class: "number" }, figures.withheld ? "–" : [value(figures.median), h("small", { class: "quiet" }, ` n ${number(figures.n)}`)]));
      }))));
}
