// What somebody gives to be checked, taken for what it is: a proof, a seal, an audit file, or nothing of ours. Reads no
// more of a file than a proof can have, and never throws for what it holds.
import { short } from "../staff/seal.js";
import { same } from "./hashes.js";
import { MOST, readHead, readProof } from "./tlog.js";

const ZIP = "PK\u0003\u0004";
const GROUPS = /^[0-9A-HJKMNP-TV-Z]{32}$/;

// {proof} | {seal: text} | {what: "unreadable" | "bundle" | "none"}
export async function readFile(file) {
  let text;
  try {
    text = await file.slice(0, MOST + 1).text();
  } catch {
    return { what: "unreadable" }; // a folder, or a file that is gone
  }
  const proof = readProof(text);
  if (proof) return { proof };
  if (readHead(text)) return { seal: text };
  return { what: text.startsWith(ZIP) ? "bundle" : "none" };
}

// How a seal that somebody holds stands to a proof's: "same", "other" (they cannot both be of this record), "apart" (of
// another moment: only the record itself joins the two), "none" (no seal at all).
export function compare(head, given) {
  const text = given.trim(), note = readHead(`${text}\n`);
  if (note) {
    if (note.origin !== head.origin || note.size !== head.size) return "apart";
    return same(note.root, head.root) ? "same" : "other";
  }
  const groups = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (!GROUPS.test(groups)) return "none";
  return groups === short(head.root).replace(/ /g, "") ? "same" : "apart";
}
