// Before the first round: how to come in, and how many of each group are here.
import { h, shape } from "../dom.js";
import { t } from "../words.js";
import { shortKey } from "../staff/seal.js";
import { about, stamp } from "./parts.js";

// 7KQF2M9D as 7KQF 2M9D
export const spaced = (code) => code.replace(/^(.{4})-?(.{4})$/, "$1 $2");

function crew(S, group) {
  const issued = group.issued === undefined ? null : group.issued;
  return h("li", { class: "crew", "data-dim": about(S, group.id).dimension }, shape(), h("span", {}, group.name),
    h("b", {}, group.seated, issued === null ? "" : h("span", {}, " " + t("of {n}", { n: issued }))));
}

export function lobby(S) {
  const { told } = S, code = told.join_code;
  const qr = document.getElementById("qr").content.cloneNode(true);
  return h("section", { class: "screen", "data-key": "lobby" },
    h("header", { class: "screen__head" }, h("span", { class: "mark lobby__mark" }, "mufakat"), h("p", { class: "screen__side" }, h("span", {}, told.title), stamp())),
    h("div", { class: "lobby" },
      h("div", {},
        h("h1", { class: "lobby__lead" }, code ? t("Scan this code, or open") : t("Scan the code on your seat card. Or scan this one, or open"), h("br"), h("span", { class: "lobby__address" }, S.address), " ", t("and type:")),
        code ? h("p", { class: "lobby__code" }, spaced(code)) : h("p", { class: "lobby__card" }, t("the code on your seat card")),
        h("ol", { class: "lobby__steps" }, [t("Join"), code ? t("Choose your group") : t("Agree"), t("Wait for the round")].map((word, at) => h("li", {}, h("b", {}, at + 1), word))),
        h("p", { class: "lobby__key" }, t("Key of all seals:"), " ", h("b", {}, shortKey(S.frame.key)))),
      h("div", { class: "lobby__qr" }, qr)),
    h("footer", { class: "screen__foot" }, h("ul", { class: "crews" }, told.groups.filter((group) => group.kind !== "plenary").map((group) => crew(S, group)))));
}

