// The answers this phone holds for one round, in a document that all tabs share and that outlives reload and lock.
// An answer stays until the server says it is saved, or says why not. Sends nothing and draws nothing.
//
// document: {items: {ID: {rev, key, value, cannot, confidence, reason, state: "unsent" | "saved" | "refused", at, message}}}

const PREFIX = "mufakat.answers";

// A number used once, without crypto.randomUUID, which plain http does not have.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// localStorage where the browser allows it; else memory, which lasts as long as the page.
export function openStorage() {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (name) => (kept.has(name) ? kept.get(name) : null),
      setItem: (name, text) => void kept.set(name, text),
      removeItem: (name) => void kept.delete(name),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
  }
}

function same(answer, mine) {
  return ["value", "cannot", "confidence", "reason"].every((name) => (answer[name] ?? null) === (mine?.[name] ?? null));
}

export class Outbox {
  constructor(storage, { workshop, seat, group, round }) {
    this.storage = storage;
    this.owner = `${PREFIX}/${workshop}/${seat}/`;
    this.name = `${this.owner}${group}/${round}`;
    this.scope = `${this.owner}${group}/`;
    this.round = round;
  }

  read(name = this.name) {
    try {
      return JSON.parse(this.storage.getItem(name)) || { items: {} };
    } catch {
      return { items: {} };
    }
  }

  edit(change) {
    const held = this.read();
    change(held.items, held);
    try {
      this.storage.setItem(this.name, JSON.stringify(held));
      this.full = false;
    } catch {
      this.full = true; // nothing is lost while the page stays; the banner says so
      this.read = (name = this.name) => (name === this.name ? held : { items: {} });
    }
  }

  get(item) {
    return this.read().items[item];
  }

  // A new answer to an item; its revision follows whatever is known of the item here or at the server.
  put(item, answer, standing) {
    this.edit((items) => {
      const rev = Math.max(standing, items[item]?.rev ?? 0) + 1;
      items[item] = { ...answer, rev, key: newKey(), state: "unsent" };
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
        if (held && held.rev === rev && held.key === key) Object.assign(held, { state: "saved", at, message: undefined });
      }
      for (const { item, key, code, message, rev } of refused) {
        const held = items[item];
        if (!held || held.key !== key || WAITS.has(code)) continue;
        if (code === "superseded") items[item] = { rev, key: "", state: "superseded", message };
        else Object.assign(held, { state: "refused", message });
      }
    });
  }

  // What the server has, from a snapshot of an open round (later the answers are sealed in ballots and stand in none).
  // A newer answer there wins; an older one means that ours is still to arrive.
  adopt(answers) {
    const held = this.read().items;
    const changed = answers.filter(({ id, rev, mine }) => {
      const own = held[id];
      if (!own) return false;
      if (own.rev < rev || (own.rev === rev && own.state === "superseded")) return true;
      return own.rev === rev ? own.state === "unsent" && same(own, mine) : own.state === "saved";
    });
    if (!changed.length) return;
    this.edit((items) => {
      for (const { id, rev } of changed) {
        if (items[id].rev > rev) items[id].state = "unsent";
        else if (items[id].rev === rev && items[id].state === "unsent") items[id].state = "saved";
        else delete items[id];
      }
    });
  }

  note(name, value) {
    this.edit((items, held) => (held[name] = value));
  }

  // Every round of the group that this phone holds, latest first: [{round, held}].
  rounds() {
    const names = [...Array(this.storage.length).keys()].map((index) => this.storage.key(index));
    return names.filter((name) => name?.startsWith(this.scope))
      .map((name) => ({ round: Number(name.slice(this.scope.length)), held: this.read(name) }))
      .sort((one, other) => other.round - one.round);
  }

  // Own score in the latest earlier round on this phone, where it was saved.
  earlier(item) {
    const found = this.rounds().find(({ round, held }) => round < this.round && held.items[item]?.state === "saved");
    return found?.held.items[item].value ?? null;
  }

  // The latest round here whose tracker is known, {round, tracker, held}.
  sealed() {
    const found = this.rounds().find(({ held }) => held.tracker);
    return found ? { ...found, tracker: found.held.tracker } : null;
  }

  // All that this seat has kept here; for when the workshop is final.
  forget() {
    const names = [...Array(this.storage.length).keys()].map((index) => this.storage.key(index));
    for (const name of names) if (name?.startsWith(this.owner)) this.storage.removeItem(name);
  }
}

// Refusals that pass by themselves: the answer stays unsent.
const WAITS = new Set(["round_paused", "round_not_open", "not_saved", "internal", "too_many_requests"]);
