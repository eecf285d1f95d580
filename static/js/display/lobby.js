// Before the first round: how to come in, and how many of each group are here.
import { h, shape } from "../dom.js";
import { t } from "../words.js";
import { shortKey } from "../staff/seal.js";
import { about, spaced, stamp } from "./parts.js";

function crew(S, group) {
  const issued = group.issued === undefined ? null : group.issued;
  return h("li", { class: "crew", "data-dim": about(S, group.id).dimension }, shape(), h("span", {}, group.name),
    h("b", {}, group.seated, issued === null ? "" : h("span", {}, " " + t("of {n}", { n: issued }))));
}

// A display of one group names it; a plenary is everybody, and so is the hall.
function invited(S) {
  const groups = S.told.groups.filter((group) => group.kind !== "plenary"), own = groups.filter((group) => group.id === S.scope);
  return own.length ? own : groups;
}

// What to do, once nothing more can be scored.
function afterwards(S) {
  return h("h1", { class: "lobby__lead" }, t("Your phone shows the result. Scan this code, or open"), h("br"), h("span", { class: "lobby__address" }, S.address));
}

function howToJoin(S, code) {
  return [
    h("h1", { class: "lobby__lead" }, code ? t("Scan this code, or open") : t("Scan the code on your seat card. Or scan this one, or open"), h("br"), h("span", { class: "lobby__address" }, S.address), " ", t("and type:")),
    code ? h("p", { class: "lobby__code" }, spaced(code)) : h("p", { class: "lobby__card" }, t("the code on your seat card")),
    h("ol", { class: "lobby__steps" }, [t("Join"), code ? t("Choose your group") : t("Agree"), t("Wait for the round")].map((word, at) => h("li", {}, h("b", {}, at + 1), word)))];
}

export function lobby(S) {
  const { told } = S, crews = invited(S), group = crews.length === 1 ? about(S, crews[0].id) : {};
  const qr = document.getElementById("qr").content.cloneNode(true);
  return h("section", { class: "screen", "data-key": "lobby", "data-dim": group.dimension },
    h("header", { class: "screen__head" }, group.name ? h("p", { class: "screen__title" }, shape(), " ", group.name) : h("span", { class: "mark lobby__mark" }, "mufakat"),
      h("p", { class: "screen__side" }, h("span", {}, told.title), stamp())),
    h("div", { class: "lobby" },
      h("div", {}, told.phase === "frozen" ? afterwards(S) : howToJoin(S, told.join_code),
        h("p", { class: "lobby__key" }, t("Key of all seals:"), " ", h("b", {}, shortKey(S.frame.key)))),
      h("div", { class: "lobby__qr" }, qr)),
    h("footer", { class: "screen__foot" }, h("ul", { class: "crews" }, crews.map((one) => crew(S, one)))));
}
