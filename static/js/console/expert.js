// For experts, folded away: where people moved, who shares the order, agreement in value, what hangs on the threshold.
// All of it advises and gates nothing; single raters are told sorted and without names.
import { h } from "../dom.js";
import { framed, table } from "../figures/figure.js";
import { orders } from "../figures/orders.js";
import { number, t, tn } from "../words.js";
import { chance } from "../staff/phrases.js";

const round2 = (text) => number(Math.round(Number(text) * 100) / 100);

const about = (section) => h("a", { href: `/about/statistics#${section}`, target: "_blank", rel: "noopener" }, t("What does this mean?"));

function moves(found) {
  if (!found || !found.moves) return h("p", {}, t("Nobody has moved after seeing what the group said."));
  const shares = t("After seeing what the group said, {toward} of {moves} moves went toward the middle score ({share}) and {away} away from it; random moves would give {expected}.", {
    toward: found.toward, moves: found.moves, share: chance(found.share_toward), away: found.away, expected: chance(found.expected_toward) });
  return [h("p", {}, shares),
    found.nearly_all_toward ? h("p", {}, h("b", {}, t("Nearly all moves went toward the middle score. That may be conviction or conformity: ask for reasons before the next vote."))) : null,
    found.enough ? null : h("p", { class: "quiet" }, t("Fewer than twenty moves: too few to call a pattern."))];
}

function raters({ concordances, against }, group) {
  if (!concordances.length) return h("p", { class: "quiet" }, t("Shared order of single people: too few to show without pointing at someone."));
  const said = against ? tn("{n} person orders the indicators against the others.", "{n} people order the indicators against the others.", against)
    : t("Nobody orders the indicators against the others.");
  return [framed({ ...orders(concordances, { key: `orders-${group}` }), legend: [] }), h("p", {}, said)];
}

function values({ alpha, ac2 }) {
  if (alpha === null && ac2 === null) return h("p", {}, t("Agreement in value beyond chance cannot be computed: all scores are the same, or too few."));
  const firm = alpha === null ? t("not defined") : Number(alpha) >= 0.8 ? t("firm") : Number(alpha) >= 2 / 3 ? t("tentative") : t("not reliable");
  return h("p", {}, t("Agreement in value beyond chance: Krippendorff's alpha {alpha}, {word}; Gwet's AC2 {ac2}, steadier where nearly all scores are alike.", {
    alpha: alpha === null ? "–" : round2(alpha), word: firm, ac2: ac2 === null ? "–" : round2(ac2) }));
}

function thresholds({ shares, people, fragile }) {
  if (!shares.length) return h("p", { class: "quiet" }, t("This rule counts nobody, so it has no threshold to move."));
  const steps = [...shares.map((step) => [t("{n}%", { n: step.share_percent }), step]), ...people.map((step) => [
    step.people === 0 ? t("the rule as it is") : step.people < 0 ? t("one person fewer") : t("one person more"), step])];
  return [table(t("Indicators that would agree and settle under another threshold"), [t("Threshold"), t("agree"), t("settle")],
    steps.map(([name, step]) => [name, number(step.agreeing), number(step.settled)])),
    fragile.length ? h("p", {}, t("Fragile, one person either way would change the verdict: {items}.", { items: fragile.join(", ") })) : h("p", {}, t("No verdict hangs on one person."))];
}

// The pages that hold every measure; they are drawn by the server, for reading and printing.
function pages(S, group) {
  const here = `/console/${S.frame.workshop}`;
  return h("p", { class: "expert__pages" },
    h("a", { href: `${here}/experts/${group.id}` }, t("Every figure of this group")),
    h("a", { href: `${here}/certainty` }, t("How sure is the profile?")));
}

export function expert(S, group) {
  const found = S.expert[group.id];
  if (!found || !found.shares) return null;
  const parts = found.withheld ? [h("p", { class: "quiet" }, t("Hidden: some of it rests on fewer than five scores, or a person was erased."))] : [
    h("h3", {}, t("Movement")), moves(found.conformity), about("conformity"),
    h("h3", {}, t("Single people in the order")), raters(found, group.id), about("single-raters-in-the-order"),
    h("h3", {}, t("Agreement in value")), values(found), about("krippendorffs-alpha"),
    h("h3", {}, t("Thresholds moved")), thresholds(found), about("thresholds-moved"),
  ];
  return h("details", { class: "expert", "data-key": "expert" }, h("summary", {}, t("For experts")), pages(S, group), parts);
}
