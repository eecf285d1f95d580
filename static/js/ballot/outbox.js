// The answers this phone holds for one round, in a document that all tabs share and that outlives reload and lock.
// An answer stays until the server says it is saved, or says why not. Sends nothing and draws nothing.
//
// document: {items: {ID: {rev, key, value, cannot, confidence, reason, state: "unsent" | "saved" | "refused", at, message,
// stands}}, seen, tracker, late}: `stands` is the answer the server holds while a newer one waits, `seen` what the
// server had from elsewhere, `late` how many answers the close of the round left behind
import { Kept, read, waitingIn } from "./kept.js";

// A number used once, without crypto.randomUUID, which plain http does not have.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function same(answer, mine) {
  return ["value", "cannot", "confidence", "reason"].every((name) => (answer[name] ?? null) === (mine?.[name] ?? null));
}

export class Outbox {
  constructor(storage, view) {
    this.storage = storage;
    this.name = new Kept(storage, view).name(view.round);
    this.round = view.round;
  }

  read() {
    return read(this.storage, this.name);
  }

  edit(change) {
    const held = this.read();
    change(held.items, held);
    try {
      this.storage.setItem(this.name, JSON.stringify(held));
      this.full = false;
    } catch {
      this.full = true; // nothing is lost while the page stays; the banner says so
      this.read = () => held;
    }
  }

  get(item) {
    return this.read().items[item];
  }

  // A new answer to an item; its revision follows whatever is known of the item here or at the server.
  put(item, answer, standing) {
    this.edit((items) => {
      const held = items[item];
      const rev = Math.max(standing, held?.rev ?? 0) + 1;
      const { stands: _, ...saved } = held || {};
      items[item] = { ...answer, rev, key: newKey(), state: "unsent", stands: saved.state === "saved" ? saved : held?.stands };
    });
  }

  pending() {
    return Object.entries(this.read().items)
      .filter(([, answer]) => answer.state === "unsent")
      .map(([item, { rev, key, value, cannot, confidence, reason }]) => ({
        item, rev, key, value: value ?? null,
        ...(cannot && { cannot }), ...(confidence && { confidence }), ...(reason && { reason }),
      }));
  }

  // What the server said to a message: saved is on its disk; refused says why, and whether to keep trying.
  acknowledge({ saved = [], refused = [] }, at) {
    this.edit((items) => {
      for (const { item, rev, key } of saved) {
        const held = items[item];
        if (held && held.rev === rev && held.key === key) {
          Object.assign(held, { state: "saved", at, message: undefined, stands: undefined });
        }
      }
      for (const { item, key, code, message, rev } of refused) {
        const held = items[item];
        if (!held || held.key !== key || WAITS.has(code)) continue;
        if (code === "superseded") items[item] = { rev, key: "", state: "superseded", message };
        else Object.assign(held, { state: "refused", message });
      }
    });
  }

  // What the server has, from a snapshot. A newer answer there wins; an older one means that ours is still to arrive, but
  // only while the round is `open`: once it is closed answers leave for the trail, and their absence says nothing.
  adopt(answers, open) {
    const { items: held, seen = {} } = this.read();
    const known = open ? answers : answers.filter(({ rev }) => rev > 0);
    const theirs = {};
    const changed = known.filter(({ id, rev, mine }) => {
      const own = held[id];
      const older = own && own.rev < rev;
      if ((!own || older || own.state === "superseded") && mine) theirs[id] = { value: mine.value, cannot: mine.cannot };
      if (!own || older) return Boolean(own);
      return own.rev === rev ? own.state === "unsent" && same(own, mine) : own.state === "saved" && open;
    });
    const remembered = open ? theirs : { ...seen, ...theirs };
    const wasHere = this.storage.getItem(this.name) !== null; // that a phone was here at all tells it its path later
    if (wasHere && !changed.length && JSON.stringify(seen) === JSON.stringify(remembered)) return;
    this.edit((items, document) => {
      for (const { id, rev } of changed) {
        if (items[id].rev > rev) items[id].state = "unsent";
        else if (items[id].rev === rev && items[id].state === "unsent") items[id].state = "saved";
        else delete items[id];
      }
      document.seen = remembered;
    });
  }

  // The round is over: what did not arrive counts no more, and what the server held before stands. Not `sure` where an
  // answer may have arrived without our knowing; not `told` where there is nothing to say about it.
  settle(sure, told = true) {
    const left = waitingIn(this.read());
    if (!left) return;
    this.edit((items, document) => {
      for (const [item, answer] of Object.entries(items)) {
        if (answer.state !== "unsent") continue;
        if (answer.stands) items[item] = answer.stands;
        else delete items[item];
      }
      if (told) Object.assign(document, { late: left, sure });
    });
  }

  note(name, value) {
    this.edit((items, held) => (held[name] = value));
  }
}

// Refusals that pass by themselves: the answer stays unsent.
const WAITS = new Set(["round_paused", "round_not_open", "not_saved", "internal", "too_many_requests"]);
