// The console: hears the workshop, draws it, and turns presses into orders. Rules live on the server alone.
import { begin, groupOf, latest, queue, agreed, left, standing } from "../console/model.js";
import { machine, next } from "../console/machine.js";
import { lanes } from "../console/lanes.js";
import { column, sealed } from "../console/queue.js";
import { openCase } from "../console/case.js";
import { aside } from "../console/gaps.js";
import { setup, importBaseline, issueSeats, print } from "../console/setup.js";
import { ending } from "../console/ending.js";
import { bar, banner, toaster } from "../console/around.js";
import { orders } from "../console/orders.js";
import { help, listen } from "../console/keys.js";
import { block } from "../dom.js";
import { call } from "../staff/api.js";
import { open } from "../staff/channel.js";
import { paint } from "../staff/morph.js";
import { left as countdown } from "../words.js";

const POLL_MS = 2500;
const S = begin(block("frame"));
const places = Object.fromEntries(["bar", "banner", "link", "machine", "lanes", "work", "toasts"].map((id) => [id, document.getElementById(id)]));
const here = `/workshops/${S.frame.workshop}`;
const drawn = {};
let due = false;

// --- drawing --------------------------------------------------------------------------------------------------------

function changed() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    draw();
  });
}

function draw() {
  if (S.state) choose();
  bar(S, places);
  paint(places.banner, banner(S));
  if (!S.state) return;
  const dimension = S.group ? S.frame.groups.find((group) => group.id === S.group).dimension : null;
  dye(places.machine, dimension);
  dye(places.work, S.state.phase === "running" ? dimension : null);
  places.machine.hidden = S.state.phase !== "running";
  paint(places.machine, machine(S));
  paint(places.lanes, lanes(S));
  const key = workKey();
  if (drawn.work !== key) {
    drawn.work = key;
    paint(places.work, work());
  }
}

function dye(place, dimension) {
  if (dimension) place.dataset.dim = dimension;
  else delete place.dataset.dim;
}

// Work is drawn anew only when what it shows has changed: not with every seat that fills.
function workKey() {
  const { phase, seats, baseline, settings } = S.state;
  if (phase === "draft") return JSON.stringify([phase, seats, baseline, settings, S.ui, S.state.join_code]);
  if (phase === "frozen") return JSON.stringify([phase, S.profile !== null, S.head]);
  const group = groupOf(S);
  return JSON.stringify([phase, group, S.rounds[group.id], S.expert[group.id], S.item, group.lease, S.frame.me]);
}

function work() {
  if (S.state.phase === "draft") return setup(S);
  if (S.state.phase === "frozen") return ending(S);
  if (!latest(S, groupOf(S)).size || ["open", "paused", "closed"].includes(groupOf(S).phase)) {
    return latest(S, groupOf(S)).size ? [column(S), sealed(S), aside(S)] : [sealed(S)].map((node) => (node.classList.add("alone"), node));
  }
  return [column(S), openCase(S), aside(S)];
}

// A group and an indicator are always chosen: the person's own first, then what needs talk most.
function choose() {
  const { groups: own } = S.frame.me;
  if (!S.group) S.group = (own && own[0]) || S.state.groups[0].id;
  const order = itemsInOrder();
  if (!order.includes(S.item)) S.item = order[0] || null;
}

const itemsInOrder = () => (S.state.phase === "running" ? [...queue(S, groupOf(S)).map((figures) => figures.item), ...agreed(S, groupOf(S))] : []);

// --- hearing --------------------------------------------------------------------------------------------------------

function keepState(state) {
  S.state = state;
  learnNames();
  fetchRounds();
  fetchExpert();
  if (state.phase === "frozen" && !S.profile) fetchProfile();
  changed();
}

// Figures of rounds that the snapshot does not carry: earlier ones, and all of them where the channel is out.
async function fetchRounds() {
  for (const group of S.state.groups) {
    for (const round of standing(group)) {
      const known = (S.rounds[group.id] = S.rounds[group.id] || {});
      const carried = S.link === "live" && round.number === group.round;
      if (!round.disclosed || carried || (known[round.number] && known[round.number].version === group.version)) continue;
      const told = await call("GET", `${here}/rounds/${group.id}/${round.number}`);
      if (told.ok) known[round.number] = { ...told, version: group.version };
      changed();
    }
  }
}

// What experts ask of a group, asked anew when its rounds have changed.
async function fetchExpert() {
  for (const group of S.state.groups) {
    const key = JSON.stringify(group.rounds.map(({ number, disclosed, revealed, voided }) => [number, disclosed, revealed, voided]));
    if (!standing(group).some((round) => round.disclosed) || (S.expert[group.id] || {}).key === key) continue;
    S.expert[group.id] = { ...S.expert[group.id], key };
    const told = await call("GET", `${here}/groups/${group.id}/expert`);
    S.expert[group.id] = told.ok ? { ...told, key } : { key: told.status ? key : null };
    changed();
  }
}

// Who is in control may have come after this page was drawn.
async function learnNames() {
  const unknown = S.state.groups.map((group) => group.lease).filter((by) => by && !(by in S.frame.staff));
  if (!unknown.length) return;
  for (const by of unknown) S.frame.staff[by] = by;
  const told = await fetch(`/console/${S.frame.workshop}/staff`).then((answer) => (answer.ok ? answer.json() : {}));
  Object.assign(S.frame.staff, told);
  changed();
}

async function fetchProfile() {
  const [profile, note] = await Promise.all([call("GET", `${here}/profile`), fetch(`/api/v1${here}/checkpoint`).then((told) => told.text())]);
  if (profile.ok) [S.profile, S.head] = [profile, note];
  changed();
}

async function poll() {
  if (S.link === "live") return;
  const told = await call("GET", here);
  if (told.ok) keepState(told);
  else if (S.state === null) S.linkSaid = told.detail;
  changed();
}

const channel = open("/console", S.frame.workshop, {
  snapshot(told) {
    S.progress = told.progress;
    S.connected = told.connected || [];
    for (const [group, figures] of Object.entries(told.figures)) (S.rounds[group] = S.rounds[group] || {})[figures.round] = figures;
    keepState(told.state);
  },
  progress(told) {
    S.progress = told.groups || told;
    if (told.connected) S.connected = told.connected;
    if (told.leases && S.state) for (const group of S.state.groups) group.lease = told.leases[group.id] || null;
    if (S.state) learnNames();
    changed();
  },
  change: changed,
  link(state, sentence) {
    [S.link, S.linkSaid] = [state, sentence || ""];
    if (state !== "live") poll();
    changed();
  },
});
setInterval(poll, POLL_MS);
setInterval(() => {
  if (!S.state || S.state.phase !== "running") return;
  for (const place of document.querySelectorAll("[data-clock]")) {
    const seconds = left(groupOf(S, place.dataset.clock));
    if (seconds !== null) place.textContent = countdown(seconds);
    if (seconds !== null && seconds <= 0 && seconds > -1.5) changed();
  }
  if (S.state.groups.some((group) => group.phase === "closed")) changed();
}, 500);

// --- pressing -------------------------------------------------------------------------------------------------------

const toast = toaster(places.toasts);
const act = orders(S, { channel, changed, toast, refresh: () => (S.link === "live" ? channel.ask(-1) : poll()) });

Object.assign(act, {
  pick({ group }) {
    Object.assign(S, { group, item: null });
    S.ui.asking = null;
    draw();
    places.machine.querySelector(".button--primary")?.focus({ preventScroll: true }); // what comes next is there
  },
  item: ({ item }) => Object.assign(S, { item }) && changed(),
  "next-item": () => move(1),
  lane: ({ group }) => {
    const coming = next(S, groupOf(S, group));
    act.pick({ group });
    if (coming.confirm) act["ask-close"]();
    else if (coming.do === "conclude") act["ask-conclude"]();
    else if (coming.do !== "reveal") act[coming.do]({});
  },
  "ask-close": () => {
    S.ui.asking = `close/${S.group}`;
    draw();
    places.machine.querySelector("[data-do=cancel]")?.focus();
  },
  cancel: () => Object.assign(S.ui, { asking: null }) && changed(),
  rehearse: async () => {
    const told = await call("POST", `${here}/rehearsals`, {});
    if (told.ok) location.assign(`/console/${told.workshop}`);
    else toast({ form: "refused", text: told.detail });
  },
  prints: () => location.assign(`/console/${S.frame.workshop}/prints`),
  preflight: () => location.assign(`/preflight?workshop=${S.frame.workshop}`),
  help, print: () => print(S), display: showDisplay,
  "sign-out": async () => {
    await call("POST", "/sign-out", {});
    location.assign("/sign-in");
  },
});

function move(by) {
  const order = itemsInOrder();
  if (!order.length) return;
  S.item = order[(order.indexOf(S.item) + by + order.length) % order.length];
  changed();
}

async function showDisplay() {
  const screen = window.open("", "mufakat-display");
  const told = await call("POST", `${here}/displays`, {});
  if (told.ok && screen) screen.location.href = `/display/${S.frame.workshop}`;
  else if (screen) screen.close();
  if (!told.ok) toast({ form: "refused", text: told.detail });
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-do]");
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target) || pressed) menu.open = false;
  if (!pressed || pressed.disabled || !act[pressed.dataset.do]) return;
  act[pressed.dataset.do](pressed.dataset);
});
document.addEventListener("change", (event) => {
  const { set } = event.target.dataset;
  if (set === "minutes") S.ui.minutes[S.group] = Number(event.target.value);
  else if (set) S.ui[set] = event.target.checked;
});
document.addEventListener("submit", async (event) => {
  const kind = event.target.dataset.form;
  if (!kind) return;
  event.preventDefault();
  if (kind === "baseline") await importBaseline(S, event.target.elements.file.files[0]);
  if (kind === "seats") await issueSeats(S, act.send, [...new FormData(event.target)].map(([group, n]) => [group, Number(n)]).filter(([, n]) => n > 0));
  event.target.reset();
  S.link === "live" ? channel.ask(-1) : poll();
  changed();
});
listen({
  primary: () => places.machine.querySelector(".button--primary:not([disabled])")?.click(),
  item: move,
  pick: (at) => S.state && S.state.groups[at] && act.pick({ group: S.state.groups[at].id }),
  reveal: () => S.group && groupOf(S).phase === "disclosed" && act.reveal(),
  display: showDisplay,
});
changed();
