// Confirm a ballot: what another officer read, row by row, to hold against the sheet. A row that differs is typed anew,
// and the ballot goes back to be confirmed by somebody else.
import { h, icon } from "../dom.js";
import { t, tn } from "../words.js";
import { cells, words } from "./cell.js";
import { legend, named } from "./enter.js";

export function compareForm(P, group) {
  const { sheet } = P, answers = new Map(sheet.answers.map((answer) => [answer.item, answer])), many = P.differ.size;
  return h("form", { class: "paper__form", "data-form": "compare", "data-key": `compare-${sheet.ballot}-${P.turn}`, autocomplete: "off" },
    h("h2", {}, t("Ballot {n}", { n: named(sheet) }), " ", h("small", { class: "quiet" }, group.name, " · ", t("entered by {name}", { name: P.nameOf(sheet.by) }))),
    h("p", {}, t("Hold the sheet beside it, row by row. Mark a row that differs and type what the sheet says.")),
    h("table", { class: "table paper__compare" },
      h("thead", {}, h("tr", {}, [t("Indicator"), t("Entered"), t("Differs")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, group.items.map((item) => row(P, item, answers.get(item.id))))),
    many ? legend() : null,
    h("div", { class: "paper__acts" },
      h("button", { class: "button button--primary" }, icon(many ? "back" : "saved"),
        many ? tn("Send back with {n} correction", "Send back with {n} corrections", many) : t("All as on the sheet: count it")),
      h("button", { class: "button", type: "button", "data-do": "drop" }, t("Not now"))),
    many ? h("p", { class: "small quiet" }, t("What you send back is your entry; another officer confirms it.")) : null);
}

function row(P, item, answer) {
  const differs = P.differ.has(item.id), { scale } = P.desk;
  return h("tr", { "data-key": `row-${item.id}-${differs}`, class: differs ? "is-other" : null },
    h("th", { scope: "row" }, h("span", { class: "id" }, item.id), " ", item.title),
    h("td", { class: "paper__value" }, differs ? anew(P, item, answer) : [words(answer, scale), answer && answer.reason ? h("small", {}, answer.reason) : null]),
    h("td", {}, h("label", { class: "paper__tick" }, h("input", { type: "checkbox", "data-differs": item.id, checked: differs }), h("span", { class: "unseen" }, t("{item} differs", { item: item.title })))));
}

function anew(P, item, answer) {
  const { field, said, reason } = cells(item, P.desk.scale, P.cells);
  return [h("s", {}, words(answer, P.desk.scale)), h("label", {}, h("span", { class: "unseen" }, t("What the sheet says: {item}", { item: item.title })), field), said, reason];
}

export function waitingList(P, group) {
  const { waiting } = group;
  return [
    h("h2", {}, t("Waiting for a second officer"), " ", h("small", { class: "quiet" }, waiting.length)),
    waiting.length ? h("ul", { class: "paper__waiting" }, waiting.map((one) => h("li", { "data-key": `w-${one.ballot}` },
      h("b", {}, t("Ballot {n}", { n: one.ballot })), h("span", { class: "quiet" }, standing(P, one)))))
      : h("p", { class: "quiet" }, t("None. What an officer has entered stands here until another has held it against the sheet.")),
    h("p", { class: "paper__count quiet" }, tn("{n} paper ballot counts in this round.", "{n} paper ballots count in this round.", group.papers)),
  ];
}

function standing(P, { by, mine, answered }) {
  if (answered) return t("This seat has voted on its phone since; the phone counts. Put the sheet aside.");
  return mine ? t("entered by you; another officer compares it") : t("entered by {name}; take the sheet and type its number", { name: P.nameOf(by) });
}
