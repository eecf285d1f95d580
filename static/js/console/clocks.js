// The clocks of a discussion, its own and one indicator's; both stand in the working notes. They run by themselves
// between two drawings: `tick` moves whatever is marked.
import { h, icon } from "../dom.js";
import { left as countdown, t, tn } from "../words.js";
import { leftOf, notesOf } from "./notes.js";

const TALK_MINUTES = [5, 10, 20];
const BOX_MINUTES = 3;

const timers = { talk: (held) => held.talk, box: (held) => held.box };

function face(S, group, kind) {
  const seconds = leftOf(timers[kind](notesOf(S, group.id)));
  return h("b", { class: seconds <= 0 ? "is-over" : null, role: "timer", "data-timer": `${kind}/${group.id}` }, countdown(seconds));
}

// Moves every clock on the page; true where one has just run out.
export function tick(S) {
  let over = false;
  for (const place of document.querySelectorAll("[data-timer]")) {
    const [kind, id] = place.dataset.timer.split("/"), seconds = leftOf(timers[kind](notesOf(S, id)));
    if (seconds === null) continue;
    place.textContent = countdown(seconds);
    over = over || (seconds <= 0 && !place.classList.contains("is-over"));
    place.classList.toggle("is-over", seconds <= 0);
  }
  return over;
}

const key = (action, label, inside, more) => h("button", { class: "button button--compact", type: "button", "data-do": action, "data-key": `${action}${(more || {})["data-minutes"] || ""}`, "aria-label": label, ...more }, inside);

// Time for the group's discussion: set, lengthened, paused, put away.
export function talkClock(S, group, may) {
  const { talk } = notesOf(S, group.id), seconds = leftOf(talk);
  if (seconds === null) {
    return may && h("div", { class: "talk", "data-key": "talk" }, h("span", { class: "quiet" }, t("Time to talk, in minutes")),
      TALK_MINUTES.map((n) => key("talk", tn("{n} minute to talk", "{n} minutes to talk", n), n, { "data-minutes": n })));
  }
  const paused = talk.left !== null;
  return h("div", { class: "talk", "data-key": "talk" },
    h("span", { class: "quiet" }, seconds <= 0 ? t("Time to talk is up") : paused ? t("Talk paused") : t("Time to talk")), face(S, group, "talk"),
    may && [1, 2].map((n) => key("talk", tn("Add {n} minute to the talk: +{n}", "Add {n} minutes to the talk: +{n}", n), `+${n}`, { "data-minutes": n })),
    may && (paused ? key("talk-resume", t("Go on with the talk"), icon("next")) : key("talk-pause", t("Pause the talk"), icon("pause"))),
    may && key("talk-end", t("Put the clock away"), icon("refused")));
}

// What is left of the talk, beside the name of what it limits.
export function talkLeft(S, group) {
  return leftOf(notesOf(S, group.id).talk) === null ? null : h("span", {}, t("left"), " ", face(S, group, "talk"));
}

// Time for one indicator.
export function boxClock(S, group, item, may) {
  const { box } = notesOf(S, group.id);
  if (!box || box.item !== item) {
    return may && key("box", null, [icon("time"), " ", tn("{n} minute for this one", "{n} minutes for this one", BOX_MINUTES)], { "data-item": item, "data-minutes": BOX_MINUTES, class: "button button--plain button--compact" });
  }
  return h("span", { class: "box", "data-key": "box" }, h("span", { class: "quiet" }, t("This one")), face(S, group, "box"),
    may && key("box", tn("Add {n} minute for this one: +{n}", "Add {n} minutes for this one: +{n}", 1), "+1", { "data-item": item, "data-minutes": 1 }),
    may && key("box-end", t("Put the clock away"), icon("refused")));
}
