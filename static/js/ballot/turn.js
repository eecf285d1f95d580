// Whose turn it is to send: of all tabs of one browser one sends at a time, so that nothing goes out twice. Holds a
// lease that all tabs see (plain http has no navigator.locks); a tab that fell asleep loses it after a while.
import { newKey } from "./outbox.js";

const LASTS = 10000; // longer than an acknowledgement is waited for
const NAME = "mufakat.turn";

export class Turn {
  constructor(storage) {
    this.storage = storage;
    this.tab = newKey();
  }

  // Milliseconds until another tab's turn ends; 0 where no other tab has one.
  get wait() {
    try {
      const { tab, until } = JSON.parse(this.storage.getItem(NAME)) || {};
      return tab === this.tab || !until ? 0 : Math.min(LASTS, Math.max(0, until - Date.now()));
    } catch {
      return 0;
    }
  }

  take() {
    if (this.wait) return false;
    try {
      this.storage.setItem(NAME, JSON.stringify({ tab: this.tab, until: Date.now() + LASTS }));
    } catch {
      return true; // a full storage keeps nobody from voting; what comes twice counts once
    }
    return !this.wait;
  }

  give() {
    if (!this.wait) this.storage.removeItem(NAME);
  }

  static is(name) {
    return name === NAME;
  }
}
