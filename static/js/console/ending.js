// The end: profile as wheel and bars, the signed head, and the files to take home.
import { h } from "../dom.js";
import { framed } from "../figures/figure.js";
import { goals } from "../figures/goals.js";
import { wheel } from "../figures/wheel.js";
import { sealCode, shortHead } from "../staff/seal.js";
import { advised } from "./plenary.js";
import { language, t } from "../words.js";

// What a spreadsheet in the reader's language reads by itself.
const TABLE = { id: "bom=true&decimal=comma&separator=semicolon", en: "bom=true" };

function link(S, path, word, more) {
  return h("a", { class: "button", href: `/api/v1/workshops/${S.frame.workshop}/${path}`, download: "", ...more }, word);
}

function exports(S) {
  const organiser = S.frame.me.role === "organiser";
  return h("nav", { class: "exports", "aria-label": t("Files") },
    h("a", { class: "button button--primary", href: `/api/v1/workshops/${S.frame.workshop}/bundle?disclose=public`, download: "" }, t("Audit file for everybody")),
    organiser && link(S, "bundle?disclose=full", t("Full audit file, with single scores (noted in the record)")),
    link(S, `reports/report.html?language=${document.documentElement.lang}`, t("Report")),
    link(S, `reports/results.csv?${TABLE[language] || TABLE.en}`, t("Results as a table for a spreadsheet (CSV)")),
    h("a", { class: "button", href: `/console/${S.frame.workshop}/certainty` }, t("How sure is the profile?")),
    h("a", { class: "button", href: `/replay/${S.frame.workshop}` }, t("Step through the audit file for everybody")));
}

export function ending(S) {
  if (!S.profile) return [h("div", { class: "alone loading", role: "status" }, h("span", {}, t("Fetching the profile ...")), h("i", { class: "loading__line" }))];
  const groups = shortHead(S.head).split(" ");
  return [h("section", { class: "alone ending", "data-key": "ending" },
    h("div", {}, h("h2", {}, t("Resilience profile")), framed(wheel(S.profile, S.frame)), advised(S)),
    h("div", {}, h("h2", {}, t("Goals")), framed(goals(S.profile, S.frame)),
      h("div", { class: "seal" },
        h("div", {}, h("p", {}, t("Seal of the result, also printed in the minutes")), h("p", { class: "code" }, groups.slice(0, 4).join(" "), h("br"), groups.slice(4).join(" "))),
        h("img", { src: sealCode(S.frame.workshop, S.head), alt: t("QR code of the signed head"), width: 160, height: 160 })),
      exports(S)))];
}
