// The page that steps through an audit file: hands it in or brings it along, draws the verdict, and goes from step to
// step by buttons, arrow keys, a slider or the list. It computes no figure and decides nothing.
import { block, fill, h, icon } from "../dom.js";
import { saving } from "../figures/save.js";
import { counted, stage, timeline } from "../replay/stage.js";
import { disclosure, sentence } from "../replay/steps.js";
import { verdict } from "../replay/verdict.js";
import { ways } from "../replay/ways.js";
import { call } from "../staff/api.js";
import { paint } from "../staff/morph.js";
import { t } from "../words.js";

const [story, choose, drop, file, refused] = ["story", "choose", "drop", "file", "refused"].map((id) => document.getElementById(id));
const S = { told: null, at: 0, group: null };
const ABOUT = {}; // the workshop that saved figures name as their source

function key(name, place, words, disabled, { sign, primary } = {}) {
  return h("button", { type: "button", class: `button button--compact${primary ? " button--primary" : ""}`, "data-go": place, disabled, "data-key": name }, words,
    sign ? h("span", { class: "key", "aria-hidden": "true" }, sign) : null);
}

function player() {
  const { told, at } = S, last = told.steps.length - 1;
  return [
    h("div", { class: "player__keys", "data-key": "keys", role: "group", "aria-label": t("Steps") },
      key("back", at - 1, t("Previous"), at === 0, { sign: "←" }), key("next", at + 1, t("Next"), at === last, { sign: "→", primary: true }),
      key("shown", disclosure(told, at), t("Next results"), at === last),
      h("label", { class: "player__slide", "data-key": "slide" }, h("span", {}, counted(told, at)), h("input", { type: "range", min: 0, max: last, step: 1, "data-slide": "", "aria-valuetext": sentence(told.steps[at]) }))),
    h("div", { class: "player__body", "data-key": "body" }, stage(told, at), timeline(told, at)),
  ];
}

function draw() {
  const { told } = S;
  paint(document.getElementById("player"), player());
  document.querySelector("[data-slide]").value = S.at;
  paint(document.getElementById("ways"), [ways(told, S.group)]);
  const list = document.querySelector(".timeline"), here = list.querySelector("[aria-current]");
  list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
}

function go(place) {
  S.at = Math.min(Math.max(place, 0), S.told.steps.length - 1);
  draw();
  document.getElementById("now").textContent = `${counted(S.told, S.at)}: ${sentence(S.told.steps[S.at])}`;
}

function show(found) {
  const { told } = found;
  S.told = told && told.steps.length ? told : null;
  fill(story, verdict(found.verdict), S.told && [
    h("header", { class: "replay__head" }, h("h1", { class: "desk__title", tabindex: "-1" }, told.title, told.city ? `, ${told.city}` : ""),
      told.synthetic ? h("span", { class: "stamp" }, h("span", { class: "synthetic" }, icon("synthetic"), " ", t("synthetic data"))) : null),
    h("section", { id: "player", class: "player", "aria-label": t("Step by step") }),
    h("p", { id: "now", class: "unseen", role: "status" }),
    h("div", { id: "ways" }),
  ]);
  if (!S.told) return;
  [S.at, S.group] = [0, Object.keys(told.groups)[0]];
  Object.assign(ABOUT, { title: told.title, synthetic: told.synthetic });
  draw();
}

// --- choosing -------------------------------------------------------------------------------------------------------

function say(sentence) {
  refused.hidden = !sentence;
  refused.lastElementChild.textContent = sentence || "";
}

async function ask(method, path, body) {
  say("");
  fill(story, h("div", { class: "loading", role: "status" }, h("span", {}, t("Verifying ...")), h("i", { class: "loading__line" })));
  choose.hidden = true;
  const found = await call(method, path, body);
  if (found.ok) {
    show(found);
    story.firstElementChild.focus();
  } else {
    fill(story);
    say(found.detail);
  }
  choose.hidden = Boolean(found.ok && S.told);
}

function listen() {
  file.addEventListener("change", () => file.files[0] && ask("POST", "/replay", file.files[0]));
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
  for (const end of ["dragleave", "drop"]) addEventListener(end, () => drop.classList.remove("is-over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    const [given] = event.dataTransfer.files;
    if (given) ask("POST", "/replay", given);
  });
  const { workshop } = choose.dataset;
  if (workshop) ask("GET", `/workshops/${workshop}/replay`);
}

saving(ABOUT);
document.addEventListener("click", async (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  if (pressed.dataset.go !== undefined) go(Number(pressed.dataset.go));
  else if (pressed.dataset.step !== undefined) go(Number(pressed.dataset.step));
  else if (pressed.dataset.group) {
    S.group = pressed.dataset.group;
    draw();
  } else if (pressed.dataset.do === "sign-out") {
    await call("POST", "/sign-out", {});
    location.assign("/sign-in");
  }
});
document.addEventListener("input", (event) => "slide" in event.target.dataset && go(Number(event.target.value)));
document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !S.told || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  go(S.at + step);
});

const brought = block("replay");
if (brought) show(brought);
else listen();
