// While groups score: who is done, as cells that fill, and the time. No seat, no item, no value: a cell is nobody's.
import { h, shape } from "../dom.js";
import { left as countdown, t, tn } from "../words.js";
import { about, corner, left, stamp } from "./parts.js";

export const NOW = {
  waiting: () => t("waiting"), paused: () => t("paused"), closed: () => t("closed"), disclosed: () => t("closed"), revealed: () => t("in discussion"), concluded: () => t("finished"),
};
const SCORING = ["open", "paused"];
const MOST_LARGE = 11; // cells that stand in one row at their full size
const MOST_CELLS = 24;
const FEW = 4; // lanes that stand at their full height

// Cells fill from the left, so that no place ever stands for a person; once a round is disclosed nobody is counted.
export function cells(group) {
  if (!["waiting", "closed", ...SCORING].includes(group.phase)) return null;
  const joined = Math.max(group.seated, group.started), issued = Math.max(group.issued || joined, joined);
  const stage = (at) => (at < group.finished ? "done" : at < group.started ? "started" : at < joined ? "joined" : "open");
  return h("ol", { class: `seats${issued > MOST_LARGE ? " seats--many" : ""}`, "aria-hidden": "true" }, issued > MOST_CELLS
    ? h("li", { class: "share" }, h("progress", { max: joined, value: group.finished }))
    : Array.from({ length: issued }, (_, at) => h("li", { class: `seat seat--${stage(at)}` })));
}

export function aboutRound(group) {
  if (group.phase === "waiting") return t("not started");
  if (group.phase === "concluded") return t("finished");
  const items = tn("{n} indicator", "{n} indicators", group.items);
  return `${t("Round {n}", { n: group.round })} · ${group.phase === "open" ? items : NOW[group.phase]()}`;
}

function lane(S, group) {
  const { phase } = group, seconds = left(group), scoring = SCORING.includes(phase);
  return h("tr", { "data-dim": about(S, group.id).dimension, "data-key": group.id },
    h("th", { scope: "row", class: "lane__name" }, h("span", {}, shape(), h("span", {}, group.name, h("small", {}, aboutRound(group))))),
    h("td", {}, cells(group)),
    h("td", { class: "lane__count" }, scoring || phase === "closed" ? [h("span", { class: "unseen" }, t("finished") + " "), group.finished, h("small", {}, `/${group.seated}`)]
      : group.seated ? h("small", {}, group.seated, " ", t("joined")) : ""),
    h("td", { class: "lane__time" }, phase === "open" && seconds !== null ? h("span", { "data-clock": group.id, role: "timer" }, countdown(seconds))
      : h("span", { class: "lane__now" }, phase === "open" ? t("scoring") : NOW[phase]())));
}

// A plenary is here once it is needed.
const needed = (group) => group.kind !== "plenary" || group.phase !== "waiting" || group.figures;

// What the cells mean.
export function key() {
  const cell = (stage, word) => h("li", {}, h("span", { class: "seats" }, h("span", { class: `seat seat--${stage}` })), word);
  return h("ul", { class: "key-list", "aria-hidden": "true" }, cell("done", t("finished")), cell("started", t("scoring")), cell("joined", t("joined")), cell("open", t("not joined yet")));
}

// What the hall as a whole is about, and one sentence on it.
function matter(groups) {
  const within = (...phases) => groups.some((group) => phases.includes(group.phase));
  if (within("open", "paused") || within("waiting")) return [t("Everybody scores alone"), t("Scores stay sealed until the round is closed. Here you see only how many have finished.")];
  if (within("closed", "disclosed")) return [t("The round is closed"), t("The facilitator sees the result first, then the hall.")];
  return [t("All groups have finished"), t("The result of the whole workshop comes next.")];
}

export function round(S) {
  const groups = S.told.groups.filter(needed), [title, sentence] = matter(groups);
  return h("section", { class: "screen", "data-key": "round" },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, title, h("small", {}, sentence)),
      h("p", { class: "screen__side" }, stamp())),
    h("table", { class: `lanes${groups.length > FEW ? " lanes--many" : ""}` },
      h("caption", { class: "unseen" }, t("How many have finished, by group")),
      h("thead", { class: "unseen" }, h("tr", {}, [t("Group"), t("Progress"), t("Finished"), t("Time left")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, groups.map((group) => lane(S, group)))),
    h("footer", { class: "screen__foot", "data-dim": "3" }, key(), corner(S)));
}
