// The workshop's own words: phases, verdicts, endings, causes, roles. Owns wording and glyphs, decides nothing.
import { icon, h } from "../dom.js";
import { number, t, tn } from "../words.js";

// `brief` stands where the space is a table's cell; the whole word is never far.
export const OUTCOMES = {
  consensus: { word: () => t("Agreed"), form: "consensus" },
  provisional: { word: () => t("Agreed on the first vote"), brief: () => t("First vote"), form: "provisional" },
  near: { word: () => t("Nearly agreed"), brief: () => t("Nearly"), form: "near" },
  dissent: { word: () => t("Two camps"), form: "dissent" },
  moving: { word: () => t("Still moving"), brief: () => t("Moving"), form: "moving" },
  open: { word: () => t("Not yet agreed"), brief: () => t("Not yet"), form: "open" },
  at_cap: { word: () => t("Not agreed in the rounds allowed"), brief: () => t("Votes used up"), form: "unsettled" },
  insufficient: { word: () => t("Too few scores"), form: "insufficient" },
};
const SETTLED = { word: () => t("Settled disagreement"), form: "stable-dissent" };

export const ENDINGS = {
  agreed: { word: () => t("Agreed"), form: "consensus" },
  agreed_with_reservation: { word: () => t("Agreed with reservation"), form: "reserved" },
  unconfirmed: { word: () => t("Not confirmed"), form: "provisional" },
  decided: { word: () => t("Decided by the chair"), form: "decided" },
  not_agreed: { word: () => t("Not agreed"), form: "dissent" },
  not_rated: { word: () => t("Not scored"), form: "insufficient" },
};

export const CAUSES = {
  new_evidence: () => t("new evidence"),
  scope: () => t("different scope"),
  year: () => t("different year"),
  scale_reading: () => t("scale read differently"),
  interest: () => t("interest"),
  real_disagreement: () => t("real disagreement"),
};

export const CANNOT = {
  no_knowledge: () => t("I don't know"),
  no_data: () => t("There is no data"),
  unclear: () => t("The question is unclear"),
  not_applicable: () => t("Does not apply here"),
};

// A settled disagreement is its own word: the panel has stopped moving and does not agree.
export function outcomeOf(figures) {
  const settled = ["dissent", "open", "near", "at_cap"].includes(figures.outcome) && figures.flags.includes("stable");
  const found = settled ? SETTLED : OUTCOMES[figures.outcome];
  return { brief: found.word, ...found };
}

export function chip({ word, form }, more) {
  return h("span", { class: `verdict verdict--${form}` }, icon(form), " ", more || word());
}

// `2.500000` as 2,5; a dash where there is none.
export function decimal(text) {
  return text === null || text === undefined ? "–" : number(Number(text));
}

// A difference with its sign.
export function signed(text) {
  if (text === null || text === undefined) return "–";
  const value = Number(text);
  return (value > 0 ? "+" : value < 0 ? "−" : "±") + number(Math.abs(value));
}

// A chance from 0 to 1 in whole percent; never a false zero.
export function chance(text) {
  const share = Number(text);
  return share > 0 && share < 0.01 ? t("under 1%") : t("{n}%", { n: Math.round(100 * share) });
}

export const PRESETS = {
  workshop: () => t("Workshop rule"),
  iqr: () => t("Three in four and a narrow middle"),
  "two-thirds": () => t("Two thirds"),
  "within-one": () => t("Within one step"),
  "rand-ucla": () => t("RAND/UCLA"),
  custom: () => t("A rule of one's own"),
};

// What a rule asks of so many voices, and how often panels pass it that have nothing to agree on.
export function weighed({ needed, possible, raters, random, ceiling, two_camps: camps }) {
  if (!possible) return tn("With {n} voice nothing can be agreed: chance alone would do it too often.", "With {n} voices nothing can be agreed: chance alone would do it too often.", raters);
  const must = needed === null ? "" : tn("With {n} voice, {needed} must agree", "With {n} voices, {needed} must agree", raters, { needed }) + ". ";
  return must + t("With nothing to agree on it passes: at random {random}, all leaning high {ceiling}, two camps {camps}.", {
    random: chance(random), ceiling: chance(ceiling), camps: chance(camps) });
}

export function percent(part, whole) {
  return t("{n}%", { n: whole ? Math.round((100 * part) / whole) : 0 });
}
