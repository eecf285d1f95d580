// The round of one group on a display of its own: the time, how many are done, and its cells. No seat, no item, no value.
import { h, shape } from "../dom.js";
import { left as countdown, t } from "../words.js";
import { about, corner, left, stamp } from "./parts.js";
import { aboutRound, cells, key, NOW } from "./round.js";

export function alone(S, group) {
  const { phase } = group, seconds = phase === "open" ? left(group) : null, scoring = ["open", "paused"].includes(phase);
  return h("section", { class: "screen", "data-key": `alone-${group.id}`, "data-dim": about(S, group.id).dimension },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, shape(), " ", group.name, h("small", {}, aboutRound(group))),
      h("p", { class: "screen__side" }, stamp())),
    h("div", { class: "alone" },
      h("p", { class: "alone__time" }, seconds !== null ? h("span", { "data-clock": group.id, role: "timer" }, countdown(seconds)) : phase === "open" ? t("scoring") : (NOW[phase] || NOW.paused)()),
      h("p", { class: "alone__count" }, scoring || phase === "closed" ? [h("b", {}, group.finished, h("small", {}, `/${group.seated}`)), t("finished")] : [h("b", {}, group.seated), t("joined")]),
      cells(group),
      h("p", { class: "alone__say" }, scoring ? t("Scores stay sealed until the round is closed. Here you see only how many have finished.")
        : phase === "concluded" ? t("This group has finished.") : t("The facilitator sees the result first, then the hall."))),
    h("footer", { class: "screen__foot" }, key(), corner(S)));
}
