// The end: the resilience wheel, its aligned bars, and the signed head as text and as a code.
import { h, shape } from "../dom.js";
import { goals } from "../figures/goals.js";
import { wheel } from "../figures/wheel.js";
import { clock, t, tn } from "../words.js";
import { pairs, sealCode, shortHead } from "../staff/seal.js";
import { about, corner, stamp } from "./parts.js";

function told(S) {
  const { profile, groups } = S.told, tops = profile.nodes.filter((node) => node.parent === null).map((node) => node.streams.agreed);
  const [agreed, of] = ["agreed", "of"].map((part) => tops.reduce((sum, stream) => sum + stream[part], 0));
  const people = groups.filter((group) => group.kind !== "plenary").reduce((sum, group) => sum + group.seated, 0);
  return [t("Final at {time}", { time: clock(Date.parse(profile.frozen_at) / 1000) }), tn("{n} participant", "{n} participants", people),
    t("{n} of {all} indicators agreed", { n: agreed, all: of }), profile.indicative ? t("indicative: open seats") : null].filter(Boolean).join(" · ");
}

// What the seal is of: each group's last round that was disclosed, and how many took part.
function sealed(S) {
  const last = ({ phase, round, figures, seated }) => (["disclosed", "revealed"].includes(phase) && figures?.round !== round ? [round, seated] : figures && [figures.round, figures.ballots]);
  return h("ul", { class: "seal__of" }, S.told.groups.filter(last).map((group) =>
    h("li", { "data-dim": about(S, group.id).dimension }, shape(), group.name, h("span", {}, `${t("Round {n}", { n: last(group)[0] })} · n ${last(group)[1]}`))));
}

// The seal by itself, after each disclosure and at the end, large enough to be read and scanned from the last row.
export function seal(S) {
  return h("section", { class: "screen", "data-key": "seal" },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, S.told.phase === "frozen" ? t("Seal of the result") : t("Seal of the record so far"), h("small", {}, t("Photograph it. The minutes carry the same signs; whoever recomputes the record arrives at them."))), h("div", { class: "screen__side" }, stamp(), S.told.join_code && corner(S))),
    h("div", { class: "seal" }, h("div", {}, h("p", { class: "seal__code" }, pairs(shortHead(S.told.head)).map((two) => h("span", {}, two))), sealed(S)),
      h("img", { class: "seal__qr", src: sealCode(S.frame.workshop, S.told.head), alt: t("QR code of the signed head") })));
}

export function reveal(S) {
  const { profile, head, city, title } = S.told, groups = shortHead(head).split(" "), drawing = wheel(profile, S.frame);
  const decided = drawing.legend.some(([form]) => form === "decided");
  return h("section", { class: "screen screen--reveal", "data-key": "reveal" },
    h("header", { class: "screen__head" },
      h("h1", { class: "screen__title" }, city ? t("Resilience profile of {city}", { city }) : title),
      h("p", {}, told(S)), h("p", { class: "screen__side" }, stamp())),
    h("div", { class: "reveal" }, h("figure", {}, drawing.svg), goals(profile, S.frame).body),
    h("footer", { class: "screen__foot" },
      h("ul", { class: "key-list" }, h("li", {}, h("i"), t("agreed")), decided && h("li", {}, h("i", { class: "key-list__decided" }), t("chair")),
        h("li", {}, h("i", { class: "key-list__interview" }), h("i", { class: "key-list__ring" }), t("interview")),
        h("li", {}, h("i", { class: "key-list__open" }), t("not agreed")), h("li", {}, h("i", { class: "key-list__withheld" }), t("fewer than 5"))),
      h("div", { class: "head-code" },
        h("p", { class: "head-code__name" }, t("Seal of the result")),
        h("p", { class: "code" }, groups.slice(0, 4).join(" "), h("br"), groups.slice(4).join(" ")),
        h("img", { class: "head-code__qr", src: sealCode(S.frame.workshop, head), alt: t("QR code of the signed head") }))));
}
