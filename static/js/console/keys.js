// The keyboard: Space the primary button, arrows the next indicator, B and J the hall's display, ? the list; can be
// switched off. No single key closes a round: Space asks, and what it asks is answered on its own button.
import { h } from "../dom.js";
import { t } from "../words.js";
import { ask, tick } from "./dialogs.js";

const OFF = "mufakat/keys-off";

const LIST = () => [
  [t("Space"), t("the next step of the chosen group")], ["→ ←", t("next and previous indicator")], ["1 – 9", t("choose a group")],
  ["R", t("show the results to the hall")], 
  ["B", t("make the hall display dark, or let it go on")], ["J", t("show the join code on it")], ["D", t("open the hall display")], ["?", t("this list")],
];

async function help() {
  const told = await ask({
    title: t("Keys"), confirm: t("Keep"),
    text: h("dl", { class: "keys" }, LIST().flatMap(([key, what]) => [h("dt", {}, h("span", { class: "key" }, key)), h("dd", {}, what)])),
    fields: [tick("on", t("Keys are switched on"), { checked: !localStorage.getItem(OFF) })],
  });
  if (!told) return;
  if (told.has("on")) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

// listen({primary, item, pick, reveal, blank, join, display})
export function listen(act) {
  const keys = {
    " ": act.primary, arrowright: () => act.item(1), arrowleft: () => act.item(-1), r: act.reveal, b: act.blank, j: act.join, d: act.display,
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") return void help();
    if (localStorage.getItem(OFF) || event.repeat) return;
    if (event.key === " " && event.target.closest("button, a, summary, input")) return;
    const done = /^[1-9]$/.test(event.key) ? () => act.pick(Number(event.key) - 1) : keys[event.key.toLowerCase()];
    if (!done) return;
    event.preventDefault();
    done();
  });
}

export { help };
