// The hall display: lobby, round, results, reveal, as the workshop goes on. One calm change; where the server is out of
// reach the last picture stays and says how old it is.
import { block } from "../dom.js";
import { call } from "../staff/api.js";
import { open } from "../staff/channel.js";
import { paint } from "../staff/morph.js";
import { clock, left as countdown, t } from "../words.js";
import { left } from "../display/parts.js";
import { newest, own, screens } from "../display/screens.js";

const AGAIN_MS = 2000;
const BEYOND = 2 ** 31; // no record is that long
const PAGE_MS = 15_000; // each group's results stand this long where several wait to be seen
const hall = document.getElementById("hall"), late = document.getElementById("late");
const S = { frame: block("frame"), told: null, address: hall.dataset.address, at: 0, heard: 0, live: false, said: "", stage: null, head: null, scope: document.body.dataset.group || "workshop", here: null, share: false, waking: true };
const here = `/workshops/${S.frame.workshop}`;
let shown = "", arrived = "";

// What this display stands on: what its own keyboard says, until a console says something else.
const stands = () => S.here ?? (S.told && S.told.shows[S.scope]) ?? "";

// The console's word; a new one outweighs what was pressed here.
function steered(shows) {
  if (shows[S.scope] !== (S.told.shows || {})[S.scope]) S.here = null;
  S.told.shows = shows;
}

function draw() {
  document.documentElement.classList.toggle("is-blank", stands() === "blank");
  if (!S.told) return;
  const list = screens(S, stands()), { phase, head } = S.told, stage = { "": phase };
  for (const group of own(S)) stage[group.id] = group.phase;
  const changed = Object.keys(stage).filter((id) => stage[id] !== S.stage?.[id]);
  if (changed.length) turn(S.stage ? newest(list, { sealed: phase === "running" && head !== S.head, changed }) : 0); // what is new comes first
  [S.stage, S.head] = [stage, head];
  const screen = list[S.at % list.length].draw(S);
  const key = screen.getAttribute("data-key");
  if (key !== shown) [arrived, shown] = [shown ? key : "", key];
  if (key === arrived) screen.classList.add("arrives"); // also while it is drawn anew, or its arrival would break off
  paint(hall, screen);
}

// From here on, each screen has its whole time.
function turn(at) {
  S.at = at;
  clearInterval(S.turning);
  S.turning = setInterval(() => {
    S.at += 1;
    draw();
  }, PAGE_MS);
}

// What is shown is as old as the last moment in which the line stood.
function lateness() {
  if (S.live) S.heard = Date.now() / 1000;
  const away = S.heard ? t("The server is out of reach. Last updated {time}.", { time: clock(S.heard) }) : t("The server is out of reach. This display opens by itself once it answers.");
  late.hidden = S.live || S.waking;
  paint(late, late.hidden ? [] : S.said || away);
}

function listen() {
  open("/display", S.frame.workshop, {
    snapshot(told) {
      const { shows } = told;
      S.told = { ...told, shows: (S.told || told).shows };
      steered(shows);
      draw();
    },
    progress(told) {
      if (!S.told) return;
      for (const group of S.told.groups) Object.assign(group, told.groups[group.id]);
      if (told.shows) steered(told.shows);
      draw();
    },
    change: () => {},
    link(state, refused) {
      lateness();
      Object.assign(S, { live: state === "live", said: refused || "", waking: false });
      if (S.live) call("GET", `${here}/trail?from=${BEYOND}`, undefined, false); // its answer sets the clock
      lateness();
    },
  }, document.body.dataset.group);
}

setInterval(() => {
  lateness();
  for (const place of document.querySelectorAll("[data-clock]")) {
    const group = S.told.groups.find((one) => one.id === place.dataset.clock), seconds = left(group);
    if (seconds !== null && group.phase === "open") place.textContent = countdown(seconds);
  }
}, 1000);
document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], of = S.told && screens(S, stands()).length;
  if (step && S.told) turn((S.at + step + of) % of);
  else if (event.key.toLowerCase() === "b") S.here = stands() === "blank" ? "" : "blank";
  else if (event.key.toLowerCase() === "j") S.here = stands() === "join" ? "" : "join";
  else if (event.key === "%") S.share = !S.share;
  else return;
  draw();
});

// A browser where staff are signed in takes a pass of the hall's own: a display must never see what staff see.
async function begin() {
  const told = document.body.dataset.pass === "yes" ? { ok: true } : await call("POST", `${here}/displays`, {});
  if (told.ok) return listen();
  Object.assign(S, { waking: false, said: told.status ? told.detail : "" });
  lateness();
  return setTimeout(begin, AGAIN_MS);
}
begin();
