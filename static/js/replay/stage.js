// One step: what happened, how every group stood then, and the distributions where a round was disclosed.
import { h, shape } from "../dom.js";
import { bar, diverging, reach } from "../figures/diverging.js";
import { foot } from "../figures/figure.js";
import { chip, decimal, outcomeOf } from "../staff/phrases.js";
import { language, number, t, tn } from "../words.js";
import { minute, PHASES, sentence, standing } from "./steps.js";

const WIDTH = 280, TALL = 28, SIZE = 13;
const SIGN = language === "id" ? "." : ":";

export const at = (step) => minute(step, SIGN);
export const dye = (told, group) => told.groups[group]?.dimension || null;

// Why there are no figures, in the words that every screen uses.
const why = (vote, few) => (vote.hidden === "copy" ? t("withheld in this copy") : t("hidden (fewer than {n})", { n: few }));
export const hidden = (vote, few) => h("span", { class: "hidden" }, why(vote, few));

// The verdict of a vote; `brief` in a narrow table.
export function judged(vote, brief = false) {
  const outcome = vote.outcome && outcomeOf(vote);
  return outcome ? chip(outcome, brief ? outcome.brief() : outcome.word()) : "–";
}

function row(told, vote, extent) {
  return h("tr", { "data-key": vote.item },
    h("th", { scope: "row" }, h("b", {}, vote.item), " ", told.items[vote.item].name),
    h("td", { class: "drawn" }, vote.hidden ? hidden(vote, told.few)
      : bar(vote, told.scale, { key: `bar-${vote.item}`, title: told.items[vote.item].name, extent, width: WIDTH, tall: TALL, size: SIZE })),
    h("td", { class: "number", "data-name": t("middle") }, decimal(vote.median)),
    h("td", { class: "number", "data-name": "n" }, vote.n === null ? "–" : number(vote.n)),
    h("td", {}, judged(vote)));
}

function ramp(scale) {
  const last = scale.length - 1, ends = { 0: t("worst"), [last]: t("best") };
  return h("ul", { class: "ramp", "aria-hidden": "true" }, scale.map(({ value }, place) =>
    h("li", { class: `ramp__${Math.round((4 * place) / last) + 1}` }, ends[place] ? `${number(value)} ${ends[place]}` : number(value))));
}

// The same as one drawing, for the file.
function picture(told, step, title) {
  const items = step.distributions.map((vote) => ({ ...vote, name: told.items[vote.item].name, withheld: vote.hidden ? why(vote, told.few) : null }));
  return diverging(items, told.scale, { key: `round-${step.scope}-${step.round}`, title });
}

function distributions(told, step) {
  const extent = reach(step.distributions), title = t("Distribution of scores by indicator, round {n}", { n: step.round });
  const { key, legend, description } = picture(told, step, title);
  return h("div", { class: "fig", "data-key": key },
    step.w === null ? null : h("p", { class: "quiet" }, t("Shared order of the indicators, W: {w}", { w: number(Math.round(Number(step.w) * 100) / 100) })),
    h("table", { class: "table votes" },
      h("caption", { class: "unseen" }, title),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Indicator")), h("th", { scope: "col" }, h("span", { class: "unseen" }, t("Scores")), ramp(told.scale)),
        h("th", { scope: "col", class: "number" }, t("middle")), h("th", { scope: "col", class: "number" }, "n"), h("th", { scope: "col" }, t("Verdict")))),
      h("tbody", {}, step.distributions.map((vote) => row(told, vote, extent)))),
    foot({ key, title, legend, description, picture: () => picture(told, step, title).svg }));
}

function groups(told, place) {
  const here = told.steps[place].scope;
  return h("table", { class: "table lanes" },
    h("caption", { class: "unseen" }, t("How the groups stood")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Group")), h("th", { scope: "col" }, t("Stage")), h("th", { scope: "col", class: "number" }, t("Seats")), h("th", { scope: "col", class: "number" }, t("Answered")))),
    h("tbody", {}, [...standing(told, place)].map(([id, group]) => h("tr", { "data-key": id, "data-dim": dye(told, id), class: id === here ? "is-here" : null },
      h("th", { scope: "row" }, dye(told, id) ? shape() : null, " ", told.groups[id].name),
      h("td", {}, group.round === null ? PHASES[group.phase]() : `${t("Round {n}", { n: group.round })} · ${PHASES[group.phase]()}`),
      h("td", { class: "number" }, group.seats === null ? "–" : number(group.seats)),
      h("td", { class: "number" }, group.answered === null ? "–" : number(group.answered))))));
}

export function stage(told, place) {
  const step = told.steps[place], name = step.scope === "workshop" ? t("Workshop") : told.groups[step.scope].name;
  return h("article", { class: "stage", "data-key": "stage", "data-dim": dye(told, step.scope) },
    h("p", { class: "stage__where" }, dye(told, step.scope) ? [shape(), " "] : null, h("b", {}, name), " · ", `${step.at.slice(0, 10)} ${at(step)} UTC`, " · ", t("entry {n}", { n: step.seq })),
    h("h2", { id: "said" }, sentence(step)),
    step.item && told.items[step.item] ? h("p", { class: "quiet" }, step.item, " ", told.items[step.item].name) : null,
    groups(told, place),
    step.distributions.length ? distributions(told, step) : null);
}

// The steps as a list to go to any of them.
export function timeline(told, place) {
  return h("ol", { class: "timeline" }, told.steps.map((step, n) => h("li", { "data-key": step.seq, "data-dim": dye(told, step.scope), class: step.distributions.length ? "is-shown" : null },
    h("button", { type: "button", "data-step": n, "aria-current": n === place ? "step" : null },
      h("span", { class: "timeline__at" }, at(step)),
      h("span", {}, dye(told, step.scope) ? [shape(), " "] : null, sentence(step))))));
}

export const counted = (told, place) => tn("Step {at} of {n}", "Step {at} of {n}", told.steps.length, { at: place + 1 });
