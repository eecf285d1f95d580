// The signed head as people compare it.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// "K7QF 2M9D …": the first 160 bits of the root in a head's note; what is short already stays as it is.
export function shortHead(note) {
  if (!note || !note.includes("\n")) return note || "";
  const bytes = Uint8Array.from(atob(note.split("\n")[2]), (letter) => letter.charCodeAt(0)).slice(0, 20);
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("").match(/.{4}/g).join(" ");
}
