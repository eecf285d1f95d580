// The ballot on a phone: draws what the model knows, moves between cards, keeps the head's clock. The address's
// fragment says where one is (#3, #review, #done), so that the phone's own back key works.
import { Card } from "../ballot/card.js";
import { Link } from "../ballot/link.js";
import { Model } from "../ballot/model.js";
import { openStorage } from "../ballot/outbox.js";
import * as pages from "../ballot/pages.js";
import { block, fill, h, icon, shape } from "../dom.js";
import { left, t, tn } from "../words.js";

const phone = document.getElementById("phone");
const note = phone.querySelector(".phone__note");
const time = h("span", { class: "phone__round quiet" });
const head = h("header", { class: "phone__head" });
const banner = h("section", { "aria-label": t("Notices") });
const status = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
const foot = h("footer", { class: "phone__foot" });
const slot = h("main", {});
let shown = { key: "", element: slot };
let said = "";

const model = new Model(openStorage());
const link = new Link({
  snapshot: (next) => model.accept(next),
  change: (change) => model.hear(change),
  state: () => {
    draw();
    if (link.up) model.flush();
  },
  gone: (code, sentence) => model.end(code, sentence),
  again: () => isCurrent(),
  clock: (offset) => (model.offset = offset),
});
// --- where one is ---------------------------------------------------------------------------------------------------

function at() {
  const place = location.hash.slice(1);
  if (place === "review" || place === "done") return place;
  const index = Number(place) - 1;
  if (Number.isInteger(index) && model.items[index]) return index;
  return 0;
}

function go(place) {
  location.hash = typeof place === "number" ? `#${place + 1}` : `#${place}`;
}

// --- drawing --------------------------------------------------------------------------------------------------------

function screen() {
  const { phase, workshop_phase: whole, round: number } = model.view;
  if (model.ended) return ["ended", pages.ended, [rejoin()]];
  if (whole === "frozen" || phase === "concluded") return [`concluded/${whole}`, pages.concluded, []];
  if (phase === "open" || phase === "paused") {
    const place = at();
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
  const now = `${model.view.group}/${model.view.round}`;
  if (now !== round) {
    if (round) history.replaceState(null, "", "#1"); // a new round begins at its first card
    round = now;
  }
  const [place, page, keys] = screen();
  const dimension = typeof place === "number" ? (model.items[place].dimension ?? model.view.dimension) : model.view.dimension;
  if (dimension) phone.dataset.dim = ((dimension - 1) % 4) + 1;
  drawHead();
  drawBanner();
  askReasons();
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
  fill(head, model.view.dimension ? shape() : null, h("b", {}, model.view.group_name), time);
  drawTime();
}

function drawTime() {
  const { round: n, deadline, phase } = model.view;
  if (n === null || model.ended) time.textContent = "";
  else if (phase === "paused") time.textContent = t("Round {n} · paused", { n });
  else if (phase !== "open") time.textContent = t("Round {n} closed", { n });
  else if (deadline === null) time.textContent = t("Round {n}", { n });
  else time.textContent = t("Round {n} · {left}", { n, left: left(deadline - model.now() / 1000) });
}

function strip(kind, name, strong, text, key) {
  return h("div", { class: `banner banner--${kind}` }, icon(name), h("span", {}, h("strong", {}, strong), text), key);
}

function drawBanner() {
  const told = [];
  const waiting = model.unsent;
  const away = !link.up;
  if (model.stale) {
    told.push(strip("stop", "refused", t("This page is out of date."), t("Your answers are kept. Load it again."),
      h("button", { type: "button", class: "button button--compact", onclick: () => location.reload() }, t("Reload"))));
  }
  if (model.view.phase === "paused" && !model.ended) {
    told.push(strip("note", "pause", t("The round is paused."), t("Your answers stay. Go on when the facilitator resumes.")));
  }
  if (!model.ended && waiting > 0 && ["open", "paused"].includes(model.view.phase) && (away || model.held || model.view.phase === "paused")) {
    told.push(strip("offline", "offline", tn("{n} score not yet sent", "{n} scores not yet sent", waiting),
      t("Safe on this phone. They go out by themselves once connected.")));
  } else if (!model.ended && away) {
    told.push(strip("offline", "offline", t("No connection"), t("You can go on; your answers are kept on this phone.")));
  }
  if (model.outbox?.full) {
    told.push(strip("stop", "refused", t("This phone's storage is full."), t("Do not close this page until everything is saved.")));
  }
  fill(banner, told);
}

// What changed, for those who listen instead of look.
function say(news) {
  const words = {
    open: () => t("Round {n} is open.", { n: model.view.round }), paused: () => t("The round is paused."),
    closed: () => t("The round is closed."), revealed: () => t("The group's result is shown."),
    concluded: () => t("Your group has finished."),
  };
  let next = said;
  if (words[news]) next = words[news]();
  else if (shown.card?.mark.querySelector(".icon")) next = shown.card.mark.textContent;
  const unsent = banner.querySelector(".banner--offline strong");
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
  if (!answered && item.feedback && before !== null && model.view.phase === "open") {
    next = key("next", "button--primary", null, () => {
      model.answer(item.id, { value: before, cannot: null, confidence: null, reason: null });
      onward();
    }, t("Keep {value}", { value: before }), icon("next"));
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

function rejoin() {
  return h("a", { class: "button button--primary", href: "/join" }, t("Join again"));
}

// --- beside the ballot ----------------------------------------------------------------------------------------------

// After an absence the server may be a newer one: a page that it did not draw asks to be loaded again.
async function isCurrent() {
  try {
    model.stale = model.stale || (await link.build()) !== document.documentElement.dataset.build;
  } catch {
    return;
  }
  draw();
}

// What people wrote in the rounds now shown, asked for once.
const asked = new Set();
function askReasons() {
  const { workshop, group } = model.view;
  const rounds = new Set(model.items.map((item) => item.feedback?.round).filter(Boolean));
  for (const round of rounds) {
    const address = `/api/v1/workshops/${workshop}/rounds/${encodeURIComponent(group)}/${round}`;
    if (asked.has(address)) continue;
    asked.add(address);
    setTimeout(async () => {
      const told = await link.call("GET", address).catch(() => null);
      for (const { item, reasons } of told?.items || []) {
        if (model.item(item)?.feedback?.round === round) model.said.set(item, (reasons || []).map((one) => one.text));
      }
      if (model.said.size) draw();
    }, Math.random() * 1500);
  }
}

addEventListener("hashchange", () => draw());
addEventListener("storage", (event) => event.key === model.outbox?.name && (draw(), model.flush()));
setInterval(drawTime, 500);

fill(phone, head, banner, slot, foot, note, status);
note.classList.remove("plain");
document.documentElement.dataset.awake = "true";
model.accept(block("snapshot"));
model.draw = draw;
model.link = link;
link.start();
draw();
model.flush();
isCurrent();
