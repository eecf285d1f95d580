// What the facilitator does, as commands: each button's name leads to one order, asked about first where it should be.
// Every order carries the version that this screen shows; a lost race shows the new state and changes nothing.
import { h } from "../dom.js";
import { call } from "../staff/api.js";
import { CAUSES, decimal, ENDINGS } from "../staff/phrases.js";
import { number, t, tn } from "../words.js";
import { unused } from "./around.js";
import { ask, field, radios, tick } from "./dialogs.js";
import { about, agreed, groupOf, latest, nodeOf, pending, plenaryOf } from "./model.js";
import { agenda } from "./plenary.js";
import { review, written } from "./reasons.js";

const OF_WORKSHOP = ["start", "freeze", "issue_seats", "revoke_seat", "mark_absent", "annotate", "set_settings", "erase_seat"];

// orders(S, {send, show, toast, refresh}) → {"close_round": fn, …}; each takes the pressed element's data.
export function orders(S, { channel, changed, toast, refresh }) {
  async function send(command, fields = {}, group = S.group) {
    const scope = OF_WORKSHOP.includes(command) ? {} : { group, expects: groupOf(S, group).version };
    S.ui.busy = true;
    changed();
    const body = { command, ...scope, ...fields };
    let told = await channel.command(body);
    if (told === null) told = await call("POST", `/workshops/${S.frame.workshop}/commands`, body);
    S.ui.busy = false;
    S.ui.asking = null;
    S.ui.fault = ["not_saved", "internal"].includes(told.code) ? told.message || told.detail : told.ok ? null : S.ui.fault;
    if (!told.ok && !S.ui.fault) {
      toast({ form: "refused", text: told.message || told.detail });
      if (told.state) S.state = told.state;
    }
    if (told.ok && scope.group) groupOf(S, group).version = told.version; // the next order need not wait for the news
    changed();
    refresh();
    return told;
  }

  const named = (item) => `${item} ${nodeOf(S, item).name}`;
  const reason = (title, text, confirm, label = t("Reason")) => ask({ title, text, fields: [field("reason", label)], confirm, stop: true });

  async function closeRound() {
    const { name } = about(S, S.group), told = await send("close_round");
    if (told.ok) toast({ form: "sealed", text: t("{group}: the round is closed. Nobody has seen figures yet.", { group: name }), undo: S.group });
  }

  async function openRound(items = "pending") {
    const group = groupOf(S), minutes = S.ui.minutes[group.id] === undefined ? 10 : S.ui.minutes[group.id];
    const asked = items === "pending" && group.kind === "plenary" ? agenda(S, group) : items === "pending" && !group.rounds.length ? "all" : items;
    await send("open_round", { items: asked, ...(minutes ? { minutes } : {}) });
  }

  async function askOpen() {
    const group = groupOf(S), due = new Set(pending(S, group)), shown = latest(S, group);
    const offered = group.kind === "plenary" ? group.items.filter((item) => shown.has(item)) : group.items;
    const told = await ask({
      title: t("Which indicators open again?"), confirm: t("Open the round"),
      text: t("Reopening an agreed indicator suspends its agreement until the new vote."),
      fields: [h("div", { class: "picks" }, offered.map((item) => tickItem(item, due.has(item), shown.get(item))))],
    });
    const items = told ? told.getAll("item") : [];
    if (items.length) await openRound(items);
  }

  function tickItem(item, checked) {
    return h("label", { class: "choice" }, h("input", { type: "checkbox", name: "item", value: item, checked }), h("span", {}, named(item)));
  }

  async function askConclude() {
    const group = groupOf(S), shown = latest(S, group), done = new Set(agreed(S, group));
    const rest = group.items.filter((item) => !done.has(item) && !(item in group.decided));
    if (group.kind === "plenary") return askConcludePlenary(group, shown);
    const told = await ask({
      title: t("Conclude {group}?", { group: about(S, group.id).name }), confirm: t("Conclude the group"),
      text: [
        tn("{n} indicator is agreed.", "{n} indicators are agreed.", done.size),
        rest.length ? h("div", {}, h("p", {}, h("b", {}, tn("{n} remains as it is:", "{n} remain as they are:", rest.length))),
          h("ul", { class: "plain" }, rest.map((item) => h("li", {}, named(item), " · ", shown.has(item) ? endingToBe(shown.get(item)) : ENDINGS.not_rated.word(), plenaryOn(item))))) : "",
      ].filter(Boolean),
    });
    return told && send("conclude");
  }

  // What the plenary said of an item, to stand beside an ending.
  function plenaryOn(item) {
    const plenary = plenaryOf(S), figures = plenary && latest(S, plenary).get(item);
    return figures && !figures.withheld ? " · " + t("the plenary: {value}", { value: decimal(figures.median) }) : "";
  }

  async function askConcludePlenary(group, shown) {
    const told = await ask({
      title: t("Conclude {group}?", { group: about(S, group.id).name }), confirm: t("Conclude the plenary"),
      text: shown.size ? tn("It has scored {n} indicator. Its scores stand beside the groups' endings and change none of them.", "It has scored {n} indicators. Its scores stand beside the groups' endings and change none of them.", shown.size)
        : t("It has scored nothing. The groups' endings stand as they are."),
    });
    return told && send("conclude");
  }

  async function askFreeze() {
    const idle = S.state.groups.filter(unused);
    const told = await ask({
      title: t("Freeze the index?"), confirm: t("Freeze for good"), stop: true,
      text: [t("All groups are concluded. After this nothing can be changed: no round, no decision, no statement. Notes and exports go on."), idle.length ? t("The plenary was not needed; it is concluded without a vote.") : ""].filter(Boolean),
      fields: [tick("sure", t("I have checked the groups; freeze the index"), { required: true })],
    });
    if (!told) return;
    for (const group of idle) if (!(await send("conclude", {}, group.id)).ok) return;
    await send("freeze");
  }

  // Results are shown at once; reasons only after they have been read here.
  async function reveal(reasons = S.ui.reasons) {
    const group = groupOf(S), round = group.round, shown = (S.rounds[group.id] || {})[round], groups = written(shown);
    const hide = async ({ id }, why) => (await send("moderate", { reason_id: id, why }, group.id)).ok;
    const left = reasons && groups.length ? await review(S, groups, hide) : 0;
    if (left === null) return;
    const baseline = Boolean(S.state.baseline) && (group.phase === "revealed" ? shown.baseline_revealed : S.ui.baseline);
    await send("reveal", { baseline, reasons: left > 0 }, group.id);
  }

  async function askGap({ item }) {
    const known = groupOf(S).explained.find((why) => why.item === item && why.stream === "interview");
    const told = await ask({
      title: t("Why do they differ?"), text: named(item), confirm: t("Record the cause"),
      fields: [radios("cause", t("Cause"), Object.entries(CAUSES).map(([key, word]) => [key, word()]), { chosen: known && known.cause }),
        field("note", t("Note"), { hint: t("What the group said, in a sentence.") })],
    });
    if (told) await send("explain_gap", { item, cause: told.get("cause"), note: told.get("note") });
  }

  async function askDecide() {
    const item = S.item, group = groupOf(S), decided = group.decided[item] !== undefined;
    const told = await ask({
      title: t("The chair decides"), confirm: t("Record the decision"),
      text: [named(item), t("It is shown as decided by the chair, never as agreed.")],
      fields: [radios("value", t("Score"), [...S.frame.scale.map(({ value }) => [String(value), number(value)]), ...(decided ? [["", t("Withdraw the decision")]] : [])], { row: true }),
        field("reason", t("Reason"))],
    });
    if (told) await send("decide_item", { item, value: told.get("value") === "" ? null : Number(told.get("value")), reason: told.get("reason") });
  }

  async function askMinority() {
    const item = S.item;
    const told = await ask({
      title: t("Minority statement"), text: named(item), confirm: t("Keep the statement"),
      fields: [field("text", t("Statement")), tick("public", t("Print it in public files; otherwise only the organiser's full file holds it"))],
    });
    if (told) await send("attach_minority", { item, text: told.get("text"), public: told.has("public") });
  }

  async function askSeat({ seat }) {
    const one = S.state.seats.find((other) => other.seat === Number(seat));
    const options = [...(one.status === "taken" ? [["mark_absent", t("Mark absent: this seat is not waited for")]] : []), ["revoke_seat", t("Revoke the card: this seat cannot vote any more")]];
    const told = await ask({
      title: t("Seat {n}", { n: seat }), confirm: t("Do it"), stop: true,
      fields: [radios("what", t("What shall happen?"), options), field("reason", t("Reason, for a revoked card"), { required: false })],
    });
    if (!told) return;
    const what = told.get("what");
    await send(what, { seat: Number(seat), ...(what === "revoke_seat" ? { reason: told.get("reason") || t("no reason given") } : {}) });
  }

  async function askEnd() {
    const told = await ask({
      title: t("End the rehearsal?"), confirm: t("End the rehearsal"), stop: true,
      text: t("Open rounds are cancelled, the groups conclude, and its cards open nothing any more. Then the workshop itself can start."),
    });
    if (!told) return;
    const ended = await call("POST", `/workshops/${S.frame.workshop}/end`, {});
    if (!ended.ok) toast({ form: "refused", text: ended.detail });
    refresh();
  }

  async function asked(question, command, fields) {
    const told = await question;
    if (told) await send(command, fields(told));
  }

  return {
    open_round: () => openRound(), "ask-open": askOpen,
    close_round: closeRound, "ask-conclude": askConclude, "ask-end": askEnd, "ask-freeze": askFreeze,
    pause_round: () => send("pause_round"), resume_round: () => send("resume_round"),
    extend_round: ({ minutes }) => send("extend_round", { minutes: Number(minutes) }),
    reopen_round: ({ group }) => send("reopen_round", {}, group || S.group),
    disclose: () => send("disclose"),
    reveal: () => reveal(), "reveal-reasons": () => reveal(true),
    take_lease: ({ group }) => send("take_lease", {}, group || S.group),
    start: () => send("start"),
    "ask-void": () => asked(reason(t("Cancel this round?"), t("Its answers do not count. Before results were shown they are dropped; the earlier round stands again."), t("Cancel the round")), "void_round", (told) => ({ reason: told.get("reason") })),
    "ask-reopen": () => asked(reason(t("Open the group again?"), t("Its endings are withdrawn until it is concluded anew."), t("Open again")), "reopen_group", (told) => ({ reason: told.get("reason") })),
    "ask-moderate": ({ reason: id }) => asked(reason(t("Hide this reason?"), t("The hall and the phones do not see it any more; the record keeps that it was hidden, and why."), t("Hide")), "moderate", (told) => ({ reason_id: id, why: told.get("reason") })),
    "ask-gap": askGap, "ask-decide": askDecide, "ask-minority": askMinority, "ask-seat": askSeat,
    "ask-note": () => asked(ask({ title: t("A note for the record"), fields: [field("text", t("Note"))], confirm: t("Keep the note") }), "annotate", (told) => ({ text: told.get("text") })),
    send,
  };
}

function endingToBe(figures) {
  if (figures.outcome === "insufficient") return ENDINGS.not_rated.word();
  return ["provisional", "moving"].includes(figures.outcome) ? ENDINGS.unconfirmed.word() : ENDINGS.not_agreed.word();
}
