// The list of workshops: makes a new one, says how easily each rule is passed, signs out.
import { call } from "../staff/api.js";
import { chance } from "../staff/phrases.js";
import { t, tn } from "../words.js";

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-do=sign-out]")) return;
  await call("POST", "/sign-out", {});
  location.assign("/sign-in");
});

const form = document.getElementById("create");
// What a rule asks of so many voices, and how often panels pass it that have nothing to agree on.
function weighed({ needed, possible, raters, random, ceiling, two_camps: camps }) {
  if (!possible) return tn("With {n} voice nothing can be agreed: chance alone would do it too often.", "With {n} voices nothing can be agreed: chance alone would do it too often.", raters);
  const must = needed === null ? "" : tn("With {n} voice, {needed} must agree", "With {n} voices, {needed} must agree", raters, { needed }) + ". ";
  return must + t("With nothing to agree on it passes: at random {random}, all leaning high {ceiling}, two camps {camps}.", {
    random: chance(random), ceiling: chance(ceiling), camps: chance(camps) });
}

async function compare() {
  const voices = document.getElementById("voices"), framework = form.elements.framework.selectedOptions[0];
  if (!voices.validity.valid || !voices.value || !framework) return;
  const asked = voices.value;
  const told = await call("GET", `/rules?raters=${asked}&categories=${framework.dataset.points}`);
  if (asked !== voices.value || !told.ok) return;
  for (const rule of told.list) form.querySelector(`[data-chance="${rule.preset}"]`).textContent = weighed(rule.chance);
}

if (form) {
  compare();
  document.getElementById("voices").addEventListener("change", compare);
  form.elements.framework.addEventListener("change", compare);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const told = await call("POST", "/workshops", {
      title: given.get("title").trim(),
      city: given.get("city").trim() || null,
      language: given.get("language"),
      framework: given.get("framework"),
      rule: given.get("rule"),
      synthetic: given.has("synthetic"),
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
    place.scrollIntoView({ block: "center" });
  });
}
