// Who is in the room: sector, agency and gender of the chosen group as counts; too small ones are withheld by the server.
// The organiser names the agency that answers for a dimension, and a group of its people alone is pointed out.
import { h, icon } from "../dom.js";
import { number, t } from "../words.js";
import { ask } from "./dialogs.js";
import { about, groupOf } from "./model.js";

const TRAITS = { sector: () => t("Sector"), agency: () => t("Agency"), gender: () => t("Gender") };
const GENDERS = { female: () => t("women"), male: () => t("men"), other: () => t("other") };

const nothing = ({ counts, withheld }) => withheld === 0 && counts.every((one) => one.name === null);

function line(trait, { counts, withheld }) {
  const named = (name) => (name === null ? t("not stated") : trait === "gender" && GENDERS[name] ? GENDERS[name]() : name);
  const parts = counts.map(({ name, n }) => [named(name), " ", h("b", {}, number(n))]);
  if (withheld) parts.push([t("hidden, lest it points at somebody"), " ", h("b", {}, number(withheld))]);
  return [h("dt", {}, TRAITS[trait]()), h("dd", {}, parts.map((part, at) => [at ? " · " : "", part]))];
}

export function people(S) {
  const group = groupOf(S), found = (S.people || []).find((one) => one.group === group.id);
  if (!found) return null;
  const known = Object.entries(found.traits).filter(([, told]) => !nothing(told));
  const organiser = S.frame.me.role === "organiser";
  return h("section", { class: "watch people", "data-key": "people" },
    h("h2", { class: "work__title" }, t("Who is in the room"), h("span", {}, t("{n} seated", { n: number(found.seated) }))),
    found.only_answerable ? h("p", { class: "sentence sentence--wait" }, icon("near"), h("span", {},
      t("Everybody here belongs to {agency}, which answers for this dimension. Say so in the discussion, or ask others in.", { agency: found.answerable }))) : null,
    known.length ? h("dl", { class: "traits" }, known.flatMap(([trait, told]) => line(trait, told)))
      : h("p", { class: "quiet" }, found.seated ? t("Nothing is known of them: the seats were issued without sector, agency or gender.") : t("Nobody has joined yet.")),
    organiser ? h("button", { class: "button button--plain button--compact", type: "button", "data-do": "ask-answerable" },
      found.answerable ? t("Answerable: {agency}", { agency: found.answerable }) : t("Name the answerable agency")) : null);
}

// Asks which agency answers for the chosen group's dimension; resolves to {agency}, or null.
export async function askAnswerable(S) {
  const group = groupOf(S), found = S.people.find((one) => one.group === group.id);
  const known = [...new Set(S.people.flatMap((one) => one.traits.agency.counts.map(({ name }) => name)).filter(Boolean))];
  const told = await ask({
    title: t("Which agency answers for {group}?", { group: about(S, group.id).name }), confirm: t("Keep"),
    text: t("Where everybody in the group belongs to it, the console says so. It stays beside the record: no file and no report carries it."),
    fields: [h("label", { class: "field" }, h("span", { class: "field__label" }, t("Agency, as in the list of seats")),
      h("input", { class: "field__input", name: "agency", maxlength: 200, value: found.answerable || "", list: "agencies" }),
      h("datalist", { id: "agencies" }, known.map((name) => h("option", { value: name }))))],
  });
  return told ? { agency: told.get("agency").trim() || null } : null;
}
