// Which three indicators are worth the minutes left: those that talk can still settle, by how few people would have to
// move, what hangs on one voice, what was written, and what nobody has explained yet. Advice in words, and it gates nothing.
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { talkLeft } from "./clocks.js";
import { groupOf, latest, nodeOf, queue, votesOf } from "./model.js";
import { notesOf } from "./notes.js";

const MOST = 3;
const REASONS = 3; // so many written reasons are worth hearing out

// What speaks for an item, as [points, words]; nothing speaks for one that no single steps would settle.
function grounds(S, group, figures) {
  const { short_by: short, flags, gap } = figures, found = [];
  if (short) found.push([Math.max(1, 5 - short), tn("{n} person one step away", "{n} people one step away", short)]);
  if (flags.includes("fragile")) found.push([1, t("hangs on one voice")]);
  const said = (figures.reasons || []).filter((reason) => !reason.moderated).length;
  if (said >= REASONS) found.push([1, tn("{n} reason to hear", "{n} reasons to hear", said)]);
  const wide = gap && gap.interview && gap.interview.size === "wide";
  const named = group.explained.some((why) => why.item === figures.item && why.stream === "interview");
  if (wide && !named) found.push([1, t("far from the interviews, cause not named")]);
  return found;
}

// The items with their grounds, best first; settled disagreements, withheld ones and those out of votes are left out.
export function worthwhile(S, group) {
  const { skipped } = notesOf(S, group.id), cap = S.state.rule.cap, shown = latest(S, group);
  return queue(S, group)
    .filter(({ item, withheld, flags, outcome }) => !withheld && !skipped.includes(item) && outcome !== "insufficient"
      && outcome !== "moving" && !flags.includes("stable") && votesOf(S, group, item).length < cap)
    .map((figures) => ({ figures, grounds: grounds(S, group, figures) }))
    .filter((one) => one.figures.short_by)
    .sort((a, b) => points(b) - points(a) || a.figures.short_by - b.figures.short_by || shown.get(b.figures.item).iqr - shown.get(a.figures.item).iqr)
    .slice(0, MOST);
}

const points = (one) => one.grounds.reduce((sum, [worth]) => sum + worth, 0);

export function triage(S) {
  const group = groupOf(S), best = worthwhile(S, group);
  if (!best.length) return null;
  return h("section", { class: "watch", "data-key": "triage" },
    h("h2", { class: "work__title" }, t("If time is short, these first"), talkLeft(S, group)),
    h("ol", { class: "triage" }, best.map(({ figures, grounds: why }) => h("li", { "data-key": figures.item },
      h("button", { type: "button", "data-do": "item", "data-item": figures.item },
        h("b", {}, figures.item), h("span", {}, nodeOf(S, figures.item).short, h("small", {}, why.map(([, words]) => words).join(" · "))))))));
}
