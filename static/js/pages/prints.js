// What goes on paper: fills in the seat cards that this tab still knows.
import { block, fill, h } from "../dom.js";
import { cardsOf } from "../staff/cards.js";
import { signOut } from "../staff/out.js";
import { t, tn } from "../words.js";

const frame = block("frame"), cards = cardsOf(frame.workshop), place = document.getElementById("seat-cards");
if (place) {
  place.closest("form").elements.cards.value = JSON.stringify(cards);
  fill(place, cards.length ? h("button", { class: "button" }, tn("Print {n} seat card", "Print {n} seat cards", cards.length))
    : h("p", { class: "quiet" }, t("This tab knows no cards. They are shown once, in the tab where the seats were issued; for lost ones, revoke the seats and issue others.")));
}
signOut();
