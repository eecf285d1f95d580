// Hashes as people compare them: Crockford characters in groups of four. Computes no hash and checks none.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SHOWN = 20;

// Five bits a character; `bytes` holds whole characters.
export function crockford(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("");
}

// "K7QF 2M9D …": the first 160 bits of 32 bytes, a head's root or a public key.
export function short(bytes) {
  return crockford(bytes.slice(0, SHOWN)).match(/.{4}/g).join(" ");
}

// The same of the root in a head's note; what is short already stays as it is.
export function shortHead(note) {
  if (!note || !note.includes("\n")) return note || "";
  return short(Uint8Array.from(atob(note.split("\n")[2]), (letter) => letter.charCodeAt(0)));
}

// Its eight groups two by two, so that an eye can hold them against another screen.
export const pairs = (groups) => groups.match(/\S+ \S+/g) || [];

// Where the QR code of a head is drawn. It names the head, for a browser draws what it has of an address it knows.
export const sealCode = (workshop, head) => `/display/${workshop}/seal.svg?of=${shortHead(head).replace(/ /g, "")}`;

// The same of the public key in a vkey (name+id+base64 of a type byte and the key).
export function shortKey(vkey) {
  return short(Uint8Array.from(atob(vkey.split("+").slice(2).join("+")), (letter) => letter.charCodeAt(0)).slice(1));
}
