// The ballot on a phone: draws what the model knows, moves between cards, keeps the head's clock. The address's
// fragment says where one is (#3, #review, #done), so that the phone's own back key works.
import { Asking } from "../ballot/asking.js";
import { banners, waits } from "../ballot/banners.js";
import { Card } from "../ballot/card.js";
import { Heads } from "../ballot/heads.js";
import { openStorage } from "../ballot/kept.js";
import { Link } from "../ballot/link.js";
import { Model } from "../ballot/model.js";
import * as pages from "../ballot/pages.js";
import { words as verdict } from "../ballot/receipt.js";
import { headOf } from "../ballot/signs.js";
import { Turn } from "../ballot/turn.js";
import { block, fill, h, icon } from "../dom.js";
import { left, t } from "../words.js";

const BEHIND = 100;
const UNSEEN = 1500; // a tab in the back lets the one in front send first

const phone = document.getElementById("phone");
const note = phone.querySelector(".phone__note");
const time = h("span", { class: "phone__round quiet" });
const head = h("header", { class: "phone__head" });
const stuck = h("section", { class: "phone__stuck", "aria-label": t("Connection") });
const banner = h("section", { "aria-label": t("Notices") });
const status = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
const foot = h("footer", { class: "phone__foot" });
const slot = h("main", {});
let shown = { key: "", element: slot };
let said = "";
let warned = null;

const model = new Model(openStorage());
const link = new Link({
  snapshot: (next, line) => model.accept(next, line),
  change: (change) => model.hear(change),
  nudge: (nudge) => model.remind(nudge),
  state: () => {
    draw();
    if (link.up) setTimeout(() => model.flush(), document.hidden ? UNSEEN : 0);
  },
  gone: (code, sentence) => model.end(code, sentence),
  again: () => asking.current(),
  clock: (offset) => (model.offset = offset),
});
const asking = new Asking(model, link, () => draw());

// --- where one is ---------------------------------------------------------------------------------------------------

function at() {
  const place = location.hash.slice(1);
  if (place === "review" || place === "done" || (place === "results" && model.shown !== null)) return place;
  const index = Number(place) - 1;
  return Number.isInteger(index) && model.items[index] ? index : 0;
}

// Where one was before the page was loaded anew (in another language, say); else where there is something to do.
function resume() {
  if (location.hash || !model.items.length || model.view.phase !== "open") return;
  const [where, hash] = (remember() || "").split(" ");
  const first = model.missing.length ? `#${model.items.indexOf(model.missing[0]) + 1}` : "#review";
  history.replaceState(null, "", where === here() && hash ? hash : first);
}

function here() {
  return `${model.view.workshop}/${model.view.group}/${model.view.round}`;
}

function remember(text) {
  try {
    if (text !== undefined) sessionStorage.setItem("mufakat.place", text);
    return sessionStorage.getItem("mufakat.place");
  } catch {
    return null;
  }
}

function go(place) {
  location.hash = typeof place === "number" ? `#${place + 1}` : `#${place}`;
}

// --- drawing --------------------------------------------------------------------------------------------------------

function screen() {
  const { phase, workshop_phase: whole, round: number } = model.view;
  if (model.ended) return ["ended", pages.ended, [rejoin()]];
  const place = at();
  if (whole === "frozen") return ["frozen", pages.concluded, [profile()]];
  const voting = phase === "open" || phase === "paused";
  if (place === "results" && (voting || phase === "concluded")) {
    return ["results", pages.results, [plain(voting ? t("Back to scoring") : t("Back"), () => go("review"))]];
  }
  if (phase === "concluded") return ["concluded", pages.concluded, []];
  if (voting) {
    if (place === "review") return ["review", pages.review, [reviewNext()]];
    if (place === "done") return ["done", pages.done, [plain(t("Check my scores"), () => go("review"))]];
    return [place, null, cardKeys(place)];
  }
  if (phase === "closed" || phase === "disclosed") return [`closed/${number}`, pages.closed, []];
  if (phase === "revealed") return [`revealed/${number}`, pages.results, []];
  return ["waiting", pages.waiting, []];
}

let round = "";

function draw(news) {
  if (round !== here()) {
    if (round) history.replaceState(null, "", "#1"); // a new round begins at its first card
    round = here();
  }
  remember(`${round} ${location.hash}`);
  const [place, page, keys] = screen();
  const dimension = typeof place === "number" ? (model.items[place].dimension ?? model.view.dimension) : model.view.dimension;
  if (dimension) phone.dataset.dim = ((dimension - 1) % 4) + 1;
  else delete phone.dataset.dim; // a plenary has none
  drawHead();
  fill(stuck, waits(model, link.up));
  fill(banner, banners(model, link.up));
  asking.due();
  if (typeof place === "number") drawCard(place);
  else drawPage(place, page(model));
  foot.className = `phone__foot${keys.length === 1 ? " phone__foot--one" : ""}`;
  const focused = foot.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(foot, keys);
  foot.hidden = !keys.length;
  if (focused) foot.querySelector(`[data-key="${focused}"]`)?.focus();
  say(news);
}

function drawCard(index) {
  const item = model.items[index];
  const key = `card/${model.view.group}/${model.view.round}/${item.id}/${Boolean(item.feedback)}`;
  if (shown.key === key) shown.card.update();
  else {
    const card = new Card(model, item);
    place(key, card.element, card);
  }
}

function drawPage(key, element) {
  if (shown.key !== key) return place(key, element);
  const open = [...shown.element.querySelectorAll("details[open] > [data-key]")].map((one) => one.dataset.key);
  const focused = shown.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  shown.element.replaceWith(element);
  shown = { key, element };
  for (const one of open) element.querySelector(`[data-key="${one}"]`)?.parentElement.setAttribute("open", "");
  if (focused) element.querySelector(`[data-key="${focused}"]`)?.focus();
  return undefined;
}

// A new screen begins at its top, and a screen reader at its title.
function place(key, element, card) {
  const first = !shown.key;
  shown.element.replaceWith(element);
  shown = { key, element, card };
  scrollTo(0, 0);
  if (!first) element.querySelector("h1")?.focus({ preventScroll: true });
}

function drawHead() {
  fill(head, headOf(model.view, time));
  drawTime();
}

function drawTime() {
  const { round: n, deadline, phase } = model.view;
  if (n === null || model.ended) time.textContent = "";
  else if (phase === "paused") time.textContent = t("Round {n} · paused", { n });
  else if (phase !== "open") time.textContent = t("Round {n} closed", { n });
  else if (deadline === null) time.textContent = t("Round {n}", { n });
  else {
    const seconds = deadline - model.now() / 1000;
    time.textContent = t("Round {n} · {left}", { n, left: left(seconds) });
    if (seconds <= 60 && seconds > 0 && warned !== deadline) {
      warned = deadline;
      status.textContent = t("Less than a minute is left.");
    }
  }
}

// What changed, for those who listen instead of look.
function say(news) {
  const words = {
    open: () => t("Round {n} is open.", { n: model.view.round }),
    waiting: () => (model.view.voided === null ? "" : t("Round {n} was cancelled.", { n: model.view.voided })), paused: () => t("The round is paused."),
    closed: () => t("The round is closed."), revealed: () => t("The group's result is shown."),
    concluded: () => t("Your group has finished."), checked: () => verdict(model),
    reminded: () => t("The facilitator asks you to finish."),
  };
  let next = said;
  if (words[news]) next = words[news]();
  else if (shown.card?.mark.querySelector(".icon")) next = shown.card.mark.textContent;
  const unsent = stuck.querySelector("strong");
  if (unsent && !words[news]) next = `${next}. ${unsent.textContent}`;
  if (next !== said) status.textContent = said = next;
}

// --- keys -----------------------------------------------------------------------------------------------------------

function key(name, classes, label, onclick, ...inside) {
  return h("button", { type: "button", class: `button ${classes}`, "data-key": name, onclick, "aria-label": label }, ...inside);
}

function plain(words, onclick) {
  return key("next", "", null, onclick, words);
}

function cardKeys(index) {
  const item = model.items[index];
  const last = index + 1 === model.items.length;
  const answered = model.answered(item);
  const before = model.before(item);
  const onward = () => (last ? go(model.missing.length ? "review" : "done") : go(index + 1));
  const back = key("back", "", t("Previous"), () => (index ? go(index - 1) : go("review")), icon("back"));
  let next;
  if (!answered && item.feedback && before && model.view.phase === "open") {
    const { value = null, cannot = null } = before;
    next = key("next", "button--primary", null, () => {
      model.answer(item.id, { value, cannot, confidence: null, reason: null });
      onward();
    }, cannot ? t("Keep: cannot score") : t("Keep {value}", { value }), icon("next"));
  } else {
    const words = last ? t("Check my scores") : answered ? t("Next: {id}", { id: model.items[index + 1].id }) : t("Skip for now");
    next = key("next", "button--primary", null, onward, words, icon("next"));
  }
  return [back, next];
}

function reviewNext() {
  const [first] = model.missing;
  if (!first) return key("next", "button--primary", null, () => go("done"), t("Done"));
  return key("next", "button--primary", null, () => go(model.items.indexOf(first)), t("Score {id} now", { id: first.id }));
}

function profile() {
  return h("a", { class: "button button--primary", href: "/results" }, t("See the final profile"));
}

function rejoin() {
  return h("a", { class: "button button--primary", href: "/join" }, t("Join again"));
}

// --- beginning ------------------------------------------------------------------------------------------------------

addEventListener("hashchange", () => draw());
addEventListener("storage", (event) => {
  if (event.key !== model.outbox?.name && !Turn.is(event.key)) return;
  draw();
  setTimeout(() => model.flush(), BEHIND); // the tab in which it was made goes first
});
setInterval(drawTime, 500);

fill(phone, head, stuck, banner, slot, foot, note, status);
note.classList.remove("plain");
document.documentElement.dataset.awake = "true";
model.accept(block("snapshot"));
model.draw = draw;
model.link = link;
model.heads = new Heads(model.storage, model.view.workshop, link);
resume();
link.start();
draw();
model.flush();
asking.current();
