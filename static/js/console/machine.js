// The state machine of the chosen group, drawn as stations, and the one primary button whose label is the next step.
import { h, icon, shape } from "../dom.js";
import { left as countdown, t, tn } from "../words.js";
import { menu } from "./around.js";
import { about, groupOf, holder, left, mine, pending, seatsOf, unconfirmed, undoLeft, UNDO_SHOWN } from "./model.js";
import { agenda } from "./plenary.js";
import { written } from "./reasons.js";

const MINUTES = [3, 5, 8, 10, 15, 20, 30];
const SHOWN = 2; // earlier rounds on the line; more would push the present off it

export const PHASES = {
  waiting: { icon: "waiting", word: () => t("waiting for the first round") },
  open: { icon: "time", word: (n) => t("round {n} open", { n }) },
  paused: { icon: "pause", word: (n) => t("round {n} paused", { n }) },
  closed: { icon: "sealed", word: (n) => t("round {n} closed, still sealed", { n }) },
  disclosed: { icon: "eye", word: (n) => t("round {n}: you see it", { n }) },
  revealed: { icon: "hall", word: (n) => t("round {n}: the hall sees it", { n }) },
  concluded: { icon: "saved", word: () => t("concluded") },
};

// What comes next for a group: {label, do, confirm?} or null where nothing does.
export function next(S, group) {
  const { may, lease } = mine(S, group), n = group.round;
  if (!may || S.state.phase !== "running") return null;
  if (lease) {
    const who = holder(S, group);
    return { label: who ? t("Take over from {name}", { name: who }) : t("Take control"), do: "take_lease" };
  }
  switch (group.phase) {
    case "waiting": return group.kind === "plenary" ? plenary(S, group) : { label: t("Open round {n}", { n: group.rounds.length + 1 }), do: "open_round" };
    case "open": return { label: t("Close round {n}", { n }), do: "close_round", confirm: true };
    case "paused": return { label: t("Resume round {n}", { n }), do: "resume_round" };
    case "closed": return { label: t("Show me the results"), do: "disclose" };
    case "disclosed": return { label: t("Show the results to the hall"), do: "reveal" };
    case "revealed": {
      if (group.kind === "plenary") return plenary(S, group) || { label: t("Conclude the plenary"), do: "conclude" };
      const open = pending(S, group).length;
      if (!open) return { label: t("Conclude the group"), do: "conclude" };
      return { label: tn("Open round {r} for {n} indicator", "Open round {r} for {n} indicators", open, { r: group.rounds.length + 1 }), do: "open_round" };
    }
    default: return null;
  }
}

// A plenary votes on what was brought to it, and on nothing else.
function plenary(S, group) {
  const { length } = agenda(S, group);
  return length ? { label: tn("Open the plenary's vote on {n} indicator", "Open the plenary's vote on {n} indicators", length), do: "open_round" } : null;
}

function stations(S, group) {
  const rounds = group.rounds.filter((round) => !round.voided);
  const past = rounds.filter((round) => round.number !== group.round || ["waiting", "concluded"].includes(group.phase));
  const list = past.length && group.phase !== "waiting" ? [] : [{ name: t("Waiting"), at: group.phase === "waiting" }];
  for (const round of past.slice(-SHOWN)) list.push({ name: t("Round {n}", { n: round.number }) });
  if (!["waiting", "concluded"].includes(group.phase)) {
    const at = (...phases) => phases.includes(group.phase);
    list.push({ name: group.phase === "paused" ? t("Paused") : t("Round {n}", { n: group.round }), at: at("open", "paused") },
      { name: t("Closed"), at: at("closed") }, { name: t("You see it"), at: at("disclosed") }, { name: t("Hall sees it"), at: at("revealed") });
  }
  list.push({ name: t("Concluded"), at: group.phase === "concluded" });
  if (group.phase === "concluded") list.push({ name: t("Final") });
  const here = list.findIndex((station) => station.at);
  return h("ol", { class: "stations" }, list.map(({ name }, at) =>
    h("li", { class: `station${at < here ? " is-past" : at === here ? " is-now" : ""}`, "aria-current": at === here ? "step" : null }, name)));
}

function button(label, action, { primary, stop, key, ...more } = {}) {
  const kind = primary ? " button--primary" : stop ? " button--stop" : "";
  return h("button", { class: `button${kind}`, type: "button", "data-do": action, "data-key": action, ...more },
    label, key && h("span", { class: "key", "aria-hidden": "true" }, key));
}

function acts(S, group) {
  const step = next(S, group), ui = S.ui;
  if (!step) return [h("span", { class: "quiet" }, waitingFor(S, group)), reopening(S, group)];
  if (ui.asking === `close/${group.id}`) return closing(S, group);
  const busy = ui.busy ? { disabled: true } : {};
  const primary = button(step.label, step.confirm ? "ask-close" : step.do === "conclude" ? "ask-conclude" : step.do, { primary: true, key: t("Space"), ...busy });
  const choice = {
    open_round: () => [minutes(S, group)],
    resume_round: () => [button(t("Close round {n}", { n: group.round }), "ask-close", busy)],
    disclose: () => [undo(S, group, busy)],
    reveal: () => reveals(S, group),
  }[step.do];
  return [choice ? choice() : [], others(S, group, step), primary];
}

// What may be done beside the next step, and seldom is.
function others(S, group, step) {
  if (step.do === "take_lease") return null;
  const revealed = group.phase === "revealed", told = (S.rounds[group.id] || {})[group.round];
  return menu("others", t("Other steps"), [
    revealed ? ["ask-open", t("Choose indicators to open again")] : null,
    revealed && told && !told.reasons_revealed && written(told).length ? ["reveal-reasons", t("Show the reasons as well")] : null,
    revealed && step.do !== "conclude" ? ["ask-conclude", t("Conclude the group as it is")] : null,
    ["open", "paused", "closed", "disclosed", "revealed"].includes(group.phase) ? ["ask-void", t("Cancel the round")] : null,
    group.phase === "waiting" ? ["ask-conclude", t("Conclude the group as it is")] : null,
    S.frame.me.role === "organiser" && group.lease !== S.frame.me.by ? ["take_lease", t("Take control")] : null,
  ]);
}

// A closed round can be opened again until it shows itself; the seconds run on the button.
function undo(S, group, busy) {
  const seconds = Math.ceil(undoLeft(S, group));
  return button([t("Undo: open again"), seconds >= 1 && seconds <= UNDO_SHOWN && h("span", { class: "undo", "aria-hidden": "true" }, seconds)], "reopen_round", busy);
}

// What is asked before a round is closed, and when its time is up.
function question(S, group) {
  const seats = seatsOf(S, group), done = seats.filter((seat) => seat.stage === "done").length;
  const all = seats.filter((seat) => !["open", "absent"].includes(seat.stage)).length, n = group.round;
  const asking = S.ui.asking === `close/${group.id}`, up = group.phase === "open" && left(group) !== null && left(group) <= 0 && !S.state.settings.deadline_closes;
  if (!asking && !up) return null;
  const papers = unconfirmed(S, group);
  return h("p", { class: "machine__ask", role: "alert" }, asking ? t("{done} of {all} have finished. Close round {n} now?", { done, all, n })
    : t("Time is up; {done} of {all} have finished. Close round {n}, or give more time?", { done, all, n }),
  papers ? [" ", tn("{n} paper ballot waits for a second officer and would not count.", "{n} paper ballots wait for a second officer and would not count.", papers)] : null);
}

function closing(S, group) {
  return [
    button(t("Keep it open"), "cancel"),
    button(t("Close round {n}", { n: group.round }), "close_round", { primary: true, ...(S.ui.busy ? { disabled: true } : {}) }),
  ];
}

function minutes(S, group) {
  const chosen = S.ui.minutes[group.id] === undefined ? 10 : S.ui.minutes[group.id];
  return h("label", {}, h("select", { "data-set": "minutes", "aria-label": t("Time for the round") },
    [...MINUTES, 0].map((value) => h("option", { value, selected: value === chosen ? "" : null }, value ? tn("{n} minute", "{n} minutes", value) : t("no limit")))));
}

function reveals(S, group) {
  const box = (name, word) => h("label", {}, h("input", { type: "checkbox", "data-set": name, checked: S.ui[name] }), word);
  const said = written((S.rounds[group.id] || {})[group.round]).reduce((sum, { reasons }) => sum + reasons.length, 0);
  return [S.state.baseline ? box("baseline", t("with the survey")) : null, said ? box("reasons", tn("with {n} reason", "with {n} reasons", said)) : null];
}

function reopening(S, group) {
  const { may, lease } = mine(S, group);
  if (group.phase === "waiting" && may && !lease) return menu("others", t("Other steps"), [["ask-conclude", t("Conclude without a vote")]]);
  return group.phase === "concluded" && may && !lease ? button(t("Open the group again"), "ask-reopen") : null;
}

function waitingFor(S, group) {
  if (group.phase === "concluded") {
    const open = S.state.groups.filter((other) => other.phase !== "concluded" && other.kind !== "plenary").length;
    return open ? tn("Concluded. {n} group is still at work.", "Concluded. {n} groups are still at work.", open) : "";
  }
  if (group.kind === "plenary" && mine(S, group).may) return t("Choose what the plenary votes on.");
  return t("You watch this group; its facilitator runs it.");
}

function clockOf(S, group) {
  const seconds = left(group), { may, lease } = mine(S, group);
  if (!["open", "paused"].includes(group.phase)) return null;
  const may_act = may && !lease;
  const over = seconds !== null && seconds <= 0;
  return h("div", { class: "clock" },
    h("span", { class: "quiet" }, over ? t("Time is up") : seconds === null ? t("No limit") : t("Time left")),
    seconds === null ? null : h("b", { role: "timer", class: over ? "is-over" : null, "data-clock": group.id }, countdown(seconds)),
    may_act && h("span", { class: "clock__steps" },
      seconds === null ? null : [1, 2].map((n) => h("button", { class: "button", type: "button", "data-do": "extend_round", "data-minutes": n, "aria-label": tn("Add {n} minute", "Add {n} minutes", n) }, `+${n}`)),
      group.phase === "open" ? h("button", { class: "button", type: "button", "data-do": "pause_round", "aria-label": t("Pause") }, icon("pause")) : null));
}

export function machine(S) {
  if (!S.state || S.state.phase !== "running" || !S.group) return [];
  const group = groupOf(S), named = about(S, group.id);
  return [
    h("h2", { class: "machine__group" }, shape(), h("span", {}, named.name)),
    question(S, group) || stations(S, group),
    h("div", { class: "machine__act" }, acts(S, group)),
    clockOf(S, group),
  ];
}

