// The list of workshops: makes a new one, says how easily each rule is passed, signs out.
import { call } from "../staff/api.js";
import { begin, own, ownRule } from "../staff/own_rule.js";
import { weighed } from "../staff/phrases.js";

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-do=sign-out]")) return;
  await call("POST", "/sign-out", {});
  location.assign("/sign-in");
});

const form = document.getElementById("create"), voices = document.getElementById("voices");
const sizes = () => ({ raters: Number(voices.value), categories: Number(form.elements.framework.selectedOptions[0].dataset.points) });

async function compare() {
  if (!voices.validity.valid || !voices.value || !form.elements.framework.selectedOptions[0]) return;
  const { raters, categories } = sizes();
  const told = await call("GET", `/rules?raters=${raters}&categories=${categories}`);
  if (raters !== Number(voices.value) || !told.ok) return;
  for (const rule of told.list) form.querySelector(`[data-chance="${rule.preset}"]`).textContent = weighed(rule.chance);
  if (form.elements.rule.value === "custom") weigh();
}

// A rule of one's own: the field appears with its choice, filled with the clauses chosen before.
let before = "workshop", weigh = () => null;

function ownIfChosen() {
  const chosen = form.elements.rule.value, place = document.getElementById("own"), field = form.elements.own;
  place.hidden = chosen !== "custom";
  field.required = chosen === "custom";
  if (chosen === "custom") begin(field, before, sizes).then(() => weigh());
  else before = chosen;
}

function sayOfOwn({ text = "", fault = "" }) {
  document.getElementById("own-chance").textContent = text;
  document.getElementById("own-fault").textContent = fault;
  form.elements.own.setAttribute("aria-invalid", String(Boolean(fault)));
}

if (form) {
  weigh = own(form.elements.own, sayOfOwn, sizes);
  compare();
  ownIfChosen();
  voices.addEventListener("change", compare);
  for (const choice of form.elements.rule) choice.addEventListener("change", ownIfChosen);
  form.elements.framework.addEventListener("change", compare);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form), custom = given.get("rule") === "custom" ? ownRule(form.elements.own) : null;
    if (given.get("rule") === "custom" && custom === null) {
      await weigh();
      return form.elements.own.focus();
    }
    const told = await call("POST", "/workshops", {
      title: given.get("title").trim(),
      city: given.get("city").trim() || null,
      language: given.get("language"),
      framework: given.get("framework"),
      rule: custom || given.get("rule"),
      synthetic: given.has("synthetic"),
      plenary: given.has("plenary"),
      settings: {
        open_join: given.has("open_join"),
        baseline_seen: given.has("baseline_before") ? "before" : "after_round_1",
        deadline_closes: given.has("deadline_closes"),
        disclose_after: Number(given.get("disclose_after")),
      },
    });
    if (told.ok) return location.assign(`/console/${told.workshop}`);
    const place = form.querySelector("[role=alert]");
    place.lastElementChild.textContent = told.detail;
    place.hidden = false;
    return place.scrollIntoView({ block: "center" });
  });
}
