// The way from nothing to the day, in eight steps, and where somebody stands on it. Owns their names and their signs.
import { h, icon } from "../dom.js";
import { t } from "../words.js";

export const STEPS = [
  () => t("Framework"), () => t("Title and language"), () => t("Rule"), () => t("Earlier survey"), () => t("People and seats"),
  () => t("On paper"), () => t("Pre-flight and rehearsal"), () => t("Start"),
];
const STATES = { done: () => t("done"), now: () => t("now"), later: () => t("later"), left: () => t("left open") };

// What a step is: done, now, later, or left open behind somebody who has gone on.
export function stateOf(done, now, at) {
  if (done[at]) return "done";
  if (at === now) return "now";
  return at < now ? "left" : "later";
}

// way(done, now, here): `done` says of each step whether it is, `here(at)` the address of its place, null where it has none.
export function way(done, now, here) {
  return h("ol", { class: "way" }, STEPS.map((title, at) => {
    const state = stateOf(done, now, at), address = here(at);
    const named = [h("b", {}, `${at + 1} · `, title()), " ", h("small", {}, state === "done" ? icon("saved") : null, STATES[state]())];
    return h("li", { class: `way__step way__step--${state}`, "aria-current": state === "now" ? "step" : null },
      address ? h("a", { href: address }, named) : h("span", {}, named));
  }));
}
