// The building blocks, in their order: each with its title, its use in a sentence, and what the pages' own functions draw.
import { banners as ballotBanners } from "../ballot/banners.js";
import { face } from "../ballot/card.js";
import { stateMark } from "../ballot/signs.js";
import { banners, bar } from "../console/around.js";
import { field, radios, tick } from "../console/dialogs.js";
import { lanes } from "../console/lanes.js";
import { machine, PHASES } from "../console/machine.js";
import { h, icon, shape } from "../dom.js";
import { table } from "../figures/figure.js";
import { sign } from "../figures/signs.js";
import { ENDINGS, OUTCOMES, chip, outcomeOf } from "../staff/phrases.js";
import { number, t } from "../words.js";
import { hall } from "./hall.js";

const COLOURS = ["paper", "sheet", "sunk", "ink", "ink-2", "line", "line-strong", "d1", "d2", "d3", "d4", "s1", "s2", "s3", "s4", "s5", "saved", "wait", "stop", "note", "withheld"];
const SIZES = ["t-1", "t0", "t1", "t2", "t3", "t4"];
const SIGNS = ["full", "hollow", "hatch", "grey", "band", "span", "decided", "hole"];
const row = (...inside) => h("div", { class: "parts__row" }, ...inside);

function swatch(name) {
  const colour = h("i", { "aria-hidden": "true" });
  colour.style.background = `var(--${name})`; // a script may, markup may not
  return h("span", { class: "swatch" }, colour, h("code", {}, `--${name}`));
}

function sized(name) {
  const sample = h("span", {}, t("Agreed {n}", { n: number(3.5) }));
  sample.style.fontSize = `var(--${name})`;
  return h("li", {}, sample, h("code", {}, `--${name}`));
}

const button = (kind, word, more) => h("button", { type: "button", class: `button${kind && ` button--${kind}`}`, ...more }, word);

function buttons() {
  return row(button("primary", t("Open round {n}", { n: 1 })), button("", t("Cancel")), button("stop", t("Freeze the index")), button("plain", t("Keys")),
    button("compact", t("Undo")), button("", t("Cancel"), { disabled: true }));
}

function fields() {
  return h("form", { class: "parts__form" },
    h("label", { class: "field" }, h("span", { class: "field__label" }, t("Name")), h("input", { class: "field__input" })),
    h("label", { class: "field field--wrong" }, h("span", { class: "field__label" }, t("Seats")), h("input", { class: "field__input", value: "0", "aria-invalid": "true", "aria-describedby": "wrong" }),
      h("span", { class: "field__fault", id: "wrong" }, t("Choose a number from 1 to 500."))),
    field("note", t("A note for the record"), { required: false }), radios("one", t("One of a few"), [["1", t("Agree")], ["2", t("Cancel")]], { chosen: "1" }), tick("sure", t("I am sure")));
}

function ruler(name, chosen, disabled) {
  const labels = [t("very poor"), t("poor"), t("moderate"), t("good"), t("very good")];
  return h("fieldset", { "data-dim": "3" }, h("legend", { class: "unseen" }, t("Your score")), h("div", { class: "scale" },
    labels.map((label, at) => face({ value: at + 1, label }, { name, checked: at + 1 === chosen, disabled }))));
}

const SAVES = ["empty", "draft", "sending", "unsent", "saved", "locked", "refused"];

function verdicts() {
  const settled = outcomeOf({ outcome: "dissent", flags: ["stable"] });
  return [row([...Object.values(OUTCOMES), settled].map((one) => chip(one))), row(Object.values(ENDINGS).map((one) => chip(one)))];
}

// A console that has something to say, and a phone that has.
const onConsole = (S, more) => banners({ ...S, ...more });
const frozen = (S) => onConsole(S, { state: { ...S.state, phase: "frozen" } });
const offline = (S) => onConsole(S, { link: "reconnecting" });
const onPhone = (more, up = true) => ballotBanners({ view: { phase: "open" }, unsent: 0, ended: null, storage: {}, ...more }, up);

function strips(S) {
  const done = { ...S.state, groups: S.state.groups.map((group) => ({ ...group, phase: "concluded" })) };
  return [onConsole(S, { ui: { ...S.ui, fault: t("The disk did not take it.") } }), onConsole(S, { state: done }),
    onPhone({ view: { phase: "paused" } }), onPhone({ stale: true }), onPhone({ asked: true, missing: [1, 2] })].flat();
}

// What the two states of a page look like that scripts draw.
export const STATES = { offline, frozen };

export function parts(dimensions) {
  const S = hall(dimensions), places = { link: h("span", {}), bar: h("span", {}) };
  bar(S, places);
  return [
    ["colours", t("Colours"), t("Ink acts, a dimension's colour names, a state's tint never stands without icon and word."), row(COLOURS.map(swatch))],
    ["type", t("Type"), t("Six sizes of the reader's own face; figures stand in columns."), h("ul", { class: "parts__type" }, SIZES.map(sized))],
    ["dimensions", t("Dimensions"), t("A dimension is a colour, a shape and a name; the plenary is everybody, an open ring."),
      row([...dimensions.map(({ name }, at) => h("span", { class: "dim", "data-dim": at + 1 }, shape(), name)), h("span", { class: "dim" }, shape(), t("Plenary"))])],
    ["buttons", t("Buttons"), t("One primary button a view, named by what it does; what cannot be taken back is edged, never filled."), buttons()],
    ["fields", t("Fields"), t("A label above, a fault in one sentence beneath that says what would work."), fields()],
    ["scale", t("Scale keys"), t("One ruler from left to right, number and word; locked keys keep what was chosen."), [ruler("scale-a", 4, false), ruler("scale-b", 2, true)]],
    ["saves", t("Save states"), t("Saved is said only after the server has committed."), row(SAVES.map((state) => stateMark(state, {})))],
    ["verdicts", t("Verdicts and endings"), t("Told by glyph, word and weight of fill, never by hue."), verdicts()],
    ["phases", t("Stages of a group"), t("Where a group's round stands, on the console."), row(Object.values(PHASES).map(({ icon: form, word }) => h("span", { class: "save" }, icon(form), word(1))))],
    ["machine", t("The line of stages"), t("The chosen group's stations, with the one next step."), h("div", { class: "machine", "data-dim": "1", role: "group", "aria-label": t("Stage of the group") }, machine(S))],
    ["lanes", t("Lanes"), t("Every group at a glance: seats by number, never by what they said."), h("div", { class: "parts__wide", tabindex: "0", role: "group", "aria-label": t("Lanes") }, lanes(S))],
    ["bar", t("Line and menus"), t("Whether the line stands, and lists that open beneath their name."), row(places.link, places.bar)],
    ["banners", t("Banners"), t("They lie across a surface and stay until their cause is gone."), strips(S)],
    ["answers", t("Questions and answers"), t("A dialog asks before what is final; a toast answers one order and goes."),
      row(button("", t("Ask a question"), { "data-open": "dialog" }), button("", t("Give an order"), { "data-open": "toast" }))],
    ["tables", t("Tables"), t("Hairlines between rows, numbers to the right; every figure has one beneath it."),
      table(t("Middle score by round"), [t("Round"), "n", t("middle")], [["1", "11", number(3)], ["2", "11", number(3.5)]])],
    ["cards", t("Cards and tags"), t("A workshop in the list: its name, its day, and how far it is."), h("ul", { class: "rows" }, [["draft", t("in preparation")], ["running", t("running")], ["frozen", t("final")]].map(([phase, word]) =>
      h("li", { class: "row" }, h("b", {}, t("Workshop")), h("span", { class: "quiet" }, t("City")), h("span", { class: `tag tag--${phase}` }, word))))],
    ["signs", t("Signs of figures"), t("Full is the room, hollow the earlier survey, hatched not agreed, grey hidden: in every figure the same."),
      row(SIGNS.map((form) => h("span", { class: "dim" }, sign(form), h("code", {}, form))))],
  ].map(([id, title, use, drawn]) => ({ id, title, use, drawn }));
}

export { hall };
