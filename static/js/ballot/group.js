// What the group said on one indicator in the last shown round, and how one's own scores went beside it. Draws only.
import { fill, h, icon } from "../dom.js";
import { t, tn } from "../words.js";
import { path } from "./path.js";
import { strip } from "./strip.js";

const OPEN = 3; // reasons that stand openly; the others wait behind a key

export function feedback(model, item) {
  const { feedback } = item;
  const own = model.before(item)?.value ?? null;
  const score = item.baseline?.interview?.score ?? null;
  if (feedback.withheld || !feedback.counts) {
    return h("p", { class: "sentence sentence--note" }, icon("insufficient"),
      h("span", {}, t("What the group said is hidden: fewer than five scored.")));
  }
  return h("section", {},
    h("h2", { class: "question" },
      h("span", {}, t("The group in round {n}", { n: feedback.round })),
      h("span", { class: "small quiet" }, tn("{n} score", "{n} scores", feedback.n))),
    strip(model.view.scale, feedback, own, score === null ? null : Number(score)),
    legend(own));
}

export function legend(own) {
  return h("ul", { class: "legend" },
    own === null ? null : h("li", {}, h("i", { "aria-hidden": "true", class: "legend__mine" }), t("You: {value}", { value: own })),
    h("li", {}, h("i", { "aria-hidden": "true", class: "legend__other" }), own === null ? t("one score each") : t("others")),
    h("li", {}, h("i", { "aria-hidden": "true", class: "legend__half" }), t("middle half")));
}

// Own path, drawn anew into its place where the choice at hand has moved it.
export class Way {
  constructor(model) {
    this.model = model;
    this.element = h("div", {});
  }

  update(item) {
    const steps = this.model.path(item);
    const key = JSON.stringify(steps);
    if (this.key !== key) fill(this.element, path(this.model.view.scale, steps));
    this.key = key;
    this.element.hidden = !this.element.childElementCount;
  }
}

// What others wrote; it may come after the card was drawn.
export class Said {
  constructor(model) {
    this.model = model;
    this.element = h("div", {});
  }

  update(item) {
    const said = this.model.said.get(item.id) || [];
    if (this.told === said.length) return;
    this.told = said.length;
    const list = (texts) => h("ul", { class: "reasons" }, texts.map((text) => h("li", {}, text)));
    const more = said.slice(OPEN);
    fill(this.element, said.length ? h("section", {},
      h("h2", { class: "question" }, h("span", {}, t("Reasons, without names")), h("span", { class: "small quiet" }, String(said.length))),
      list(said.slice(0, OPEN)),
      more.length ? h("details", {}, h("summary", { class: "withdraw" }, tn("{n} more reason", "{n} more reasons", more.length)), list(more)) : null) : null);
    this.element.hidden = !said.length;
  }
}
