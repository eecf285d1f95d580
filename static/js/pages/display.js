// The hall display: lobby, round, results, reveal, as the workshop goes on. One calm change; where the server is out of
// reach the last picture stays and says how old it is.
import { block } from "../dom.js";
import { call } from "../staff/api.js";
import { open } from "../staff/channel.js";
import { paint } from "../staff/morph.js";
import { clock, left as countdown, t } from "../words.js";
import { lobby } from "../display/lobby.js";
import { left } from "../display/parts.js";
import { results, pagesOf } from "../display/results.js";
import { reveal, seal } from "../display/reveal.js";
import { round } from "../display/round.js";

const PAGE_MS = 15_000; // each group's results stand this long where several wait to be seen
const hall = document.getElementById("hall"), late = document.getElementById("late");
const S = { frame: block("frame"), told: null, address: hall.dataset.address, at: 0, heard: Date.now() / 1000, live: false, scope: document.body.dataset.group || "workshop", here: null, share: false };
let shown = "";

// What this display stands on: what its own keyboard says, until a console says something else.
const stands = () => S.here ?? (S.told && S.told.shows[S.scope]) ?? "";

// The console's word; a new one outweighs what was pressed here.
function steered(shows) {
  if (shows[S.scope] !== (S.told.shows || {})[S.scope]) S.here = null;
  S.told.shows = shows;
}

// Which screens have something to say, in their order; several take turns.
function screens() {
  const { phase, groups } = S.told;
  if (stands() === "join" || phase === "draft") return [lobby];
  if (phase === "frozen" && S.told.profile) return [reveal, seal];
  if (groups.every((group) => group.phase === "waiting" && !group.figures)) return [lobby];
  const talking = groups.filter((group) => group.figures && ["revealed", "concluded"].includes(group.phase))
    .flatMap((group) => Array.from({ length: pagesOf(group) }, (_, page) => (state) => results(state, group, page)));
  const scoring = groups.some((group) => ["open", "paused", "closed", "disclosed"].includes(group.phase));
  const sealed = S.told.head ? [seal] : [];
  return [...(scoring || !talking.length ? [round] : []), ...talking, ...sealed];
}

function draw() {
  document.documentElement.classList.toggle("is-blank", stands() === "blank");
  if (!S.told) return;
  const list = screens(), { phase, groups, head } = S.told, stage = [phase, ...groups.map((group) => group.phase)].join();
  if (stage !== S.stage) { // what is new comes first: a seal where one was just signed
    const sealed = S.stage && phase === "running" && head !== S.head;
    [S.stage, S.head] = [stage, head];
    turn(sealed ? list.indexOf(seal) : 0);
  }
  const screen = list[S.at % list.length](S);
  const key = screen.getAttribute("data-key");
  if (shown && key !== shown) screen.classList.add("arrives");
  shown = key;
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

function lateness() {
  paint(late, S.live ? [] : t("The server is out of reach. Last updated {time}.", { time: clock(S.heard) }));
  late.hidden = S.live;
}

function listen() {
  open("/display", S.frame.workshop, {
    snapshot(told) {
      const { shows } = told;
      S.told = { ...told, shows: (S.told || told).shows };
      S.heard = Date.now() / 1000;
      steered(shows);
      draw();
    },
    progress(told) {
      S.heard = Date.now() / 1000;
      if (!S.told) return;
      for (const group of S.told.groups) Object.assign(group, told.groups[group.id]);
      if (told.shows) steered(told.shows);
      draw();
    },
    change: () => {},
    link(state) {
      S.live = state === "live";
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
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && S.told) turn((S.at + step + screens().length) % screens().length);
  else if (event.key.toLowerCase() === "b") S.here = stands() === "blank" ? "" : "blank";
  else if (event.key.toLowerCase() === "j") S.here = stands() === "join" ? "" : "join";
  else if (event.key === "%") S.share = !S.share;
  else return;
  draw();
});

// A browser where staff are signed in takes a pass of the hall's own: a display must never see what staff see.
if (document.body.dataset.pass === "yes") listen();
else call("POST", `/workshops/${S.frame.workshop}/displays`, {}).then(listen);
