// A rule of one's own as plain JSON: weighed by the server while it is typed. Owns the field; judges no clause itself.
import { t, tn } from "../words.js";
import { call } from "./api.js";
import { weighed } from "./phrases.js";

const PAUSE_MS = 400;

// What stands in the field as data, or null where it is no JSON yet.
export function ownRule(field) {
  try {
    return JSON.parse(field.value);
  } catch {
    return null;
  }
}

function fewest({ fewest: n, settles_from: vote }) {
  const from = n === null ? t("No number of scores could agree on this scale.") : tn("From {n} score on it can agree.", "From {n} scores on it can agree.", n);
  return from + " " + t("Vote {n} is the first that settles.", { n: vote });
}

// own(field, say, sizes): `say({text, fault})` is told what the rule asks, or what is wrong with it; `sizes()` are the
// voices and points to weigh it for. Gives a function that weighs it anew.
export function own(field, say, sizes) {
  let waiting = 0, asked = 0;
  async function weigh() {
    const rule = ownRule(field), turn = (asked += 1);
    if (rule === null) return say({ fault: t("This is not JSON yet: check quotes, commas and brackets.") });
    const told = await call("POST", "/rules", { rule, ...sizes() });
    if (turn !== asked) return null;
    if (!told.ok) return say({ fault: told.detail });
    return say({ text: [weighed(told.chance), fewest(told), t("Its digest in the record: {digest}", { digest: told.digest.slice(0, 16) })].join(" ") });
  }
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(weigh, PAUSE_MS);
  });
  return weigh;
}

// Fills an empty field with every clause of a preset, ready to be changed.
export async function begin(field, preset, sizes) {
  if (field.value.trim()) return;
  const told = await call("POST", "/rules", { rule: preset, ...sizes() });
  if (told.ok && !field.value.trim()) field.value = JSON.stringify({ ...told.rule, preset: "custom" }, null, 2);
}
