// Whether agreement may be conformity: where people moved after they had seen what the group said. Words from the figures
// for experts; it advises and gates nothing.
import { h } from "../dom.js";
import { t } from "../words.js";
import { chance } from "../staff/phrases.js";
import { groupOf, nth } from "./model.js";

export function conformity(S) {
  const group = groupOf(S), told = S.expert[group.id];
  if (nth(group) < 2 || !told || told.withheld || !told.shares) return null;
  const found = told.conformity;
  const line = (name, value) => [h("dt", {}, name), h("dd", {}, value)];
  const moved = found && found.moves;
  return h("section", { class: "watch", "data-key": "conformity" },
    h("h2", { class: "work__title" }, t("Agreement or conformity?"), h("span", {}, t("since what was shown"))),
    moved ? h("dl", { class: "pairs" },
      line(t("Moves toward the middle score"), t("{n} of {all} ({share})", { n: found.toward, all: found.moves, share: chance(found.share_toward) })),
      line(t("As many by chance alone"), chance(found.expected_toward)),
      line(t("Impression of forced agreement"), !found.enough ? t("too few moves to say") : found.nearly_all_toward ? t("yes") : t("no")))
      : h("p", { class: "quiet" }, t("Nobody has moved after seeing what the group said.")),
    moved && found.enough && found.nearly_all_toward ? h("p", { class: "sentence sentence--wait" }, h("span", {}, t("Nearly everybody moved toward the middle score. Ask for reasons before the next vote: it may be conviction, or rank in the room."))) : null);
}
