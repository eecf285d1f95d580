// Accounts of staff: lists them, makes one, closes one after a second press.
import { block, fill, h } from "../dom.js";
import { call } from "../staff/api.js";
import { signOut } from "../staff/out.js";
import { t } from "../words.js";

const { me } = block("frame"), place = document.getElementById("list"), form = document.getElementById("add");
const ROLES = { organiser: () => t("organiser"), facilitator: () => t("facilitator"), officer: () => t("officer"), observer: () => t("observer") };
let asked = null; // the account that the next press closes

function say(sentence) {
  const alert = form.querySelector("[role=alert]");
  alert.lastElementChild.textContent = sentence;
  alert.hidden = !sentence;
}

function draw(accounts) {
  fill(place, h("ul", { class: "rows" }, accounts.filter(({ active }) => active).map(({ staff, name, role, groups }) => h("li", {}, h("div", { class: "row" },
    h("b", {}, name), h("span", { class: "quiet" }, ROLES[role](), groups ? ` · ${groups.join(", ")}` : ""),
    staff === me ? h("span", { class: "tag" }, t("you"))
      : h("button", { class: "button button--compact", type: "button", "data-close": staff, "aria-label": asked === staff ? t("Close for good: {name}", { name }) : t("Close the account of {name}", { name }) },
        asked === staff ? t("Close for good") : t("Close")))))));
  place.onclick = async ({ target }) => {
    const button = target.closest("[data-close]");
    if (!button) return;
    const { close } = button.dataset, sure = asked === close;
    asked = sure ? null : close;
    const told = sure ? await call("POST", `/${close}/close`, {}) : { ok: true, list: accounts };
    if (told.ok) draw(told.list);
    else say(told.detail);
    place.querySelector(asked ? `[data-close="${asked}"]` : "button")?.focus();
  };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("");
  const told = await call("POST", "/staff", Object.fromEntries(new FormData(form)));
  if (!told.ok) return say(told.detail);
  form.reset();
  draw(told.list);
  form.elements.name.focus();
});
call("GET", "/staff").then((told) => (told.ok ? draw(told.list) : say(told.detail)));
signOut();
