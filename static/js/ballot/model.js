// What this phone knows: the newest snapshot, the answers it holds, how the line is. Folds messages into that and asks
// to be drawn; it draws nothing and sends only through the link.
import { Kept, waitingIn } from "./kept.js";
import { Outbox } from "./outbox.js";
import { Turn } from "./turn.js";

const GONE = new Set(["not_signed_in", "pass_revoked", "seat_revoked"]);
const AT_ONCE = { opened: null, paused: "paused", resumed: "open", reopened: "open", closed: "closed" };
const VOTING = ["open", "paused"];
const OVER = ["disclosed", "revealed"]; // what did not arrive by then will not
const RETRY = 2000;
const SOON = 2500; // an answer that has not arrived by then is told as waiting
const MOST_ANSWERS = 64;
const MOST_BYTES = 12000; // of the 16 KiB that a message may have
const SPREAD = 400; // phones of a hall do not all ask in the same instant

// As many answers as one message may hold, by count and by bytes.
function together(answers) {
  let bytes = 0;
  const fits = answers.findIndex((answer, index) => {
    bytes += new Blob([JSON.stringify(answer)]).size;
    return index > 0 && (index >= MOST_ANSWERS || bytes > MOST_BYTES);
  });
  return fits < 0 ? answers : answers.slice(0, fits);
}

export class Model {
  constructor(storage) {
    this.storage = storage;
    this.turn = new Turn(storage);
    this.draw = () => {};
    this.link = null;
    this.sending = new Set(); // keys on their way
    this.drafts = new Set(); // items with something typed that is not an answer yet
    this.ended = null; // {code, sentence} once this phone may not go on
    this.stale = false;
    this.busy = false;
    this.since = null; // since when answers wait here
    this.offset = 0; // the server's clock less this phone's, in milliseconds
    this.check = null; // what checking the ballot has come to: {round, verdict, seal, file}
    this.heads = null; // the signed heads this phone has seen
    this.headed = ""; // the group and round whose head came by the channel
    this.reminded = ""; // the group and round whose facilitator has asked for what is missing
    this.said = new Map(); // reasons by item, of the round last shown
    this.view = null;
    this.line = 0; // which connection the view came by
  }

  // --- what comes in ----------------------------------------------------------------------------------------------

  // A snapshot: an older one than what is shown is dropped, unless it is the first of a new line: a server restored
  // from a backup counts from where the backup stood.
  accept(view, line = this.line) {
    const older = this.view && view.n < this.view.n && line === this.line;
    if (this.ended || older || (this.view && view.workshop !== this.view.workshop)) return;
    this.line = line;
    const before = this.view;
    this.view = view;
    const same = before && before.round === view.round && before.group === view.group;
    if (!same) {
      this.kept = new Kept(this.storage, view);
      this.outbox = view.round === null ? null : new Outbox(this.storage, view);
    }
    this.keepUp(view, same && before.phase === "closed");
    this.draw(before && !(same && before.phase === view.phase) ? view.phase : null);
    this.flush();
  }

  // Bring what this phone keeps in line with a snapshot. Until disclosure the seat's answers stand in it, so that what
  // arrived without our knowing is seen; `sure` says that this was so after the close.
  keepUp(view, sure) {
    if (view.tracker) this.outbox?.note("tracker", view.tracker);
    if (VOTING.includes(view.phase) || view.phase === "closed") this.outbox?.adopt(view.items, view.phase !== "closed");
    else if (OVER.includes(view.phase)) this.outbox?.settle(sure);
    if (view.voided !== null) new Outbox(this.storage, { ...view, round: view.voided }).settle(true, false);
    if (view.workshop_phase === "frozen") this.kept.forget();
  }

  // News of the channel, of the plenary's as well. What follows from the kind alone is shown at once, where it is of the
  // group on screen; the rest comes with a snapshot.
  hear({ n, kind, group, round, tracker, head }) {
    if (kind === "moved" || kind === "revoked") return this.end(kind);
    const shown = (group ?? this.view.group) === this.view.group;
    if (tracker && shown && this.outbox?.round === (round ?? this.outbox?.round)) this.outbox.note("tracker", tracker);
    if (head) this.headed = `${group}/${round}`;
    if (head) setTimeout(() => this.heads.see(head).then(() => this.draw()), Math.random() * SOON);
    if (n !== undefined && n <= this.view.n) return undefined;
    if (shown && AT_ONCE[kind] && this.view.round !== null) this.view = { ...this.view, phase: AT_ONCE[kind] };
    this.draw();
    return setTimeout(() => this.link.sync(this.view.n), Math.random() * SPREAD);
  }

  // The facilitator asks for what is missing; said until it is given, or the round is over.
  remind({ group, round }) {
    if (group !== this.view.group || round !== this.view.round || !this.missing.length) return;
    this.reminded = `${group}/${round}`;
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([60, 80, 60]);
    this.draw("reminded");
  }

  get asked() {
    return this.reminded === `${this.view.group}/${this.view.round}` && this.view.phase === "open" && this.missing.length > 0;
  }

  end(code, sentence) {
    if (this.ended) return;
    this.ended = { code, sentence };
    this.link.end();
    this.draw(code);
  }

  // --- what goes out ----------------------------------------------------------------------------------------------

  answer(item, answer) {
    this.drafts.delete(item);
    this.outbox.put(item, answer, this.item(item).rev);
    this.flush();
    this.draw();
  }

  // Send everything that waits, in one message where it fits; later again where it did not go through.
  async flush() {
    if (this.busy || this.ended || !this.outbox || this.view.phase !== "open" || !this.link) return;
    const outbox = this.outbox;
    const answers = together(outbox.pending());
    if (!answers.length) return void (this.since = null);
    if (this.since === null) setTimeout(() => this.draw(), SOON + 50);
    this.since ??= Date.now();
    if (!this.turn.take()) return void setTimeout(() => this.flush(), this.turn.wait + Math.random() * SPREAD);
    this.busy = true;
    this.sending = new Set(answers.map((answer) => answer.key));
    this.draw();
    let told = null;
    try {
      told = await this.link.put({ round: outbox.round, group: this.view.group, answers });
    } catch {
      told = null;
    }
    this.busy = false;
    this.sending = new Set();
    this.turn.give();
    if (GONE.has(told?.code)) return this.end(told.code, told.message);
    if (!told) this.link.probe();
    else {
      outbox.acknowledge(told, Math.round(this.now() / 1000));
      if ((told.saved || []).length && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(25);
      if ((told.refused || []).length) this.link.sync(0);
      if (told.code === "malformed" || told.code === "too_large") this.stale = true;
    }
    if (!outbox.pending().length) this.since = null;
    this.draw();
    if (outbox.pending().length) setTimeout(() => this.flush(), (told?.saved || []).length ? 0 : RETRY);
  }

  // --- what there is ----------------------------------------------------------------------------------------------

  now() {
    return Date.now() + this.offset;
  }

  get items() {
    return this.view.items;
  }

  item(id) {
    return this.items.find((item) => item.id === id);
  }

  // The answer that stands for an item: this phone's where it is newer, else the server's.
  mine(item) {
    const own = this.outbox?.get(item.id);
    if (own && own.rev >= item.rev && own.state !== "superseded") return own;
    return item.mine;
  }

  answered(item) {
    const mine = this.mine(item);
    return Boolean(mine && ((mine.value ?? null) !== null || mine.cannot));
  }

  // The own answer to an item in the latest earlier round that was shown, as far as this phone knows.
  before(item) {
    if (item.before !== null) return { value: item.before };
    const rounds = item.path.map((step) => step.round).filter((round) => round < this.view.round);
    return rounds.length ? this.kept.answer(rounds[rounds.length - 1], item.id) : null;
  }

  // Each shown round with what the group and this seat said, then the round at hand: {round, median, q1, q3, mine};
  // `mine` is undefined where this phone was not there.
  path(item) {
    const here = this.kept.rounds;
    const shown = item.path.map((step) => ({ ...step, mine: here.includes(step.round) ? this.kept.answer(step.round, item.id) : undefined }));
    if (this.view.round === null || shown.some((step) => step.round === this.view.round)) return shown;
    return this.answered(item) ? [...shown, { round: this.view.round, median: null, mine: this.mine(item) }] : shown;
  }

  // Answers of an earlier round that were still waiting here when it was over, told once: {round, waiting}, or null.
  get left() {
    const rounds = this.kept.rounds.filter((round) => round !== this.outbox?.round);
    const round = rounds.find((one) => waitingIn(this.kept.read(one)));
    return round === undefined ? null : { round, waiting: waitingIn(this.kept.read(round)) };
  }

  understood(round) {
    new Outbox(this.storage, { ...this.view, round }).settle(false);
    this.draw();
  }

  // draft, sending, unsent, saved, locked, refused, or none: the way of one answer.
  state(item) {
    const own = this.outbox?.get(item.id);
    const open = VOTING.includes(this.view.phase);
    if (this.drafts.has(item.id) && open) return "draft";
    if (own?.state === "refused" || own?.state === "superseded") return own.state;
    if (own?.state === "unsent") return this.sending.has(own.key) || this.turn.wait ? "sending" : "unsent";
    if (!this.answered(item)) return "none";
    return open ? "saved" : "locked";
  }

  // Whether answers have waited longer than a good line takes.
  get held() {
    return this.unsent > 0 && this.since !== null && Date.now() - this.since > SOON;
  }

  get missing() {
    return this.items.filter((item) => !this.answered(item));
  }

  get unsent() {
    return this.outbox ? this.outbox.pending().length : 0;
  }

  // Where this seat's ballot of a round stands in the trail, once it stands there.
  tracker(round) {
    return this.kept.read(round).tracker || (round === this.view.round && this.view.tracker) || null;
  }

  // The latest shown round of the group, or null.
  get shown() {
    const rounds = this.items.flatMap((item) => (item.feedback ? [item.feedback.round] : []));
    return rounds.length ? Math.max(...rounds) : null;
  }

  // The disclosed round whose ballot can be checked, {round, tracker, held}: the one at hand, else the last that this
  // phone kept. Null before, and after the freeze, when nobody is given a ballot any more.
  get sealed() {
    const { phase, workshop_phase: whole } = this.view;
    if (whole === "frozen" || phase === "closed") return null;
    const rounds = OVER.includes(phase) ? [this.view.round] : [...this.kept.rounds].reverse();
    const round = rounds.find((one) => this.tracker(one));
    return round === undefined ? null : { round, tracker: this.tracker(round), held: this.kept.read(round) };
  }
}
