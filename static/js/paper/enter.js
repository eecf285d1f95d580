// Enter a ballot: its number and letter, then a row an indicator. Asks the server for nothing by itself.
import { h, icon } from "../dom.js";
import { t, tn } from "../words.js";
import { cells, LETTERS } from "./cell.js";
import { CANNOT } from "../staff/phrases.js";

export const named = ({ ballot, check }) => `${ballot} ${check}`;

// "12k", "12 K" → {ballot: 12, check: "K"}; null where it is not both.
export function parse(text) {
  const found = /^\s*([1-9][0-9]{0,5})\s*([A-Za-z])\s*$/.exec(text);
  return found ? { ballot: Number(found[1]), check: found[2].toUpperCase() } : null;
}

export function numberForm(P, group) {
  return h("form", { class: "paper__number", "data-form": "number", "data-key": `number-${P.turn}`, autocomplete: "off" },
    h("h2", {}, t("The next sheet"), " ", h("small", { class: "quiet" }, group.name, " · ", t("round {n}", { n: group.round }))),
    h("label", { class: "field", for: "number" }, h("span", { class: "field__label" }, t("Number and letter of the ballot")),
      h("span", { class: "field__hint", id: "number-hint" }, t("as printed at its head, such as 12 K"))),
    h("div", { class: "paper__acts" },
      h("input", { class: "field__input field__input--code", id: "number", name: "number", value: P.typed, maxlength: 9, spellcheck: "false", "aria-describedby": "number-hint" }),
      h("button", { class: "button button--primary" }, t("Open"))),
    h("p", { class: "small quiet" }, t("A sheet that nobody has entered is entered; one that another officer entered is compared.")));
}

export function legend() {
  return h("p", { class: "paper__legend small", id: "legend" }, t("Type the number that is crossed; it goes on by itself. For a row that cannot be scored:"), " ",
    Object.entries(LETTERS).map(([letter, cannot], at) => [at ? " · " : "", h("b", {}, letter), " ", CANNOT[cannot]()]), ". ",
    t("Space leaves a row empty, Backspace goes back, → goes to the reason."));
}

export function ballotForm(P, group) {
  const { sheet } = P;
  return h("form", { class: "paper__form", "data-form": "ballot", "data-key": `ballot-${sheet.ballot}-${P.turn}`, autocomplete: "off" },
    h("h2", {}, t("Ballot {n}", { n: named(sheet) }), " ", h("small", { class: "quiet" }, group.name, " · ", t("round {n}", { n: group.round }))),
    sheet.mine ? h("p", { class: "quiet" }, t("You entered this ballot before. What you type now replaces it.")) : null,
    legend(),
    h("ol", { class: "paper__rows" }, group.items.map((item) => {
      const { field, said, reason } = cells(item, P.desk.scale, P.cells);
      return h("li", { "data-key": item.id }, h("label", {}, h("span", { class: "id" }, item.id), h("span", {}, item.title), field), said, reason);
    })),
    h("div", { class: "paper__acts" },
      h("button", { class: "button button--primary" }, icon("saved"), t("Keep it for the second officer")),
      h("button", { class: "button", type: "button", "data-do": "drop" }, t("Put it aside"))),
    h("p", { class: "small quiet" }, tn("{n} row. Rows left empty count as not answered.", "{n} rows. Rows left empty count as not answered.", group.items.length)));
}
