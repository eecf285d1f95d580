// A phone looks at itself: browser, cookie, storage, live connection, clock. Each finding says what to do; the server
// hears only which of them failed.
import { fill, h, icon } from "../dom.js";
import { t, tn } from "../words.js";

const PATIENCE = 6000;
const SPAN = 120; // seconds by which a phone's clock may be off; countdowns come from the server all the same
const answer = document.getElementById("answer");
const KEY = "mufakat/check";

const CHECKS = [
  ["browser", t("Browser"), () => typeof fetch === "function" && typeof Promise === "function" && typeof CSS !== "undefined" && CSS.supports("display", "grid") && typeof crypto !== "undefined" && Boolean(crypto.getRandomValues) && "append" in Element.prototype && "flat" in Array.prototype,
    t("recent enough"), t("This browser is too old. Use a recent Chrome, Firefox or Safari, or the plain form.")],
  ["cookie", t("Cookies"), () => asked.then((told) => told.cookie), t("come back"),
    t("Cookies are blocked. Allow them for this address, or leave private mode; they hold your seat.")],
  ["storage", t("Storage"), storage, t("keeps what is not sent yet"),
    t("This phone keeps nothing. Leave private mode, so that answers survive a lost network.")],
  ["socket", t("Live connection"), socket, t("stands"),
    t("The network lets no live connection through. The ballot works all the same, a little slower.")],
  ["clock", t("Clock"), clock, t("agrees with the server's"), ""],
];

const begun = Date.now();
const asked = fetch("/api/v1/phone-check", { cache: "no-store", credentials: "same-origin" }).then((response) => response.json())
  .then((told) => ({ ...told, at: (begun + Date.now()) / 2 }));
let apart = 0;

function storage() {
  try {
    localStorage.setItem(KEY, "1");
    const kept = localStorage.getItem(KEY) === "1";
    localStorage.removeItem(KEY);
    return kept;
  } catch {
    return false;
  }
}

function socket() {
  return new Promise((resolve) => {
    const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/phone-check/socket`);
    line.onmessage = (event) => resolve(event.data === "mufakat");
    line.onerror = () => resolve(false);
    line.onclose = () => resolve(false);
    setTimeout(() => resolve(false), PATIENCE);
  });
}

async function clock() {
  const told = await asked;
  apart = Math.round(told.at / 1000 - told.now);
  return Math.abs(apart) <= SPAN;
}

function late() {
  const minutes = Math.round(Math.abs(apart) / 60);
  return apart > 0
    ? tn("This phone is {n} minute ahead of the server. One of them is wrong; set the phone's clock by the network.", "This phone is {n} minutes ahead of the server. One of them is wrong; set the phone's clock by the network.", minutes)
    : tn("This phone is {n} minute behind the server. One of them is wrong; set the phone's clock by the network.", "This phone is {n} minutes behind the server. One of them is wrong; set the phone's clock by the network.", minutes);
}

function row(state, title, sentence) {
  const form = { wait: "sending", fine: "saved", wrong: "refused" }[state];
  return h("li", { class: `found found--${state}` }, icon(form), h("span", {}, h("b", {}, title), " ", sentence));
}

async function look() {
  const found = [];
  for (const [key, title, test, good, bad] of CHECKS) {
    fill(answer, h("ul", { class: "founds" }, found.map((one) => one.row), row("wait", title, t("is looked at ..."))));
    const fine = await Promise.resolve().then(test).catch(() => false);
    found.push({ key, fine, row: fine ? row("fine", title, good) : row("wrong", title, bad || late()) });
  }
  const faults = found.filter((one) => !one.fine).map((one) => one.key);
  fill(answer, h("p", { class: `founds__sum${faults.length ? " founds__sum--wrong" : ""}` }, icon(faults.length ? "refused" : "saved"), h("b", {}, faults.length ? t("Not quite ready") : t("This phone is ready."))),
    h("ul", { class: "founds" }, found.map((one) => one.row)),
    faults.length ? h("a", { class: "button", href: "/phone-check" }, t("Look again")) : h("p", { class: "quiet" }, t("Wait for your seat card, or for the code on the hall display.")));
  await fetch("/api/v1/phone-check", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ faults }), credentials: "same-origin" });
}

look();
