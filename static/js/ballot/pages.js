// The screens that are not a card: review, done, waiting, closed, results, the end. Each is drawn whole from the model.
import { h, icon } from "../dom.js";
import { number, t, tn } from "../words.js";
import { legend } from "./group.js";
import { path } from "./path.js";
import { receipt } from "./receipt.js";
import { CANNOT, ENDINGS, OUTCOMES, outcomeOf, stateMark } from "./signs.js";
import { inWords, strip } from "./strip.js";

function still(title, ...lines) {
  return h("main", { class: "phone__body" },
    h("div", { class: "still" }, h("h1", { class: "still__big", tabindex: "-1" }, title), lines));
}

function quiet(text) {
  return h("p", { class: "quiet" }, text);
}

function tally(model) {
  const saved = model.items.filter((item) => model.state(item) === "saved" || model.state(item) === "locked").length;
  return h("p", { class: `save save--${model.unsent ? "unsent" : "saved"}` }, icon(model.unsent ? "unsent" : "saved"),
    h("span", {}, t("{saved} saved, {waiting} waiting to be sent", { saved, waiting: model.unsent })));
}

// --- while the round is open ----------------------------------------------------------------------------------------

export function review(model) {
  const { missing } = model;
  const done = model.items.filter((item) => model.answered(item));
  const link = (item, ...inside) =>
    h("li", {}, h("a", { href: `#${model.items.indexOf(item) + 1}`, "data-key": item.id }, h("span", { class: "id" }, item.id), ...inside));
  return h("main", { class: "phone__body" },
    h("h1", { class: "item__title", tabindex: "-1" },
      t("{done} of {all} scored", { done: done.length, all: model.items.length })),
    missing.length ? h("section", {},
      h("h2", { class: "heading" }, h("span", {}, t("Not scored yet")), h("span", {}, String(missing.length))),
      h("ol", { class: "answers answers--missing" }, missing.map((item) => link(item, h("span", {}, item.title), icon("next"))))) : null,
    done.length ? h("section", {},
      h("h2", { class: "heading" }, h("span", {}, t("Scored")), h("span", {}, String(done.length))),
      h("ol", { class: "answers" }, done.map((item) => link(item,
        h("span", {}, item.title, h("br"), stateMark(model.state(item), model.outbox.get(item.id))), value(model.mine(item)))))) : null,
    toResults(model));
}

function value(mine) {
  if (mine?.cannot) return h("span", { class: "value value--none", "aria-label": CANNOT[mine.cannot]() }, "–");
  return h("span", { class: "value" }, String(mine?.value ?? ""));
}

// The way to what the group said, wherever something was shown.
function toResults(model) {
  return model.shown === null ? null
    : h("a", { class: "button", href: "#results", "data-key": "results" }, t("See the result of round {n}", { n: model.shown }));
}

export function done(model) {
  return still(model.unsent ? t("Thank you. Your answers wait on this phone.") : t("Thank you. Your scores are saved."),
    quiet(t("You can change them until the round is closed. What you chose stays sealed; the hall sees only who has finished.")),
    tally(model), toResults(model));
}

// --- between rounds -------------------------------------------------------------------------------------------------

export function waiting(model) {
  const { voided } = model.view;
  return still(t("You are in. Please wait."),
    voided === null ? null : h("p", { class: "sentence sentence--note" }, icon("refused"),
      h("span", {}, t("Round {n} was cancelled. What was scored in it does not count.", { n: voided }))),
    quiet(t("You are seat {seat}. When the facilitator opens the round, your first indicator appears here by itself.", { seat: model.view.seat })));
}

// Answers that the close of a round left behind on this phone.
function tooLate(model, round) {
  const { late = 0, sure = true } = model.view.phase === "closed" ? { late: model.unsent } : model.kept.read(round);
  return late ? h("p", { class: "sentence" }, icon("refused"),
    h("span", {}, sure ? tn("{n} answer did not reach the server before the round was closed and does not count.",
      "{n} answers did not reach the server before the round was closed and do not count.", late)
      : tn("{n} answer was not known to be saved when the round was closed and may not count.",
        "{n} answers were not known to be saved when the round was closed and may not count.", late))) : null;
}

export function closed(model) {
  const { round, phase } = model.view;
  const counted = model.items.filter((item) => model.kept.answer(round, item.id)).length;
  return h("main", { class: "phone__body" },
    h("p", { class: "save" }, icon("locked"), h("span", {}, t("Locked"))),
    h("h1", { class: "item__title", tabindex: "-1" },
      counted ? t("Your scores count") : t("The round is closed.")),
    h("p", {}, tn("{n} answer was saved in time and counts.", "{n} answers were saved in time and count.", counted)),
    tooLate(model, round),
    receipt(model),
    quiet(t("The facilitator shows the group's result next. Look up and talk: this page follows by itself.")));
}

export function results(model) {
  const { shown: round } = model;
  const { phase, voided } = model.view;
  const counts = new Map();
  for (const { feedback } of model.items) {
    if (feedback) counts.set(outcomeOf(feedback), (counts.get(outcomeOf(feedback)) || 0) + 1);
  }
  const order = Object.keys(OUTCOMES).filter((outcome) => counts.has(outcome));
  return h("main", { class: "phone__body" },
    h("h1", { class: "item__title", tabindex: "-1" }, t("What the group said")),
    phase === "revealed" ? quiet(t("Talk about it together. The facilitator opens the next round.")) : null,
    phase === "revealed" ? tooLate(model, round) : null,
    phase === "revealed" && voided !== null ? h("p", { class: "sentence sentence--note" }, icon("refused"),
      h("span", {}, t("Round {n} was cancelled. What was scored in it does not count.", { n: voided }))) : null,
    h("section", {},
      h("h2", { class: "heading" }, h("span", {}, t("Result of round {n}", { n: round }))),
      h("ul", { class: "answers" }, order.map((outcome) => h("li", {}, h("span", { class: "row row--tally" },
        icon(OUTCOMES[outcome][0]), h("span", {}, OUTCOMES[outcome][1]()), h("b", {}, String(counts.get(outcome)))))))),
    h("section", {},
      h("h2", { class: "heading" }, h("span", {}, t("Each indicator"))),
      h("ol", { class: "answers" }, model.items.filter((item) => item.feedback).map((item) => h("li", {}, shown(model, item))))),
    receipt(model));
}

function shown(model, item) {
  const { feedback } = item;
  const [sign, words] = OUTCOMES[outcomeOf(feedback)];
  const score = item.baseline?.interview?.score ?? null;
  const interview = score === null ? null : Number(score);
  const own = model.kept.answer(feedback.round, item.id)?.value ?? null;
  const head = h("summary", { class: "row", "data-key": item.id }, h("span", { class: "id" }, item.id),
    h("span", {}, item.title, h("br"), h("span", { class: "save" }, icon(sign), h("span", {}, words()))),
    h("b", {}, feedback.median === null ? "–" : number(Number(feedback.median))));
  if (feedback.withheld || !feedback.counts) {
    return h("details", {}, head, quiet(t("What the group said is hidden: fewer than five scored.")));
  }
  const figures = { median: Number(feedback.median), q1: Number(feedback.q1), q3: Number(feedback.q3), interview };
  const said = model.said.get(item.id) || [];
  return h("details", {}, head, strip(model.view.scale, feedback, own, interview), legend(own),
    h("p", { class: "small quiet" }, inWords(model.view.scale.map((c) => c.value), feedback.counts, feedback.n, figures)),
    path(model.view.scale, model.path(item)),
    said.length ? h("p", { class: "small" }, h("b", {}, tn("{n} reason, without a name", "{n} reasons, without names", said.length))) : null,
    said.length ? h("ul", { class: "reasons" }, said.map((text) => h("li", {}, text))) : null);
}

export function concluded(model) {
  const ended = model.items.filter((item) => item.ending);
  const frozen = model.view.workshop_phase === "frozen";
  return h("main", { class: "phone__body" },
    h("h1", { class: "item__title", tabindex: "-1" },
      frozen ? t("The results are final.") : t("Your group has finished.")),
    quiet(frozen ? t("Nothing can be changed any more. Thank you for taking part.")
      : t("Thank you. Watch the hall display for the results of all groups.")),
    ended.length ? h("section", {},
      h("h2", { class: "heading" }, h("span", {}, t("What your group agreed"))),
      h("ol", { class: "answers" }, ended.map((item) => {
        const [sign, words] = ENDINGS[item.ending.ending];
        const agreed = item.ending.value === null ? "–" : number(Number(item.ending.value));
        return h("li", {}, h("span", { class: "row" }, h("span", { class: "id" }, item.id),
          h("span", {}, item.title, h("br"), h("span", { class: "save" }, icon(sign), h("span", {}, words()))), h("b", {}, agreed)));
      }))) : null,
    frozen ? null : toResults(model),
    receipt(model));
}

// --- when this phone may not go on ----------------------------------------------------------------------------------

const GONE = {
  moved: () => t("Your seat is open on another phone."),
  pass_revoked: () => t("This phone no longer holds your seat."),
  not_signed_in: () => t("This phone no longer holds your seat."),
};

export function ended(model) {
  const { code, sentence } = model.ended;
  const back = t("To go on here, scan your seat card again or type its code.");
  return still(GONE[code]?.() || t("This seat is closed."),
    code === "moved" ? quiet(t("Only one phone at a time holds a seat. What you saved is kept."))
      : GONE[code] ? quiet(t("It was opened on another phone, or the organiser closed it. What you saved is kept."))
        : quiet(sentence || t("Ask the organiser, or join again with your seat card.")),
    GONE[code] ? quiet(back) : null,
    model.unsent ? h("p", { class: "sentence" }, icon("unsent"),
      h("span", {}, tn("{n} answer on this phone was not sent. Join again here and it goes out.",
        "{n} answers on this phone were not sent. Join again here and they go out.", model.unsent))) : null);
}
