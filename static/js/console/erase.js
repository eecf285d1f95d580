// Erasing a person, in two steps: whom, with what goes and what cannot be called back; then once more, by name of the seat.
import { h, icon } from "../dom.js";
import { t } from "../words.js";
import { ask, tick } from "./dialogs.js";
import { about } from "./model.js";

const STATUS = { issued: () => t("not joined yet"), taken: () => t("joined"), absent: () => t("absent"), revoked: () => t("revoked") };

const list = (title, entries) => h("div", {}, h("p", {}, h("b", {}, title)), h("ul", { class: "plain" }, entries.map((entry) => h("li", {}, entry))));

const named = (S, { seat, group, status }) => `${t("Seat {n}", { n: seat })} · ${about(S, group).name} · ${STATUS[status]()}`;

async function whom(S) {
  const told = await ask({
    title: t("Erase a person"), confirm: t("Go on"),
    text: [
      list(t("This deletes for good:"), [t("their ballots with scores and reasons"), t("the name and agency that were imported"),
        t("their card, their passes, and which ballot was whose")]),
      list(t("This stays, and cannot be called back:"), [t("figures that were recorded, and that this seat took part"),
        t("files and prints handed out before, and backups: delete them, or erase again after a restore"),
        t("what the person's own phone remembers, and what others wrote about them")]),
    ],
    fields: [h("label", { class: "field" }, h("span", { class: "field__label" }, t("Seat, as it is printed on the card")),
      h("select", { class: "field__input", name: "seat", required: true }, h("option", { value: "" }, t("Choose a seat")),
        S.state.seats.map((one) => h("option", { value: one.seat }, named(S, one)))))],
  });
  return told && S.state.seats.find((one) => one.seat === Number(told.get("seat")));
}

function sure(S, seat) {
  return ask({
    title: t("Erase seat {n}?", { n: seat.seat }), confirm: t("Erase for good"), stop: true,
    text: [named(S, seat), t("The record keeps that something was erased, and nothing of what it was. Every proof holds.")],
    fields: [tick("sure", t("I mean seat {n}. I know that this cannot be undone.", { n: seat.seat }), { required: true })],
  });
}

// `send` gives an order and answers what came of it.
export async function askErase(S, send) {
  const seat = await whom(S);
  if (!seat || !(await sure(S, seat))) return;
  const told = await send("erase_seat", { seat: seat.seat });
  if (!told.ok) return;
  const entry = told.events[told.events.length - 1].seq;
  await ask({ title: t("Seat {n} is erased", { n: seat.seat }), only: true, text: [
    h("p", { class: "save save--saved" }, icon("saved"), h("span", {}, t("Entry {n} of the record says that it was erased.", { n: entry }))),
    t("Backups and audit files made before still hold it. Delete them, or replace them by new ones."),
  ] });
}
