// What one seat keeps on this phone: a document a round, so that a phone knows its own path though the server never
// ties a score to a seat. Owns their names and their reading; which answers go out is the outbox's work.

const PREFIX = "mufakat.answers";

// localStorage where the browser allows it; else memory, which lasts as long as the page and says so.
export function openStorage() {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return passing();
  }
}

// A storage that lasts as long as the page.
export function passing() {
  const held = new Map();
  return {
    passing: true,
    getItem: (name) => (held.has(name) ? held.get(name) : null),
    setItem: (name, text) => void held.set(name, text),
    removeItem: (name) => void held.delete(name),
    key: (index) => [...held.keys()][index] ?? null,
    get length() {
      return held.size;
    },
  };
}

function names(storage) {
  return [...Array(storage.length).keys()].map((index) => storage.key(index));
}

// document: {items: {ID: answer}, seen: {ID: {value, cannot}}, tracker, late}, as the outbox writes it
export function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(name)) || { items: {} };
  } catch {
    return { items: {} };
  }
}

export function waitingIn({ items }) {
  return Object.values(items).filter((answer) => answer.state === "unsent").length;
}

// Answers that wait on this phone, by seat: [{seat, waiting}]. For the door, where nobody is known yet.
export function waitingAtDoor(storage) {
  const bySeat = new Map();
  for (const name of names(storage)) {
    const [prefix, , seat, , round] = (name || "").split("/");
    const waiting = prefix === PREFIX && round ? waitingIn(read(storage, name)) : 0;
    if (waiting) bySeat.set(Number(seat), (bySeat.get(Number(seat)) || 0) + waiting);
  }
  return [...bySeat].map(([seat, waiting]) => ({ seat, waiting }));
}

export class Kept {
  constructor(storage, { workshop, seat, group }) {
    this.storage = storage;
    this.owner = `${PREFIX}/${workshop}/${seat}/`;
    this.scope = `${this.owner}${group}/`;
  }

  name(round) {
    return this.scope + round;
  }

  // The rounds of this group that this phone has seen, oldest first.
  get rounds() {
    const found = names(this.storage).filter((name) => name?.startsWith(this.scope));
    return found.map((name) => Number(name.slice(this.scope.length))).filter(Number.isInteger).sort((a, b) => a - b);
  }

  read(round) {
    return read(this.storage, this.name(round));
  }

  // The answer that counted in a round, as far as this phone knows: {value, cannot}, or null.
  answer(round, item) {
    const { items, seen } = this.read(round);
    const own = items[item];
    const stands = own?.state === "saved" ? own : own?.stands ?? seen?.[item] ?? null;
    return stands && ((stands.value ?? null) !== null || stands.cannot) ? stands : null;
  }

  // All that this seat has kept here; for when the workshop is final.
  forget() {
    for (const name of names(this.storage)) if (name?.startsWith(this.owner)) this.storage.removeItem(name);
  }
}
