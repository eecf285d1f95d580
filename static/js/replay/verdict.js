// What the verifier says of the bundle, above everything else. Its own sentences are English and marked as such.
import { h, icon } from "../dom.js";
import { pairs, shortKey } from "../staff/seal.js";
import { t } from "../words.js";

const VERDICTS = {
  VALID: ["saved", "saved", () => t("VALID"), () => t("Everything in this file was recomputed, and it holds.")],
  INCOMPLETE: ["note", "near", () => t("INCOMPLETE"), () => t("Nothing is wrong with this file. Some of it is withheld and could not be recomputed.")],
  INVALID: ["stop", "refused", () => t("INVALID"), () => t("This file does not hold together, and so it is not told. Ask for it again from whoever made it.")],
  UNREADABLE: ["stop", "refused", () => t("UNREADABLE"), () => t("This is no audit file that one may open. Choose the zip as it was exported.")],
};

const fact = (name, ...value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
const code = (groups) => h("b", { class: "code" }, pairs(groups).map((two) => [h("span", {}, two), " "]));

function listed(name, sentences) {
  return sentences.length ? h("details", { "data-key": name }, h("summary", {}, name), h("ul", { lang: "en" }, sentences.map((one) => h("li", {}, one)))) : null;
}

export function verdict(found) {
  const [kind, sign, word, sentence] = VERDICTS[found.status];
  return h("section", { class: "judged", "data-verdict": found.status, "aria-label": t("Verdict"), tabindex: "-1" },
    h("div", { class: `banner banner--${kind}` }, icon(sign), h("span", {}, h("strong", {}, word()), sentence())),
    found.problems.length ? h("ul", { class: "judged__why", lang: "en" }, found.problems.map((one) => h("li", {}, one))) : null,
    found.size ? h("dl", { class: "judged__facts" },
      found.head && fact(t("Seal, to compare with the hall display or the minutes"), code(found.head)),
      found.key && fact(t("Key of all seals"), code(shortKey(found.key)), h("small", {}, found.key_given ? t("the one that was given") : t("the file's own; compare it with the opening"))),
      fact(t("Entries"), found.size),
      found.disclose && fact(t("What it opens"), found.disclose === "full" ? t("everything (full)") : t("what anybody may see (public)"))) : null,
    listed(t("What was withheld (as the verifier says it)"), found.withheld),
    listed(t("What was checked (as the verifier says it)"), [...found.checked, ...found.continued]));
}
