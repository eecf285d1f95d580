// What to talk about, widest first, and what is agreed already.
import { h, icon } from "../dom.js";
import { tiny } from "../figures/strip.js";
import { number, t, tn } from "../words.js";
import { outcomeOf, percent } from "../staff/phrases.js";
import { expert } from "./expert.js";
import { agreed, groupOf, nodeOf, queue, roundOf, standing } from "./model.js";

function row(S, figures) {
  const here = figures.item === S.item, verdict = outcomeOf(figures);
  const about = figures.withheld ? t("hidden (fewer than five)")
    : t("width {width}", { width: number(+figures.iqr) }) + " · " + t("{share} in the pair", { share: percent(figures.in_pair, figures.n) })
      + (figures.flags.includes("fragile") ? " · " + t("fragile: one voice decides") : "");
  return h("tr", { class: here ? "is-here" : null, "data-key": figures.item },
    h("th", { scope: "row", class: "queue__name" },
      h("button", { type: "button", "data-do": "item", "data-item": figures.item, "aria-current": here ? "true" : null },
        h("b", {}, figures.item), h("span", {}, nodeOf(S, figures.item).short, h("small", {}, about)))),
    h("td", {}, figures.withheld ? h("span", { class: "quiet" }, t("{n} of {all}", { n: figures.n, all: figures.seated })) : tiny(figures.counts)),
    h("td", {}, h("span", { class: "queue__verdict" }, icon(verdict.form), h("span", {}, verdict.word()))));
}

// Before anything may be seen: what the group is doing, and nothing of what it says.
export function sealed(S) {
  const group = groupOf(S), round = roundOf(group);
  const title = { waiting: t("No round yet"), open: t("The round is sealed"), paused: t("The round is paused"), closed: t("Closed and still sealed") }[group.phase];
  const text = {
    waiting: t("Open the first round; everybody scores alone. You see results once it is closed."),
    open: t("You are as blind as the hall until it is closed. Above you see who has finished, never what they chose."),
    paused: t("Answers wait on the phones and go out when you resume."),
    closed: t("Nobody sees figures yet. Undo opens it again; then it is shown to you first."),
  }[group.phase];
  return h("section", { class: "sealed", "data-key": "sealed" }, h("b", {}, title || t("Nothing to talk about")),
    h("p", { class: "quiet" }, text || t("Results appear here when a round has been closed.")),
    round && ["open", "paused", "closed"].includes(group.phase) ? [
      h("h2", { class: "work__title" }, tn("{n} indicator in this round", "{n} indicators in this round", round.items.length)),
      h("ol", { class: "in-round" }, round.items.map((item) => h("li", {}, h("b", {}, item), h("span", {}, nodeOf(S, item).name)))),
    ] : null);
}

// How alike the panel orders the items: said from five items and seven voices up, as advice that gates nothing.
function order(S, group) {
  const shown = standing(group).map((round) => (S.rounds[group.id] || {})[round.number]).filter(Boolean).pop();
  const found = shown && shown.order;
  if (!found || found.w === null || found.items < 5 || found.raters < 7) return null;
  // Schmidt's anchors .1, .3, .5, .7, .9: a figure takes the word of the nearest, as in the report
  const words = [[0.8, t("unusually strong")], [0.6, t("strong")], [0.4, t("moderate")], [0.2, t("weak")], [0, t("very weak")]];
  const w = Number(found.w), [, word] = words.find(([least]) => w >= least);
  return h("p", { class: "order" }, t("Shared order of the indicators (Kendall's {w}): {value}, {word}. It says nothing about agreement on any of them.", {
    w: found.complete ? "W" : "W*", value: number(Math.round(w * 100) / 100), word }));
}

export function column(S) {
  const group = groupOf(S), list = queue(S, group), done = agreed(S, group);
  const voices = Math.max(0, ...list.map((figures) => figures.n));
  return h("section", { "data-key": "queue", "aria-label": t("Discussion queue") },
    h("h2", { class: "work__title" }, t("Discussion queue"), h("span", {}, t("widest first"), voices ? " · " + tn("{n} scorer", "{n} scorers", voices) : "")),
    list.length ? h("table", { class: "queue" },
      h("thead", { class: "unseen" }, h("tr", {}, [t("Indicator"), t("Distribution"), t("Verdict")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, list.map((figures) => row(S, figures)))) : h("p", { class: "quiet" }, t("Everything that was scored is agreed.")),
    order(S, group),
    done.length ? [
      h("h3", { class: "agreed__title" }, icon("consensus"), tn("{n} indicator agreed", "{n} indicators agreed", done.length)),
      h("ol", { class: "agreed" }, done.map((item) => h("li", { "data-key": item, class: item === S.item ? "is-here" : null },
        h("button", { type: "button", "data-do": "item", "data-item": item }, h("b", {}, item), h("span", {}, nodeOf(S, item).short))))),
    ] : null,
    expert(S, group));
}
