// What people wrote, read by the facilitator before the hall does: each reason as text, each with a way to hide it. The
// hall is shown only what is left when this is confirmed.
import { fill, h, icon } from "../dom.js";
import { t, tn } from "../words.js";
import { nodeOf } from "./model.js";

const WHY = () => [t("It points at a person."), t("It insults somebody."), t("It is about something else.")];

// The reasons of a round by indicator: [{item, reasons}], indicators without any left out.
export function written(told) {
  return (told ? told.items : []).filter((one) => (one.reasons || []).length).map(({ item, reasons }) => ({ item, reasons }));
}

// review(S, written, hide) resolves to how many reasons are left to show, or null where the facilitator thought better of
// it; `hide(reason, why)` resolves to whether it is hidden now.
export function review(S, groups, hide) {
  const gone = new Set(groups.flatMap(({ reasons }) => reasons.filter((one) => one.moderated).map((one) => one.id)));
  const all = groups.flatMap(({ reasons }) => reasons);
  const tally = h("p", { class: "ask__tally", role: "status" });
  const confirm = h("button", { class: "button button--primary", value: "yes" });

  function count() {
    const shown = all.length - gone.size;
    fill(tally, h("b", {}, tn("{n} reason will be shown", "{n} reasons will be shown", shown)), gone.size ? ", " + tn("{n} is hidden.", "{n} are hidden.", gone.size) : ".");
    fill(confirm, shown ? t("Show results and reasons to the hall") : t("Show the results without reasons"));
  }

  function row(reason) {
    const place = h("li", {});
    const draw = (asking) => fill(place,
      h("span", { class: gone.has(reason.id) ? "is-hidden" : null }, reason.text),
      gone.has(reason.id) ? h("small", { class: "quiet" }, icon("refused"), " ", t("hidden from the hall"))
        : asking ? null : h("button", { class: "button button--plain button--compact", type: "button", onclick: () => draw(true) }, t("Hide")),
      asking && !gone.has(reason.id) ? why(reason, draw) : null);
    draw(false);
    return place;
  }

  // The record keeps why a reason was hidden, so one of a few is chosen; the focus goes along.
  function why(reason, draw) {
    const asked = h("div", { class: "why", role: "group", "aria-label": t("Why is it hidden?") }, h("span", { class: "quiet" }, t("Why is it hidden?")),
      WHY().map((words) => h("button", { class: "button button--compact", type: "button", onclick: async () => {
        if (await hide(reason, words)) gone.add(reason.id);
        draw(false);
        count();
        confirm.focus();
      } }, words)),
      h("button", { class: "button button--plain button--compact", type: "button", onclick: () => draw(false) }, t("Keep it")));
    setTimeout(() => asked.querySelector("button").focus());
    return asked;
  }

  count();
  return new Promise((resolve) => {
    const form = h("form", { class: "ask ask--wide", method: "dialog" },
      h("h2", { id: "ask-title" }, t("What people wrote")),
      h("p", { class: "quiet" }, t("The hall and the phones see these without names. Hide what points at a person; it cannot be brought back.")),
      h("div", { class: "picks", tabindex: "0", role: "region", "aria-label": t("Reasons by indicator") }, groups.map(({ item, reasons }) => h("section", { class: "said" },
        h("h3", {}, h("b", {}, item), " ", nodeOf(S, item).name), h("ul", {}, reasons.map(row))))),
      tally,
      h("div", { class: "ask__acts" }, h("button", { class: "button", type: "button", "data-close": "" }, t("Cancel")), confirm));
    const dialog = h("dialog", { "aria-labelledby": "ask-title" }, form);
    let told = null;
    form.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    form.addEventListener("submit", () => (told = all.length - gone.size));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(told);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
