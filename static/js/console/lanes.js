// The groups as lanes: phase, seats by number (joined, started, finished, never what), time, and each one's next step.
import { h, icon, shape } from "../dom.js";
import { left as countdown, t } from "../words.js";
import { about, left, mine, seatsOf } from "./model.js";
import { next, PHASES } from "./machine.js";

const STAGES = {
  open: () => t("not joined yet"), joined: () => t("joined"), started: () => t("started"), done: () => t("finished"), absent: () => t("absent"),
};

function seat(S, { number, stage }, may) {
  const title = t("Seat {n}: {stage}", { n: number, stage: STAGES[stage]() });
  const attributes = { class: `seat seat--${stage}`, title, "data-key": `seat-${number}` };
  if (!may) return h("li", attributes, number, h("span", { class: "unseen" }, " " + STAGES[stage]()));
  return h("li", { "data-key": `seat-${number}` }, h("button", { ...attributes, type: "button", "data-do": "ask-seat", "data-seat": number, "aria-label": title }, number));
}

function step(S, group) {
  const coming = next(S, group);
  if (!coming) return null;
  if (group.id === S.group) return h("span", { class: "quiet" }, t("next: above"));
  const label = coming.do === "open_round" ? t("Open round {n}", { n: group.rounds.length + 1 }) : coming.label; // briefly
  const asks = coming.confirm || ["reveal", "conclude"].includes(coming.do); // with a question or a choice, above
  return h("button", { class: "button button--plain button--compact", type: "button", "data-do": "lane", "data-group": group.id },
    label, asks ? " …" : "");
}

function lane(S, group) {
  const named = about(S, group.id), seats = seatsOf(S, group), phase = PHASES[group.phase];
  const count = (...stages) => seats.filter((one) => stages.includes(one.stage)).length;
  const seconds = left(group), chosen = group.id === S.group;
  const asked = ["open", "paused", "closed"].includes(group.phase);
  return h("tr", { "data-dim": named.dimension, "data-key": group.id, class: chosen ? "is-open" : null },
    h("th", { scope: "row" }, h("button", { class: "groups__pick", type: "button", "data-do": "pick", "data-group": group.id, "aria-pressed": String(chosen) },
      shape(), h("span", {}, named.name))),
    h("td", {}, h("span", { class: "phase" }, icon(phase.icon), " ", phase.word(group.round))),
    h("td", {}, h("ol", { class: "seats" }, seats.map((one) => seat(S, one, mine(S, group).may)))),
    h("td", { class: "number" }, h("b", {}, count("joined", "started", "done")), " ", t("joined")),
    h("td", { class: "number" }, asked ? [h("b", {}, count("started", "done")), " ", t("started")] : ""),
    h("td", { class: "number number--done" }, asked ? [h("b", {}, count("done")), " ", t("finished")] : ""),
    h("td", { class: "time", "data-clock": group.id }, seconds === null ? "–" : countdown(seconds)),
    h("td", {}, step(S, group)));
}

export function lanes(S) {
  if (!S.state || S.state.phase !== "running") return [];
  const heads = [t("Group"), t("Stage"), t("Seats"), t("Joined"), t("Started"), t("Finished"), t("Time left"), t("Next step")];
  return [h("table", { class: "groups" },
    h("caption", { class: "unseen" }, t("Groups: participants by seat number")),
    h("thead", { class: "unseen" }, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, S.state.groups.map((group) => lane(S, group))))];
}
