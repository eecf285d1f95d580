// The groups as lanes: phase and who is in control, seats by number (joined, started, finished, never what), time, a
// reminder for phones that have not finished, and each one's next step.
import { h, icon, shape } from "../dom.js";
import { left as countdown, t, tn } from "../words.js";
import { about, holder, left, mine, roundOf, seatsOf, unconfirmed } from "./model.js";
import { next, PHASES } from "./machine.js";
import { agenda } from "./plenary.js";

const MANY = 14; // seats from which on they are drawn smaller
const MOST = 40; // seats beyond which only how many is drawn

const STAGES = {
  open: () => t("not joined yet"), joined: () => t("joined"), started: () => t("started"), done: () => t("finished"), absent: () => t("absent"),
};
const ASKED = ["open", "paused", "closed"];

function seat(S, { number, stage }, may) {
  const title = t("Seat {n}: {stage}", { n: number, stage: STAGES[stage]() });
  const attributes = { class: `seat seat--${stage}`, title, "data-key": `seat-${number}` };
  if (!may) return h("li", attributes, number, h("span", { class: "unseen" }, " " + STAGES[stage]()));
  return h("li", { "data-key": `seat-${number}` }, h("button", { ...attributes, type: "button", "data-do": "ask-seat", "data-seat": number, "aria-label": title }, number));
}

// A hall that is too large for squares, and the plenary, which is that hall, are drawn as a share.
function crew(S, group, seats, count) {
  const seated = count("joined", "started", "done");
  if (group.kind === "plenary" && !ASKED.includes(group.phase)) {
    const { length } = agenda(S, group);
    return h("span", { class: "quiet" }, length ? tn("{n} indicator waits for it", "{n} indicators wait for it", length) : "");
  }
  if (group.kind === "plenary" || seats.length > MOST) {
    return h("progress", { max: Math.max(1, seated), value: count("done"), "aria-label": t("finished") });
  }
  return h("ol", { class: `seats${seats.length >= MANY ? " seats--many" : ""}` }, seats.map((one) => seat(S, one, mine(S, group).may)));
}

function step(S, group) {
  const coming = next(S, group);
  if (!coming) return null;
  if (group.id === S.group) return h("span", { class: "quiet" }, t("next: above"));
  const label = coming.do === "open_round" ? t("Open round {n}", { n: group.rounds.length + 1 }) : coming.label; // briefly
  const asks = coming.confirm || ["reveal", "conclude"].includes(coming.do); // with a question or a choice, above
  return h("button", { class: "button button--plain button--compact", type: "button", "data-do": "lane", "data-group": group.id, "data-key": "step" },
    label, asks ? " …" : "");
}

function nudge(S, group, waiting) {
  const { may, lease } = mine(S, group);
  if (group.phase !== "open" || !waiting || !may || lease) return null;
  return h("button", { class: "button button--plain button--compact", type: "button", "data-do": "nudge", "data-group": group.id, "data-key": "nudge" }, tn("Remind {n} seat", "Remind {n} seats", waiting));
}

function onPaper(S, group) {
  const round = roundOf(group), waiting = unconfirmed(S, group);
  return [round && round.papers ? [", ", t("{n} on paper", { n: round.papers })] : null, waiting ? [", ", t("{n} on paper to confirm", { n: waiting })] : null];
}

function lane(S, group) {
  const named = about(S, group.id), seats = seatsOf(S, group), phase = PHASES[group.phase];
  const count = (...stages) => seats.filter((one) => stages.includes(one.stage)).length;
  const seconds = left(group), chosen = group.id === S.group, asked = ASKED.includes(group.phase);
  const who = group.lease === S.frame.me.by ? t("you") : holder(S, group), seated = count("joined", "started", "done");
  return h("tr", { "data-dim": named.dimension, "data-key": group.id, class: chosen ? "is-open" : null },
    h("th", { scope: "row" }, h("button", { class: "groups__pick", type: "button", "data-do": "pick", "data-group": group.id, "aria-pressed": String(chosen) },
      shape(), h("span", {}, named.name))),
    h("td", { class: "groups__phase" }, h("span", { class: "phase" }, icon(phase.icon), h("span", {}, phase.word(group.round), who ? h("small", {}, t("in control: {name}", { name: who })) : null))),
    h("td", { class: "groups__crew" }, crew(S, group, seats, count)),
    h("td", { class: "groups__count" }, asked ? [h("b", {}, count("done")), " ", t("finished"), h("small", {}, t("{joined} joined, {started} started", { joined: seated, started: count("started", "done") }), onPaper(S, group))]
      : [h("b", {}, seated), " ", t("joined")]),
    h("td", { class: "time", "data-clock": group.id }, seconds === null ? "–" : countdown(seconds)),
    h("td", { class: "groups__nudge" }, nudge(S, group, count("joined", "started"))),
    h("td", { class: "groups__step" }, step(S, group)));
}

export function lanes(S) {
  if (!S.state || S.state.phase !== "running") return [];
  const heads = [t("Group"), t("Stage"), t("Seats"), t("Participants"), t("Time left"), t("Reminder"), t("Next step")];
  return [h("table", { class: "groups" },
    h("caption", { class: "unseen" }, t("Groups: participants by seat number")),
    h("thead", { class: "unseen" }, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, S.state.groups.map((group) => lane(S, group))))];
}
