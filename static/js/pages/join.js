// Reads the seat card's secret from the address and takes it out of it at once, so that it stays neither in the
// history nor on a picture of the screen; and says what this browser cannot keep, and what still waits in it. Joining
// itself is the form's work, after the person has agreed.
import { openStorage, waitingAtDoor } from "../ballot/kept.js";
import { h, icon } from "../dom.js";
import { t, tn } from "../words.js";

// What a card or a wall shows; anything shorter is a place within the ballot.
const [secret] = location.hash.slice(1).match(/^[\w-]{8,}$/) || [];
const field = document.getElementById("code");
// A window that is to be left may be opened anew in a browser from its own menu, and then needs its address whole.
if (location.hash && !document.getElementById("leave")) history.replaceState(null, "", location.pathname + location.search);
if (field && secret) {
  field.value = secret;
  document.getElementById("typed").hidden = true;
  document.getElementById("scanned").hidden = false;
}

function say(name, ...words) {
  document.getElementById("notes").append(h("p", { class: "sentence sentence--note" }, icon(name), h("span", {}, ...words)));
}

const storage = openStorage();
if (!navigator.cookieEnabled) say("refused", t("This browser takes no cookies, so it cannot hold your seat. Allow cookies for this address, or use another browser."));
else if (storage.passing) say("near", t("This browser keeps nothing when the page is closed. You can vote; leave the page open until everything is saved."));
for (const { seat, waiting } of waitingAtDoor(storage)) {
  say("unsent", tn("{n} answer of seat {seat} waits on this phone. Join with the card of that seat and it goes out.",
    "{n} answers of seat {seat} wait on this phone. Join with the card of that seat and they go out.", waiting, { seat }));
}
document.documentElement.dataset.awake = "true";
