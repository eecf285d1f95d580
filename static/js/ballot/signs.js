// Words and icons of the states an answer and a round can be in: one place, so that they say the same everywhere.
import { h, icon, shape } from "../dom.js";
import { clock, t } from "../words.js";

const LOOK = {
  draft: "draft", sending: "sending", unsent: "unsent", saved: "saved", locked: "locked", refused: "refused",
  superseded: "refused",
};
const KIND = { saved: "saved", unsent: "unsent", refused: "refused", superseded: "refused" };

export const CANNOT = {
  no_knowledge: () => t("I don't know"),
  no_data: () => t("There is no data"),
  unclear: () => t("The question is unclear"),
  not_applicable: () => t("Does not apply here"),
};

// What stands at a phone's head: the group, and beside it the round with its time.
export const headOf = (view, time) => [view.dimension ? shape() : null, h("b", {}, view.group_name), time];

// Each outcome's icon and word, as the glossary has them.
export const OUTCOMES = {
  consensus: ["consensus", () => t("Agreed")],
  provisional: ["consensus", () => t("Agreed on the first vote")],
  near: ["near", () => t("Nearly agreed")],
  dissent: ["dissent", () => t("Two camps")],
  moving: ["moving", () => t("Still moving")],
  open: ["unsettled", () => t("Not yet agreed")],
  at_cap: ["unsettled", () => t("Not agreed in the rounds allowed")],
  stable: ["stable-dissent", () => t("Settled disagreement")],
  insufficient: ["insufficient", () => t("Too few scores")],
  hidden: ["insufficient", () => t("Hidden (fewer than five)")],
};

const SETTLES = new Set(["dissent", "open", "near", "at_cap"]);

// The outcome as the hall may know it: of too few people none is told.
export function outcomeOf(feedback) {
  if (feedback.flags.includes("stable") && SETTLES.has(feedback.outcome)) return "stable";
  return feedback.outcome in OUTCOMES ? feedback.outcome : "hidden";
}

export const ENDINGS = {
  agreed: ["consensus", () => t("Agreed")],
  agreed_with_reservation: ["consensus", () => t("Agreed with reservation")],
  unconfirmed: ["near", () => t("Not confirmed")],
  decided: ["locked", () => t("Decided by the chair")],
  not_agreed: ["unsettled", () => t("Not agreed")],
  not_rated: ["insufficient", () => t("Not scored")],
};

export function stateWords(state, answer) {
  switch (state) {
    case "draft":
      return t("Not sent yet");
    case "sending":
      return t("Sending");
    case "unsent":
      return t("Waiting for the network");
    case "saved":
      return answer?.at ? t("Saved {time}", { time: clock(answer.at) }) : t("Saved");
    case "locked":
      return t("Locked");
    case "refused":
    case "superseded":
      return answer?.message || t("Not taken");
    default:
      return t("Choose one number");
  }
}

export function stateMark(state, answer) {
  const look = LOOK[state];
  return h(
    "span",
    { class: `save${KIND[state] ? ` save--${KIND[state]}` : ""}`, "data-state": state },
    look ? icon(look) : null,
    h("span", {}, stateWords(state, answer)),
  );
}
