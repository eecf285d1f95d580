// The signed heads that this phone has seen, kept by workshop. Says so where a new one does not extend the last, or bears
// another name than the last; checks no signature (whoever rewrites the record here holds the key) and tells nobody.
import { fromBase64, toBase64 } from "../proof/hashes.js";
import { readHead } from "../proof/tlog.js";
import { extended } from "../proof/tree.js";
import { short } from "../staff/seal.js";

const PREFIX = "mufakat.heads/";
const MOST = 200;

export class Heads {
  constructor(storage, workshop, link) {
    Object.assign(this, { storage, name: PREFIX + workshop, link });
    this.proofs = `/api/v1/workshops/${workshop}/consistency`;
    this.turn = Promise.resolve();
  }

  // {heads: [{origin, size, root}], broken: null | {kept, new}, renamed: null | {kept, new}}
  read() {
    const nothing = { heads: [], broken: null, renamed: null };
    try {
      return { ...nothing, ...JSON.parse(this.storage.getItem(this.name)) };
    } catch {
      return nothing;
    }
  }

  write(told) {
    this.storage.setItem(this.name, JSON.stringify(told));
  }

  // The person has read that the record bears another name since it was restored.
  heard() {
    this.write({ ...this.read(), renamed: null });
  }

  // Take a note in, one after the other; true once it is kept, false where it does not fit, null where nobody knows.
  see(note) {
    this.turn = this.turn.then(() => this.take(readHead(note || ""))).catch(() => null);
    return this.turn;
  }

  async take(head) {
    if (!head) return null;
    const told = this.read();
    const of = told.heads.filter((one) => one.origin === head.origin);
    if (of.some((one) => one.size === head.size && one.root === toBase64(head.root))) return true;
    const last = of[of.length - 1], former = told.heads[told.heads.length - 1];
    if (!last && former) told.renamed = { kept: short(fromBase64(former.root)), new: short(head.root) };
    const fits = last ? await this.fits({ ...last, root: fromBase64(last.root) }, head) : true;
    if (fits === null) return null;
    if (fits) told.heads = [...told.heads, { origin: head.origin, size: head.size, root: toBase64(head.root) }].slice(-MOST);
    else told.broken = { kept: short(fromBase64(last.root)), new: short(head.root) };
    told.heads.sort((one, other) => (one.origin === other.origin ? one.size - other.size : 0));
    this.write(told);
    return fits;
  }

  // Whether the larger of two heads extends the smaller; null where the server is out of reach.
  async fits(kept, head) {
    const [first, second] = kept.size <= head.size ? [kept, head] : [head, kept];
    if (first.size === second.size) return false; // another root of the same size
    const told = await this.link.proof(`${this.proofs}?from=${first.size}&to=${second.size}`);
    if (told === null) return null;
    return extended(first.size, second.size, (told.hashes || []).map((text) => fromBase64(text) || text), first.root, second.root);
  }
}
