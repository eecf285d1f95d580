// What a step says, and how every group stood when it had happened. Derives from the steps alone and draws nothing.
import { t, tn } from "../words.js";

const SAID = {
  "workshop.created": () => t("The workshop is set up"),
  "baseline.imported": () => t("The earlier survey is read in"),
  "workshop.started": ({ seats }) => tn("The workshop starts with {n} seat taken", "The workshop starts with {n} seats taken", seats),
  "round.opened": ({ round, items }) => tn("Round {r} opens for {n} indicator", "Round {r} opens for {n} indicators", items, { r: round }),
  "round.extended": ({ round }) => t("Round {n} gets more time", { n: round }),
  "round.paused": ({ round }) => t("Round {n} pauses", { n: round }),
  "round.resumed": ({ round }) => t("Round {n} goes on", { n: round }),
  "round.closed": ({ round, answered, seats }) => t("Round {n} closes: {done} of {all} have answered", { n: round, done: answered, all: seats }),
  "round.reopened": ({ round }) => t("Round {n} opens again", { n: round }),
  "round.assessed": ({ round, ballots }) => tn("Round {r} is shown to the facilitator: {n} ballot", "Round {r} is shown to the facilitator: {n} ballots", ballots, { r: round }),
  "figures.revealed": ({ round }) => t("Round {n} is shown to the hall", { n: round }),
  "round.voided": ({ round }) => t("Round {n} is cancelled", { n: round }),
  "item.decided": ({ item }) => t("The chair decides on {item}", { item }),
  "minority.attached": ({ item }) => t("A minority statement on {item}", { item }),
  "group.concluded": () => t("The group concludes"),
  "group.reopened": () => t("The group opens again"),
  "index.frozen": () => t("The index is final"),
  "content.erased": () => t("A person is erased"),
  "origin.continued": () => t("Restored from a backup, and sealed under a new name since"),
};

export const PHASES = {
  waiting: () => t("waiting"), open: () => t("scoring"), paused: () => t("paused"), closed: () => t("closed, still sealed"),
  disclosed: () => t("the facilitator sees it"), revealed: () => t("the hall sees it"), concluded: () => t("finished"),
};

export const sentence = (step) => SAID[step.kind](step);

// The minute of a step, in UTC as the record has it.
export const minute = (step, sign) => step.at.slice(11, 16).replace(":", sign);

// Every group after step `at`: id → {phase, round, seats, answered}; `answered` from a close on, until the next round.
export function standing(told, at) {
  const groups = new Map(Object.keys(told.groups).map((id) => [id, { phase: "waiting", round: null, seats: null, answered: null }]));
  for (const step of told.steps.slice(0, at + 1)) {
    const group = groups.get(step.scope);
    if (!group) continue;
    Object.assign(group, { phase: step.phase, seats: step.seats });
    if (step.kind === "round.opened" || step.kind === "round.reopened") Object.assign(group, { round: step.round, answered: null });
    if (step.kind === "round.closed") group.answered = step.answered;
  }
  return groups;
}

// Where the next step that shows figures is, or the last step.
export function disclosure(told, at) {
  const found = told.steps.findIndex((step, place) => place > at && step.distributions.length);
  return found < 0 ? told.steps.length - 1 : found;
}
