// The bytes that the trail's hashes are of: text, hex, base64, canonical JSON, commitments. docs/trail.md describes each.
// Plain http has no crypto.subtle, so SHA-256 comes from a package.
import { sha256 } from "@noble/hashes/sha2.js";
import { crockford } from "../staff/seal.js";

export const HASH = 32;

export const utf8 = (text) => new TextEncoder().encode(text);

export function hash(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return sha256(all);
}

export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Bytes of lower-case hex; null if it is none.
export function fromHex(text) {
  if (typeof text !== "string" || !/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

// Bytes of strict base64, where one value has one text; null if it is none.
export function fromBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// RFC 8785 of what a trail may hold; numbers are integers there, which JavaScript writes as the RFC does.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

// SHA-256(0x02 ‖ salt ‖ canonical content) in hex; null for a salt that is not 16 bytes of hex.
export function commitment(content, salt) {
  const bytes = fromHex(salt);
  return bytes?.length === 16 ? toHex(hash([2], bytes, utf8(canonical(content)))) : null;
}

// The eight characters that people compare: the first 40 bits of a commitment.
export const tracker = (sealed) => crockford(fromHex(sealed).slice(0, 5));
