// Files that the organiser brings: templates to fill in, what a file would bring before it counts, and its faults in its
// own rows. Reads no file itself and imports nothing that is not clean: both are the server's.
import { h, icon } from "../dom.js";
import { call } from "../staff/api.js";
import { keepCards } from "../staff/cards.js";
import { decimal } from "../staff/phrases.js";
import { language, t, tn } from "../words.js";
import { about } from "./model.js";

const SHOWN = 3; // columns that always stand beside a fault, so that its row is known again
const NAMES = { baseline: "baseline", list: "seats" }; // what the server calls each
const TONGUES = { id: () => t("Indonesia"), en: () => t("English") }; // each in its own words

function carried(S, file) {
  const form = new FormData();
  form.append("file", file);
  if (S.frame.synthetic) form.append("synthetic", "true");
  return form;
}

const path = (S, kind) => `/workshops/${S.frame.workshop}/imports/${NAMES[kind]}`;
const refused = (file, { detail, fields, table }) => ({ name: file.name, sentence: detail, fields: fields || [], table });

// As soon as a file is chosen: what it would bring, or what is wrong with it. Nothing is imported.
export async function look(S, kind, file, changed) {
  S.ui.files[kind] = null;
  changed();
  if (!file) return;
  const told = await call("POST", `${path(S, kind)}/check`, carried(S, file));
  if (document.querySelector(`[data-form="${kind}"]`)?.elements.file.files[0] !== file) return;
  S.ui.files[kind] = told.ok ? { name: file.name, look: told } : refused(file, told);
  changed();
}

export async function bring(S, kind, file) {
  const told = await call("POST", path(S, kind), carried(S, file));
  S.ui.files[kind] = told.ok ? null : refused(file, told);
  if (told.cards) keepCards(S.frame.workshop, told.cards);
  return told;
}

// --- templates ------------------------------------------------------------------------------------------------------

export function templates(S, kind) {
  const link = (tongue, form, decimals, words) => h("a", {
    href: `/api/v1/workshops/${S.frame.workshop}/templates/${NAMES[kind]}.${form}?language=${tongue}${decimals ? `&decimal=${decimals}` : ""}`, download: "",
  }, words);
  const tongues = Object.entries(TONGUES).sort(([one]) => (one === language ? -1 : 1));
  return h("details", { class: "templates", "data-key": `templates-${kind}` }, h("summary", {}, t("Table to fill in, made for this workshop")),
    h("ul", {}, tongues.map(([tongue, name]) => h("li", {}, h("b", { lang: tongue }, name()), link(tongue, "xlsx", "", "XLSX"),
      link(tongue, "csv", "comma", t("CSV with 2,5")), link(tongue, "csv", "point", t("CSV with 2.5"))))));
}

// --- what a file would bring ----------------------------------------------------------------------------------------

const STREAMS = { interview: () => t("interview score"), metric: () => t("measured data") };

function surveyed({ completeness, sample }) {
  const heads = [t("Indicator"), t("Kind"), t("Score"), t("Answered of asked"), t("Year")];
  return [Object.entries(completeness).map(([stream, { rows, answered, asked }]) =>
    tn("{stream}: {n} row, {answered} of {asked} answered", "{stream}: {n} rows, {answered} of {asked} answered", rows, { stream: STREAMS[stream](), answered, asked })).join("; "), heads,
  sample.map((row) => [row.item, STREAMS[row.stream](), decimal(row.score), `${row.answered} / ${row.asked}`, row.year ?? "–"])];
}

function seated(S, { groups, sample }) {
  const heads = [t("Group"), t("Name"), t("Sector"), t("Agency"), t("Gender")];
  return [Object.entries(groups).map(([group, n]) => `${about(S, group).name}: ${n}`).join("; "), heads,
    sample.map((row) => [about(S, row.group).name, row.name || "–", row.sector || "–", row.agency || "–", row.gender || "–"])];
}

function clean(S, kind, { name, look: told }) {
  const [sum, heads, rows] = kind === "list" ? seated(S, told) : surveyed(told);
  const label = t("What the file would bring");
  return h("div", { class: "looked", tabindex: "0", role: "region", "aria-label": label, "data-key": "looked" },
    h("p", { role: "status" }, icon("saved"), " ", h("b", {}, `${name}: `), tn("{n} row without a fault.", "{n} rows without a fault.", told.rows), " ", sum, ". ", t("Nothing is imported yet.")),
    h("table", { class: "table" },
      h("caption", { class: "unseen" }, label),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((text) => h("td", {}, text)))))),
    told.rows > rows.length ? h("p", { class: "quiet" }, tn("and {n} more row", "and {n} more rows", told.rows - rows.length)) : null);
}

// --- what is wrong with it ------------------------------------------------------------------------------------------

const wrong = (fault) => h("small", {}, icon("refused"), h("span", {}, fault.message));

function marked(tag, attributes, text, fault) {
  return fault ? h(tag, { ...attributes, class: "is-wrong" }, h("b", {}, text || "–"), wrong(fault)) : h(tag, attributes, text);
}

function faultyTable(fields, { header, columns, rows, most }) {
  const shown = fields.slice(0, most), at = (row, column) => shown.find((fault) => fault.row === row && fault.column === column);
  const places = columns.map((name, place) => place).filter((place) => place < SHOWN || shown.some((fault) => fault.column === columns[place]));
  const missing = shown.filter((fault) => fault.row === header && fault.column !== null && !columns.includes(fault.column));
  return h("table", { class: "table" },
    h("caption", { class: "unseen" }, t("Rows with faults")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Row")),
      places.map((place) => marked("th", { scope: "col" }, columns[place], at(header, columns[place]))),
      missing.map((fault) => marked("th", { scope: "col" }, fault.column, fault)))),
    h("tbody", {}, rows.map(([number, cells]) => h("tr", {}, marked("th", { scope: "row" }, number, at(number, null)),
      places.map((place) => marked("td", {}, cells[place], at(number, columns[place]))), missing.map(() => h("td", {}))))));
}

function faulty({ name, sentence, fields, table }) {
  const whole = fields.filter((fault) => fault.row === null), cells = fields.filter((fault) => fault.row !== null);
  const more = table ? cells.length - table.most : 0;
  const said = !fields.length ? sentence : table ? t("Nothing was imported. Mend what is marked and choose the file again.") : whole.concat(cells).map((fault) => fault.message).join(" ");
  return h("div", { class: "faults", tabindex: "0", role: "region", "aria-label": t("Faults of the file"), "data-key": "faults" },
    h("p", { class: "sentence", role: "alert" }, icon("refused"), h("span", {}, `${name}: `, said)),
    table ? [faultyTable(cells, table), more > 0 ? h("p", {}, tn("{n} more fault stands further down.", "{n} more faults stand further down.", more)) : null,
      whole.map((fault) => h("p", {}, fault.message))] : null);
}

// The file's field with its button, and beneath it what was found.
export function fileForm(S, kind, action) {
  const found = S.ui.files[kind], bad = Boolean(found && found.fields);
  return [h("form", { "data-form": kind, "data-key": `form-${kind}` }, h("div", { class: "step__row" },
    h("label", { class: "field" }, h("span", { class: "field__label" }, t("File")), h("input", { class: "field__input", type: "file", name: "file", accept: ".csv,.xlsx", required: true, "data-look": kind })),
    h("button", { class: "button", disabled: bad }, action))),
  found ? (found.look ? clean(S, kind, found) : faulty(found)) : null];
}
