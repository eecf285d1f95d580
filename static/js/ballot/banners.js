// What lies across the ballot until its cause is gone: answers that wait, no connection, a pause, an old page, a storage
// that forgets.
import { h, icon } from "../dom.js";
import { pairs } from "../staff/seal.js";
import { t, tn } from "../words.js";

function strip(kind, name, strong, text, key) {
  return h("div", { class: `banner banner--${kind}` }, icon(name), h("span", {}, h("strong", {}, strong), text), key);
}

const seal = (name, groups) => h("span", { class: "banner__seal" }, name, " ", h("b", { class: "tracker__seal" }, pairs(groups).map((two) => [h("span", {}, two), " "])));

// Answers that wait, or a line that is gone. Stays in sight wherever one has scrolled to.
export function waits(model, up) {
  const { phase } = model.view;
  if (model.ended) return null;
  const waiting = model.unsent && (phase === "paused" || (phase === "open" && (!up || model.held)));
  if (!waiting && up) return null;
  return h("p", { class: "banner banner--offline" }, icon("offline"), h("strong", {},
    waiting ? tn("{n} score not yet sent", "{n} scores not yet sent", model.unsent) : t("No connection")));
}

export function banners(model, up) {
  const told = [];
  const { phase } = model.view;
  const waiting = waits(model, up) && h("p", { class: "banner banner--more" },
    model.unsent ? t("Safe on this phone. They go out by themselves once connected.")
      : t("You can go on; your answers are kept on this phone."));
  if (waiting) told.push(waiting);
  if (model.stale) {
    told.push(strip("stop", "refused", t("This page is out of date."), t("Your answers are kept. Load it again."),
      h("button", { type: "button", class: "button button--compact", onclick: () => location.reload() }, t("Reload"))));
  }
  if (model.outbox?.full) {
    told.push(strip("stop", "refused", t("This phone's storage is full."), t("Do not close this page until everything is saved.")));
  }
  if (model.storage.passing) {
    told.push(strip("note", "near", t("This browser keeps nothing."), t("Leave this page open until everything is saved.")));
  }
  const { broken, renamed } = model.heads?.read() || {};
  if (renamed) {
    told.push(strip("note", "near", t("The record was restored from a backup and bears a new name."),
      [t("Rounds shown since that backup are scored again."), seal(t("Kept"), renamed.kept), seal(t("New"), renamed.new)],
      h("button", { type: "button", class: "button button--compact", onclick: () => (model.heads.heard(), model.draw()) }, t("Understood"))));
  }
  if (broken) {
    told.push(strip("note", "near", t("The newest seal does not continue the one this phone kept."),
      [t("Please show this to the facilitator."), seal(t("Kept"), broken.kept), seal(t("New"), broken.new)]));
  }
  if (model.ended) return told;
  const { left } = model;
  if (left) {
    told.push(strip("stop", "refused",
      tn("{n} answer of round {round} was still waiting on this phone.", "{n} answers of round {round} were still waiting on this phone.",
        left.waiting, { round: left.round }),
      t("That round was closed meanwhile, so they may not count."),
      h("button", { type: "button", class: "button button--compact", onclick: () => model.understood(left.round) }, t("Understood"))));
  }
  if (phase === "paused") {
    told.push(strip("note", "pause", t("The round is paused."), t("Your answers stay. Go on when the facilitator resumes.")));
  }
  if (model.asked) {
    const n = model.missing.length;
    told.push(strip("note", "time", t("The facilitator asks you to finish."),
      tn("{n} indicator is still without an answer from you.", "{n} indicators are still without an answer from you.", n)));
  }
  return told;
}
