// One row of a paper ballot as it is typed: a digit of the scale, or a letter for what cannot be scored, and on to the
// next row; beside it the reason, where one is written. Knows the keys and their words; it sends nothing.
import { h } from "../dom.js";
import { CANNOT } from "../staff/phrases.js";
import { number, t } from "../words.js";

// As the letters stand on the sheet.
export const LETTERS = { A: "no_knowledge", B: "no_data", C: "unclear", D: "not_applicable" };

// What is typed as {value, cannot}; null where nothing is, undefined where it is neither.
export function read(text, scale) {
  const said = text.trim().toUpperCase();
  if (!said) return null;
  if (LETTERS[said]) return { value: null, cannot: LETTERS[said] };
  const found = scale.find(({ value }) => String(value) === said);
  return found ? { value: found.value, cannot: null } : undefined;
}

export function words(answer, scale) {
  if (!answer) return t("left empty");
  if (answer.cannot) return CANNOT[answer.cannot]();
  const category = scale.find(({ value }) => value === answer.value);
  return number(answer.value) + (category && category.label ? ` · ${category.label}` : "");
}

// Whether nothing longer could still be meant.
const whole = (text, scale) => read(text, scale) && !scale.some(({ value }) => String(value).startsWith(text) && String(value) !== text);

const spoken = (told, scale) => (told === undefined ? t("not on the scale") : told ? words(told, scale) : "");

// cells(item, scale, typed) → the field, its words and the field of the reason. `typed` keeps what stands in both, so
// that they can be drawn anew at any time.
export function cells(item, scale, typed) {
  const text = typed[item.id] || "", told = read(text, scale);
  const field = h("input", { class: "field__input paper__cell", name: item.id, value: text, autocomplete: "off", spellcheck: "false",
    maxlength: Math.max(...scale.map(({ value }) => String(value).length)), "aria-describedby": "legend", "aria-invalid": told === undefined ? "true" : null, "data-cell": "" });
  const said = h("output", { class: "paper__word", for: item.id }, spoken(told, scale));
  const reason = h("input", { class: "field__input paper__reason", name: `${item.id}/reason`, value: typed[`${item.id}/reason`] || "", maxlength: 500, autocomplete: "off", tabindex: -1,
    placeholder: t("reason"), "aria-label": t("Reason for {item}, where one is written", { item: item.title }) });
  return { field, said, reason };
}

// Types into a form of cells: keeps it, says it, and moves on by itself.
export function typing(event, scale, typed) {
  const { target } = event;
  if (target.name) typed[target.name] = target.value;
  if (!("cell" in target.dataset)) return;
  const told = read(target.value, scale);
  target.closest("li, tr").querySelector("output").textContent = spoken(told, scale);
  if (told === undefined) {
    target.setAttribute("aria-invalid", "true");
    return target.select();
  }
  target.removeAttribute("aria-invalid");
  if (told && whole(target.value.trim(), scale)) step(target, 1);
}

export function keys(event) {
  const { target, key } = event;
  if ("cell" in target.dataset) {
    const turn = key === "ArrowUp" || (key === "Backspace" && !target.value) ? -1 : key === "ArrowDown" || (key === " " && !target.value) ? 1 : 0;
    if (!turn && key !== "ArrowRight") return;
    event.preventDefault();
    if (turn) step(target, turn);
    else target.closest("li, tr").querySelector(".paper__reason").focus();
  } else if (target.classList.contains("paper__reason") && key === "Enter") {
    event.preventDefault();
    step(target.closest("li, tr").querySelector("[data-cell]"), 1);
  }
}

function step(field, by) {
  const row = [...field.form.querySelectorAll("[data-cell]"), field.form.querySelector(".button--primary")];
  const next = row[row.indexOf(field) + by];
  if (next) next.focus();
}

// What was typed for these items: {answers} or {wrong: the first item that is neither}.
export function collect(items, scale, typed) {
  const answers = [];
  for (const { id } of items) {
    const told = read(typed[id] || "", scale), reason = (typed[`${id}/reason`] || "").trim();
    if (told === undefined) return { wrong: id };
    if (told) answers.push({ item: id, ...told, ...(reason ? { reason } : {}) });
  }
  return { answers };
}
