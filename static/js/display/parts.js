// What several screens of the hall share: names, the synthetic mark, the corner that says how to join.
import { h } from "../dom.js";
import { t } from "../words.js";
import { now } from "../staff/api.js";

export const about = (S, id) => S.frame.groups.find((group) => group.id === id) || {};

export function stamp() {
  const found = document.getElementById("stamp").content.cloneNode(true);
  return found.childElementCount ? found : null;
}

// 7KQF2M9D as 7KQF 2M9D
export const spaced = (code) => code.replace(/^(.{4})-?(.{4})$/, "$1 $2");

export function corner(S) {
  const code = S.told.join_code;
  return h("p", { class: "join-corner" }, S.address, code ? [" · ", t("code"), " ", h("b", {}, spaced(code))] : null);
}

// Seconds left of a group's round, null where it has no limit or no round.
export function left(group) {
  return group.deadline === null || !["open", "paused"].includes(group.phase) ? null : group.deadline - (group.paused_at || now());
}
