// The officers' desk for paper ballots: which group, enter, compare. Every ballot needs two officers; the server sees to
// that, and this page shows one sheet at a time, to whoever holds it.
import { block, h, icon, shape } from "../dom.js";
import { collect, keys, typing } from "../paper/cell.js";
import { compareForm, waitingList } from "../paper/compare.js";
import { ballotForm, named, numberForm, parse } from "../paper/enter.js";
import { call } from "../staff/api.js";
import { paint } from "../staff/morph.js";
import { signOut } from "../staff/out.js";
import { t } from "../words.js";

const ASK_MS = 3000;
const frame = block("frame"), here = `/workshops/${frame.workshop}`;
const places = Object.fromEntries(["groups", "said", "enter", "waiting"].map((id) => [id, document.getElementById(id)]));
// `sheet` is the one at hand as the server told it, with its letter; `cells` what is typed, `differ` the rows to correct;
// `chosen` says that the group was picked by hand, and stays though another opens.
const P = { desk: null, group: null, chosen: false, sheet: null, cells: {}, differ: new Set(), typed: "", turn: 0,
  nameOf: (by) => frame.staff[by] || t("another officer") };
const groupOf = (id = P.group) => P.desk.groups.find((one) => one.id === id);
const itemsOf = () => groupOf().items.filter(({ id }) => !P.sheet.answers.length || P.differ.has(id));

function say(text, form) {
  places.said.className = `paper__said${form ? ` paper__said--${form}` : ""}`;
  paint(places.said, text ? [icon({ saved: "saved", wrong: "refused" }[form] || "next"), h("span", {}, text)] : []);
}

// --- drawing --------------------------------------------------------------------------------------------------------

function draw() {
  const group = groupOf();
  document.querySelector(".paper").dataset.dim = group.dimension || "";
  paint(places.groups, P.desk.groups.map((one) => h("button", { type: "button", class: "paper__group", "data-key": one.id, "data-group": one.id, "data-dim": one.dimension, "aria-pressed": String(one.id === P.group) },
    shape(), h("span", {}, h("b", {}, one.name), h("small", {}, one.open ? t("round {n} is open", { n: one.round }) : t("no round is open"), one.waiting.length ? [" · ", t("{n} waiting", { n: one.waiting.length })] : null)))));
  paint(places.enter, group.open ? work(group) : h("div", { class: "empty", "data-key": `shut-${group.id}` }, h("b", {}, t("No round of this group is open")),
    h("span", { class: "quiet" }, t("A paper ballot counts only while the round is open. Give a late one to the facilitator, who may open the round again."))));
  paint(places.waiting, group.open ? waitingList(P, group) : []);
}

function work(group) {
  if (!P.sheet) return numberForm(P, group);
  return P.sheet.answers.length ? compareForm(P, group) : ballotForm(P, group);
}

function focus(selector) {
  const found = places.enter.querySelector(selector);
  if (found) found.focus();
}

const cellOf = (item) => `[name="${CSS.escape(item)}"]`;

// The next sheet: an empty field with the cursor in it.
function fresh() {
  Object.assign(P, { sheet: null, cells: {}, differ: new Set(), typed: "", turn: P.turn + 1 });
  draw();
  focus("#number");
}

async function ask() {
  const told = await call("GET", `${here}/papers`);
  if (!told.ok) return say(told.detail, "wrong");
  P.desk = told;
  const open = told.groups.find((one) => one.open) || told.groups[0];
  if (!P.group || (!P.chosen && !P.sheet && !groupOf().open && open.open)) {
    P.group = open.id;
    return fresh();
  }
  const { round } = groupOf();
  if (P.sheet && P.sheet.round !== round) {
    say(t("The round of ballot {n} was closed while it lay open here, so it is not counted.", { n: named(P.sheet) }), "wrong");
    return fresh();
  }
  draw();
}

// --- doing ----------------------------------------------------------------------------------------------------------

async function order(command, fields) {
  const told = await call("POST", `${here}/commands`, { command, group: P.group, ...fields });
  if (!told.ok) say(told.detail, "wrong");
  return told.ok;
}

async function open(text) {
  P.typed = text;
  const asked = parse(text);
  if (!asked) return say(t("Type the number and the letter, such as 12 K."), "wrong");
  const home = P.desk.groups.find((one) => one.kind !== "plenary" && one.ballots.includes(asked.ballot));
  if (home && !groupOf().ballots.includes(asked.ballot)) P.group = home.id; // a pile may be mixed
  const told = await call("GET", `${here}/papers/${encodeURIComponent(P.group)}/${asked.ballot}?check=${asked.check}`);
  if (!told.ok) {
    say(told.detail, "wrong");
    draw();
    return document.getElementById("number")?.select();
  }
  say("");
  Object.assign(P, { sheet: { ...told, check: asked.check }, cells: {}, differ: new Set() });
  draw();
  focus(told.answers.length ? "[data-differs]" : "[data-cell]");
}

// What was typed, or null once the first row that is neither has the cursor.
function typed() {
  const { answers, wrong } = collect(itemsOf(), P.desk.scale, P.cells);
  if (!wrong) return answers;
  say(t("A row holds neither a number of the scale nor a letter from A to D."), "wrong");
  focus(cellOf(wrong));
  return null;
}

async function keep() {
  const answers = typed(), { ballot, check } = P.sheet;
  if (!answers) return;
  if (!answers.length) return say(t("Nothing is typed yet. An empty sheet is not entered."), "wrong");
  if (!(await order("enter_paper", { ballot, check, answers }))) return ask();
  say(t("Ballot {n} waits for another officer.", { n: named(P.sheet) }), "saved");
  fresh();
  ask();
}

async function settle() {
  const { ballot, check, seen } = P.sheet;
  if (P.differ.size) {
    const corrected = typed();
    if (!corrected) return;
    const answers = [...P.sheet.answers.filter((answer) => !P.differ.has(answer.item)), ...corrected];
    if (!answers.length) return say(t("Nothing is typed yet. An empty sheet is not entered."), "wrong");
    if (!(await order("enter_paper", { ballot, check, answers }))) return ask();
    say(t("Ballot {n} was sent back; another officer confirms your corrections.", { n: named(P.sheet) }), "saved");
  } else {
    if (!(await order("confirm_paper", { ballot, seen }))) return ask();
    say(t("Ballot {n} counts now.", { n: named(P.sheet) }), "saved");
  }
  fresh();
  ask();
}

document.addEventListener("submit", (event) => {
  const { form } = event.target.dataset;
  if (!form) return;
  event.preventDefault();
  if (form === "number") open(event.target.elements.number.value);
  if (form === "ballot") keep();
  if (form === "compare") settle();
});
places.enter.addEventListener("input", (event) => P.sheet && typing(event, P.desk.scale, P.cells));
places.enter.addEventListener("keydown", keys);
places.enter.addEventListener("focusin", ({ target }) => "cell" in target.dataset && target.select());
document.addEventListener("change", (event) => {
  const { differs } = event.target.dataset;
  if (!differs) return;
  P.differ[event.target.checked ? "add" : "delete"](differs);
  draw();
  focus(event.target.checked ? cellOf(differs) : `[data-differs="${CSS.escape(differs)}"]`);
});
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-group]"), pressed = event.target.closest("[data-do=drop]");
  if (chosen) Object.assign(P, { group: chosen.dataset.group, chosen: true });
  if (!chosen && !pressed) return;
  say("");
  fresh();
});

// A sheet's QR code leads here with its group, number and letter: #D3/12K.
function follow() {
  const [group, number] = decodeURIComponent(location.hash.slice(1)).split("/");
  history.replaceState(null, "", location.pathname);
  if (P.desk.groups.some((one) => one.id === group)) P.group = group;
  fresh();
  if (number && groupOf().open) open(number);
}
ask().then(() => P.desk && follow());
addEventListener("hashchange", () => P.desk && location.hash && follow());
setInterval(() => document.hidden || ask(), ASK_MS);
signOut();
