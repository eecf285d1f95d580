// The console: hears the workshop, draws it, and turns presses into orders. Rules live on the server alone.
import { begin, groupOf, latest, left, plenaryOf } from "../console/model.js";
import { machine, next } from "../console/machine.js";
import { lanes } from "../console/lanes.js";
import { column, order, sealed } from "../console/queue.js";
import { openCase } from "../console/case.js";
import { aside } from "../console/gaps.js";
import { bring, look } from "../console/files.js";
import { setup, issueSeats, print, weighSeats } from "../console/setup.js";
import { askErase } from "../console/erase.js";
import { ending } from "../console/ending.js";
import { bar, banners, countUndo, toaster } from "../console/around.js";
import { tick } from "../console/clocks.js";
import { forget, watch } from "../console/control.js";
import { fetching } from "../console/fetching.js";
import { notes } from "../console/notes.js";
import { orders } from "../console/orders.js";
import { askAnswerable } from "../console/people.js";
import { agenda, agendaColumn, contested, ticked } from "../console/plenary.js";
import { screens } from "../console/screens.js";
import { help, listen } from "../console/keys.js";
import { block } from "../dom.js";
import { saving } from "../figures/save.js";
import { call } from "../staff/api.js";
import { open } from "../staff/channel.js";
import { paint } from "../staff/morph.js";
import { left as countdown, t } from "../words.js";

const POLL_MS = 2500;
const S = begin(block("frame"));
const places = Object.fromEntries(["bar", "banner", "link", "machine", "lanes", "work", "toasts"].map((id) => [id, document.getElementById(id)]));
const here = `/workshops/${S.frame.workshop}`;
const WHERE = `mufakat/where/${S.frame.workshop}`;
const toast = toaster(places.toasts);
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
  paint(places.banner, banners(S));
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
  if (phase === "draft") return JSON.stringify([phase, seats, baseline, settings, S.ui, S.state.join_code, S.weighed]);
  if (phase === "frozen") return JSON.stringify([phase, S.profile !== null, S.head, plenaryOf(S) && S.rounds[plenaryOf(S).id]]);
  const group = groupOf(S);
  const beside = plenaryOf(S) && S.state.groups.map((other) => [other.phase, other.version, S.rounds[other.id]]);
  return JSON.stringify([phase, group, S.rounds[group.id], S.expert[group.id], S.item, S.ui.gaps, S.notes, S.people, beside]);
}

function work() {
  if (S.state.phase === "draft") return setup(S);
  if (S.state.phase === "frozen") return ending(S);
  const group = groupOf(S), scored = latest(S, group).size > 0, sealing = ["open", "paused", "closed"].includes(group.phase);
  if (group.kind === "plenary" && !sealing) return scored ? [column(S), openCase(S), agendaColumn(S, group)] : [agendaColumn(S, group), openCase(S)];
  if (scored) return [column(S), sealing ? sealed(S) : openCase(S), aside(S)];
  const alone = sealed(S);
  alone.classList.add("alone");
  return [alone];
}

// A group and an indicator are always chosen: where this tab was before it was loaded anew, else the person's own group
// and what needs talk most.
function choose() {
  const { groups: own } = S.frame.me, kept = S.group ? null : JSON.parse(sessionStorage.getItem(WHERE) || "null");
  if (kept && groupOf(S, kept.group)) Object.assign(S, kept);
  if (!S.group) S.group = (own && own[0]) || S.state.groups[0].id;
  const items = itemsInOrder();
  if (items.length && !items.includes(S.item)) S.item = items[0];
  sessionStorage.setItem(WHERE, JSON.stringify({ group: S.group, item: S.item }));
}

function itemsInOrder() {
  if (S.state.phase !== "running") return [];
  const group = groupOf(S), asked = group.kind === "plenary" ? new Set([...contested(S), ...agenda(S, group)]) : new Set();
  return [...new Set([...order(S, group), ...group.items.filter((item) => asked.has(item))])];
}

// --- hearing --------------------------------------------------------------------------------------------------------

const asking = fetching(S, { changed, learned: () => watch(S, toast) });

function keepState(state) {
  S.state = state;
  for (const ask of [asking.names, asking.rounds, asking.expert, asking.people]) ask();
  watch(S, toast);
  if (state.phase === "draft") weighSeats(S, changed);
  if (state.phase === "frozen" && S.final !== state.version) asking.profile(state.version);
  changed();
}

async function poll() {
  if (S.link === "live") return;
  const [told, kept] = await Promise.all([call("GET", here), call("GET", `${here}/desk`)]);
  if (kept.ok) keepBeside(kept);
  if (told.ok) keepState(told);
  else if (S.state === null) S.linkSaid = told.status ? told.detail : t("This page opens by itself as soon as the server answers.");
  changed();
}

// What staff keep beside the record, and which displays there are.
function keepBeside({ notes: held, shows, displays }) {
  if (held) S.notes = held;
  if (shows) S.shows = shows;
  if (displays) S.displays = displays;
}

const channel = open("/console", S.frame.workshop, {
  snapshot(told) {
    S.progress = told.progress;
    S.connected = told.connected || [];
    keepBeside(told);
    for (const [group, figures] of Object.entries(told.figures)) (S.rounds[group] = S.rounds[group] || {})[figures.round] = figures;
    keepState(told.state);
  },
  progress(told) {
    S.progress = told.groups || told;
    if (told.connected) S.connected = told.connected;
    keepBeside(told);
    if (told.leases && S.state) for (const group of S.state.groups) group.lease = told.leases[group.id] || null;
    if (S.state) {
      asking.names();
      watch(S, toast);
    }
    changed();
  },
  change(told) {
    if (told.event === "content.erased") [S.rounds, S.expert, S.seated] = [{}, {}, null]; // what somebody said goes from this page too
    changed();
  },
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
  countUndo(S, places.toasts);
  if (tick(S) || S.state.groups.some((group) => group.phase === "closed")) changed();
}, 500);

// --- pressing -------------------------------------------------------------------------------------------------------

const refresh = () => (S.link === "live" ? channel.ask(-1) : poll());
const act = orders(S, { channel, changed, toast, refresh });

Object.assign(act, notes(S, { changed, toast }), screens(S, { channel, changed, toast }), {
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
  gaps: () => Object.assign(S.ui, { gaps: !S.ui.gaps }) && changed(),
  cancel: () => Object.assign(S.ui, { asking: null }) && changed(),
  understood: ({ group }) => {
    forget(S, group);
    changed();
  },
  "ask-answerable": async () => {
    const group = S.group, body = await askAnswerable(S);
    if (!body) return;
    const told = await call("PUT", `${here}/people/${encodeURIComponent(group)}/answerable`, body);
    if (told.ok) S.people = told.list;
    else toast({ form: "refused", text: told.detail });
    changed();
  },
  rehearse: async () => {
    const told = await call("POST", `${here}/rehearsals`, {});
    if (told.ok) location.assign(`/console/${told.workshop}`);
    else toast({ form: "refused", text: told.detail });
  },
  prints: () => location.assign(`/console/${S.frame.workshop}/prints`),
  papers: () => location.assign(`/paper/${S.frame.workshop}`),
  preflight: () => location.assign(`/preflight?workshop=${S.frame.workshop}`),
  help, print: () => {
    print(S);
    changed();
  },
  "ask-erase": () => askErase(S, act.send),
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

saving(S.frame);
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-do]");
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target) || pressed) menu.open = false;
  if (!pressed || pressed.disabled || !act[pressed.dataset.do]) return;
  act[pressed.dataset.do](pressed.dataset);
});
document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-look]")) target.value = ""; // a file mended under its own name is chosen anew
});
document.addEventListener("change", (event) => {
  const { set, agenda: item, look: kind } = event.target.dataset;
  if (kind) look(S, kind, event.target.files[0], changed);
  if (item) act.notes(plenaryOf(S).id, ticked(S, plenaryOf(S), item, event.target.checked));
  if (set === "minutes") S.ui.minutes[S.group] = Number(event.target.value);
  else if (set) S.ui[set] = event.target.checked;
});
document.addEventListener("submit", async (event) => {
  const kind = event.target.dataset.form;
  if (!kind) return;
  event.preventDefault();
  if (kind === "seats") await issueSeats(S, act.send, [...new FormData(event.target)].map(([group, n]) => [group, Number(n)]).filter(([, n]) => n > 0));
  else await bring(S, kind, event.target.elements.file.files[0]);
  event.target.reset();
  refresh();
  changed();
});
listen({
  primary: () => places.machine.querySelector(".button--primary:not([disabled])")?.click(),
  item: move,
  pick: (at) => S.state && S.state.groups[at] && act.pick({ group: S.state.groups[at].id }),
  reveal: () => S.group && groupOf(S).phase === "disclosed" && act.reveal(),
  blank: () => S.state && act.blank(), join: () => S.state && act.join(), display: () => act.display(),
});
changed();
