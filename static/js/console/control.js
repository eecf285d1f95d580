// Who is in control: what this person held is remembered in this browser, so that whoever was taken over is told so at
// once, after a reload and after a lost line as well, until they have understood it or taken it back.
import { h, icon } from "../dom.js";
import { t } from "../words.js";
import { about, groupOf, holder } from "./model.js";

const place = (S) => `mufakat/held/${S.frame.workshop}/${S.frame.me.by}`;
const remembered = (S) => JSON.parse(localStorage.getItem(place(S)) || "[]");
const told = new Set();

function remember(S, groups) {
  if (groups.length) localStorage.setItem(place(S), JSON.stringify(groups));
  else localStorage.removeItem(place(S));
}

// The groups that somebody has taken from this person.
export const lost = (S) => remembered(S).filter((id) => groupOf(S, id) && ![null, S.frame.me.by].includes(groupOf(S, id).lease));

// Looks at the leases as they are now, and says once what has been taken.
export function watch(S, toast) {
  const mine = S.state.groups.filter((group) => group.lease === S.frame.me.by).map((group) => group.id);
  remember(S, [...new Set([...remembered(S), ...mine])]);
  for (const id of mine) for (const one of [...told]) if (one.startsWith(`${id} `)) told.delete(one);
  for (const id of lost(S)) {
    const group = groupOf(S, id), once = `${id} ${group.lease}`, name = holder(S, group);
    if (told.has(once) || name === group.lease) continue; // the name is on its way
    told.add(once);
    toast({ form: "near", text: t("{name} has taken over {group}.", { name, group: about(S, id).name }) });
  }
}

export function forget(S, id) {
  remember(S, remembered(S).filter((other) => other !== id));
}

export function takenOver(S) {
  if (!S.state || S.state.phase !== "running") return [];
  const free = S.frame.me.role === "organiser"; // who needs no control to give orders
  return lost(S).map((id) => h("div", { class: "banner", "data-key": `lost-${id}` }, icon("near"),
    h("span", {}, h("strong", {}, t("{name} is in control of {group} now", { name: holder(S, groupOf(S, id)), group: about(S, id).name })),
      free ? t("As organiser you can still give orders. Both of you see the same.") : t("Your orders to this group are refused until you take it back. Both of you see the same.")),
    h("span", { class: "banner__acts" },
      h("button", { class: "button button--compact", type: "button", "data-do": "take_lease", "data-group": id }, t("Take it back")),
      h("button", { class: "button button--plain button--compact", type: "button", "data-do": "understood", "data-group": id }, t("Understood")))));
}
