// While groups score: who is done, as cells that fill, and the time. No seat, no item, no value: a cell is nobody's.
import { h, shape } from "../dom.js";
import { left as countdown, t, tn } from "../words.js";
import { about, corner, left, stamp } from "./parts.js";

const NOW = {
  waiting: () => t("waiting"), closed: () => t("closed"), disclosed: () => t("in discussion"), revealed: () => t("in discussion"), concluded: () => t("finished"),
};
const MOST_CELLS = 24;
const FEW = 4; // lanes that stand at their full height

// Cells fill from the left, so that no place ever stands for a person.
function cells(group) {
  const joined = Math.max(group.seated, group.started), issued = Math.max(group.issued || joined, joined);
  const stage = (at) => (at < group.finished ? "done" : at < group.started ? "started" : at < joined ? "joined" : "open");
  return h("ol", { class: `seats${issued > 14 ? " seats--many" : ""}`, "aria-hidden": "true" }, issued > MOST_CELLS
    ? h("li", { class: "share" }, h("progress", { max: joined, value: group.finished }))
    : Array.from({ length: issued }, (_, at) => h("li", { class: `seat seat--${stage(at)}` })));
}

function about_round(group) {
  if (group.phase === "waiting") return t("not started");
  if (group.phase === "concluded") return t("finished");
  const items = tn("{n} indicator", "{n} indicators", group.items);
  return `${t("Round {n}", { n: group.round })} · ${group.phase === "paused" ? t("paused") : ["open"].includes(group.phase) ? items : NOW[group.phase]()}`;
}

function lane(S, group) {
  const seconds = left(group), scoring = ["open", "paused"].includes(group.phase);
  return h("tr", { "data-dim": about(S, group.id).dimension, "data-key": group.id },
    h("th", { scope: "row", class: "lane__name" }, h("span", {}, shape(), h("span", {}, group.name, h("small", {}, about_round(group))))),
    h("td", {}, cells(group)),
    h("td", { class: "lane__count" }, scoring || group.phase === "closed" ? [h("span", { class: "unseen" }, t("finished") + " "), group.finished, h("small", {}, `/${group.seated}`)] : ""),
    h("td", { class: "lane__time" }, scoring && seconds !== null
      && group.phase === "open" ? h("span", { "data-clock": group.id, role: "timer" }, countdown(seconds))
      : h("span", { class: "lane__now" }, group.phase === "paused" ? t("paused") : scoring ? t("scoring") : NOW[group.phase]())));
}

// A plenary is here once it is needed.
const needed = (group) => group.kind !== "plenary" || group.phase !== "waiting" || group.figures;

export function round(S) {
  const groups = S.told.groups.filter(needed);
  const key = (stage, word) => h("li", {}, h("span", { class: "seats" }, h("span", { class: `seat seat--${stage}` })), word);
  return h("section", { class: "screen", "data-key": "round" },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, t("Everybody scores alone"), h("small", {}, t("Scores stay sealed until the round is closed. Here you see only how many have finished."))),
      h("p", { class: "screen__side" }, stamp())),
    h("table", { class: `lanes${groups.length > FEW ? " lanes--many" : ""}` },
      h("caption", { class: "unseen" }, t("How many have finished, by group")),
      h("thead", { class: "unseen" }, h("tr", {}, [t("Group"), t("Progress"), t("Finished"), t("Time left")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, groups.map((group) => lane(S, group)))),
    h("footer", { class: "screen__foot" },
      h("ul", { class: "key-list", "data-dim": "3", "aria-hidden": "true" }, key("done", t("finished")), key("started", t("scoring")), key("joined", t("joined")), key("open", t("not joined yet"))),
      corner(S)));
}
