// "Check my ballot": asks for the seat's opening and proof, has both recomputed, and says the verdict in one sentence.
// Never shows a value: somebody may be looking over a shoulder.
import { h, icon } from "../dom.js";
import { judge } from "../proof/receipt.js";
import { withLine } from "../proof/tlog.js";
import { short } from "../staff/seal.js";
import { t } from "../words.js";

const SAID = {
  matches: ["saved", () => t("It matches: the record holds your ballot as this phone sent it.")],
  differs: ["refused", () => t("It does not match what this phone sent. Please show this to the facilitator.")],
  partly: ["near", () => t("What this phone sent is in the record. There is more that came from another phone or page.")],
  unsent: ["near", () => t("The record holds your ballot, but this phone did not send it. Check on the phone you used.")],
  away: ["offline", () => t("The server could not be asked just now. Please try again.")],
};

export const words = (model) => SAID[model.check?.verdict]?.[1]() || "";

export async function check(model) {
  const { workshop, group, round } = model.view;
  model.check = { round, verdict: null };
  model.draw();
  model.check = { round, ...(await ask(model, { workshop, group, round })) };
  model.draw("checked");
}

async function ask(model, { workshop, group, round }) {
  let told, file;
  try {
    told = await model.link.call("GET", `/api/v1/ballot/opening?round=${round}`);
    file = told && (await model.link.text(`/api/v1/workshops/${workshop}/proof/${told.seq}`));
  } catch {
    return { verdict: "away" };
  }
  if (!file) return { verdict: "away" };
  const held = model.outbox.read();
  const { verdict, proof } = judge(told, file, { ...held, tracker: model.tracker }, { group, round });
  if (!proof) return { verdict };
  const fits = await model.heads.see(proof.note);
  const kept = new Blob([withLine(file, told.line)], { type: "text/plain" });
  return { verdict: fits === false ? "differs" : verdict, seal: short(proof.head.root), file: URL.createObjectURL(kept) };
}

export function receipt(model) {
  const { phase, round } = model.view;
  if (!["disclosed", "revealed"].includes(phase) || !model.tracker) return null;
  const done = model.check?.round === round ? model.check : null;
  const [sign, said] = SAID[done?.verdict] || [];
  return h("section", { class: "receipt" },
    h("button", { type: "button", class: "button", "data-key": "check", disabled: Boolean(done) && !done.verdict, onclick: () => check(model) },
      t("Check my ballot")),
    sign ? h("p", { class: `sentence${done.verdict === "matches" ? " sentence--saved" : ""}`, "data-verdict": done.verdict }, icon(sign), h("span", {}, said())) : null,
    done?.seal ? h("div", { class: "tracker" }, h("span", { class: "small" }, t("Checked against this seal; compare it with the hall display")),
      h("strong", { class: "tracker__seal" }, [0, 2, 4, 6].map((at) => [h("span", {}, done.seal.split(" ").slice(at, at + 2).join(" ")), " "]))) : null,
    done?.file ? h("a", { class: "button button--compact", "data-key": "proof", href: done.file, download: `${model.tracker}.tlog-proof` }, t("Keep the proof")) : null);
}
