// One indicator as the facilitator discusses it: verdict and what fails, distribution, earlier survey, movement, reasons.
// `short_by` stands here alone: in the hall it would point at people.
import { h, icon } from "../dom.js";
import { row } from "../figures/dumbbell.js";
import { framed } from "../figures/figure.js";
import { slopes } from "../figures/slopes.js";
import { strip } from "../figures/strip.js";
import { number, t, tn } from "../words.js";
import { chance, chip, decimal, outcomeOf } from "../staff/phrases.js";
import { boxClock } from "./clocks.js";
import { camps, groupOf, homeOf, latest, mine, nodeOf, plenaryOf, pointOf, votesOf } from "./model.js";
import { notesOf } from "./notes.js";
import { beside } from "./plenary.js";

// The sentence that stands first, and the clauses after it.
export function sentences(figures, rule) {
  const { n, in_pair: inside, pair } = figures;
  if (figures.withheld || figures.outcome === "insufficient") {
    return [tn("{n} score is too few to say.", "{n} scores are too few to say.", n),
      t("At least {quorum} scores are needed, and answers from {share} of the {seated} seated; {answered} answered.", {
        quorum: rule.quorum, share: t("{n}%", { n: rule.answered_percent }), seated: figures.seated, answered: figures.answered })];
  }
  const clauses = [];
  if (pair) clauses.push(t("{inside} of {n} lie on {low}–{high}", { inside, n, low: number(pair[0]), high: number(pair[1]) }));
  clauses.push(t("middle half {low} to {high}, width {width}", { low: decimal(figures.q1), high: decimal(figures.q3), width: decimal(figures.iqr) }));
  if (figures.stability) clauses.push(t("{changed} of {paired} changed their score", { changed: figures.stability.changed, paired: figures.stability.paired }));
  return [lead(figures, rule), clauses.join(" · ")];
}

function lead(figures, rule) {
  const { n, needed, short_by: short, stability } = figures;
  const must = needed === null ? "" : tn("With {n} voice, {needed} must agree", "With {n} voices, {needed} must agree", n, { needed });
  switch (figures.outcome) {
    case "consensus": return must ? t("{must}, and they do; the agreement has settled.", { must }) : t("Agreed, and settled.");
    case "provisional": return t("{must}, and they do. A second vote confirms it or changes it.", { must });
    case "moving": return t("Enough agree, but it still drifts: the middle score moved by {shift}, and {left} left the pair.", {
      shift: stability ? decimal(stability.median_shift) : "–", left: stability ? stability.left_pair : "–" });
    case "at_cap": return t("{must}; that did not come in {cap} votes. Record how it ends.", { must, cap: rule.cap });
    default: return short === null ? t("{must}; no single steps bring it there.", { must })
      : must + "; " + t("{n} would have to move one step.", { n: short });
  }
}

function distribution(S, figures) {
  const scale = S.frame.scale, title = t("Distribution in round {n} · shaded: middle half", { n: figures.round });
  return framed({ ...strip(figures, scale, { key: `strip-${figures.item}-${figures.round}`, title, width: 290, camps: camps(figures, scale) }), legend: [] });
}

function streams(S, figures) {
  const point = pointOf(S, figures);
  if (point.interview === null && point.metric === null) return null;
  return framed(row(point, S.frame.scale, { key: `dumbbell-${figures.item}-${figures.round}`, title: t("Earlier survey and workshop"), words: true, width: 290 }));
}

function movement(S, group, figures) {
  const votes = votesOf(S, group, figures.item);
  if (votes.length < 2) return null;
  const moved = figures.stability;
  const title = moved ? t("Movement: {changed} of {paired} changed", { changed: moved.changed, paired: moved.paired }) : t("Movement");
  return framed({ ...slopes(votes, S.frame.scale, { key: `slopes-${figures.item}-${votes.length}`, title }), legend: [] });
}

function reasons(figures, may) {
  const list = figures.reasons || [];
  if (!list.length) return h("section", { class: "case__reasons" }, h("h3", {}, t("Nobody gave a reason in this round.")));
  return h("section", { class: "case__reasons" },
    h("h3", {}, tn("{n} reason, without names", "{n} reasons, without names", list.length)),
    h("ol", {}, list.map((reason) => h("li", { class: reason.moderated ? "is-hidden" : null, "data-key": reason.id },
      h("span", {}, reason.text),
      reason.moderated ? h("small", { class: "quiet" }, t("hidden from the hall"))
        : may && h("button", { class: "button button--plain button--compact", type: "button", "data-do": "ask-moderate", "data-reason": reason.id }, t("Hide"))))));
}

// What the facilitator notes about an indicator on the way: first, aside, to the plenary, so much time.
function ownNotes(S, group, item, may) {
  const held = notesOf(S, group.id), talking = ["disclosed", "revealed"].includes(group.phase), plenary = plenaryOf(S);
  if (!may || group.phase === "waiting") return null;
  const note = (action, list, word) => h("button", { class: "note", type: "button", "data-do": action, "data-item": item, "data-group": group.id, "data-key": action, "aria-pressed": String(held[list].includes(item)) }, icon(action), word);
  return h("div", { class: "notes", "data-key": "notes", role: "group", "aria-label": t("Notes on this indicator") },
    talking && note("pin", "pinned", t("Pin")), talking && note("skip", "skipped", t("Set aside")),
    plenary && group.kind !== "plenary" && note("to-plenary", "plenary", t("To the plenary")),
    talking && boxClock(S, group, item, may));
}

function acts(S, group, figures, may) {
  const revealed = group.phase === "revealed" || (group.phase === "waiting" && group.rounds.length);
  const decided = group.decided[figures.item];
  return h("footer", { class: "case__acts" },
    may && group.phase === "revealed" && group.kind !== "plenary" && h("button", { class: "button button--compact", type: "button", "data-do": "ask-minority" }, t("Minority statement")),
    may && revealed && group.kind !== "plenary" && figures.outcome !== "consensus" && h("button", { class: "button button--compact", type: "button", "data-do": "ask-decide" },
      decided === undefined ? t("The chair decides") : t("Decided: {value}", { value: number(decided) })),
    h("button", { class: "button button--plain button--compact", type: "button", "data-do": "next-item" }, t("Next indicator"), h("span", { class: "key", "aria-hidden": "true" }, "→")));
}

// How easily a panel of this size agrees that has nothing to agree on.
function likely(S, group, figures) {
  const found = ((S.expert[group.id] || {}).chances || {})[figures.item];
  return found && !figures.withheld ? h("small", {}, tn("{n} voice scoring at random passes the rule in {chance} of all cases.",
    "{n} voices scoring at random pass the rule in {chance} of all cases.", figures.n, { chance: chance(found) })) : null;
}

// Of the chosen group; what only another group has scored, and the plenary is asked about, as that group left it.
export function openCase(S) {
  const chosen = groupOf(S), group = latest(S, chosen).has(S.item) || !S.item ? chosen : homeOf(S, S.item) || chosen;
  const figures = latest(S, group).get(S.item);
  if (!figures) return h("article", { class: "case", "data-key": "case" }, h("p", { class: "quiet" }, t("Choose an indicator on the left.")));
  const node = nodeOf(S, figures.item), { may, lease } = mine(S, group), own = group.id === chosen.id, free = own && may && !lease, [first, rest] = sentences(figures, S.state.rule);
  const sides = figures.flags.includes("two_camps") && !figures.withheld;
  const minorities = group.minorities[figures.item];
  return h("article", { class: "case", "data-key": "case", "aria-label": node.name },
    h("header", { class: "case__head" }, h("h2", {}, figures.item, " ", node.name), chip(outcomeOf(figures))),
    ownNotes(S, group, figures.item, free),
    h("p", { class: "case__sentence" }, h("b", {}, first), " ", h("small", {}, rest),
      likely(S, group, figures),
      sides && h("small", {}, figures.n < 12 ? t("Perhaps two camps: with so few voices, chance draws them too.") : t("Two camps: hear both before the next vote.")),
      figures.flags.includes("fragile") && h("small", {}, t("Fragile: one voice more or less would change the verdict.")),
      minorities && h("small", {}, tn("{n} minority statement is on record.", "{n} minority statements are on record.", minorities))),
    figures.withheld ? h("div", { class: "empty" }, h("b", {}, t("hidden (fewer than five)")), h("p", { class: "quiet" }, t("So few scores would show who gave them.")))
      : h("div", { class: "case__figures" }, h("div", {}, distribution(S, figures), group.kind === "plenary" ? null : streams(S, figures)), movement(S, group, figures)),
    beside(S, figures.item),
    figures.withheld ? null : reasons(figures, free && ["disclosed", "revealed"].includes(group.phase)),
    acts(S, group, figures, free));
}
