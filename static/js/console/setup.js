// Before the start, in the order it is done: the earlier survey, the seats, the cards, the start. Faults of a file are
// shown by row and column; nothing is half imported.
import { h, icon, shape } from "../dom.js";
import { call } from "../staff/api.js";
import { PRESETS, weighed } from "../staff/phrases.js";
import { cardsOf, keepCards } from "../staff/cards.js";
import { shortKey } from "../staff/seal.js";
import { t, tn } from "../words.js";
import { about } from "./model.js";

const MOST_WEIGHED = 40; // the server weighs no larger panel

export async function importBaseline(S, file) {
  const form = new FormData();
  form.append("file", file);
  if (S.frame.synthetic) form.append("synthetic", "true");
  const told = await call("POST", `/workshops/${S.frame.workshop}/imports/baseline`, form);
  S.ui.faults = told.ok ? null : { file: file.name, sentence: told.detail, rows: told.fields || [] };
  return told;
}

export async function issueSeats(S, send, counts) {
  let issued = 0;
  for (const [group, count] of counts) {
    const told = await send("issue_seats", { group, count });
    if (!told.ok) break;
    keepCards(S.frame.workshop, told.cards);
    issued += told.cards.length;
  }
  return issued;
}

export function print(S) {
  const form = document.getElementById("print");
  form.elements.cards.value = JSON.stringify(cardsOf(S.frame.workshop));
  form.submit();
}

function faults({ file, sentence, rows }) {
  const cell = (text) => h("td", {}, text === null || text === undefined ? "" : text);
  return h("div", { class: "faults", tabindex: "0", role: "region", "aria-label": t("Faults of the file") },
    h("p", { class: "sentence", role: "alert" }, icon("refused"), h("span", {}, `${file}: `, rows.length ? t("Nothing was imported. Mend these rows and import the file again.") : sentence)),
    rows.length ? h("table", { class: "table" },
      h("thead", {}, h("tr", {}, [t("Row"), t("Column"), t("What is wrong")].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((fault) => h("tr", {}, h("th", { scope: "row" }, fault.row === null || fault.row === undefined ? "–" : fault.row), cell(fault.column), cell(fault.message || fault.problem || fault.sentence || fault.code))))) : null);
}

function step(n, done, title, ...body) {
  return h("li", { class: `step${done ? " is-done" : ""}`, "data-n": n, "data-key": `step-${n}` }, h("div", {}, h("h2", {}, title), body));
}

function seatStep(S, issued) {
  const dimensions = S.state.groups.filter((group) => group.kind !== "plenary");
  const printable = cardsOf(S.frame.workshop).length;
  return step(2, issued > 0, t("Seats"),
    h("p", { class: "quiet" }, t("Each seat has a card with a QR code and a typed code; the card names its group.")),
    h("form", { class: "form", "data-form": "seats" },
      h("div", { class: "step__groups" }, dimensions.map((group) => h("label", { "data-dim": about(S, group.id).dimension },
        shape(), h("span", {}, about(S, group.id).name, h("small", { class: "quiet" }, " · ", t("{n} issued", { n: seatsIn(S, group) }))),
        h("input", { class: "field__input", type: "number", name: group.id, min: 0, max: 500, placeholder: "0", "aria-label": t("More seats for {group}", { group: about(S, group.id).name }) })))),
      h("div", { class: "step__row" }, h("button", { class: "button" }, t("Issue seats")),
        printable ? h("button", { class: "button", type: "button", "data-do": "print" }, tn("Print {n} seat card", "Print {n} seat cards", printable)) : null,
        h("a", { class: "button button--plain", href: `/console/${S.frame.workshop}/prints` }, t("Table cards, poster, Wi-Fi")),
        h("a", { class: "button button--plain", href: `/preflight?workshop=${S.frame.workshop}` }, t("Pre-flight")))),
    issued && !printable ? h("p", { class: "quiet" }, t("The cards were shown once, when they were issued. For a lost card, revoke the seat and issue another.")) : null);
}

// The rule in force, and what it asks of each group as it is seated now.
function ruled(S) {
  const rows = S.state.groups.filter((group) => group.kind !== "plenary").map((group) => [about(S, group.id).name, seatsIn(S, group)]);
  const known = rows.filter(([, n]) => n > 0 && S.weighed[n]);
  return h("div", { class: "ruled", "data-key": "ruled" },
    h("p", {}, t("Rule: {name}.", { name: PRESETS[S.state.rule.preset]() }), " ",
      h("a", { href: "/about/statistics#verdicts", target: "_blank", rel: "noopener" }, t("What does this mean?"))),
    known.length ? h("ul", {}, known.map(([name, n]) => h("li", { "data-key": name }, h("b", {}, name), " ", weighed(S.weighed[n].chance)))) : null,
    h("p", { class: "small quiet" }, t("Its digest in the record: {digest}", { digest: S.state.digests.rule.slice(0, 16) })));
}

const seatsIn = (S, group) => S.state.seats.filter((seat) => seat.group === group.id && seat.status !== "revoked").length;

// Asks what the rule means for every size of group that is not known yet.
export async function weighSeats(S, changed) {
  if (S.weighed.of !== S.state.digests.rule) S.weighed = { of: S.state.digests.rule };
  const sizes = new Set(S.state.groups.map((group) => seatsIn(S, group)).filter((n) => n > 0 && n <= MOST_WEIGHED && !(n in S.weighed)));
  for (const n of sizes) {
    S.weighed[n] = null;
    const told = await call("POST", "/rules", { rule: S.state.rule, raters: n, categories: S.frame.scale.length });
    if (told.ok) S.weighed[n] = told;
    else delete S.weighed[n];
    changed();
  }
}

const held = (S) => S.frame.rehearsals.some((one) => one.phase === "running");

// One tap makes the same set-up again as a rehearsal; of a workshop and its rehearsals only one is ever under way.
function rehearsalStep(S) {
  if (S.state.rehearses) return null;
  const phases = { draft: t("being prepared"), running: t("running"), frozen: t("over") };
  return step(3, S.frame.rehearsals.some((one) => one.phase === "frozen"), t("Rehearsal"),
    h("p", { class: "quiet" }, t("The same framework, rule, settings and groups, with seat cards of its own; the earlier survey stays behind. Nothing of it counts, and it never becomes the day itself.")),
    S.frame.rehearsals.length ? h("ul", { class: "rehearsals" }, S.frame.rehearsals.map((one) => h("li", {},
      h("a", { href: `/console/${one.workshop}` }, one.title), " ", h("span", { class: "tag" }, phases[one.phase])))) : null,
    held(S) ? h("p", {}, t("While a rehearsal runs, cards of the day open nothing.")) : null,
    h("div", { class: "step__row" }, h("button", { class: "button", type: "button", "data-do": "rehearse" }, t("Rehearse this set-up"))));
}

export function setup(S) {
  const { baseline, settings, seats } = S.state, organiser = S.frame.me.role === "organiser";
  if (!organiser) return [h("div", { class: "alone empty" }, h("b", {}, t("The workshop is being prepared")), h("p", { class: "quiet" }, t("The organiser imports the survey and issues the seats; then it starts here.")))];
  const issued = seats.filter((seat) => seat.status !== "revoked").length, ready = issued > 0 || settings.open_join;
  return [h("section", { class: "alone", "data-key": "setup" }, h("ol", { class: "steps-list" },
    step(1, Boolean(baseline), t("Earlier survey"),
      h("p", { class: "quiet" }, baseline ? tn("{n} score imported. A new file replaces it.", "{n} scores imported. A new file replaces them.", baseline.rows)
        : t("Interview and measured scores, as CSV or XLSX. The workshop also runs without them.")),
      h("form", { "data-form": "baseline" }, h("div", { class: "step__row" },
        h("label", { class: "field" }, h("span", { class: "field__label" }, t("File")), h("input", { class: "field__input", type: "file", name: "file", accept: ".csv,.xlsx", required: true })),
        h("button", { class: "button" }, t("Import")))),
      S.ui.faults ? faults(S.ui.faults) : null),
    seatStep(S, issued),
    rehearsalStep(S),
    step(S.state.rehearses ? 3 : 4, false, t("Start"),
      h("p", { class: "quiet" }, t("Rule, framework and survey are locked and hashed; then rounds can be opened.")),
      ruled(S),
      settings.open_join ? h("p", {}, t("Anybody may join with the room code {code}.", { code: S.state.join_code })) : null,
      h("p", { class: "quiet", "data-key": "vkey" }, t("Key of all seals, as the hall display shows it at the opening:"), " ", h("b", { class: "code" }, shortKey(S.frame.key)), h("br"),
        h("span", { class: "small" }, S.frame.key)),
      h("div", { class: "step__row" },
        h("button", { class: "button button--primary", type: "button", "data-do": "start", disabled: !ready || held(S) || S.ui.busy }, t("Start the workshop")),
        ready ? null : h("span", { class: "quiet" }, t("Issue seats first.")),
        held(S) ? h("span", { class: "quiet" }, t("End the rehearsal first.")) : null)))) ];
}
