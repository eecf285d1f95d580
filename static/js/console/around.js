// What stands around the work: the state of the line, who is signed in, banners that stay, toasts that go.
import { h, icon } from "../dom.js";
import { paint } from "../staff/morph.js";
import { clock, t, tn } from "../words.js";
import { groupOf, holder, mine } from "./model.js";

const TOAST_MS = 10_000;

export function bar(S, places) {
  const live = S.link === "live", waking = S.link === "waking";
  const phones = new Set(S.connected.map((one) => (typeof one === "object" ? one.seat : one))).size;
  paint(places.link, h("span", { class: `save ${live ? "save--saved" : waking ? "" : "save--unsent"}` }, icon(live ? "saved" : waking ? "sending" : "offline"),
    live ? [t("Record ready"), " · ", tn("{n} phone connected", "{n} phones connected", phones)] : waking ? t("connecting") : t("reconnecting; shown as last known")));
  paint(places.bar, h("span", { class: "bar__items" },
    S.state && S.group && S.state.phase === "running" ? control(S) : null,
    h("button", { class: "button button--plain", type: "button", "data-do": "display" }, t("Hall display")),
    menu("more", t("More"), [
      S.state && S.state.phase !== "draft" && S.frame.me.role === "organiser" ? ["ask-note", t("A note for the record")] : null,
      S.frame.me.role === "observer" ? null : ["prints", t("On paper")], ["preflight", t("Pre-flight")],
      S.state && S.state.rehearses && S.state.phase === "running" && S.frame.me.role === "organiser" ? ["ask-end", t("End the rehearsal")] : null,
      ["help", t("Keys")], ["sign-out", t("Sign out")],
    ]),
    h("time", { class: "quiet" }, clock(Date.now() / 1000))));
}

// A short list that opens beneath its name; choosing closes it.
export function menu(key, name, entries) {
  const shown = entries.filter(Boolean);
  if (!shown.length) return null;
  return h("details", { class: "menu", "data-key": key }, h("summary", { class: "button button--plain" }, name),
    h("div", { class: "menu__list" }, shown.map(([action, word]) => h("button", { type: "button", "data-do": action }, word))));
}

function control(S) {
  const group = groupOf(S), who = group.lease === S.frame.me.by ? t("you") : holder(S, group);
  return h("span", {}, t("In control"), ": ", h("b", {}, who || (mine(S, group).may && S.frame.me.role === "organiser" ? t("you") : "–")));
}

export function banner(S) {
  if (S.link !== "live" && S.link !== "waking") {
    return h("div", { class: "banner banner--offline" }, icon("offline"), h("span", {}, h("strong", {}, t("The live line is gone; trying again")), S.linkSaid || t("Rounds and answers go on. Orders are sent another way, and what you see may be some seconds old.")));
  }
  if (!S.state) return null;
  const { phase, groups } = S.state;
  if (phase === "frozen") return h("div", { class: "banner banner--frozen" }, icon("frozen"), h("span", {}, h("strong", {}, t("The result is final")), t("Nothing can be changed any more. Notes can still be added.")));
  if (phase === "running" && groups.every((group) => group.phase === "concluded")) {
    return h("div", { class: "banner" }, icon("saved"), h("span", {}, h("strong", {}, t("All groups have concluded")), t("Freeze the index, and everybody sees the profile.")),
      S.frame.me.role === "organiser" ? h("button", { class: "button button--primary", type: "button", "data-do": "ask-freeze" }, t("Freeze the index")) : null);
  }
  return null;
}

// toast({form, text, undo?}): says one thing and goes; `undo` names the group whose round can be opened again.
export function toaster(place) {
  return function toast({ form, text, undo }) {
    const said = h("div", { class: "toast" }, icon(form), h("span", {}, text),
      undo ? h("button", { class: "button button--compact", type: "button", "data-do": "reopen_round", "data-group": undo }, t("Undo")) : h("button", { class: "button button--compact", type: "button" }, t("Close")));
    said.addEventListener("click", (event) => event.target.closest("button") && setTimeout(() => said.remove()));
    place.append(said);
    setTimeout(() => said.remove(), TOAST_MS);
  };
}
