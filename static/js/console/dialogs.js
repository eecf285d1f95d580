// Questions put to the facilitator: a title, some fields, one button that does it and one that does not.
import { h } from "../dom.js";
import { t } from "../words.js";

// Resolves to the form's data, or null where the person thought better of it.
export function ask({ title, text, fields = [], confirm, stop = false, only = false }) {
  return new Promise((resolve) => {
    const form = h("form", { class: "ask", method: "dialog" },
      h("h2", { id: "ask-title" }, title),
      text ? [text].flat().map((part) => (typeof part === "string" ? h("p", { class: "quiet" }, part) : part)) : null,
      fields,
      h("div", { class: "ask__acts" },
        h("button", { class: "button", value: "no", type: "button", "data-close": "" }, only ? t("Close") : t("Cancel")),
        only ? null : h("button", { class: `button ${stop ? "button--stop" : "button--primary"}`, value: "yes" }, confirm)));
    const dialog = h("dialog", { "aria-labelledby": "ask-title" }, form);
    let told = null;
    form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    form.addEventListener("submit", () => (told = new FormData(form)));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(told);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function field(name, label, { rows = 3, hint, required = true, max = 2000 } = {}) {
  return h("label", { class: "field" }, h("span", { class: "field__label" }, label), hint ? h("span", { class: "field__hint" }, hint) : null,
    h("textarea", { class: "field__input", name, rows, maxlength: max, required }));
}

export function radios(name, legend, options, { row = false, chosen } = {}) {
  return h("fieldset", { class: "choices" }, h("legend", {}, legend), h("div", { class: row ? "values" : "choices" },
    options.map(([value, word]) => h("label", { class: "choice" }, h("input", { type: "radio", name, value, required: true, checked: value === chosen }), h("span", {}, word)))));
}

export function tick(name, word, { required = false, checked = false } = {}) {
  return h("label", { class: "choice" }, h("input", { type: "checkbox", name, required, checked }), h("span", {}, word));
}
