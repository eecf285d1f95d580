// "Check my ballot": asks for the seat's opening and proof, has both recomputed, and says the verdict in one sentence.
// Never shows a value: somebody may be looking over a shoulder.
import { h, icon } from "../dom.js";
import { judge } from "../proof/receipt.js";
import { withLine } from "../proof/tlog.js";
import { pairs, short } from "../staff/seal.js";
import { t } from "../words.js";

const SAID = {
  matches: ["saved", () => t("It matches: the record holds your ballot as this phone sent it.")],
  differs: ["refused", () => t("It does not match what this phone sent. Please show this to the facilitator.")],
  partly: ["near", () => t("What this phone sent is in the record. There is more that came from another phone or page.")],
  unsent: ["near", () => t("The record holds your ballot, but this phone did not send it. Check on the phone you used.")],
  forked: ["refused", () => t("Your ballot stands under a seal that does not continue the one this phone kept. Please show this to the facilitator.")],
  away: ["offline", () => t("The server could not be asked just now. Please try again.")],
};

const KINDS = { saved: " sentence--saved", refused: "", near: " sentence--note", offline: " sentence--note" };

export const words = (model) => SAID[model.check?.verdict]?.[1]() || "";

async function check(model) {
  const { workshop, group } = model.view, { round, tracker, held } = model.sealed;
  model.check = { round, verdict: null };
  model.draw();
  model.check = { round, ...(await ask(model, { workshop, group, round }, { ...held, tracker })) };
  model.draw("checked");
}

async function ask(model, { workshop, group, round }, held) {
  let told, file;
  try {
    told = await model.link.call("GET", `/api/v1/ballot/opening?round=${round}`);
    file = told && (await model.link.text(`/api/v1/workshops/${workshop}/proof/${told.seq}`));
  } catch {
    return { verdict: "away" };
  }
  if (!file) return { verdict: "away" };
  const { verdict, proof } = judge(told, file, held, { group, round });
  if (!proof) return { verdict };
  const fits = await model.heads.see(proof.note);
  const kept = new Blob([withLine(file, told.line)], { type: "text/plain" });
  return { verdict: fits === false && verdict !== "differs" ? "forked" : verdict, seal: short(proof.head.root), file: URL.createObjectURL(kept) };
}

// The tracker of the round that was disclosed last, the check, and what it came to; null where there is none to check.
export function receipt(model) {
  const { sealed } = model;
  if (!sealed) return null;
  const { round, tracker } = sealed;
  const done = model.check?.round === round ? model.check : null;
  const [sign, said] = SAID[done?.verdict] || [];
  return h("section", { class: "receipt", "aria-label": t("Receipt") },
    h("div", { class: "tracker" }, h("span", { class: "small" }, t("Your tracker")),
      h("strong", { class: "tracker__code" }, `${tracker.slice(0, 4)}-${tracker.slice(4)}`),
      h("span", { class: "small quiet" }, t("Photograph or write down this code"))),
    h("button", { type: "button", class: "button button--wide", "data-key": "check", disabled: Boolean(done) && !done.verdict, onclick: () => check(model) },
      t("Check my ballot")),
    sign ? h("p", { class: `sentence${KINDS[sign]}`, "data-verdict": done.verdict }, icon(sign), h("span", {}, said())) : null,
    done?.seal ? h("div", { class: "tracker" }, h("span", { class: "small" }, t("Checked against this seal; compare it with the hall display")),
      h("strong", { class: "tracker__seal" }, pairs(done.seal).map((two) => [h("span", {}, two), " "]))) : null,
    done?.file ? h("a", { class: "button button--wide", "data-key": "proof", href: done.file, download: `${tracker}.tlog-proof` }, t("Keep the proof")) : null,
    done?.file ? h("p", { class: "small quiet" }, t("Whoever has the file can check it in a browser:"), " ", h("a", { href: "/verify", target: "_blank", rel: "noopener" }, `${location.host}/verify`)) : null);
}
