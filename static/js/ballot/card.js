// One indicator: its question, what the group said, the ruler to answer on, and the way of the answer. Keeps what is
// being typed while states change around it.
import { fill, h, icon } from "../dom.js";
import { number, t } from "../words.js";
import { Said, Way, feedback } from "./group.js";
import { CANNOT, stateMark } from "./signs.js";

const TYPING = 900; // a reason goes out when the typing rests

// One key of the ruler: number and word.
export function face({ value, label }, { before = false, ...input }) {
  return h("label", { class: "scale__key" },
    h("input", { type: "radio", value: String(value), ...input }),
    h("span", { class: "scale__face" }, h("b", {}, String(value)),
      h("span", {}, label || "", before ? h("i", { class: "was" }, t("before")) : null)));
}

export class Card {
  constructor(model, item) {
    this.model = model;
    this.id = item.id;
    this.key = `card/${model.view.group}/${model.view.round}/${item.id}/${Boolean(item.feedback)}`;
    this.scale = model.view.scale;
    const index = model.items.indexOf(item);
    const mine = model.mine(item);
    this.choosing = Boolean(mine?.cannot);
    this.mark = h("span", {});
    this.fields = h("div", { class: "extra" });
    this.way = new Way(model);
    this.said = new Said(model);
    this.asks = h("p", { class: "ask", role: "status", hidden: true });
    this.element = h(
      "main",
      { class: "phone__body" },
      this.ticks(index),
      h("div", { class: "item" },
        h("p", { class: "item__place" },
          h("span", {}, item.place ? `${item.id} · ${item.place}` : item.id),
          h("b", { "aria-label": t("indicator {n} of {all}", { n: index + 1, all: model.items.length }) },
            `${index + 1} / ${model.items.length}`)),
        h("h1", { class: `item__title${item.title.length > 90 ? " item__title--long" : ""}`, tabindex: "-1" }, item.title)),
      item.feedback ? [feedback(model, item), this.ruler(item), this.asks, this.ends(item), this.said.element, this.way.element]
        : [this.question(item), h("div", { class: "push answer" }, this.ends(item), this.ruler(item))],
      this.cannot(),
      this.fields,
      item.feedback ? this.question(item) : null,
    );
    this.reason = this.reasonField(mine);
    this.sure = this.sureField(mine);
    this.update();
  }

  // --- parts ------------------------------------------------------------------------------------------------------

  ticks(index) {
    const { model } = this;
    if (model.items.length > 26) return null;
    return h("ol", { class: "ticks", "aria-hidden": "true" }, model.items.map((item, at) =>
      h("li", { class: at === index ? "is-here" : model.answered(item) ? "is-filled" : null })));
  }

  question(item) {
    if (!item.text) return null;
    if (!item.feedback) return h("p", { class: "item__text" }, item.text);
    return h("details", {}, h("summary", { class: "withdraw" }, t("What is meant by this?")), h("p", {}, item.text));
  }

  ruler(item) {
    return h("fieldset", {},
      h("legend", { class: "question" }, h("span", {}, item.feedback ? t("Keep or change?") : t("Your score")), this.mark),
      h("div", { class: `scale${this.scale.length > 5 ? " scale--many" : ""}` },
        this.scale.map((category) => this.face(category, item))));
  }

  ends(item) {
    if (!item.anchors.low && !item.anchors.high) return null;
    const [low, high] = [this.scale[0].value, this.scale[this.scale.length - 1].value];
    return h("div", { class: "ends" },
      h("p", {}, h("b", {}, `${low} — ${t("worst case")}`), item.anchors.low || ""),
      h("p", {}, h("b", {}, `${high} — ${t("best case")}`), item.anchors.high || ""));
  }

  face(category, item) {
    const before = item.feedback && this.model.before(item)?.value === category.value;
    return face(category, { name: "value", before, onchange: () => this.choose(category.value) });
  }

  cannot() {
    this.box = h("input", { type: "checkbox", id: "cannot", onchange: () => this.toggleCannot() });
    this.choices = h("fieldset", { class: "choices" },
      h("legend", { class: "unseen" }, t("Why can you not score this?")),
      Object.entries(CANNOT).map(([code, words]) => h("label", { class: "choice" },
        h("input", { type: "radio", name: "cannot", value: code, onchange: () => this.send({ value: null, cannot: code }) }),
        h("span", {}, words()))));
    return h("div", {},
      h("label", { class: "cannot" }, this.box, h("span", {}, t("I cannot score this")),
        h("span", { class: "quiet small" }, t("say why"))),
      this.choices);
  }

  reasonField(mine) {
    this.text = h("textarea", { class: "field__input", rows: "2", maxlength: "500", "aria-describedby": "reason-hint",
      oninput: () => this.typed(), onchange: () => this.rest() });
    this.text.value = mine?.reason || "";
    return h("label", { class: "field" },
      h("span", { class: "field__label" }, t("Your reason"), " ", h("span", { class: "quiet small" }, t("(may stay empty, without names)"))),
      h("span", { class: "field__hint", id: "reason-hint" }, t("Others may read it after the round.")), this.text);
  }

  sureField() {
    const words = [t("Not very sure"), t("Fairly sure"), t("Very sure")];
    return h("fieldset", { class: "choices choices--row" },
      h("legend", {}, t("How sure are you?"), " ", h("span", { class: "quiet small" }, t("(optional)"))),
      words.map((word, index) => h("label", { class: "choice" },
        h("input", { type: "radio", name: "confidence", value: String(index + 1), onchange: () => this.send({ confidence: index + 1 }) }),
        h("span", {}, word))));
  }

  // A reason is asked for, never forced, where a score leaves the group's middle half.
  ask(mine) {
    const { feedback: told } = this.item;
    const value = mine?.value ?? null;
    const outside = told?.q1 && value !== null && (value < Number(told.q1) || value > Number(told.q3));
    this.asks.hidden = !outside || Boolean(mine.reason) || this.text.value.trim() !== "";
    if (this.asks.hidden || this.asks.childElementCount) return;
    fill(this.asks, t("Your score lies outside the group's middle half ({low} to {high}). A reason helps the others to see why.",
      { low: number(Number(told.q1)), high: number(Number(told.q3)) }), " ",
    h("button", { type: "button", class: "ask__key", onclick: () => this.text.focus() }, t("Write a reason")));
  }

  // --- what the person does ---------------------------------------------------------------------------------------

  get item() {
    return this.model.item(this.id);
  }

  choose(value) {
    this.choosing = false;
    this.element.classList.add("is-choosing"); // the dot comes to rest where a person put it, not where it lay before
    this.send({ value, cannot: null });
  }

  toggleCannot() {
    this.choosing = this.box.checked;
    const mine = this.model.mine(this.item);
    if (!this.choosing && mine?.cannot) this.send({ value: null, cannot: null });
    else if (this.choosing && !mine?.cannot) this.model.drafts.add(this.id);
    else this.model.drafts.delete(this.id);
    this.model.draw();
    if (this.choosing) this.choices.querySelector("input").focus();
  }

  typed() {
    this.model.drafts.add(this.id);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.rest(), TYPING);
    this.model.draw();
  }

  rest() {
    clearTimeout(this.typing);
    const told = this.model.mine(this.item)?.reason || "";
    if (this.text.value.trim() !== told) this.send({});
    else if (!this.choosing && this.model.drafts.delete(this.id)) this.model.draw();
  }

  send(change) {
    const mine = this.model.mine(this.item) || {};
    clearTimeout(this.typing);
    const reason = this.text.value.trim() || null;
    this.model.answer(this.id, {
      value: mine.value ?? null, cannot: mine.cannot ?? null, confidence: mine.confidence ?? null, reason, ...change,
    });
  }

  withdraw() {
    this.choosing = false;
    this.text.value = "";
    this.send({ value: null, cannot: null, confidence: null, reason: null });
  }

  // --- what changes around it -------------------------------------------------------------------------------------

  update() {
    const { model, item } = this;
    const mine = model.mine(item);
    const paused = model.view.phase !== "open";
    const answered = model.answered(item);
    if (!model.drafts.has(this.id)) this.follow(mine);
    fill(this.mark, stateMark(model.state(item), model.outbox.get(this.id)));
    for (const input of this.element.querySelectorAll("input[name=value]")) {
      input.checked = Number(input.value) === (mine?.value ?? null);
      input.disabled = paused;
    }
    for (const input of this.choices.querySelectorAll("input")) {
      input.checked = input.value === mine?.cannot;
      input.disabled = paused;
    }
    this.choices.hidden = !this.choosing;
    this.box.checked = this.choosing;
    this.box.disabled = paused;
    this.text.disabled = paused;
    for (const input of this.sure.querySelectorAll("input")) {
      input.checked = Number(input.value) === (mine?.confidence ?? null);
      input.disabled = paused;
    }
    this.ask(mine);
    this.way.update(item);
    this.said.update(item);
    const wanted = answered ? [this.reason, this.sure, this.undo()] : [];
    if (this.fields.childElementCount !== wanted.length) fill(this.fields, wanted);
    this.fields.hidden = !answered;
  }

  // What another tab or the server has: shown at once, but never over what is being typed.
  follow(mine) {
    this.choosing = Boolean(mine?.cannot);
    if (document.activeElement !== this.text) this.text.value = mine?.reason || "";
  }

  undo() {
    return h("button", { type: "button", class: "withdraw", onclick: () => this.withdraw() }, t("Withdraw my answer"));
  }
}
