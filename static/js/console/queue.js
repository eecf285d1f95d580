// What to talk about, widest first, and what is agreed already.
import { h, icon } from "../dom.js";
import { tiny } from "../figures/strip.js";
import { number, t, tn } from "../words.js";
import { outcomeOf, percent } from "../staff/phrases.js";
import { talkClock } from "./clocks.js";
import { expert } from "./expert.js";
import { decided, ended, groupOf, mine, nodeOf, queue, roundOf, standing } from "./model.js";
import { notesOf } from "./notes.js";
import { people } from "./people.js";

function row(S, figures) {
  const here = figures.item === S.item, verdict = outcomeOf(figures);
  const about = figures.withheld ? t("hidden")
    : t("width {width}", { width: number(+figures.iqr) }) + " · " + t("{share} in the pair", { share: percent(figures.in_pair, figures.n) });
  const { pinned, skipped } = notesOf(S, S.group), aside = skipped.includes(figures.item);
  return h("tr", { class: [here && "is-here", aside && "is-aside"].filter(Boolean).join(" ") || null, "data-key": figures.item },
    h("th", { scope: "row", class: "queue__name" },
      h("button", { type: "button", "data-do": "item", "data-item": figures.item, "aria-current": here ? "true" : null },
        h("b", {}, figures.item), h("span", {}, pinned.includes(figures.item) ? [icon("pin"), h("span", { class: "unseen" }, t("pinned"))] : null, " ", nodeOf(S, figures.item).short, h("small", {}, aside ? t("set aside") : about)))),
    h("td", {}, figures.withheld ? h("span", { class: "quiet" }, t("{n} of {all}", { n: figures.n, all: figures.seated })) : tiny(figures.counts)),
    h("td", {}, h("span", { class: "queue__verdict", title: verdict.word() }, icon(verdict.form), h("span", {}, verdict.brief(),
      !figures.withheld && figures.flags.includes("fragile") ? h("small", {}, t("fragile")) : null))));
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
    ] : null,
    people(S));
}

// How alike the panel orders the items: said from five items and seven voices up, as advice that gates nothing.
function alike(S, group) {
  const shown = standing(group).map((round) => (S.rounds[group.id] || {})[round.number]).filter(Boolean).pop();
  const found = shown && shown.order;
  if (!found || found.w === null || found.items < 5 || found.raters < 7) return null;
  // Schmidt's anchors .1, .3, .5, .7, .9: a figure takes the word of the nearest, as in the report
  const words = [[0.8, t("unusually strong")], [0.6, t("strong")], [0.4, t("moderate")], [0.2, t("weak")], [0, t("very weak")]];
  const w = Number(found.w), [, word] = words.find(([least]) => w >= least);
  return h("p", { class: "order" }, t("Shared order of the indicators (Kendall's {w}): {value}, {word}. It says nothing about agreement on any of them.", {
    w: found.complete ? "W" : "W*", value: number(Math.round(w * 100) / 100), word }));
}

// Indicators that need no talk now, with the name of what they have come to.
function done(S, form, title, items) {
  return items.length ? [
    h("h3", { class: "agreed__title" }, icon(form), title),
    h("ol", { class: "agreed" }, items.map((item) => h("li", { "data-key": item, class: item === S.item ? "is-here" : null },
      h("button", { type: "button", "data-do": "item", "data-item": item }, h("b", {}, item), h("span", {}, nodeOf(S, item).short))))),
  ] : null;
}

// In the order in which they are drawn.
export const order = (S, group) => [...queue(S, group).map((figures) => figures.item), ...ended(S, group, "provisional"), ...ended(S, group, "consensus"), ...decided(group)];

export function column(S) {
  const group = groupOf(S), list = queue(S, group), { may, lease } = mine(S, group);
  const early = ended(S, group, "provisional"), agreed = ended(S, group, "consensus"), chair = decided(group);
  const voices = Math.max(0, ...list.map((figures) => figures.n));
  return h("section", { "data-key": "queue", "aria-label": t("Discussion queue") },
    h("h2", { class: "work__title" }, t("Discussion queue"), h("span", {}, t("widest first"), voices ? " · " + tn("{n} scorer", "{n} scorers", voices) : "")),
    ["disclosed", "revealed"].includes(group.phase) ? talkClock(S, group, may && !lease) : null,
    list.length ? h("table", { class: "queue" },
      h("thead", { class: "unseen" }, h("tr", {}, [t("Indicator"), t("Distribution"), t("Verdict")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, list.map((figures) => row(S, figures)))) : h("p", { class: "quiet" }, t("Nothing that was scored needs talk now.")),
    done(S, "provisional", tn("{n} indicator agreed on the first vote", "{n} indicators agreed on the first vote", early.length), early),
    done(S, "consensus", tn("{n} indicator agreed", "{n} indicators agreed", agreed.length), agreed),
    done(S, "decided", tn("{n} indicator decided by the chair", "{n} indicators decided by the chair", chair.length), chair),
    alike(S, group),
    expert(S, group));
}
