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
  const due = idOf(name, key);
  return same(due, fromHex(id)) ? { name, id: due, key } : null;
}

const idOf = (name, key) => hash(utf8(`${name}\n`), [ED25519], key).slice(0, 4);

// A name as the first that its record had, and how many it has had: a restored record goes on as NAME/2, NAME/3, …
function numbered(name) {
  const [, first, number] = /^(.+)\/([2-9]|[1-9][0-9]{1,5})$/.exec(name) || [null, name, 1];
  return { first, number: Number(number) };
}

// The key under the name of this head, where it is the record's own or an earlier one of it.
function under(given, origin) {
  const [before, now] = [numbered(given.name), numbered(origin)];
  const renamed = before.first === now.first && before.number < now.number;
  return renamed ? { name: origin, id: idOf(origin, given.key), key: given.key } : given;
}

// Whether the key signed the head: one of its signatures stands there, and none of them fails.
export function signed(head, given) {
  const { name, id, key } = under(given, head.origin);
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
