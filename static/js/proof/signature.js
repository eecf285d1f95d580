// Ed25519 signatures of heads, by a public key that people pass on as one line (vkey). Trusts no key by itself.
import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64, fromHex, hash, same, utf8 } from "./hashes.js";

const ED25519 = 1;

// {name, id, key} of name+id+base64, null if it is none or of another type.
export function readKey(vkey) {
  const [, name, id, rest] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim()) || [];
  const typed = fromBase64(rest || "");
  if (!name || typed?.length !== 33 || typed[0] !== ED25519) return null;
  const key = typed.slice(1);
  const due = hash(utf8(`${name}\n`), typed).slice(0, 4);
  return same(due, fromHex(id)) ? { name, id: due, key } : null;
}

// Whether the key signed the head: one of its signatures stands there, and none of them fails.
export function signed(head, { name, id, key }) {
  const ours = head.signatures.filter((one) => one.name === name && same(one.stamp.slice(0, 4), id));
  return head.origin === name && ours.length > 0 && ours.every((one) => holds(one.stamp.slice(4), head.text, key));
}

function holds(signature, text, key) {
  try {
    return ed25519.verify(signature, utf8(text), key, { zip215: false });
  } catch {
    return false;
  }
}
