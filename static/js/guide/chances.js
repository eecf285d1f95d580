// How easily each rule is passed by as many voices as somebody expects, and the rule of one's own. Judges no clause itself.
import { call } from "../staff/api.js";
import { begin, own, ownRule } from "../staff/own_rule.js";
import { weighed } from "../staff/phrases.js";

// chances(form, points): `points()` is the length of the scale. Gives {compare, given}: weighs anew, and the rule chosen,
// null where one's own is no JSON yet.
export function chances(form, points) {
  const voices = document.getElementById("voices"), field = form.elements.own, place = document.getElementById("own");
  const sizes = () => ({ raters: Number(voices.value), categories: points() });
  let before = "workshop";

  const weigh = own(field, ({ text = "", fault = "" }) => {
    document.getElementById("own-chance").textContent = text;
    document.getElementById("own-fault").textContent = fault;
    field.setAttribute("aria-invalid", String(Boolean(fault)));
  }, sizes);

  async function compare() {
    if (!voices.validity.valid || !voices.value) return;
    const { raters, categories } = sizes(), told = await call("GET", `/rules?raters=${raters}&categories=${categories}`);
    if (raters !== Number(voices.value) || !told.ok) return;
    for (const rule of told.list) form.querySelector(`[data-chance="${rule.preset}"]`).textContent = weighed(rule.chance);
    if (form.elements.rule.value === "custom") weigh();
  }

  // The field appears with its choice, filled with the clauses chosen before.
  function ownIfChosen() {
    const chosen = form.elements.rule.value;
    place.hidden = chosen !== "custom";
    field.required = chosen === "custom";
    if (chosen === "custom") begin(field, before, sizes).then(() => weigh());
    else before = chosen;
  }

  voices.addEventListener("change", compare);
  for (const choice of form.elements.rule) choice.addEventListener("change", ownIfChosen);
  ownIfChosen();
  return {
    compare,
    given() {
      if (form.elements.rule.value !== "custom") return form.elements.rule.value;
      const rule = ownRule(field);
      if (rule === null) weigh().then(() => field.focus());
      return rule;
    },
  };
}
