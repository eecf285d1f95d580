// The pre-flight page: keeps the choice of an address, says whether this browser will do, and hears when a phone has
// looked at itself.
import { call } from "../staff/api.js";
import { icon, fill } from "../dom.js";
import { signOut } from "../staff/out.js";
import { t } from "../words.js";

const ASK_MS = 3000;
const ICONS = { fine: "saved", look: "look", mend: "refused", yours: "next" };
const form = document.getElementById("addresses");
const row = (key) => document.querySelector(`[data-check="${key}"]`);

function show(key, state, word, sentence) {
  const place = row(key);
  place.className = `check check--${state}`;
  fill(place.querySelector(".check__state"), icon(ICONS[state]), " ", word);
  place.querySelector(".check__say").textContent = sentence;
}

// What console and display are built on; where it is missing the page would stay empty.
const able = typeof HTMLDialogElement === "function" && typeof CSS !== "undefined" && CSS.supports("inset", "0px") && "replaceAll" in String.prototype;
if (able) show("browser", "fine", t("fine"), t("This browser shows console and display. Phones need Chrome 80 or Safari 14; their check says so."));
else show("browser", "mend", t("mend this"), t("This browser is too old for console and display; use Chrome or Edge 90, Firefox 98, Safari 15.4 or newer."));

let known = row("phone").querySelector(".check__say").textContent;
setInterval(async () => {
  if (document.hidden) return;
  const told = await call("GET", "/preflight/phone");
  document.querySelector("#line > *").hidden = told.status !== 0;
  if (!told.ok || told.sentence === known) return;
  known = told.sentence;
  show("phone", told.state, told.word, told.sentence);
}, ASK_MS);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = new FormData(form).get("address");
  const told = await call("PUT", "/preflight/address", { address: chosen || "" });
  if (told.ok) return location.reload();
  const place = form.querySelector("[role=alert]");
  place.lastElementChild.textContent = told.detail;
  place.hidden = false;
});

signOut();
