// Sign-in and first run. A one-time token, or the pass of a link to the console, is read from the address and taken out
// of it at once, so that it stays neither in the history nor on a picture of the screen.
import { call } from "../staff/api.js";
import { t } from "../words.js";

const form = document.querySelector("#sign-in, #first-run");
const first = form.id === "first-run";
const token = decodeURIComponent(location.hash.slice(1));
const sheet = token.includes("/") ? `#${token}` : ""; // the QR code of a paper ballot led here; a pass has no slash
if (location.hash) history.replaceState(null, "", location.pathname + location.search);

function say(sentence) {
  const place = form.querySelector("[role=alert]");
  place.lastElementChild.textContent = sentence;
  place.hidden = !sentence;
}

if (first && !token) say(t("Open the whole link that the server printed, with everything after the # sign."));

async function bring() {
  const told = await call("POST", "/sign-in/pass", { pass: token }, false);
  if (told.ok) location.replace(form.dataset.following || "/console");
  else say(told.detail);
}

if (!first && token && !sheet) bring();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  say("");
  const given = Object.fromEntries(new FormData(form));
  const told = first ? await call("POST", "/first-run", { token, ...given }) : await call("POST", "/sign-in", given, false);
  button.disabled = false;
  if (told.ok) location.replace((form.dataset.following || "/console") + sheet);
  else say(told.detail);
});
