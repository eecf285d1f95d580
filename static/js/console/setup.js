// Before the start, as the second half of the guided way: the earlier survey, the seats, the cards, the rehearsal, the
// start. What was chosen on the form before stands above as done.
import { h, icon, shape } from "../dom.js";
import { STEPS, stateOf, way } from "../guide/way.js";
import { call } from "../staff/api.js";
import { PRESETS, weighed } from "../staff/phrases.js";
import { cardsOf, keepCards } from "../staff/cards.js";
import { shortKey } from "../staff/seal.js";
import { t, tn } from "../words.js";
import { fileForm, templates } from "./files.js";
import { about } from "./model.js";

const MOST_WEIGHED = 40; // the server weighs no larger panel
const MADE = 3; // steps that lie behind a workshop that exists
const printed = (S) => `mufakat/printed/${S.frame.workshop}`;

// Group after group; until the last has its cards none are printed, or some would be missing on paper.
export async function issueSeats(S, send, counts) {
  S.ui.issuing = true;
  for (const [group, count] of counts) {
    const told = await send("issue_seats", { group, count });
    if (!told.ok) break;
    keepCards(S.frame.workshop, told.cards);
  }
  S.ui.issuing = false;
}

export function print(S) {
  const form = document.getElementById("print");
  form.elements.cards.value = JSON.stringify(cardsOf(S.frame.workshop));
  form.submit();
  S.ui.printed = true;
  sessionStorage.setItem(printed(S), "yes");
}

const seatsIn = (S, group) => S.state.seats.filter((seat) => seat.group === group.id && seat.status !== "revoked").length;
const held = (S) => S.frame.rehearsals.some((one) => one.phase === "running");

// --- steps ----------------------------------------------------------------------------------------------------------

function step(at, place, ...body) {
  const state = stateOf(place.done, place.now, at), words = { done: t("done"), now: t("now"), later: t("later"), left: t("left open") };
  return h("li", { class: `step is-${state}`, "data-n": at + 1, "data-key": `step-${at + 1}`, id: `step-${at + 1}` }, h("div", {},
    h("h2", {}, STEPS[at](), " ", h("span", { class: "step__state" }, state === "done" ? icon("saved") : null, " ", words[state])), body));
}

const fixed = (sentence) => h("p", { class: "step__fixed" }, sentence);

function survey(S, place) {
  const { baseline } = S.state;
  return step(3, place,
    h("p", { class: "quiet" }, baseline ? tn("{n} score imported. A new file replaces it.", "{n} scores imported. A new file replaces them.", baseline.rows)
      : t("Interview and measured scores, as CSV or XLSX. The workshop also runs without them.")),
    templates(S, "baseline"), fileForm(S, "baseline", t("Import")),
    fixed(t("Can be replaced until the start, and is locked then.")));
}

function people(S, place) {
  const dimensions = S.state.groups.filter((group) => group.kind !== "plenary");
  return step(4, place,
    h("p", { class: "quiet" }, t("Each seat has a card with a QR code and a typed code; the card names its group.")),
    h("form", { class: "form", "data-form": "seats", "data-key": "form-seats" },
      h("div", { class: "step__groups" }, dimensions.map((group) => h("label", { "data-dim": about(S, group.id).dimension },
        shape(), h("span", {}, about(S, group.id).name, h("small", { class: "quiet" }, " · ", t("{n} issued", { n: seatsIn(S, group) }))),
        h("input", { class: "field__input", type: "number", name: group.id, min: 0, max: 500, placeholder: "0", "aria-label": t("More seats for {group}", { group: about(S, group.id).name }) })))),
      h("div", { class: "step__row" }, h("button", { class: "button" }, t("Issue seats")))),
    h("details", { "data-key": "listed" }, h("summary", { class: "step__more" }, t("Or from a list of people or numbers")),
      templates(S, "list"), fileForm(S, "list", t("Issue seats from the list"))),
    fixed(t("More seats can be issued, and seats revoked, at any time until the end.")));
}

// What goes on paper, in the order it is put on tables and doors; whatever else is printed takes a row here.
function papers(S, place, issued) {
  const printable = cardsOf(S.frame.workshop).length, prints = `/console/${S.frame.workshop}/prints`;
  const cards = printable ? h("button", { class: "button", type: "button", "data-do": "print", disabled: Boolean(S.ui.issuing) }, tn("Print {n} seat card", "Print {n} seat cards", printable))
    : h("span", { class: "quiet" }, issued ? t("The cards were shown once, when they were issued. For a lost card, revoke the seat and issue another.") : t("Issue seats first."));
  const rows = [[t("Seat cards"), cards], ...[["tables", t("Table cards")], ["poster", t("Poster for the door")], ["wifi", t("Wi-Fi card")], ["ballots", t("Paper ballots")]]
    .map(([anchor, name]) => [name, h("a", { href: `${prints}#${anchor}` }, t("Choose and print"))])];
  return step(5, place,
    h("ul", { class: "papers" }, rows.map(([name, act]) => h("li", {}, h("b", {}, name), act))),
    fixed(t("Everything but seat cards can be printed again at any time; seat cards only from the tab that issued them.")));
}

// One tap makes the same set-up again as a rehearsal; of a workshop and its rehearsals only one is ever under way.
function rehearsing(S) {
  if (S.state.rehearses) return null;
  const phases = { draft: t("being prepared"), running: t("running"), frozen: t("over") };
  return [h("p", { class: "quiet" }, t("The same framework, rule, settings and groups, with seat cards of its own; the earlier survey stays behind. Nothing of it counts, and it never becomes the day itself.")),
    S.frame.rehearsals.length ? h("ul", { class: "rehearsals" }, S.frame.rehearsals.map((one) => h("li", {},
      h("a", { href: `/console/${one.workshop}` }, one.title), " ", h("span", { class: "tag" }, phases[one.phase])))) : null,
    held(S) ? h("p", {}, t("While a rehearsal runs, cards of the day open nothing.")) : null,
    h("div", { class: "step__row" }, h("button", { class: "button", type: "button", "data-do": "rehearse" }, t("Rehearse this set-up")))];
}

function trial(S, place) {
  return step(6, place,
    h("p", { class: "quiet" }, t("The pre-flight looks whether this machine, its network and a phone are ready.")),
    h("p", { class: "step__row" }, h("a", { class: "button", href: `/preflight?workshop=${S.frame.workshop}` }, t("Pre-flight"))),
    rehearsing(S));
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

function start(S, place, ready) {
  const { settings } = S.state;
  return step(7, place,
    h("p", { class: "quiet" }, t("Rule, framework and survey are locked and hashed; then rounds can be opened.")),
    ruled(S),
    settings.open_join ? h("p", {}, t("Anybody may join with the room code {code}.", { code: S.state.join_code })) : null,
    h("p", { class: "quiet", "data-key": "vkey" }, t("Key of all seals, as the hall display shows it at the opening:"), " ", h("b", { class: "code" }, shortKey(S.frame.key)), h("br"),
      h("span", { class: "small" }, S.frame.key)),
    h("div", { class: "step__row" },
      h("button", { class: "button button--primary", type: "button", "data-do": "start", disabled: !ready || held(S) || S.ui.busy }, t("Start the workshop")),
      ready ? null : h("span", { class: "quiet" }, t("Issue seats first.")),
      held(S) ? h("span", { class: "quiet" }, t("End the rehearsal first.")) : null));
}

export function setup(S) {
  const { baseline, settings, seats } = S.state, organiser = S.frame.me.role === "organiser";
  if (!organiser) return [h("div", { class: "alone empty" }, h("b", {}, t("The workshop is being prepared")), h("p", { class: "quiet" }, t("The organiser imports the survey and issues the seats; then it starts here.")))];
  const issued = seats.filter((seat) => seat.status !== "revoked").length, ready = issued > 0 || settings.open_join;
  const rehearsed = S.frame.rehearsals.some((one) => one.phase === "frozen");
  const done = [true, true, true, Boolean(baseline), issued > 0, sessionStorage.getItem(printed(S)) !== null, rehearsed, false];
  const place = { done, now: done.lastIndexOf(true) + 1 };
  return [h("section", { class: "alone", "data-key": "setup" },
    h("nav", { "aria-label": t("The way to the day") }, way(done, place.now, (at) => (at < MADE ? null : `#step-${at + 1}`))),
    h("ol", { class: "steps-list" }, survey(S, place), people(S, place), papers(S, place, issued), trial(S, place), start(S, place, ready)))];
}
