// The guided form of a new workshop: its first three steps, what each surface would show of them, and the way that lies
// ahead. Rules and refusals are the server's.
import { chances } from "../guide/chances.js";
import { frames } from "../guide/frames.js";
import { way } from "../guide/way.js";
import { fill } from "../dom.js";
import { call } from "../staff/api.js";
import { paint } from "../staff/morph.js";
import { signOut } from "../staff/out.js";
import { number, t, tn } from "../words.js";

const form = document.getElementById("create"), place = document.getElementById("way"), field = form.elements;
const ownPlace = document.getElementById("own-framework"), ownFault = document.getElementById("own-framework-fault");
const ownOutline = document.getElementById("own-framework-outline");
let ownDocument = null, points = 5; // the framework of one's own, and how many points the chosen one's scale has

const isOwn = () => field.framework.value === "own";
const framework = () => (isOwn() ? ownDocument : field.framework.value);

const settings = () => ({
  open_join: field.open_join.checked,
  baseline_seen: field.baseline_before.checked ? "before" : "after_round_1",
  deadline_closes: field.deadline_closes.checked,
  disclose_after: Number(field.disclose_after.value),
});

const typed = () => ({
  title: field.title.value.trim(), city: field.city.value.trim() || null, language: field.language.value,
  framework: framework() || form.querySelector("[name=framework]").value, synthetic: field.synthetic.checked,
  plenary: field.plenary.checked, settings: settings(),
});
const seats = () => Math.min(40, Math.max(2, Number(document.getElementById("voices").value) || 8));

// --- the framework --------------------------------------------------------------------------------------------------

function outlined({ title, levels, leaves, points: scale }) {
  const counted = levels.map(({ name, count }) => `${name}: ${number(count)}`).join(" · ");
  return `${title}. ${counted}. ` + tn("{n} indicator, scored on {points} points.", "{n} indicators, scored on {points} points.", leaves, { points: scale });
}

function told(answer) {
  const faulty = isOwn() && ownDocument !== null && !answer.ok;
  if (isOwn() && ownDocument !== null) {
    ownFault.textContent = faulty ? answer.detail : "";
    ownOutline.textContent = answer.ok ? outlined(answer.framework) : "";
    if (faulty) ownDocument = null;
  }
  if (answer.ok && answer.framework.points !== points) {
    points = answer.framework.points;
    rule.compare();
  }
  where();
}

async function taken(file) {
  ownDocument = null;
  ownFault.textContent = ownOutline.textContent = "";
  try {
    ownDocument = file ? JSON.parse(await file.text()) : null;
  } catch {
    ownFault.textContent = t("This file is no JSON; begin from the one that can be downloaded here.");
  }
  field.own_framework.setAttribute("aria-invalid", String(Boolean(ownFault.textContent)));
  where();
  follow(false);
}

// --- the way --------------------------------------------------------------------------------------------------------

function where() {
  const done = [framework() !== null, field.title.value.trim() !== "", false]; // the rule is chosen when the workshop is made
  ownPlace.hidden = !isOwn();
  field.own_framework.required = isOwn();
  paint(place, way([...done, ...Array(5).fill(false)], done.indexOf(false), (at) => (at < 3 ? `#step-${at + 1}` : null)));
  for (const step of form.querySelectorAll(".step")) step.classList.toggle("is-done", done[Number(step.dataset.n) - 1]);
}

const rule = chances(form, () => points), follow = frames(() => ({ ...typed(), seats: seats() }), told);
form.addEventListener("input", () => {
  where();
  follow();
});
field.own_framework.addEventListener("change", () => taken(field.own_framework.files[0]));
signOut();
rule.compare();
where();
follow(false);

function sorry(sentence) {
  const said = form.querySelector("[role=alert]");
  fill(said.lastElementChild, sentence);
  said.hidden = false;
  said.scrollIntoView({ block: "center" });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = rule.given();
  if (given === null) return null;
  if (framework() === null) return sorry(ownFault.textContent || t("Choose the file of your framework first."));
  const made = await call("POST", "/workshops", { ...typed(), rule: given });
  return made.ok ? location.assign(`/console/${made.workshop}`) : sorry(made.detail);
});
