// What stands around the work: the state of the line, who is in control, the hall's display, banners and toasts.
import { h, icon } from "../dom.js";
import { paint } from "../staff/morph.js";
import { clock, t, tn } from "../words.js";
import { takenOver } from "./control.js";
import { groupOf, holder, mine, undoLeft, UNDO_SHOWN } from "./model.js";
import { standing } from "./screens.js";

const TOAST_MS = 10_000;

export function bar(S, places) {
  const live = S.link === "live", waking = S.link === "waking";
  const phones = new Set(S.connected.map((one) => (typeof one === "object" ? one.seat : one))).size;
  paint(places.link, h("span", { class: `save ${live ? "save--saved" : waking ? "" : "save--unsent"}` }, icon(live ? "saved" : waking ? "sending" : "offline"),
    live ? [t("Record ready"), " · ", tn("{n} phone connected", "{n} phones connected", phones)] : waking ? t("connecting") : S.state ? t("reconnecting; shown as last known") : t("reconnecting")));
  paint(places.bar, h("span", { class: "bar__items" },
    S.state && S.group && S.state.phase === "running" ? control(S) : null,
    display(S),
    menu("more", t("More"), [
      S.state && S.state.phase !== "draft" && S.frame.me.role === "organiser" ? ["ask-note", t("A note for the record")] : null,
      S.state && S.state.seats.length && S.frame.me.role === "organiser" ? ["ask-erase", t("Erase a person")] : null,
      S.frame.me.role === "observer" ? null : ["prints", t("On paper")],
      S.state && S.state.phase === "running" && S.frame.me.role === "organiser" ? ["papers", t("Enter paper ballots")] : null, ["preflight", t("Pre-flight")],
      S.state && S.state.rehearses && S.state.phase === "running" && S.frame.me.role === "organiser" ? ["ask-end", t("End the rehearsal")] : null,
      ["help", t("Keys")], ["sign-out", t("Sign out")],
    ]),
    h("time", { class: "quiet" }, clock(Date.now() / 1000))));
}

// What the hall's display stands on, and how to steer it.
function display(S) {
  const stands = standing(S);
  return menu("display", stands ? [t("Hall display"), ": ", h("b", {}, stands)] : t("Hall display"), [
    ["display", t("Open the hall display"), "D"],
    ["blank", stands === t("dark") ? t("Let it go on") : t("Make it dark"), "B"],
    ["join", stands === t("join code") ? t("Put the join code away") : t("Show how to join"), "J"],
  ]);
}

// A short list that opens beneath its name; choosing closes it. An entry: [action, words, key?].
export function menu(key, name, entries) {
  const shown = entries.filter(Boolean);
  if (!shown.length) return null;
  return h("details", { class: "menu", "data-key": key }, h("summary", { class: "button button--plain" }, name),
    h("div", { class: "menu__list" }, shown.map(([action, word, stroke]) => h("button", { type: "button", "data-do": action }, word,
      stroke && h("span", { class: "key", "aria-hidden": "true" }, stroke)))));
}

function control(S) {
  const group = groupOf(S), who = group.lease === S.frame.me.by ? t("you") : holder(S, group);
  return h("span", { class: "bar__control" }, t("In control"), ": ", h("b", {}, who || (mine(S, group).may && S.frame.me.role === "organiser" ? t("you") : "–")));
}

export function banners(S) {
  return [line(S), fault(S), ...takenOver(S), stage(S)];
}

// The last order did not reach the disk; it stays said until one does.
function fault(S) {
  if (!S.ui.fault) return null;
  return h("div", { class: "banner banner--stop", "data-key": "fault" }, icon("refused"), h("span", {}, h("strong", {}, t("The last order was not kept")), S.ui.fault));
}

function line(S) {
  if (S.link !== "live" && S.link !== "waking") {
    return h("div", { class: "banner banner--offline", "data-key": "line" }, icon("offline"), h("span", {}, h("strong", {}, S.state ? t("The live line is gone; trying again") : t("The server is out of reach; trying again")), S.linkSaid || t("Rounds and answers go on. Orders are sent another way, and what you see may be some seconds old.")));
  }
  return null;
}

// Where the workshop as a whole stands, once it asks for something or nothing more.
function stage(S) {
  if (!S.state) return null;
  const { phase, groups } = S.state;
  if (phase === "frozen") return h("div", { class: "banner banner--frozen", "data-key": "frozen" }, icon("frozen"), h("span", {}, h("strong", {}, t("The result is final")), t("Nothing can be changed any more. Notes can still be added.")));
  if (phase === "running" && groups.every((group) => group.phase === "concluded" || unused(group))) {
    return h("div", { class: "banner", "data-key": "stage" }, icon("saved"), h("span", {}, h("strong", {}, t("All groups have concluded")), t("Freeze the index, and everybody sees the profile.")),
      S.frame.me.role === "organiser" ? h("button", { class: "button button--primary", type: "button", "data-do": "ask-freeze" }, t("Freeze the index")) : null);
  }
  return null;
}

// A plenary that nobody needed.
export const unused = (group) => group.kind === "plenary" && group.phase === "waiting" && !group.rounds.length;

// toast({form, text, undo?}): says one thing and goes; `undo` names the group whose round can be opened again, as long as
// that is so.
export function toaster(place) {
  return function toast({ form, text, undo }) {
    const said = h("div", { class: "toast", "data-undo": undo }, icon(form), h("span", {}, text),
      undo ? h("button", { class: "button button--compact", type: "button", "data-do": "reopen_round", "data-group": undo }, t("Undo"), h("span", { class: "toast__left", "aria-hidden": "true" }))
        : h("button", { class: "button button--compact", type: "button" }, t("Close")));
    said.addEventListener("click", (event) => event.target.closest("button") && setTimeout(() => said.remove()));
    place.append(said);
    setTimeout(() => said.remove(), undo ? UNDO_SHOWN * 1000 : TOAST_MS);
  };
}

// Counts down what can still be undone, and takes away what cannot.
export function countUndo(S, place) {
  for (const said of place.querySelectorAll("[data-undo]")) {
    const group = groupOf(S, said.dataset.undo), seconds = Math.ceil(undoLeft(S, group));
    if (group.phase !== "closed" || seconds < 1) said.remove();
    else said.querySelector(".toast__left").textContent = seconds > UNDO_SHOWN ? "" : ` ${seconds}`;
  }
}
