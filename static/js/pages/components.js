// The page of components: draws every building block with the functions that the pages use.
import { STATES, hall, parts } from "../components/parts.js";
import { toaster } from "../console/around.js";
import { ask } from "../console/dialogs.js";
import { block, fill, h } from "../dom.js";
import { signOut } from "../staff/out.js";
import { language, t } from "../words.js";

const dimensions = block("dimensions").map(({ id, name }) => ({ id, name: name[language] }));
fill(document.getElementById("components"), parts(dimensions).map(({ id, title, use, drawn }) =>
  h("section", { class: "gallery", id, "aria-label": title }, h("h2", {}, title), h("p", {}, use), h("div", { class: "parts" }, drawn))));
for (const place of document.querySelectorAll("[data-part]")) fill(place, STATES[place.dataset.part](hall(dimensions)));

const toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
document.body.append(toasts);
const toast = toaster(toasts);
const OPEN = {
  dialog: () => ask({ title: t("Freeze the index"), text: t("Nothing can be changed any more. Notes can still be added."), confirm: t("Freeze the index"), stop: true }),
  toast: () => toast({ form: "saved", text: t("Saved") }),
};
document.addEventListener("click", ({ target }) => {
  const pressed = target.closest("[data-open]");
  if (pressed) OPEN[pressed.dataset.open]();
});
signOut();
