// Does the record hold a ballot as this phone sent it? Recomputes commitment, leaf and path. Shows no value, asks nobody.
import { commitment, tracker } from "./hashes.js";
import { readProof } from "./tlog.js";
import { included, leaf } from "./tree.js";

const FIELDS = ["value", "cannot", "confidence", "reason"];
const plain = (one) => (typeof one === "string" ? one.normalize("NFC").trim() || null : one ?? null);
const alike = (sent, stands) => FIELDS.every((name) => plain(sent[name]) === plain(stands?.[name]));
const given = (answer) => plain(answer.value) !== null || plain(answer.cannot) !== null;

// The entry of a proof, or null where entry, opening and path do not hold together.
function proved(told, proof, { group, round }) {
  let entry;
  try {
    entry = JSON.parse(told.line);
  } catch {
    return null;
  }
  const fits = entry.kind === "ballot.cast" && entry.scope === group && entry.body?.round === round
    && entry.seq === told.seq && proof.index === told.seq;
  const sealed = commitment(told.content, told.salt);
  if (!fits || !sealed || !Array.isArray(told.content.answers) || entry.body.sealed?.ballot !== sealed) return null;
  return included(proof.index, proof.head.size, leaf(told.line), proof.path, proof.head.root) ? { sealed } : null;
}

// told: the seat's opening as the server gave it; file: the tlog-proof; held: the outbox's document of that round.
// {verdict: "matches" | "differs" | "partly" | "unsent", proof}. "partly": the ballot holds more than this phone sent;
// "unsent": this phone sent none of it.
export function judge(told, file, held, place) {
  const proof = readProof(file);
  const found = proof && proved(told, proof, place);
  if (!found || (held.tracker && held.tracker !== tracker(found.sealed))) return { verdict: "differs", proof };
  const stands = new Map(told.content.answers.map((answer) => [answer.item, answer]));
  const sent = Object.entries(held.items);
  const saved = sent.filter(([, answer]) => answer.state === "saved");
  const wrong = saved.some(([item, answer]) => (given(answer) ? !alike(answer, stands.get(item)) : stands.has(item)));
  if (wrong || stands.size !== told.content.answers.length) return { verdict: "differs", proof };
  if (!saved.length) return { verdict: "unsent", proof };
  const known = new Set(saved.map(([item]) => item));
  return { verdict: [...stands.keys()].every((item) => known.has(item)) ? "matches" : "partly", proof };
}
